//! Going over to another place in the page that is open: the shell does it, everything in the frame may ask for it.
use std::sync::Arc;

use base::{BrandId, OrganizationId, ProgramId};
use leptos::prelude::*;

/// Where to go over to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub organization: OrganizationId,
    /// Without one, the organisation's first.
    pub program: Option<ProgramId>,
    /// The page to be shown there. Without one the present page stays, where it makes sense there.
    pub next: Option<String>,
}

/// The way to another place without another page. The shell provides it; without it plain forms and links lead there.
#[derive(Clone, Copy)]
pub struct Switch {
    /// Goes there.
    pub to: Callback<Place>,
    /// Somebody may go soon: what a page wears there can be fetched.
    pub warm: Callback<()>,
}

/// What is said behind a program about its brand: a count.
pub type BrandNote = Arc<dyn Fn(BrandId) -> AnyView + Send + Sync>;
