//! What other slices ask: take these people in, wait, go on, stop, and how does it stand. All in the caller's unit of work.
use std::collections::BTreeMap;

use base::db::Tx;
use base::{BrandId, CampaignId, OrganizationId, Parts, Problem, ProgramId, RecipientId, Timestamp};
use creative::Values;

use super::halt;
use super::quiet::next_allowed;
use super::store::{self, Kept, New, ROWS};
use super::store_suppression::{self, Circle};
use crate::model::{Queued, QuietHours, StepId, Tally};
use crate::rules::{language_of, variant};

/// One mail of a campaign.
#[derive(Clone, Debug)]
pub struct Step {
    pub campaign: CampaignId,
    /// Counts the mails of a campaign; any numbers will do.
    pub step: u16,
    pub vendor: OrganizationId,
    pub brand: BrandId,
    pub program: ProgramId,
    pub partner: OrganizationId,
    pub mail: creative::draw::Mail,
    /// Whose name it carries.
    pub from_name: String,
    /// Where answers go; may be empty.
    pub reply_to: String,
    pub send_at: Timestamp,
    /// Local hours in which nobody is written to.
    pub quiet: Option<QuietHours>,
    /// The campaign's landing page; the last part of its path names the campaign in statistics.
    pub landing_url: String,
}

/// Somebody to be written to.
#[derive(Clone, Debug)]
pub struct To {
    pub recipient: RecipientId,
    pub email: String,
    /// IANA name; the program's zone where nobody knows.
    pub time_zone: Option<String>,
    /// What tokens stand for.
    pub values: Values,
}

/// Takes people in for a step, which is made by the first call: the mail, the sender and the hours are the first call's.
/// Again for the same people, or for another with the same address, changes nothing. Some thousand people a call keep the
/// unit of work short. Whoever wants no mail is written down as suppressed.
///
/// # Errors
/// `Refused` (`cancelled`) for a step that was cancelled; `Internal` when the engine fails.
pub async fn queue(tx: &mut Tx, parts: &Parts, step: &Step, to: Vec<To>) -> Result<Queued, Problem> {
    let now = parts.clock().now();
    let kept = made(tx, parts, step, now).await?;
    if kept.state == "cancelled" {
        return Err(Problem::refused("cancelled", "The campaign was cancelled."));
    }
    let circle = Circle { vendor: step.vendor, brand: step.brand, partner: step.partner };
    let has_other = step.mail.other_subject.is_some();
    let mut done = Queued::default();
    let all = to.len() as u64;
    let mut rest = to.into_iter();
    loop {
        let some: Vec<To> = rest.by_ref().take(ROWS).collect();
        if some.is_empty() {
            break;
        }
        let some: Vec<(To, String, String)> = some
            .into_iter()
            .filter_map(|to| readable(&to.email).map(|(address, domain)| (to, address, domain)))
            .collect();
        let hashes: Vec<[u8; 32]> =
            some.iter().map(|(_, address, _)| store_suppression::hash(address)).collect();
        let texts: Vec<String> = hashes.iter().map(hex::encode).collect();
        let unwanted = store_suppression::among(tx, circle, &texts).await?;
        let new = some.into_iter().zip(hashes).zip(texts).map(|(((to, address, domain), hash), text)| {
            let zone = to.time_zone.filter(|zone| zone.parse::<chrono_tz::Tz>().is_ok());
            let at = next_allowed(step.send_at, step.quiet, zone.as_deref().unwrap_or(&kept.time_zone));
            Ok(New {
                id: parts.id(now),
                recipient: to.recipient.0,
                address,
                due_at: (!unwanted.contains(&text)).then_some(at),
                hash: text,
                domain,
                time_zone: zone,
                data: serde_json::to_string(&to.values).map_err(Problem::internal)?,
                variant: variant(&hash, has_other),
            })
        });
        let new: Vec<New> = new.collect::<Result<_, Problem>>()?;
        let (queued, suppressed) = store::insert_messages(tx, kept.id, &new).await?;
        done.queued += queued;
        done.suppressed += suppressed;
    }
    done.doubled = all - done.queued - done.suppressed;
    store::grow(tx, kept.id, done.queued, done.suppressed).await?;
    Ok(done)
}

