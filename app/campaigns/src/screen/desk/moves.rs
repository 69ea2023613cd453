//! What can be done with a campaign that is launched or waits: stop it, go on, put it away.
use kit::{Button, Card, Kind, Tell, Toasts, VerbForm, When, lucide, paths};
use leptos::prelude::*;

use super::state::Desk;
use crate::access::Do;
use crate::model::{Campaign, CampaignState};
use crate::t;
use crate::verbs::{
    ArchiveCampaign, CancelCampaign, PauseCampaign, RestoreCampaign, ResumeCampaign, TakeBackCampaign,
};
use crate::words::{Worded, sentence};

/// How it stands, and what can be done.
pub(super) fn panel(desk: Desk) -> AnyView {
    let inside = move || {
        desk.of.with(|of| {
            let campaign = &of.campaign;
            let landing = campaign.state.is_public().then(|| paths::landing(&campaign.slug));
            let link = landing.map(|href| {
                view! { <a class="link" href=href target="_blank" rel="noopener external">{t::open_landing_page()}</a> }
            });
            let when = match (campaign.state, campaign.send_at, campaign.launched_at) {
                (CampaignState::Scheduled, Some(at), _) => {
                    let words = t::goes_out_at();
                    Some(view! { {words}" "<When at=at tell=Tell::Absolute/> }.into_any())
                }
                (CampaignState::Scheduled, None, _) => Some(t::goes_out_now().into_any()),
                (_, _, Some(at)) => {
                    let words = t::launched();
                    Some(view! { {words}" "<When at=at/> }.into_any())
                }
                _ => None,
            };
            view! { <p class="line wrap"><span>{when}</span>{link}</p> }
        })
    };
    view! { <Card title=t::how_it_stands()><div class="stack gap-16">{inside}{actions(desk)}</div></Card> }
        .into_any()
}

/// The buttons of its state.
pub(super) fn actions(desk: Desk) -> AnyView {
    if Do::Make.by(&access::me().actor(), None).is_err() {
        return ().into_any();
    }
    let state = Memo::new(move |_| desk.of.with(|of| of.campaign.state));
    (move || {
        let buttons = match state.get() {
            CampaignState::AwaitingApproval => vec![take_back(desk)],
            CampaignState::Scheduled => vec![take_back(desk), pause(desk), cancel(desk)],
            CampaignState::Sending => vec![pause(desk), cancel(desk)],
            CampaignState::Paused => vec![resume(desk), cancel(desk)],
            CampaignState::Sent | CampaignState::Recalled => vec![archive(desk)],
            CampaignState::Cancelled => vec![restore(desk), archive(desk)],
            CampaignState::Draft
            | CampaignState::Checked
            | CampaignState::Approved
            | CampaignState::Archived => Vec::new(),
        };
        view! { <div class="actions">{buttons.collect_view()}</div> }
    })
    .into_any()
}

fn done(desk: Desk) -> Callback<Campaign> {
    Callback::new(move |_: Campaign| desk.refresh())
}

fn here(desk: Desk) -> String {
    paths::campaign(desk.id)
}

fn take_back(desk: Desk) -> AnyView {
    let verb = TakeBackCampaign { id: desk.id, version: None };
    view! { <VerbForm verb=verb next=here(desk) done=done(desk)><Worded/><Button submit=true icon=lucide::LuUndo2>{t::take_back()}</Button></VerbForm> }
        .into_any()
}

fn pause(desk: Desk) -> AnyView {
    let verb = PauseCampaign { id: desk.id, version: None };
    view! { <VerbForm verb=verb next=here(desk) done=done(desk)><Worded/><Button submit=true icon=lucide::LuPause>{t::pause()}</Button></VerbForm> }
        .into_any()
}

fn resume(desk: Desk) -> AnyView {
    let verb = ResumeCampaign { id: desk.id, version: None };
    view! { <VerbForm verb=verb next=here(desk) done=done(desk)><Worded/><Button submit=true kind=Kind::Primary icon=lucide::LuPlay>{t::resume()}</Button></VerbForm> }
        .into_any()
}

fn archive(desk: Desk) -> AnyView {
    let verb = ArchiveCampaign { id: desk.id, version: None };
    view! { <VerbForm verb=verb next=here(desk) done=done(desk)><Worded/><Button submit=true icon=lucide::LuArchive>{t::archive()}</Button></VerbForm> }
        .into_any()
}

fn restore(desk: Desk) -> AnyView {
    let verb = RestoreCampaign { id: desk.id, version: None };
    view! { <VerbForm verb=verb next=here(desk) done=done(desk)><Worded/><Button submit=true icon=lucide::LuRotateCcw>{t::bring_back()}</Button></VerbForm> }
        .into_any()
}

/// Stops it at once; for ten seconds a click brings it back.
fn cancel(desk: Desk) -> AnyView {
    let toasts = use_context::<Toasts>();
    let verb = CancelCampaign { id: desk.id, version: None };
    let said = Callback::new(move |_: Campaign| {
        desk.refresh();
        let Some(toasts) = toasts else { return };
        let undo = Callback::new(move |()| {
            leptos::task::spawn_local(async move {
                match kit::ask(RestoreCampaign { id: desk.id, version: None }).await {
                    Ok(_) => desk.refresh(),
                    Err(problem) => toasts.fail(sentence(problem)),
                }
            });
        });
        toasts.say_with_undo(t::cancelled_said(), undo);
    });
    view! { <VerbForm verb=verb next=here(desk) done=said><Worded/><Button submit=true kind=Kind::Danger icon=lucide::LuX>{t::cancel_campaign()}</Button></VerbForm> }
        .into_any()
}
