//! The switch of organisation and program at the top of the sidebar: plain forms, as everything on the page
//! changes with it.
use base::{OrganizationId, ProgramId};
use kit::{BrandLogo, BrandMark, Icon, Menu, MenuButton, MenuHeading, MenuLink, lucide, paths};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::parts::{me, role_name};
use crate::{Membership, ProgramRef, t};

/// For which organisation and program the person acts, and the way to the others.
#[component]
pub fn ContextSwitcher(
    /// Names the element; a page can hold two.
    #[prop(default = "switch".to_owned(), into)]
    id: String,
) -> impl IntoView {
    let me = me();
    let place = me.organization.as_ref().map(|one| one.organization_name.clone()).unwrap_or_default();
    let (brand, program) = match &me.program {
        Some(program) => (program.brand_name.clone(), program.name.clone()),
        None => (place, String::new()),
    };
    let emblem = kit::Emblem::shown();
    let (mark_name, named) = (brand.clone(), brand);
    let mark = move || {
        let mark = emblem.with(|emblem| emblem.mark.clone());
        match mark {
            Some(mark) => view! { <BrandMark name=mark_name.clone() logo=mark/> }.into_any(),
            None => view! { <BrandMark name=mark_name.clone()/> }.into_any(),
        }
    };
    // A logo says the name; it is kept for those who hear it.
    let name = move || {
        let name = named.clone();
        match emblem.get() {
            kit::Emblem { logo: Some(light), logo_dark: dark, .. } => {
                view! { <BrandLogo light=light dark=dark/><span class="visually-hidden">{name}</span> }
                    .into_any()
            }
            _ => view! { <span class="label">{name}</span> }.into_any(),
        }
    };
    let summary = view! {
        {mark}
        <span class="names">
            <span class="visually-hidden">{t::switch_label()}" "</span>
            {name}<small>{program}</small>
        </span>
        <Icon of=lucide::LuChevronsUpDown/>
    };
    let user = me.user.id;
    let leave = move |event: SubmitEvent| {
        if !kit::leave(user) {
            event.prevent_default();
        }
    };
    let at = me.organization.as_ref().map(|one| one.organization);
    let set = me.program.as_ref().map(|program| program.id);
    let programs = at.filter(|_| me.programs.len() > 1).map(|at| {
        view! {
            <MenuHeading label=t::programs()/>
            {me.programs.iter().map(|one| program_item(one, at, set)).collect_view()}
        }
    });
    let organizations = (!me.memberships.is_empty()).then(|| {
        view! {
            <MenuHeading label=t::organizations()/>
            {me.memberships.iter().map(|one| organization_item(one, at)).collect_view()}
        }
    });
    view! {
        <div id=id class="switch">
            <Menu summary=summary.into_any() class="brand">
                {programs}
                {organizations}
                <hr/>
                <MenuLink href=paths::PEOPLE label=t::people() icon=lucide::LuUsers/>
                <MenuLink href=paths::PROFILE label=t::profile_title() icon=lucide::LuUser/>
                <form method="post" action="/api/v1/session/end" on:submit=leave>
                    <input type="hidden" name="_next" value=paths::SIGN_IN/>
                    <MenuButton submit=true label=t::sign_out() icon=lucide::LuLogOut/>
                </form>
            </Menu>
        </div>
    }
    .into_any()
}

fn program_item(program: &ProgramRef, at: OrganizationId, set: Option<ProgramId>) -> AnyView {
    item(program.name.clone(), program.vendor_name.clone(), at, Some(program.id), set == Some(program.id))
}

fn organization_item(one: &Membership, at: Option<OrganizationId>) -> AnyView {
    let note = role_name(one.role).to_owned();
    item(one.organization_name.clone(), note, one.organization, None, at == Some(one.organization))
}

fn item(
    label: String,
    note: String,
    organization: OrganizationId,
    program: Option<ProgramId>,
    current: bool,
) -> AnyView {
    if current {
        return view! { <MenuLink href=paths::HOME label=label note=note current=true/> }.into_any();
    }
    view! {
        <form method="post" action="/api/v1/session/context">
            <input type="hidden" name="_next" value=paths::HOME/>
            <input type="hidden" name="organization" value=organization.to_string()/>
            {program.map(|program| view! { <input type="hidden" name="program" value=program.to_string()/> })}
            <MenuButton submit=true label=label note=note/>
        </form>
    }
    .into_any()
}
