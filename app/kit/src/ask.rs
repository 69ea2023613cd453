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

/// Like [`ask`], under an idempotency key of the caller's, from [`fresh_key`]: for what may have to be sent again much
/// later. The server keeps the first answer under a key for a day and refuses another request under it.
///
/// # Errors
/// What the verb says; `Unavailable` when no answer comes.
#[cfg(feature = "ssr")]
pub async fn ask_under<V: Ask>(verb: V, _: &str) -> Result<V::Answer, Problem> {
    ask(verb).await
}

/// Like [`ask`], under an idempotency key of the caller's, from [`fresh_key`]: for what may have to be sent again much
/// later. The server keeps the first answer under a key for a day and refuses another request under it.
///
/// # Errors
/// What the verb says; `Unavailable` when no answer comes.
#[cfg(not(feature = "ssr"))]
pub async fn ask_under<V: Ask>(verb: V, key: &str) -> Result<V::Answer, Problem> {
    verb.check()?;
    #[cfg(feature = "hydrate")]
    {
        let text = crate::wire::Request::of(&verb)?.send_under(key).await?;
        base::tree::read(&text).map_err(|_| Problem::Unavailable)
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = key;
        Err(Problem::Unavailable)
    }
}

/// A key that nobody has drawn before; in the browser. On the server it is empty: what is asked there is asked once.
#[must_use]
pub fn fresh_key() -> String {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    return crate::wire::random_key();
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    String::new()
}
