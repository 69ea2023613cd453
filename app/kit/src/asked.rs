//! What was asked for a page: answered on the server, carried in the page, asked again when events move it.
//!
//! Under the type of the answer lies one resource without a type: an asynchronous resource is much code, and every
//! type of its own would bring it into the WASM once more.
use std::any::Any;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use base::{Problem, tree};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::ask::Ask;
use crate::live;

/// An answer on its way to a screen.
pub struct Asked<T> {
    reply: Resource<Reply, Carried>,
    answer: PhantomData<fn() -> T>,
}

impl<T> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Asked<T> {}

/// What screens can be told: it travels in the page, and stays for as long as the page.
pub trait Answer: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {}
impl<T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static> Answer for T {}

impl<T: Answer> Asked<T> {
    /// The latest answer, tracked; nothing until the first one is there.
    #[must_use]
    pub fn get(self) -> Option<Result<T, Problem>> {
        self.reply.get().map(Reply::read)
    }

    /// The latest answer as it came, tracked; nothing on the server, and where the latest is a problem.
    pub(crate) fn text(self) -> Option<Arc<str>> {
        match self.reply.get()?.0 {
            Ok(Told::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Asks again.
    pub fn refetch(self) {
        self.reply.refetch();
    }
}

/// An answer that stays fresh: asked again when `verb` gives something else, and when an event moves one of
/// `keys` (`deals`, `deal:deal_01j…`, a tile's key).
pub fn resource<V: Ask>(
    keys: impl Fn() -> Vec<String> + Send + Sync + 'static,
    verb: impl Fn() -> V + Send + Sync + 'static,
) -> Asked<V::Answer> {
    let moved = live::moved(keys);
    #[cfg(feature = "ssr")]
    return gathered(move || (moved.get(), verb()), |(_, verb)| crate::ask(verb));
    #[cfg(not(feature = "ssr"))]
    {
        let last = Arc::new(Last::default());
        let first = Arc::clone(&last);
        Asked::over(resource_of(
            Box::new(move || {
                let request = crate::wire::Request::of(&verb());
                first.begin(&request);
                Arc::new((moved.get(), first.again.get(), request))
            }),
            move |source| last.ask(source.as_any()),
        ))
    }
}

#[cfg(not(feature = "ssr"))]
type Request = Result<crate::wire::Request, Problem>;

/// How long a question that found no server waits before it is asked again.
#[cfg(not(feature = "ssr"))]
const AGAIN: std::time::Duration = std::time::Duration::from_secs(4);

/// What a resource asked last: without a network the same question leaves what is shown as it is, and is asked again.
#[cfg(not(feature = "ssr"))]
#[derive(Default)]
struct Last {
    request: std::sync::Mutex<Option<Request>>,
    again: RwSignal<u32>,
}

#[cfg(not(feature = "ssr"))]
impl Last {
    /// The answer to the first question came with the page.
    fn begin(&self, request: &Request) {
        let mut last = self.request.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if last.is_none() {
            *last = Some(request.clone());
        }
    }

    fn ask(&self, source: &dyn Any) -> Replying {
        let asked = source.downcast_ref::<(u32, u32, Request)>();
        let request = asked.map_or(Err(Problem::Unavailable), |(_, _, request)| request.clone());
        let mut last = self.request.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let same = last.replace(request.clone()).as_ref() == Some(&request);
        let again = self.again;
        Box::pin(async move {
            let reply = match request {
                Ok(request) => request.send().await,
                Err(problem) => Err(problem),
            };
            Reply(match reply {
                Ok(text) => Ok(Told::Text(text.into())),
                Err(Problem::Unavailable) if same => {
                    let ask = move || {
                        let _ = again.try_update(|count| *count += 1);
                    };
                    set_timeout(ask, AGAIN);
                    Ok(Told::Before)
                }
                Err(problem) => Err(problem),
            })
        })
    }
}

/// Like [`resource`] for screens that ask more than once: `gather` asks, anew when `source` gives something else.
pub fn gathered<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    gather: impl Fn(S) -> F + Send + Sync + 'static,
) -> Asked<T>
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Answer,
    F: Future<Output = Result<T, Problem>> + Send + 'static,
{
    Asked::over(resource_of(Box::new(move || Arc::new(source())), move |source: Arc<dyn Source>| {
        let asked = source.as_any().downcast_ref::<S>().cloned().map(&gather);
        Box::pin(async move {
            match asked {
                Some(asked) => Reply::of(asked.await),
                None => Reply(Err(Problem::Unavailable)),
            }
        })
    }))
}

/// Shows what was asked: `waiting` until the first answer, then `done` or the problem. Later answers replace the
/// earlier ones without going back to `waiting`.
pub fn shown<T: Answer>(
    asked: Asked<T>,
    waiting: impl Fn() -> AnyView + Send + Sync + 'static,
    done: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let done = move |reply: Reply| match reply.read() {
        Ok(answer) => done(answer),
        Err(problem) => crate::problem_view(problem),
    };
    shown_reply(asked.reply, Box::new(waiting), Arc::new(done))
}

fn shown_reply(
    reply: Resource<Reply, Carried>,
    waiting: Box<dyn Fn() -> AnyView + Send + Sync>,
    done: Arc<dyn Fn(Reply) -> AnyView + Send + Sync>,
) -> AnyView {
    let body = move || {
        let come = Memo::new(move |before: Option<&Come>| Come::next(before, reply.get()));
        let done = Arc::clone(&done);
        // Read at once rather than awaited: a future that is not ready in the moment of hydration would let what comes
        // after it take over its place in the page.
        move || {
            // Read, because a memo that is only tracked never looks at what it depends on.
            let _ = come.get();
            untrack(move || reply.get()).map(|reply| done(reply))
        }
    };
    view! { <Transition fallback=waiting>{body()}</Transition> }.into_any()
}

/// What has come last, and how often something else came: the same answer once more is nothing new, and drawing it
/// anew would take away what somebody types meanwhile.
#[derive(Clone, Default)]
pub(crate) struct Come {
    pub(crate) count: u32,
    text: Option<Arc<str>>,
}

impl Come {
    /// An answer has come.
    pub(crate) fn told(self, text: Arc<str>) -> Self {
        if self.text.as_ref() == Some(&text) {
            return self;
        }
        Self { count: self.count + 1, text: Some(text) }
    }

    fn next(before: Option<&Self>, reply: Option<Reply>) -> Self {
        let before = before.cloned().unwrap_or_default();
        match reply {
            None => before,
            Some(Reply(Ok(Told::Text(text)))) => before.told(text),
            // The first one is said to be missing, once.
            Some(Reply(Ok(Told::Before))) if before.count > 0 => before,
            Some(_) => Self { count: before.count + 1, text: None },
        }
    }
}

impl PartialEq for Come {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count
    }
}

type Replying = Pin<Box<dyn Future<Output = Reply> + Send>>;

fn resource_of(
    source: Box<dyn Fn() -> Arc<dyn Source> + Send + Sync>,
    reply: impl Fn(Arc<dyn Source>) -> Replying + Send + Sync + 'static,
) -> Resource<Reply, Carried> {
    erased(source, Box::new(reply))
}

fn erased(
    source: Box<dyn Fn() -> Arc<dyn Source> + Send + Sync>,
    reply: Box<dyn Fn(Arc<dyn Source>) -> Replying + Send + Sync>,
) -> Resource<Reply, Carried> {
    Resource::new_with_options(move || Same(source()), move |Same(source)| reply(source), false)
}

impl<T> Asked<T> {
    fn over(reply: Resource<Reply, Carried>) -> Self {
        Self { reply, answer: PhantomData }
    }
}

/// What an answer depends on, compared without its type being known.
trait Source: Send + Sync {
    fn as_any(&self) -> &dyn Any;
    fn equals(&self, other: &dyn Any) -> bool;
}

impl<S: PartialEq + Send + Sync + 'static> Source for S {
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

#[derive(Clone)]
struct Same(Arc<dyn Source>);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        (*self.0).equals((*other.0).as_any())
    }
}

