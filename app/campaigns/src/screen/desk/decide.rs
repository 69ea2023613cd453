//! The vendor looks at a campaign: what the partner changed beside what the kit says, what the check found, yes or no.
use base::Page;
use kit::{Asked, Button, Card, Compare, Compared, Kind, Shape, Skeleton, TextArea, VerbForm, lucide, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::state::Desk;
use super::{Beside, check, preview};
use crate::access::Do;
use crate::model::{Campaign, CampaignChange};
use crate::t;
use crate::verbs::{ApproveCampaign, SendBackCampaign};
use crate::words::Worded;

pub(super) fn deciding(desk: Desk, beside: Beside) -> AnyView {
    let found = desk.of.with_untracked(|of| of.found.clone());
    let people = desk.of.with_untracked(|of| of.campaign.audience_size);
    let findings =
        if found.is_empty() { view! { <p>{t::check_fine()}</p> }.into_any() } else { check::list(&found) };
    view! {
        {panel(desk)}
        {changed(beside.changes)}
        <Card title=t::step_check()>
            <div class="stack gap-16">{findings}<p class="muted small">{t::goes_to(people as i64)}</p></div>
        </Card>
        <Card title=t::step_preview()>{preview::previews(desk)}</Card>
    }
    .into_any()
}

fn panel(desk: Desk) -> AnyView {
    if let Err(problem) = Do::Decide.by(&access::me().actor(), None) {
        return kit::problem_view(problem);
    }
    let version = Some(desk.of.with_untracked(|of| of.campaign.version));
    let navigate = use_navigate();
    let on = Callback::new(move |_: Campaign| navigate(paths::CAMPAIGNS, Default::default()));
    let approve = ApproveCampaign { id: desk.id, version };
    let back = SendBackCampaign { id: desk.id, reason: String::new(), version };
    let seen = version.map(|version| version.to_string());
    let (approved, returned) = (seen.clone(), seen);
    view! {
        <Card title=t::decision() id="decision">
            <div class="stack gap-16">
                <VerbForm verb=approve next=paths::CAMPAIGNS done=on>
                    <Worded/>
                    <input type="hidden" name="version" value=approved/>
                    <div class="actions"><Button submit=true kind=Kind::Primary icon=lucide::LuCheck>{t::approve()}</Button></div>
                </VerbForm>
                <VerbForm verb=back next=paths::CAMPAIGNS done=on>
                    <Worded/>
                    <input type="hidden" name="version" value=returned/>
                    <TextArea name="reason" label=t::send_back_why() help=t::send_back_help() maxlength=2000 required=true/>
                    <div class="actions"><Button submit=true icon=lucide::LuUndo2>{t::send_back()}</Button></div>
                </VerbForm>
            </div>
        </Card>
    }
    .into_any()
}

/// What the partner changed, beside what the kit says.
pub(super) fn changed(changes: Asked<Page<CampaignChange>>) -> AnyView {
    kit::shown(changes, || view! { <Skeleton shape=Shape::Text/> }.into_any(), side_by_side)
}

fn side_by_side(page: Page<CampaignChange>) -> AnyView {
    if page.items.is_empty() {
        return view! { <Card title=t::what_changed()><p class="muted">{t::nothing_changed()}</p></Card> }
            .into_any();
    }
    let rows: Vec<Compared> = page.items.into_iter().map(compared).collect();
    view! {
        <Card title=t::what_changed() flush=true>
            <Compare label=t::what_changed() heads=vec![t::kit_says().to_owned(), t::partner_says().to_owned()] rows=rows/>
        </Card>
    }
    .into_any()
}

fn compared(change: CampaignChange) -> Compared {
    let label = format!("{} · {}", change.asset_name, change.spot.language);
    Compared::pair(label, change.before, change.after, false)
}
