//! What the address of a dashboard says, on screen.
use leptos::prelude::With;
use leptos_router::hooks::use_query_map;

pub(super) use crate::chosen::{Chosen, Field, What, at, query};

/// What the address chooses, following it.
pub(super) fn chosen() -> impl Fn() -> Chosen + Copy + Send + Sync + 'static {
    let query = use_query_map();
    move || query.with(|query| Chosen::read(|name| query.get(name)))
}
