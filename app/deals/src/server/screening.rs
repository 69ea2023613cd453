//! Screening with what is stored: candidates by their keys, circumstances of the partner, then the pure comparison.
use base::db::Tx;
use base::{DealId, OrganizationId, Problem, Timestamp};
use customers::server::matcher;
use programs::{Engagement, Program};

use super::case::under_rules;
use super::store::{self, Membership};
use crate::model::{Claim, Deal, Priority, Rival};
use crate::rules::{Circumstances, Screening, company, is_named_account, place, profile, screen};

/// Who claims, under which program, and when.
pub(super) struct About<'a> {
    pub(super) program: &'a Program,
    pub(super) rules: &'a Engagement,
    pub(super) partner: OrganizationId,
    /// The deal itself, when there is one.
    pub(super) deal: Option<DealId>,
    /// Its place in line by the program's mode, when it has one.
    pub(super) place: Option<Priority>,
    /// Since when it is a qualified opportunity.
    pub(super) qualified_at: Option<Timestamp>,
    /// Whether it is counted among the partner's open registrations.
    pub(super) is_open: bool,
    /// How the partner stands in the program, where that was read in this unit of work already.
    pub(super) membership: Option<Membership>,
    pub(super) now: Timestamp,
}

/// Screens a claim, by the weights in force and under all names and domains that its customer is known by. Inside a
/// transaction that has the vendor's turn it sees every rival that was committed before.
pub(super) async fn screened(tx: &mut Tx, about: &About<'_>, claim: &Claim) -> Result<Screening, Problem> {
    Ok(with_rivals(tx, about, claim).await?.0)
}

/// Like [`screened`], with what the vendor's people are shown of the records, by the record's id.
pub(super) async fn with_rivals(
    tx: &mut Tx,
    about: &About<'_>,
    claim: &Claim,
) -> Result<(Screening, Vec<Rival>), Problem> {
    let program = about.program;
    let matcher = matcher(tx, program.vendor, &company(&claim.customer)).await?;
    let probes = matching::probes(&profile(claim, &matcher));
    let found = store::others(tx, program.vendor, program.brand, &probes, about.deal, about.now).await?;
    let membership = match about.membership {
        Some(known) => known,
        None => store::membership(tx, about.partner, program.id).await?,
    };
    let circumstances = Circumstances {
        claim,
        rules: about.rules,
        matcher: &matcher,
        currency: program.currency,
        now: about.now,
        partner: about.partner,
        is_enrolled: membership.is_active,
        open_registrations: membership.open.saturating_sub(u64::from(about.is_open)),
        is_named_account: is_named_account(&claim.customer, about.rules, &matcher),
        qualified_at: about.qualified_at,
    };
    let mode = about.rules.priority_mode;
    let in_line = |mut found: store::Found| {
        let priority = found.other.priority;
        found.other.priority =
            priority.map(|priority| place(mode, priority, found.qualified_at, found.contribution));
        (found.other, found.rival)
    };
    let (others, rivals) = found.into_iter().map(in_line).unzip();
    Ok((screen(&circumstances, others, about.place), rivals))
}

/// Screens a deal as it is stored, under the rules in force.
pub(super) async fn screened_deal(tx: &mut Tx, deal: &Deal, now: Timestamp) -> Result<Screening, Problem> {
    let (program, _, rules) = under_rules(tx, deal).await?;
    let about = About {
        program: &program,
        rules: &rules,
        partner: deal.partner,
        deal: Some(deal.id),
        place: deal.place(rules.priority_mode),
        qualified_at: deal.qualified_at,
        is_open: deal.status.is_open(),
        membership: None,
        now,
    };
    screened(tx, &about, &deal.claim()).await
}
