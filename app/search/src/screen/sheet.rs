//! The sheet that lists the shortcuts.
use base::Side;
use kit::{Dialog, Kbd};
use leptos::prelude::*;

use super::entries::ways;
use crate::t;

/// The sheet of shortcuts.
#[component]
pub(super) fn KeySheet(open: RwSignal<bool>, side: Option<Side>) -> impl IntoView {
    let jumps = ways(side)
        .into_iter()
        .map(|way| line(vec!["g".to_owned(), way.letter.to_string()], (way.label)()))
        .collect_view();
    let own = |keys: &[&str], label| line(keys.iter().map(|key| (*key).to_owned()).collect(), label);
    view! {
        <Dialog id="keys" title=t::keys_title() open=open on_close=move |()| open.set(false)>
            <h3>{t::keys_anywhere()}</h3>
            <dl class="key-list">
                {own(&[t::key_ctrl(), "K"], t::key_palette())}
                {own(&["?"], t::keys_title())}
                {own(&["Esc"], t::key_close())}
            </dl>
            <h3>{t::keys_jump()}</h3>
            <dl class="key-list">{jumps}</dl>
            <h3>{t::keys_lists()}</h3>
            <dl class="key-list">
                {own(&["j"], t::key_down())}
                {own(&["k"], t::key_up())}
                {own(&["Enter"], t::key_open())}
                {own(&["x"], t::key_pick())}
            </dl>
        </Dialog>
    }
}

fn line(keys: Vec<String>, label: &'static str) -> impl IntoView {
    let keys = keys.into_iter().map(|key| view! { <Kbd keys=key/> }).collect_view();
    view! { <div><dt>{keys}</dt><dd>{label}</dd></div> }
}
