//! What the address of a dashboard says, on screen.
use leptos::prelude::With;
use leptos_router::hooks::use_query_map;

pub(super) use crate::chosen::{Chosen, Field, What, at, query};

/// What the address chooses, following it.
pub(super) fn chosen() -> impl Fn() -> Chosen + Copy + Send + Sync + 'static {
    let query = use_query_map();
    move || query.with(|query| Chosen::read(|name| query.get(name)))
}

/// The same for a page that is of the program it stands in, unless its address says otherwise.
pub(super) fn chosen_here() -> impl Fn() -> Chosen + Copy + Send + Sync + 'static {
    let me = access::me();
    let here = me.program.filter(|_| me.programs.len() > 1).map(|program| program.id);
    let chosen = chosen();
    move || {
        let chosen = chosen();
        Chosen { program: chosen.program.or(here.filter(|_| !chosen.every)), ..chosen }
    }
}
