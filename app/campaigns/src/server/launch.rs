//! What happens at a campaign's time: its pages open, its people are handed over to be written to, and it ends when all is out.
use base::db::Tx;
use base::jobs::{Job, enqueue};
use base::{Actor, CampaignId, Parts, Problem, RecipientId, Span, Timestamp};
use creative::{AssetKind, Token, Values, draw};
use mailing::QuietHours;
use mailing::server::To;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::case::Case;
use super::{check, drawing, store};
use crate::model::{Campaign, CampaignState, Contact};
use crate::rules::Step;

/// People that are handed over in one unit of work.
const BATCH: u32 = 1_000;
/// The hours in which nobody is written to.
const NIGHT: QuietHours = QuietHours { from: 21, until: 8 };

/// Launches at a time; another time for the same campaign takes the place of the first.
pub(super) async fn begin_at(
    tx: &mut Tx,
    parts: &Parts,
    campaign: CampaignId,
    at: Timestamp,
) -> Result<(), Problem> {
    enqueue(tx, parts, &BeginCampaign { campaign, at }, at, Some(&format!("campaigns.begin {campaign}")))
        .await
}

/// Hands over whoever was not yet.
pub(super) async fn go_on(tx: &mut Tx, parts: &Parts, campaign: CampaignId) -> Result<(), Problem> {
    let steps = store::steps(tx, campaign).await?;
    match steps.into_iter().find(|step| !step.queued) {
        Some(step) => queue_people(tx, parts, campaign, step.step, None).await,
        None => settle_soon(tx, parts, campaign).await,
    }
}

async fn queue_people(
    tx: &mut Tx,
    parts: &Parts,
    campaign: CampaignId,
    step: u16,
    after: Option<RecipientId>,
) -> Result<(), Problem> {
    let job = QueuePeople { campaign, step, after };
    enqueue(tx, parts, &job, parts.clock().now(), Some(&format!("campaigns.queue {campaign}"))).await
}

/// Looks whether all is out.
pub(super) async fn settle_soon(tx: &mut Tx, parts: &Parts, campaign: CampaignId) -> Result<(), Problem> {
    let job = SettleCampaign { campaign };
    enqueue(tx, parts, &job, parts.clock().now(), Some(&format!("campaigns.settle {campaign}"))).await
}

/// A campaign's time has come.
#[derive(Serialize, Deserialize)]
pub(super) struct BeginCampaign {
    campaign: CampaignId,
    at: Timestamp,
}

impl Job for BeginCampaign {
    const NAME: &'static str = "campaigns.begin";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let parts_ = parts.clone();
        let work = async move |tx: &mut Tx| {
            let Some(mut case) = Case::by_system(tx, self.campaign).await? else { return Ok(()) };
            // Taken back, paused or put off since.
            let put_off = case.campaign.send_at.is_some_and(|at| at > self.at);
            if case.campaign.state != CampaignState::Scheduled || put_off {
                return Ok(());
            }
            begin(tx, &parts_, &mut case).await
        };
        parts.db().write(work).await
    }
}

async fn begin(tx: &mut Tx, parts: &Parts, case: &mut Case) -> Result<(), Problem> {
    let now = parts.clock().now();
    let version = check::good_version_of(tx, &case.campaign).await?;
    case.step(Step::Begin)?;
    case.campaign.launched_at = Some(now);
    let mut mails: Vec<_> = version.assets.iter().filter(|asset| asset.kind == AssetKind::Email).collect();
    mails.sort_by_key(|asset| asset.day);
    for (place, asset) in mails.iter().enumerate() {
        let step = store::Step {
            step: place as u16,
            asset: asset.key.clone(),
            send_at: now + Span::days(i64::from(asset.day)),
            queued: false,
        };
        store::add_step(tx, case.campaign.id, &step).await?;
    }
    if mails.is_empty() {
        case.step(Step::Finish)?;
        case.campaign.sent_at = Some(now);
    } else {
        queue_people(tx, parts, case.campaign.id, 0, None).await?;
    }
    let data = json!({ "mails": mails.len() });
    case.store(tx, parts, &Actor::system(), ("campaign.launched", data)).await
}