/// An answer or a problem, of whatever type.
#[derive(Clone)]
pub struct Reply(Result<Told, Problem>);

#[derive(Clone)]
enum Told {
    /// As it came over the wire or in the page.
    Text(Arc<str>),
    /// As it was given in this program, with the way to write it into the page.
    Value(Arc<dyn Any + Send + Sync>, fn(&dyn Any) -> Option<String>),
    /// The server could not be asked; what it told before stands.
    #[cfg_attr(all(feature = "ssr", not(test)), expect(dead_code, reason = "the server reaches itself"))]
    Before,
}

impl Reply {
    fn of<T: Answer>(result: Result<T, Problem>) -> Self {
        let write =
            |value: &dyn Any| value.downcast_ref::<T>().and_then(|value| serde_json::to_string(value).ok());
        Self(result.map(|value| Told::Value(Arc::new(value), write)))
    }

    fn read<T: Answer>(self) -> Result<T, Problem> {
        match self.0? {
            Told::Text(text) => tree::read(&text).ok(),
            Told::Value(value, _) => value.downcast_ref().cloned(),
            Told::Before => None,
        }
        .ok_or(Problem::Unavailable)
    }
}

/// How a reply travels in the page: a sign whether it is an answer, then its JSON.
pub struct Carried;

const ANSWER: &str = "+";

