//! What the queue's page shows: the list and the case that is open, asked together and kept while they hold.
use base::{DealId, Page, Problem};
use kit::Asked;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::case::{self, Case};
use crate::model::DealRow;
use crate::verbs::ListDeals;

/// How many cases the list shows; more come as these are decided.
const SHOWN: u32 = 100;

/// The page's one answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Opened {
    pub(super) page: Page<DealRow>,
    /// A case that cannot be shown leaves the list as it is.
    pub(super) case: Result<Option<Case>, Problem>,
    /// How often each had moved when it was asked for.
    turns: Turns,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Turns {
    list: u32,
    case: u32,
}

impl Opened {
    fn id(&self) -> Option<DealId> {
        self.case.as_ref().ok()?.as_ref().map(|case| case.deal.id)
    }

    /// The case, if it is this one and nothing has moved it since it was asked for.
    fn still(&self, id: DealId, now: Turns, page: &Page<DealRow>) -> Option<Case> {
        let case = self.case.as_ref().ok()?.as_ref().filter(|case| case.deal.id == id)?;
        let unmoved = match page.items.iter().find(|row| row.id == id) {
            Some(row) => row.version == case.deal.version,
            None => self.turns.list == now.list,
        };
        (unmoved && self.turns.case == now.case).then(|| case.clone())
    }
}

/// Asks for list and case; asks only for what moved. One resource for both: one that is made after another has
/// answered takes its number in the page by luck, and hydration would miss it.
pub(super) fn ask(wanted: Memo<Option<DealId>>, decided: RwSignal<u32>) -> Asked<Opened> {
    let list = kit::live::moved(|| vec!["queue".to_owned(), "deals".to_owned()]);
    let case = kit::live::moved(move || wanted.get().map(|id| id.to_string()).into_iter().collect());
    let last = StoredValue::new(None::<Opened>);
    let asked = kit::gathered(
        move || (Turns { list: list.get() + decided.get(), case: case.get() }, wanted.get()),
        move |(turns, wanted)| read(turns, wanted, last.try_get_value().flatten()),
    );
    Effect::new(move |_| {
        if let Some(Ok(opened)) = asked.get() {
            last.set_value(Some(opened));
        }
    });
    asked
}

async fn read(now: Turns, wanted: Option<DealId>, last: Option<Opened>) -> Result<Opened, Problem> {
    let page = match &last {
        Some(last) if last.turns.list == now.list => last.page.clone(),
        _ => kit::ask(ListDeals { queue: Some(true), limit: Some(SHOWN), ..ListDeals::default() }).await?,
    };
    let waits = |id: &DealId| page.items.iter().any(|row| row.id == *id);
    // Without one that is wanted, the open case stays for as long as it waits: a more urgent one that comes in
    // must not slide under the reader's eyes.
    let stays = || last.as_ref().and_then(Opened::id).filter(waits);
    let id = wanted.or_else(stays).or_else(|| page.items.first().map(|row| row.id));
    let case = match id {
        None => Ok(None),
        Some(id) => match last.as_ref().and_then(|last| last.still(id, now, &page)) {
            Some(case) => Ok(Some(case)),
            None => case::read(id).await.map(Some),
        },
    };
    Ok(Opened { page, case, turns: now })
}

/// Shows a part of the answer; it is drawn anew only when `same` says that this part moved.
pub(super) fn part(
    asked: Asked<Opened>,
    waiting: fn() -> AnyView,
    same: fn(&Opened, &Opened) -> bool,
    done: impl Fn(Opened) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let done: Box<dyn Fn(Opened) -> AnyView + Send + Sync> = Box::new(done);
    erased(asked, waiting, same, done)
}

fn erased(
    asked: Asked<Opened>,
    waiting: fn() -> AnyView,
    same: fn(&Opened, &Opened) -> bool,
    done: Box<dyn Fn(Opened) -> AnyView + Send + Sync>,
) -> AnyView {
    view! {
        <Transition fallback=waiting>
            {
                // Made in here, so that the page waits for what it reads.
                let latest = Memo::new_owning(move |before: Option<Latest>| {
                    let now = asked.get();
                    let moved = match (&before, &now) {
                        (Some(Some(Ok(before))), Some(Ok(now))) => !same(before, now),
                        (before, now) => before.as_ref() != Some(now),
                    };
                    (now, moved)
                });
                move || latest.get().map(|answer| match answer {
                    Ok(opened) => done(opened),
                    Err(problem) => kit::problem_view(problem),
                })
            }
        </Transition>
    }
    .into_any()
}

type Latest = Option<Result<Opened, Problem>>;
