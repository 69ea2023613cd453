//! Asking: the same call goes over the wire in the browser and straight to the verb on the server.
use base::Problem;
use leptos::prelude::*;

use crate::live;

/// A verb that screens may ask on this side.
#[cfg(feature = "ssr")]
pub trait Ask: base::http::Perform {}
#[cfg(feature = "ssr")]
impl<V: base::http::Perform> Ask for V {}

/// A verb that screens may ask on this side.
#[cfg(not(feature = "ssr"))]
pub trait Ask: base::Verb {}
#[cfg(not(feature = "ssr"))]
impl<V: base::Verb> Ask for V {}

/// Asks, as the actor of the page being rendered.
///
/// # Errors
/// What the verb says.
#[cfg(feature = "ssr")]
pub async fn ask<V: Ask>(verb: V) -> Result<V::Answer, Problem> {
    let parts = use_context::<base::Parts>().ok_or_else(|| Problem::internal("rendered without parts"))?;
    let actor = use_context::<base::Actor>().unwrap_or_else(base::Actor::nobody);
    if !V::PUBLIC && !actor.is_known() {
        return Err(Problem::Unauthenticated);
    }
    verb.check()?;
    verb.perform(&parts, &actor).await
}

/// Asks the server. A write carries an idempotency key and is sent again when the network fails, so it is
/// done once whatever happens on the way.
///
/// # Errors
/// What the verb says; `Unavailable` when no answer comes.
#[cfg(not(feature = "ssr"))]
pub async fn ask<V: Ask>(verb: V) -> Result<V::Answer, Problem> {
    verb.check()?;
    #[cfg(feature = "hydrate")]
    {
        let (path, fields) = base::address(&verb)?;
        // Fetch is not `Send`, the browser has one thread: the wrapper says so to the resources that await it.
        let sent = async move { crate::wire::send(V::METHOD, &path, &fields).await };
        let text = send_wrapper::SendWrapper::new(sent).await?;
        serde_json::from_str(&text).map_err(|_| Problem::Unavailable)
    }
    #[cfg(not(feature = "hydrate"))]
    Err(Problem::Unavailable)
}

/// An answer that stays fresh: asked again when `verb` gives something else, and when an event moves one of
/// `keys` (`deals`, `deal:deal_01j…`, a tile's key).
pub fn resource<V: Ask>(
    keys: impl Fn() -> Vec<String> + Send + Sync + 'static,
    verb: impl Fn() -> V + Send + Sync + 'static,
) -> Resource<Result<V::Answer, Problem>> {
    let moved = live::moved(keys);
    Resource::new(move || (moved.get(), verb()), |(_, verb)| ask(verb))
}

/// Shows a resource: `waiting` until the first answer, then `done` or the problem. Later answers replace the
/// earlier ones without going back to `waiting`.
pub fn shown<T: Clone + Send + Sync + 'static>(
    resource: Resource<Result<T, Problem>>,
    waiting: impl Fn() -> AnyView + Send + Sync + 'static,
    done: impl Fn(T) -> AnyView + Send + Sync + Clone + 'static,
) -> AnyView {
    // Read at once rather than awaited: a future that is not ready in the moment of hydration would let what comes
    // after it take over its place in the page.
    view! {
        <Transition fallback=waiting>
            {move || {
                resource.get().map(|answer| match answer {
                    Ok(value) => done(value),
                    Err(problem) => crate::problem_view(problem),
                })
            }}
        </Transition>
    }
    .into_any()
}
