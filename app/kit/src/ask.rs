//! Asking: the same call goes over the wire in the browser and straight to the verb on the server.
use base::Problem;
#[cfg(feature = "ssr")]
use leptos::prelude::use_context;

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
        let text = crate::wire::Request::of(&verb)?.send().await?;
        base::tree::read(&text).map_err(|_| Problem::Unavailable)
    }
    #[cfg(not(feature = "hydrate"))]
    Err(Problem::Unavailable)
}