impl codee::Encoder<Reply> for Carried {
    type Error = ();
    type Encoded = String;

    fn encode(reply: &Reply) -> Result<String, ()> {
        let text = match &reply.0 {
            Ok(Told::Text(text)) => Some([ANSWER, text].concat()),
            Ok(Told::Value(value, write)) => write(&**value).map(|text| [ANSWER, &text].concat()),
            Ok(Told::Before) => None,
            Err(problem) => serde_json::to_string(problem).ok(),
        };
        text.ok_or(())
    }
}

impl codee::Decoder<Reply> for Carried {
    type Error = tree::Misread;
    type Encoded = str;

    fn decode(text: &str) -> Result<Reply, tree::Misread> {
        Ok(Reply(match text.strip_prefix(ANSWER) {
            Some(text) => Ok(Told::Text(text.into())),
            None => Err(tree::read(text)?),
        }))
    }
}

#[cfg(test)]
mod tests {
    use codee::{Decoder, Encoder};

    use super::*;

    #[test]
    fn a_reply_comes_out_of_the_page_as_it_went_in() {
        let answer = Reply::of(Ok(vec![Some("ü".to_owned()), None]));
        let carried = Carried::decode(&Carried::encode(&answer).unwrap()).unwrap();
        assert_eq!(carried.read(), answer.read::<Vec<Option<String>>>());
        let problem = Reply::of::<u8>(Err(Problem::field("name", "required", "This field is needed.")));
        let carried = Carried::decode(&Carried::encode(&problem).unwrap()).unwrap();
        assert_eq!(carried.read::<u8>(), problem.read());
    }

    #[test]
    fn the_same_answer_once_more_is_nothing_new() {
        let text = |text: &str| Some(Reply(Ok(Told::Text(text.into()))));
        let first = Come::next(None, text("1"));
        assert!(first != Come::default());
        let again = Come::next(Some(&first), text("1"));
        assert!(again == first && Come::next(Some(&again), None) == first);
        let failed = Come::next(Some(&again), Some(Reply(Err(Problem::Unavailable))));
        assert!(failed != again);
        assert!(Come::next(Some(&failed), text("1")) != failed, "what a problem has hidden comes back");
        let before = || Some(Reply(Ok(Told::Before)));
        assert!(Come::next(Some(&again), before()) == again, "without a network what is shown stays");
        let missing = Come::next(None, before());
        assert!(missing != Come::default() && Come::next(Some(&missing), before()) == missing);
    }

    #[test]
    fn sources_of_other_types_or_values_differ() {
        assert!(Same(Arc::new(1_u32)) == Same(Arc::new(1_u32)));
        assert!(Same(Arc::new(1_u32)) != Same(Arc::new(2_u32)));
        assert!(Same(Arc::new(1_u32)) != Same(Arc::new(1_u64)));
    }
}
