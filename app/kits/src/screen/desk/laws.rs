//! What every campaign of the kit must keep to.
use creative::BrandRules;
use kit::{CheckField, TextArea};
use leptos::prelude::*;

use super::state::{Desk, bound, bound_lines, lines};
use crate::t;

pub(super) fn laws(desk: Desk) -> AnyView {
    let legal = bound(desk, |desk| Some(desk.content.with(|content| content.rules.legal_line.clone())));
    let typed = Callback::new(move |text: String| {
        desk.change("rules.legal_line", |content| content.rules.legal_line = text);
    });
    let fault = MaybeProp::derive(move || desk.fault("rules.legal_line"));
    view! {
        {list(desk, ("banned", t::banned(), t::banned_help()), |rules| &rules.banned, |rules, lines| rules.banned = lines)}
        <TextArea name="legal_line" label=t::legal_line() help=t::legal_line_help() bind=legal on_input=typed error=fault optional=true maxlength=500 rows=2/>
        {list(desk, ("link_hosts", t::link_hosts(), t::link_hosts_help()), |rules| &rules.link_hosts, |rules, lines| rules.link_hosts = lines)}
        {check(desk, ("logo_needed", t::logo_needed(), t::logo_needed_help()), |rules| rules.logo_needed, |rules, on| rules.logo_needed = on)}
        {check(desk, ("approval_needed", t::approval_needed(), t::approval_needed_help()), |rules| rules.approval_needed, |rules, on| rules.approval_needed = on)}
    }
    .into_any()
}

fn list(
    desk: Desk,
    (name, label, help): (&'static str, &'static str, &'static str),
    read: fn(&BrandRules) -> &Vec<String>,
    write: fn(&mut BrandRules, Vec<String>),
) -> AnyView {
    let text = bound_lines(desk, move |desk| Some(desk.content.with(|content| read(&content.rules).clone())));
    let typed = Callback::new(move |text: String| {
        desk.change(name, |content| write(&mut content.rules, lines(&text)));
    });
    let path = format!("rules.{name}");
    let fault = MaybeProp::derive(move || {
        let faults = desk.faults();
        faults.with(|faults| {
            faults.iter().find(|fault| fault.field.starts_with(&path)).map(crate::words::fault_words)
        })
    });
    view! { <TextArea name=name label=label help=help bind=text on_input=typed error=fault optional=true rows=3/> }.into_any()
}

fn check(
    desk: Desk,
    (name, label, help): (&'static str, &'static str, &'static str),
    read: fn(&BrandRules) -> bool,
    write: fn(&mut BrandRules, bool),
) -> AnyView {
    let on = RwSignal::new(desk.content.with_untracked(|content| read(&content.rules)));
    Effect::new(move |_| {
        let now = desk.content.with(|content| read(&content.rules));
        if on.get_untracked() != now {
            on.set(now);
        }
    });
    let changed = Callback::new(move |on: bool| desk.change("", |content| write(&mut content.rules, on)));
    view! { <CheckField name=name label=label help=help bind=on on_change=changed/> }.into_any()
}
