//! What came of campaigns: mails from the slice that sends them, leads and sales from theirs.
use std::collections::BTreeMap;

use base::db::Tx;
use base::{CampaignId, Money, Parts, Problem};

use super::check;
use crate::model::{Campaign, CampaignResults, CampaignRow, SubjectResult, SubjectTest};
use crate::rules::ab;

/// What lists show.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    pub(super) sent: u64,
    pub(super) clicked: u64,
    pub(super) leads: u64,
}

/// The figures of many campaigns, in as few statements as there are slices.
pub(super) async fn many(
    tx: &mut Tx,
    campaigns: &[CampaignId],
) -> Result<BTreeMap<CampaignId, Figures>, Problem> {
    let mut all: BTreeMap<CampaignId, Figures> = BTreeMap::new();
    if campaigns.is_empty() {
        return Ok(all);
    }
    for (campaign, tally) in mailing::server::tallies(tx, campaigns).await? {
        let of = all.entry(campaign).or_default();
        (of.sent, of.clicked) = (tally.sent, tally.clicked);
    }
    for result in leads::server::campaign_results(tx, campaigns).await? {
        all.entry(result.campaign).or_default().leads = result.leads;
    }
    Ok(all)
}

/// Fills the figures of a list in.
pub(super) async fn fill(tx: &mut Tx, rows: &mut [CampaignRow]) -> Result<(), Problem> {
    let ids: Vec<CampaignId> = rows.iter().map(|row| row.id).collect();
    let figures = many(tx, &ids).await?;
    for row in rows {
        if let Some(of) = figures.get(&row.id) {
            (row.sent, row.clicked, row.leads) = (of.sent, of.clicked, of.leads);
        }
    }
    Ok(())
}

/// What came of one campaign.
pub(super) async fn of(tx: &mut Tx, parts: &Parts, campaign: &Campaign) -> Result<CampaignResults, Problem> {
    let tally = mailing::server::tally(tx, campaign.id).await?;
    let program = programs::server::program(tx, campaign.program).await?.ok_or(Problem::NotFound)?;
    let sales = leads::server::campaign_results(tx, &[campaign.id]).await?.into_iter().next();
    let version = check::version_of(tx, campaign).await?;
    let language = |asset: &creative::Asset| check::language_of(asset, &campaign.language).to_owned();
    let first = version
        .assets
        .iter()
        .filter(|asset| asset.kind == creative::AssetKind::Email)
        .filter_map(|asset| asset.languages.get(&language(asset)))
        .find(|content| !content.other_subject.is_empty());
    let subjects = first.map(|content| {
        let [a, b] = tally.by_variant;
        let result = |subject: &str, of: mailing::VariantTally| SubjectResult {
            subject: subject.to_owned(),
            sent: of.sent,
            clicked: of.clicked,
        };
        SubjectTest {
            verdict: ab::test((a.clicked, a.sent), (b.clicked, b.sent)),
            a: result(&content.subject, a),
            b: result(&content.other_subject, b),
        }
    });
    let nothing = Money::new(0, program.currency);
    let won_value =
        sales.as_ref().and_then(|sales| sales.won_value).filter(|value| value.currency == program.currency);
    let sales = sales.map_or((0, 0, 0), |sales| (sales.leads, sales.deals, sales.won));
    Ok(CampaignResults {
        campaign: campaign.id,
        queued: tally.queued,
        sent: tally.sent,
        delivered: tally.sent.saturating_sub(tally.bounced),
        bounced: tally.bounced,
        failed: tally.failed,
        complained: tally.complained,
        unsubscribed: tally.unsubscribed,
        suppressed: tally.suppressed,
        opened: tally.opened,
        opened_by_proxy: tally.opened_by_proxy,
        clicked: tally.clicked,
        leads: sales.0,
        deals: sales.1,
        won: sales.2,
        won_value: won_value.unwrap_or(nothing),
        subjects,
        as_of: parts.clock().now(),
    })
}