/// Hands the next people of an audience over to be written to.
#[derive(Serialize, Deserialize)]
pub(super) struct QueuePeople {
    campaign: CampaignId,
    step: u16,
    /// Whoever came before, and this one, were handed over.
    after: Option<RecipientId>,
}

impl Job for QueuePeople {
    const NAME: &'static str = "campaigns.queue_people";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let parts_ = parts.clone();
        parts.db().write(async move |tx: &mut Tx| self.hand_over(tx, &parts_).await).await
    }
}

impl QueuePeople {
    async fn hand_over(self, tx: &mut Tx, parts: &Parts) -> Result<(), Problem> {
        let Some(case) = Case::by_system(tx, self.campaign).await? else { return Ok(()) };
        let campaign = case.campaign;
        // A pause ends it; whoever resumes begins it again, and nobody is written to twice.
        if campaign.state != CampaignState::Sending {
            return Ok(());
        }
        let steps = store::steps(tx, campaign.id).await?;
        let Some(step) = steps.iter().find(|step| step.step == self.step) else { return Ok(()) };
        let people = match campaign.audience {
            Some(audience) => store::next_people(tx, audience, self.after, BATCH).await?,
            None => Vec::new(),
        };
        if let Some(mail) = mail_of(tx, parts, &campaign, &step.asset).await? {
            let landing_url = drawing::landing_url(parts, &campaign);
            let step = mailing::server::Step {
                campaign: campaign.id,
                step: step.step,
                vendor: campaign.vendor,
                brand: campaign.brand,
                program: campaign.program,
                partner: campaign.partner,
                mail,
                from_name: sender(&campaign),
                reply_to: campaign.card.email.clone(),
                send_at: step.send_at,
                quiet: campaign.quiet.then_some(NIGHT),
                landing_url,
            };
            let last = people.last().map(|person| person.id);
            let full = people.len() == BATCH as usize;
            mailing::server::queue(tx, parts, &step, people.into_iter().map(to).collect()).await?;
            if full {
                return queue_people(tx, parts, campaign.id, self.step, last).await;
            }
        }
        store::step_queued(tx, campaign.id, self.step).await?;
        go_on(tx, parts, campaign.id).await
    }
}

async fn mail_of(
    tx: &mut Tx,
    parts: &Parts,
    campaign: &Campaign,
    key: &str,
) -> Result<Option<draw::Mail>, Problem> {
    let drawn = drawing::asset(tx, parts, campaign, key).await?;
    Ok(drawn.map(|drawn| draw::mail(&drawn.content, &drawn.setting)))
}

/// Whose name stands on the mails: the person who signs, with the company.
pub(super) fn sender(campaign: &Campaign) -> String {
    let card = &campaign.card;
    let company = if card.name.is_empty() { &campaign.partner_name } else { &card.name };
    if card.signed_by.is_empty() { company.clone() } else { format!("{}, {company}", card.signed_by) }
}

fn to(person: Contact) -> To {
    let values: Values = [
        (Token::FirstName, person.first_name),
        (Token::LastName, person.last_name),
        (Token::Company, person.company),
    ]
    .into();
    To { recipient: person.id, email: person.email, time_zone: person.time_zone, values }
}

/// Looks whether all mails of a campaign are out.
#[derive(Serialize, Deserialize)]
pub(super) struct SettleCampaign {
    campaign: CampaignId,
}

impl Job for SettleCampaign {
    const NAME: &'static str = "campaigns.settle";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let parts_ = parts.clone();
        let work = async move |tx: &mut Tx| {
            let Some(mut case) = Case::by_system(tx, self.campaign).await? else { return Ok(()) };
            let waits = store::steps(tx, self.campaign).await?.iter().any(|step| !step.queued);
            if case.campaign.state != CampaignState::Sending || waits {
                return Ok(());
            }
            let tally = mailing::server::tally(tx, self.campaign).await?;
            if tally.queued > 0 {
                return Ok(());
            }
            case.step(Step::Finish)?;
            case.campaign.sent_at = Some(parts_.clock().now());
            let data = json!({ "sent": tally.sent, "suppressed": tally.suppressed, "failed": tally.failed });
            case.store(tx, &parts_, &Actor::system(), ("campaign.sent", data)).await
        };
        parts.db().write(work).await
    }
}