/// The step as it is stored, made if need be.
async fn made(tx: &mut Tx, parts: &Parts, step: &Step, now: Timestamp) -> Result<Kept, Problem> {
    if let Some(kept) = store::find_of(tx, step.campaign, step.step).await? {
        return Ok(kept);
    }
    let program = programs::server::program(tx, step.program).await?;
    let as_it_stands = step.mail.html.0.iter().find_map(|piece| match piece {
        creative::draw::Piece::As(text) => Some(language_of(text)),
        creative::draw::Piece::Slot(_) => None,
    });
    let kept = Kept {
        id: StepId(parts.id(now)),
        campaign: step.campaign,
        step: step.step,
        vendor: step.vendor,
        brand: step.brand,
        program: step.program,
        partner: step.partner,
        from_name: step.from_name.clone(),
        reply_to: step.reply_to.clone(),
        landing_url: step.landing_url.clone(),
        language: as_it_stands.unwrap_or_default().to_owned(),
        time_zone: program.map_or_else(|| "UTC".to_owned(), |program| program.time_zone),
        quiet: step.quiet,
        state: "running".to_owned(),
    };
    let mail = serde_json::to_string(&step.mail).map_err(Problem::internal)?;
    if store::insert_step(tx, &kept, &mail, step.send_at, now).await? {
        return Ok(kept);
    }
    store::find_of(tx, step.campaign, step.step).await?.ok_or(Problem::Unavailable)
}

/// An address that can be written to, as mail servers want it, with its domain: letters of other scripts in the domain as
/// `xn--…`. What stands before the `@` keeps its case.
pub(super) fn readable(email: &str) -> Option<(String, String)> {
    let (local, domain) = email.trim().rsplit_once('@')?;
    let domain = idna::domain_to_ascii(domain).ok()?.to_ascii_lowercase();
    let address = format!("{local}@{domain}");
    // Few mail servers take letters beyond ASCII before the `@`, and none says so before it is asked.
    let fits = local.is_ascii() && domain.contains('.') && address.len() <= 254;
    (fits && address.parse::<lettre::Address>().is_ok()).then_some((address, domain))
}

/// Lets a campaign wait: nothing that was not handed over yet goes out, but for those in flight at that moment.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn pause(tx: &mut Tx, campaign: CampaignId) -> Result<(), Problem> {
    store::set_state(tx, campaign, ["running", "running"], "paused").await?;
    halt::touch();
    Ok(())
}

/// Lets a campaign that waits go on.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn resume(tx: &mut Tx, campaign: CampaignId) -> Result<(), Problem> {
    store::set_state(tx, campaign, ["paused", "paused"], "running").await?;
    halt::touch();
    Ok(())
}

/// Ends a campaign for good: what was not handed over is never sent.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn cancel(tx: &mut Tx, campaign: CampaignId) -> Result<(), Problem> {
    store::set_state(tx, campaign, ["running", "paused"], "cancelled").await?;
    halt::touch();
    Ok(())
}

/// How a campaign's mails stand, all steps together.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn tally(tx: &mut Tx, campaign: CampaignId) -> Result<Tally, Problem> {
    Ok(tallies(tx, &[campaign]).await?.remove(&campaign).unwrap_or_default())
}

/// The same for each step.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn step_tallies(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<(u16, Tally)>, Problem> {
    let counts = store::counts(tx, &[campaign]).await?;
    Ok(counts.into_iter().map(|(_, step, tally)| (step, tally)).collect())
}

/// The same for many campaigns in one statement; those without mails are left out.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn tallies(tx: &mut Tx, campaigns: &[CampaignId]) -> Result<BTreeMap<CampaignId, Tally>, Problem> {
    let mut all = BTreeMap::new();
    for some in campaigns.chunks(500) {
        for (campaign, _, tally) in store::counts(tx, some).await? {
            let sum: &mut Tally = all.entry(campaign).or_default();
            *sum = sum.plus(&tally);
        }
    }
    Ok(all)
}
