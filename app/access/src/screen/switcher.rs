//! The switch of organisation and program at the top of the sidebar: plain forms, which the shell answers in the page
//! that is open.
use base::{OrganizationId, ProgramId};
use kit::{BrandLogo, BrandMark, BrandSign, Icon, Menu, MenuButton, MenuHeading, MenuLink, lucide, paths};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::parts::{me, role_name};
use super::place::{BrandNote, Place, Switch};
use crate::{Membership, ProgramRef, t};

/// For which organisation and program the person acts, and the way to the others.
#[component]
pub fn ContextSwitcher(
    /// Names the element; a page can hold two.
    #[prop(default = "switch".to_owned(), into)]
    id: String,
    /// What is said behind each program about its brand.
    #[prop(optional)]
    noted: Option<BrandNote>,
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
            {me.programs.iter().map(|one| program_item(one, at, set, noted.as_ref())).collect_view()}
        }
    });
    let organizations = (!me.memberships.is_empty()).then(|| {
        view! {
            <MenuHeading label=t::organizations()/>
            {me.memberships.iter().map(|one| organization_item(one, at)).collect_view()}
        }
    });
    let switch = use_context::<Switch>();
    // The click that opens the menu is heard here, too.
    let warm = move |_| {
        if let Some(switch) = switch {
            switch.warm.run(());
        }
    };
    view! {
        <div id=id class="switch" on:click=warm>
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

fn program_item(
    program: &ProgramRef,
    at: OrganizationId,
    set: Option<ProgramId>,
    noted: Option<&BrandNote>,
) -> AnyView {
    let lead = view! { <BrandSign name=program.brand_name.clone() hue=program.hue chroma=program.chroma/> }
        .into_any();
    let end = noted.map(|noted| noted(program.brand_id));
    let brand = Some(&program.brand_name).filter(|name| **name != program.vendor_name);
    let note = kit::beside(brand.into_iter().chain([&program.vendor_name]));
    let place = Place { organization: at, program: Some(program.id), next: None };
    item(program.name.clone(), note, place, set == Some(program.id), Some(lead), end)
}

fn organization_item(one: &Membership, at: Option<OrganizationId>) -> AnyView {
    let note = role_name(one.role).to_owned();
    let place = Place { organization: one.organization, program: None, next: None };
    item(one.organization_name.clone(), note, place, at == Some(one.organization), None, None)
}

fn item(
    label: String,
    note: String,
    place: Place,
    current: bool,
    lead: Option<AnyView>,
    end: Option<AnyView>,
) -> AnyView {
    if current {
        return view! { <MenuLink href=paths::HOME label=label note=note current=true lead=lead end=end/> }
            .into_any();
    }
    let (organization, program) = (place.organization, place.program);
    let switch = use_context::<Switch>();
    let go = move |event: SubmitEvent| {
        if let Some(switch) = switch {
            event.prevent_default();
            switch.to.run(place.clone());
        }
    };
    view! {
        <form method="post" action="/api/v1/session/context" on:submit=go>
            <input type="hidden" name="_next" value=paths::HOME/>
            <input type="hidden" name="organization" value=organization.to_string()/>
            {program.map(|program| view! { <input type="hidden" name="program" value=program.to_string()/> })}
            <MenuButton submit=true label=label note=note lead=lead end=end/>
        </form>
    }
    .into_any()
}
