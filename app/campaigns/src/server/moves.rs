//! Performs what moves a campaign: launch, approval, pause, end.
use base::db::Tx;
use base::http::Perform;
use base::jobs::{Job, enqueue};
use base::{Actor, CampaignId, Parts, Problem, Span};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::case::Case;
use super::{ask, check, launch, make, reach};
use crate::access::Do;
use crate::model::{Campaign, CampaignDesk, CampaignState, Decision};
use crate::rules::{self, Refusal, Step, UNDO_SECONDS};
use crate::verbs::*;

impl Perform for CheckCampaign {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<CampaignDesk, Problem> {
        Do::Make.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let mut case = Case::open(tx, &actor_, Do::Make, (self.id, None)).await?;
            let version = check::good_version_of(tx, &case.campaign).await?;
            let passes = rules::passes(&check::look(&case.campaign, &version, &case.campaign.card));
            // What is stopped stays a draft, and what was checked and not changed stays checked.
            if passes && case.campaign.state == CampaignState::Draft {
                case.step(Step::Check)?;
                case.store(tx, &parts_, &actor_, ("campaign.checked", json!({}))).await?;
            }
            ask::desk(tx, &parts_, &actor_, self.id).await
        };
        parts.db().write(work).await
    }
}

impl Perform for LaunchCampaign {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Campaign, Problem> {
        Do::Make.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let mut case = Case::open(tx, &actor_, Do::Make, (self.id, self.version)).await?;
            let was_approved = case.campaign.state == CampaignState::Approved;
            case.step(Step::Check)?;
            let version = check::good_version_of(tx, &case.campaign).await?;
            let campaign = &case.campaign;
            let enrolled = partners::server::enrolled(tx, campaign.partner, campaign.program).await?;
            if !enrolled.is_some_and(|enrolled| enrolled.status.takes_part()) {
                return Err(Problem::refused(
                    "not_enrolled",
                    "You do not take part in this program at the moment.",
                ));
            }
            let found = check::look(campaign, &version, &campaign.card);
            if !rules::passes(&found) {
                return Err(Refusal::CheckStops.into());
            }
            if version.assets.iter().any(|asset| asset.kind == creative::AssetKind::Email) {
                let audience = campaign.audience.ok_or(Refusal::NoAudience)?;
                if reach::of(tx, campaign, audience).await?.sendable() == 0 {
                    return Err(Refusal::NobodyToWriteTo.into());
                }
            }
            if let Some(at) = campaign.send_at {
                make::timely(at, &parts_)?;
            }
            // What is approved is what goes out: the card is kept as it is now.
            case.has_card = true;
            if rules::needs_approval(&found, version.rules.approval_needed) && !was_approved {
                case.step(Step::Ask)?;
                case.campaign.asked_at = Some(parts_.clock().now());
                case.campaign.decision = None;
                return case.close(tx, &parts_, &actor_, ("campaign.approval_asked", json!({}))).await;
            }
            case.step(Step::Approve)?;
            schedule(tx, &parts_, &mut case).await?;
            let data = json!({ "send_at": case.campaign.send_at });
            case.close(tx, &parts_, &actor_, ("campaign.scheduled", data)).await
        };
        parts.db().write(work).await
    }
}

/// It waits for its time; without one it goes out as soon as it cannot be taken back by a click any more.
async fn schedule(tx: &mut Tx, parts: &Parts, case: &mut Case) -> Result<(), Problem> {
    case.step(Step::Schedule)?;
    let now = parts.clock().now();
    let soon = now + Span::seconds(UNDO_SECONDS);
    let at = case.campaign.send_at.map_or(soon, |at| at.max(now));
    launch::begin_at(tx, parts, case.campaign.id, at).await
}

impl Perform for ApproveCampaign {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Campaign, Problem> {
        Do::Decide.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let mut case = Case::open(tx, &actor_, Do::Decide, (self.id, self.version)).await?;
            if case.campaign.state != CampaignState::AwaitingApproval {
                return Err(Refusal::NotAsked.into());
            }
            check::good_version_of(tx, &case.campaign).await?;
            case.step(Step::Approve)?;
            case.campaign.decision = Some(Decision {
                by: actor_.name.clone(),
                at: parts_.clock().now(),
                approved: true,
                reason: String::new(),
            });
            schedule(tx, &parts_, &mut case).await?;
            let data = json!({ "send_at": case.campaign.send_at });
            case.close(tx, &parts_, &actor_, ("campaign.approved", data)).await
        };
        parts.db().write(work).await
    }
}

