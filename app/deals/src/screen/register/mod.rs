//! Registering a deal on one page: what is typed is checked and kept while it is typed.
mod apart;
mod draft;
mod fields;
mod form;
mod keeper;
mod plain;
mod sending;
mod side;
mod smart;

use base::{DealId, OrganizationId, Problem, ProgramId, Side};
use kit::{Denied, Empty, LinkButton, Screen, Shape, Skeleton, lucide, paths};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use partners::ListPartners;
use programs::{ListProducts, ListPrograms, Product, Program};
use serde::{Deserialize, Serialize};

use crate::access::Do;
use crate::model::{Deal, Status};
use crate::rules::shelf::Unsent;
use crate::t;
use crate::verbs::GetDeal;

use super::shelf::Shelf;
pub(super) use draft::Open;
pub(super) use sending::{Book, Going, stands};

/// Rows of the lists that the form offers: the most that a page may have.
const OFFERED: u32 = 200;

/// What an address of the form is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    New,
    Deal(DealId),
    /// What stands in the place of an id is none.
    Nothing,
}

/// What the form needs before it can be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Setting {
    programs: Vec<Program>,
    /// The one whose products these are.
    program: Option<ProgramId>,
    products: Vec<Product>,
    /// For a vendor who registers on a partner's behalf.
    partners: Vec<(OrganizationId, String)>,
    /// The draft that is gone on with.
    deal: Option<Deal>,
}

/// `/deals/new`, and `/deals/{id}/edit` for drafts, returned deals and changes of approved ones.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let params = use_params_map();
    let about = Memo::new(move |_| match params.with(|params| params.get("id")) {
        None => About::New,
        Some(id) => id.parse().map_or(About::Nothing, About::Deal),
    });
    let me = access::me();
    let is_vendor = me.side() == Some(Side::Vendor);
    let chosen = me.program.as_ref().map(|program| program.id);
    let shelf = StoredValue::new(Shelf::mine());
    let setting = kit::gathered(
        move || about.get(),
        move |about| async move {
            match asked(about, chosen, is_vendor).await {
                Err(Problem::Unavailable) => offline(shelf, about),
                answer => answer,
            }
        },
    );
    let resumed = resumed(shelf, about);
    let title = Signal::derive(move || {
        if about.get() == About::New { t::register_title().to_owned() } else { t::edit_title().to_owned() }
    });
    let close =
        || view! { <LinkButton href=paths::DEALS kind=kit::Kind::Quiet>{t::close()}</LinkButton> }.into_any();
    let body = match Do::Register.by(&me.actor(), None) {
        Ok(()) => {
            let waiting = || view! { <Skeleton shape=Shape::Form count=6/> }.into_any();
            kit::shown(setting, waiting, move |setting| {
                keep_form(shelf, setting.clone());
                (move || of_setting(setting.clone(), resumed.get())).into_any()
            })
        }
        Err(Problem::Forbidden { detail, .. }) => view! { <Denied detail=detail/> }.into_any(),
        Err(problem) => kit::problem_view(problem),
    };
    view! { <Screen title=title actions=close>{body}</Screen> }.into_any()
}

/// Asks for everything that the form needs.
async fn asked(about: About, chosen: Option<ProgramId>, is_vendor: bool) -> Result<Setting, Problem> {
    let deal = match about {
        About::New => None,
        About::Deal(id) => Some(kit::ask(GetDeal { id }).await?),
        About::Nothing => return Err(Problem::NotFound),
    };
    let programs = kit::ask(ListPrograms { limit: Some(OFFERED), ..ListPrograms::default() }).await?.items;
    let program = deal.as_ref().map(|deal| deal.program).or(chosen).or(programs.first().map(|one| one.id));
    let products = kit::ask(ListProducts {
        program,
        active: Some(true),
        limit: Some(OFFERED),
        ..ListProducts::default()
    })
    .await?
    .items;
    let partners = if is_vendor {
        let page =
            kit::ask(ListPartners { program, limit: Some(OFFERED), ..ListPartners::default() }).await?;
        page.items.into_iter().map(|partner| (partner.id, partner.name)).collect()
    } else {
        Vec::new()
    };
    Ok(Setting { programs, program, products, partners, deal })
}

/// The form as it was offered last, when the server is not reached. A browser that has never shown it may still have
/// the page: loading it lets the worker answer.
fn offline(shelf: StoredValue<Shelf>, about: About) -> Result<Setting, Problem> {
    let shelf = shelf.try_get_value().ok_or(Problem::Unavailable)?;
    let deal = match about {
        About::Deal(id) => {
            Some(shelf.of_deal(id).and_then(|unsent| unsent.base).ok_or(Problem::Unavailable)?)
        }
        About::New | About::Nothing => None,
    };
    match shelf.form::<Setting>() {
        Some(setting) => Ok(Setting { deal, ..setting }),
        None => {
            if deal.is_none() {
                kit::load(paths::REGISTER);
            }
            Err(Problem::Unavailable)
        }
    }
}

/// Keeps what the form offers on this device.
fn keep_form(shelf: StoredValue<Shelf>, setting: Setting) {
    Effect::new(move |_| {
        let _ = shelf.try_with_value(|shelf| shelf.put_form(&Setting { deal: None, ..setting.clone() }));
    });
}

/// What waits on this device for the address. After hydration only: the server does not know it.
fn resumed(shelf: StoredValue<Shelf>, about: Memo<About>) -> RwSignal<Option<Unsent>> {
    let query = use_query_map();
    let key = Memo::new(move |_| query.with(|query| query.get("kept")));
    let resumed = RwSignal::new(None::<Unsent>);
    Effect::new(move |_| {
        let found = shelf.with_value(|shelf| match (about.get(), key.get()) {
            (About::Deal(id), _) => shelf.of_deal(id),
            (About::New, Some(key)) => shelf.find(&key),
            _ => None,
        });
        if resumed.with_untracked(|now| *now != found) {
            resumed.set(found);
        }
    });
    resumed
}

fn of_setting(setting: Setting, unsent: Option<Unsent>) -> AnyView {
    if setting.programs.is_empty() {
        return view! { <Empty title=t::no_program() note=t::no_program_note() icon=lucide::LuHandshake/> }
            .into_any();
    }
    // What waits here for a deal that is closed by now is asked about in the form.
    let closed = setting.deal.as_ref().filter(|deal| unsent.is_none() && !can_be_changed(deal)).cloned();
    match closed {
        Some(deal) => view! {
            <Empty title=t::cannot_be_changed() icon=lucide::LuLock>
                <LinkButton href=paths::deal(deal.id)>{t::see_deal()}</LinkButton>
            </Empty>
        }
        .into_any(),
        None => view! { <form::RegisterForm setting=setting unsent=unsent/> }.into_any(),
    }
}

/// Whether the asker may change something of it here.
fn can_be_changed(deal: &Deal) -> bool {
    let action = if deal.status == Status::Approved { Do::Amend } else { Do::Edit };
    deal.may(action).is_some_and(|step| step.refused.is_none())
        || (deal.status == Status::Draft && Do::Edit.by(&access::me().actor(), None).is_ok())
}
