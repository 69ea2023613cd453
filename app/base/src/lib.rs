//! What every slice stands on: ids, money, time, problems, actors and verbs; on the server also storage, events, jobs and the HTTP mount.
mod actor;
mod canonical;
mod ids;
mod money;
mod page;
mod problem;
mod time;
pub mod tree;
mod verb;
mod words;

pub use actor::*;
pub use canonical::canonical;
pub use ids::*;
pub use money::*;
pub use page::*;
pub use problem::*;
pub use time::*;
pub use verb::*;

/// Crates that the macros of this crate name in the slices.
#[doc(hidden)]
pub mod reexport {
    pub use garde;
    #[cfg(feature = "ssr")]
    pub use schemars;
    pub use serde;
    pub use serde_json;
    #[cfg(feature = "ssr")]
    pub use sqlx;
    pub use uuid;
}

#[cfg(feature = "ssr")]
pub mod clock;
#[cfg(feature = "ssr")]
pub mod db;
#[cfg(feature = "ssr")]
pub mod events;
#[cfg(feature = "ssr")]
pub mod files;
#[cfg(feature = "ssr")]
pub mod http;
#[cfg(feature = "ssr")]
pub mod jobs;
#[cfg(feature = "ssr")]
pub mod limit;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
pub mod testing;

#[cfg(feature = "ssr")]
pub use parts::*;