impl Perform for SendBackCampaign {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Campaign, Problem> {
        Do::Decide.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let mut case = Case::open(tx, &actor_, Do::Decide, (self.id, self.version)).await?;
            case.step(Step::SendBack)?;
            case.campaign.decision = Some(Decision {
                by: actor_.name.clone(),
                at: parts_.clock().now(),
                approved: false,
                reason: self.reason.trim().to_owned(),
            });
            case.store(tx, &parts_, &actor_, ("campaign.sent_back", json!({}))).await?;
            // It is the partner's own again; the one who sent it back sees it this once.
            Ok(super::case::as_seen_by(case.campaign, actor_.scope()))
        };
        parts.db().write(work).await
    }
}

macro_rules! performs {
    ($($name:ident: $step:expr, $kind:literal, |$tx:ident, $parts:ident, $case:ident| $change:expr;)*) => {$(
        impl Perform for $name {
            async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Campaign, Problem> {
                Do::Make.by(actor, None)?;
                let ($parts, actor_) = (parts.clone(), actor.clone());
                let work = async move |$tx: &mut Tx| {
                    let mut $case = Case::open($tx, &actor_, Do::Make, (self.id, self.version)).await?;
                    $case.step($step)?;
                    $change;
                    $case.close($tx, &$parts, &actor_, ($kind, json!({}))).await
                };
                parts.db().write(work).await
            }
        }
    )*};
}
performs! {
    TakeBackCampaign: Step::TakeBack, "campaign.taken_back", |tx, parts, case| {};
    PauseCampaign: Step::Pause, "campaign.paused", |tx, parts, case| {
        mailing::server::pause(tx, case.campaign.id).await?;
    };
    ResumeCampaign: Step::Resume, "campaign.resumed", |tx, parts, case| go_on(tx, &parts, &case).await?;
    CancelCampaign: Step::Cancel, "campaign.cancelled", |tx, parts, case| {
        // Nothing goes out from now on; what waits is thrown away when it cannot be brought back any more.
        mailing::server::pause(tx, case.campaign.id).await?;
        let until = parts.clock().now() + Span::seconds(UNDO_SECONDS);
        case.until = Some(until);
        let end = EndCancelled { campaign: case.campaign.id };
        enqueue(tx, &parts, &end, until, Some(&format!("campaigns.end {}", case.campaign.id))).await?;
    };
    ArchiveCampaign: Step::Archive, "campaign.archived", |tx, parts, case| {};
}

/// Starts again what waits: the mails, the people who were not handed over yet, or the launch itself.
async fn go_on(tx: &mut Tx, parts: &Parts, case: &Case) -> Result<(), Problem> {
    let id = case.campaign.id;
    match case.campaign.state {
        CampaignState::Sending => {
            mailing::server::resume(tx, id).await?;
            launch::go_on(tx, parts, id).await
        }
        CampaignState::Scheduled => {
            let now = parts.clock().now();
            mailing::server::resume(tx, id).await?;
            launch::begin_at(tx, parts, id, case.campaign.send_at.map_or(now, |at| at.max(now))).await
        }
        CampaignState::Draft
        | CampaignState::Checked
        | CampaignState::AwaitingApproval
        | CampaignState::Approved
        | CampaignState::Paused
        | CampaignState::Sent
        | CampaignState::Archived
        | CampaignState::Cancelled
        | CampaignState::Recalled => Ok(()),
    }
}

impl Perform for RestoreCampaign {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Campaign, Problem> {
        Do::Make.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let mut case = Case::open(tx, &actor_, Do::Make, (self.id, self.version)).await?;
            let until = super::store::restorable_until(tx, self.id).await?;
            if case.campaign.state == CampaignState::Cancelled
                && until.is_none_or(|until| until < parts_.clock().now())
            {
                return Err(Refusal::TooLate.into());
            }
            case.step(Step::Restore)?;
            go_on(tx, &parts_, &case).await?;
            case.close(tx, &parts_, &actor_, ("campaign.restored", json!({}))).await
        };
        parts.db().write(work).await
    }
}

/// Throws away what waits of a campaign that was cancelled and not brought back.
#[derive(Serialize, Deserialize)]
pub(super) struct EndCancelled {
    campaign: CampaignId,
}

impl Job for EndCancelled {
    const NAME: &'static str = "campaigns.end_cancelled";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let work = async move |tx: &mut Tx| {
            let Some(case) = Case::by_system(tx, self.campaign).await? else { return Ok(()) };
            if case.campaign.state == CampaignState::Cancelled {
                mailing::server::cancel(tx, self.campaign).await?;
            }
            Ok(())
        };
        parts.db().write(work).await
    }
}
