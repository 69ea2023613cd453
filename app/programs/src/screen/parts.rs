//! What the screens of rules share: which program is meant, changes in plain words, addresses.
use base::{OrganizationId, ProgramId};
use kit::paths;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{EscalateTo, NamedPartner, RuleChange, t};

/// The program of `?program=`, else the one that the screens are set to.
pub(super) fn chosen_program() -> Memo<Option<ProgramId>> {
    let query = use_query_map();
    let chosen = access::me().program.map(|program| program.id);
    Memo::new(move |_| {
        let asked = query.with(|query| query.get("program").and_then(|text| text.parse::<ProgramId>().ok()));
        asked.or(chosen)
    })
}

pub(super) fn program_address(id: ProgramId) -> String {
    format!("{}?program={id}", paths::PROGRAM)
}

pub(super) fn rules_address(id: ProgramId) -> String {
    format!("{}?program={id}", paths::RULES)
}

/// A partner's name; empty when the reader may not know it.
pub(super) fn name_of(partners: &[NamedPartner], id: OrganizationId) -> String {
    partners.iter().find(|partner| partner.id == id).map(|partner| partner.name.clone()).unwrap_or_default()
}

pub(super) fn role_words(role: EscalateTo) -> &'static str {
    match role {
        EscalateTo::ProgramAdmin => t::role_program_admins(),
        EscalateTo::VendorOwner => t::role_vendor_owners(),
        EscalateTo::ChannelManager => t::role_channel_managers(),
    }
}

/// Changes rule by rule: what a rule said, and what it says.
pub(super) fn changes_view(changes: Vec<RuleChange>) -> AnyView {
    if changes.is_empty() {
        return view! { <p class="muted rules-note">{t::no_changes()}</p> }.into_any();
    }
    let entries = |label: &'static str, entries: Vec<String>| {
        (!entries.is_empty()).then(|| view! { <span class="small">{label}": "{entries.join("; ")}</span> })
    };
    let lines = changes.into_iter().map(|change| {
        let said = change.before != change.after;
        view! {
            <li class="row rule-line">
                <code class="fixed muted">{change.rule.code()}</code>
                <span class="what wraps">
                    <span class="strong">{change.rule.name()}</span>
                    {said.then(|| view! { <del class="muted">{change.before}</del> })}
                    <ins>{change.after}</ins>
                    {entries(t::added(), change.added)}
                    {entries(t::removed(), change.removed)}
                </span>
            </li>
        }
    });
    let lines = lines.collect_view();
    view! { <ul class="rows">{lines}</ul> }.into_any()
}
