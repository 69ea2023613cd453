//! Looks for pairs of customers that may be one company, and fits weights to such pairs.
use std::collections::{BTreeMap, HashMap};

use base::db::Tx;
use base::events::{self, Happened};
use base::http::Perform;
use base::jobs::{self, Job};
use base::{Actor, CustomerId, OrganizationId, Page, Parts, Problem, Scope};
use matching::{FitFault, Fitted, Observed, Pattern, Score, Verdict, Weights, WeightsFault, fit};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::types::Uuid;

use super::store::pairs::Pair;
use super::store::{aliases, customers, keys, pairs, weights};
use crate::access::Do;
use crate::model::{Customer, Duplicate, MatchWeights, PairState};
use crate::verbs::{FindDuplicates, FitMatchWeights, GetMatchWeights, ListDuplicates, PublishMatchWeights};

/// Customers that one step looks at.
const STEP: u32 = 100;
/// Records that each is compared with.
const COMPARED: u32 = 20;
/// Where a sample for fitting begins: a few customers from each of these on, in the order of their names.
const SAMPLED_FROM: &str = "0123456789abcdefghijklmnopqrstuvwxyz";
const SAMPLED: u32 = 30;
/// Decided pairs that are learned from.
const DECIDED: u32 = 10_000;

/// Goes through all customers of a vendor, a step a time.
#[derive(Debug, Serialize, Deserialize)]
pub struct SweepDuplicates {
    pub vendor: OrganizationId,
    /// Letters of the name and id of the last customer that was looked at.
    pub after: Option<(String, Uuid)>,
}

impl Job for SweepDuplicates {
    const NAME: &'static str = "customers.sweep_duplicates";

    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let vendor = self.vendor;
        let after = self.after.as_ref().map_or(("", Uuid::nil()), |(name, id)| (name.as_str(), *id));
        let mut tx = parts.db().read().await?;
        let batch = customers::in_turn(&mut tx, vendor, after, STEP).await?;
        let found = look(&mut tx, parts, vendor, &batch).await?;
        drop(tx);
        let more = batch.len() == STEP as usize;
        let next = batch.last().filter(|_| more).map(|last| (crate::rules::name_key(&last.name), last.id.0));
        let parts_ = parts.clone();
        let work = async move |tx: &mut Tx| {
            offer(tx, &parts_, vendor, &found).await?;
            match next {
                Some(next) => sweep(tx, &parts_, vendor, Some(next)).await,
                None => Ok(()),
            }
        };
        parts.db().write(work).await
    }
}

/// Compares a customer that is new or was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct CompareCustomer {
    pub vendor: OrganizationId,
    pub customer: CustomerId,
}

impl Job for CompareCustomer {
    const NAME: &'static str = "customers.compare";

    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let vendor = self.vendor;
        let mut tx = parts.db().read().await?;
        let Some(customer) = customers::find(&mut tx, self.customer, Scope::Vendor(vendor)).await? else {
            return Ok(());
        };
        let found = look(&mut tx, parts, vendor, &[customer]).await?;
        drop(tx);
        let parts_ = parts.clone();
        parts.db().write(async move |tx: &mut Tx| offer(tx, &parts_, vendor, &found).await).await
    }
}

/// Has a customer compared soon: call it where one was added or changed.
pub(super) async fn compare_soon(
    tx: &mut Tx,
    parts: &Parts,
    vendor: OrganizationId,
    customer: CustomerId,
) -> Result<(), Problem> {
    let mark = format!("compare:{customer}");
    let job = CompareCustomer { vendor, customer };
    jobs::enqueue(tx, parts, &job, parts.clock().now(), Some(&mark)).await
}

/// Begins to go through all customers of a vendor, or goes on; call it after an import.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn sweep(
    tx: &mut Tx,
    parts: &Parts,
    vendor: OrganizationId,
    after: Option<(String, Uuid)>,
) -> Result<(), Problem> {
    let mark = format!("duplicates:{vendor}:{}", after.as_ref().map_or("", |(name, _)| name));
    let job = SweepDuplicates { vendor, after };
    jobs::enqueue(tx, parts, &job, parts.clock().now(), Some(&mark)).await
}

/// Stores pairs, with one event when there is anything new.
async fn offer(tx: &mut Tx, parts: &Parts, vendor: OrganizationId, found: &[Pair]) -> Result<(), Problem> {
    let moved = pairs::offer(tx, vendor, found).await?;
    if moved == 0 {
        return Ok(());
    }
    let happened = Happened {
        vendor,
        kind: "duplicates.found",
        subject: vendor.to_string(),
        program: None,
        partner: None,
        keys: vec!["duplicates".into()],
        data: json!({ "pairs": moved }),
    };
    events::append(tx, parts, &Actor::system(), happened).await.map(drop)
}

/// The pairs that these customers make with others, as far as they are alike.
async fn look(
    tx: &mut Tx,
    parts: &Parts,
    vendor: OrganizationId,
    all: &[Customer],
) -> Result<Vec<Pair>, Problem> {
    let now = parts.clock().now();
    let mut found = Vec::new();
    for customer in all {
        let alike = compared(tx, vendor, customer, None).await?;
        let alike = alike.into_iter().filter(|(_, score)| score.verdict > Verdict::Clear);
        found.extend(alike.map(|((one, other), score)| Pair::new(one, other, score, now)));
    }
    Ok(found)
}

/// A customer compared with those that share a key, by the weights in force unless others are given; the smaller id first.
async fn compared(
    tx: &mut Tx,
    vendor: OrganizationId,
    customer: &Customer,
    weights: Option<&Weights>,
) -> Result<Vec<((CustomerId, CustomerId), Score)>, Problem> {
    let company = customers::company(customer);
    let mut matcher = aliases::matcher(tx, vendor, &company).await?;
    if let Some(weights) = weights {
        matcher.weights.clone_from(weights);
    }
    let mine = matcher.profile(&company);
    let candidates = keys::candidates(tx, vendor, &matching::probes(&mine), COMPARED).await?;
    let others: Vec<Uuid> = candidates
        .iter()
        .filter(|candidate| candidate.kind == keys::Kind::Customer && candidate.record != customer.id.0)
        .map(|candidate| candidate.record)
        .collect();
    let others = customers::many(tx, vendor, &others).await?;
    let pair = |other: Customer| {
        let theirs = matcher.profile(&customers::company(&other));
        if customer.id < other.id {
            ((customer.id, other.id), matcher.score(&mine, &theirs))
        } else {
            ((other.id, customer.id), matcher.score(&theirs, &mine))
        }
    };
    Ok(others.into_iter().map(pair).collect())
}

impl Perform for FindDuplicates {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<(), Problem> {
        Do::EditCustomers.by(actor)?;
        let vendor = actor.organization()?;
        let parts_ = parts.clone();
        parts.db().write(async move |tx: &mut Tx| sweep(tx, &parts_, vendor, None).await).await
    }
}

impl Perform for ListDuplicates {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Duplicate>, Problem> {
        Do::ReadCustomers.by(actor)?;
        let vendor = actor.organization()?;
        let mut tx = parts.db().read().await?;
        let page = pairs::list(&mut tx, &self, vendor).await?;
        let mut ids: Vec<Uuid> = page.items.iter().flat_map(|pair| [pair.one.0, pair.other.0]).collect();
        ids.sort_unstable();
        ids.dedup();
        let known: HashMap<CustomerId, Customer> =
            customers::many(&mut tx, vendor, &ids).await?.into_iter().map(|one| (one.id, one)).collect();
        let full = |pair: Pair| Duplicate {
            one: known.get(&pair.one).cloned().unwrap_or_default(),
            other: known.get(&pair.other).cloned().unwrap_or_default(),
            state: pair.state,
            verdict: pair.verdict,
            bits: pair.bits,
            evidence: pair.evidence,
            found_at: pair.found_at,
        };
        Ok(page.map(full))
    }
}

impl Perform for GetMatchWeights {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<MatchWeights, Problem> {
        Do::ReadCustomers.by(actor)?;
        let mut tx = parts.db().read().await?;
        weights::in_force(&mut tx, actor.organization()?).await
    }
}

impl Perform for FitMatchWeights {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Fitted, Problem> {
        Do::ReadCustomers.by(actor)?;
        let vendor = actor.organization()?;
        let mut tx = parts.db().read().await?;
        let observed = observed(&mut tx, vendor).await?;
        let number = weights::next_number(&mut tx, vendor).await?;
        drop(tx);
        fit(&observed, Weights::published(), &format!("own-{number}")).map_err(unfit)
    }
}

fn unfit(fault: FitFault) -> Problem {
    match fault {
        FitFault::TooFew { pairs } => Problem::refused(
            "too_few_pairs",
            format!(
                "{pairs} pairs of customers are alike enough to learn from; {} are needed.",
                matching::FEWEST_PAIRS
            ),
        ),
        FitFault::NotSeparated { .. } => Problem::refused(
            "not_separated",
            "The customers fall into no two groups of same and different companies.",
        ),
    }
}

/// Candidate pairs of a sample of customers, counted by how they agree, with what people decided.
async fn observed(tx: &mut Tx, vendor: OrganizationId) -> Result<Vec<Observed>, Problem> {
    let mut same: HashMap<(CustomerId, CustomerId), bool> = HashMap::new();
    let mut seen: BTreeMap<(CustomerId, CustomerId), Pattern> = BTreeMap::new();
    for pair in pairs::decided(tx, vendor, DECIDED).await? {
        let grades = pair.evidence.iter().map(|evidence| (evidence.feature, evidence.grade));
        seen.insert((pair.one, pair.other), grades.collect());
        same.insert((pair.one, pair.other), pair.state == PairState::Merged);
    }
    let letters = SAMPLED_FROM.char_indices().map(|(at, letter)| &SAMPLED_FROM[at..at + letter.len_utf8()]);
    for from in letters {
        for customer in customers::in_turn(tx, vendor, (from, Uuid::nil()), SAMPLED).await? {
            for (pair, score) in compared(tx, vendor, &customer, Some(Weights::published())).await? {
                seen.entry(pair).or_insert_with(|| score.pattern());
            }
        }
    }
    let mut counts: BTreeMap<(Vec<_>, Option<bool>), u64> = BTreeMap::new();
    for (pair, pattern) in seen {
        let key: Vec<_> = pattern.into_iter().collect();
        *counts.entry((key, same.get(&pair).copied())).or_default() += 1;
    }
    let observed = |((pattern, same), pairs): ((Vec<_>, _), _)| Observed {
        pattern: pattern.into_iter().collect(),
        pairs,
        same,
    };
    Ok(counts.into_iter().map(observed).collect())
}

impl Perform for PublishMatchWeights {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<MatchWeights, Problem> {
        Do::EditWeights.by(actor)?;
        let vendor = actor.organization()?;
        if let Some(Err(fault)) = self.weights.as_ref().map(Weights::check) {
            return Err(wrong(fault));
        }
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let before = weights::in_force(tx, vendor).await?;
            if before.number.is_some() == self.weights.is_some()
                && self.weights.as_ref().is_none_or(|wanted| *wanted == before.weights)
            {
                return Ok(before);
            }
            let (number, now) = (weights::next_number(tx, vendor).await?, parts_.clock().now());
            weights::publish(tx, vendor, number, self.weights.as_ref(), (now, &actor_.name)).await?;
            let happened = Happened {
                vendor,
                kind: "match_weights.published",
                subject: vendor.to_string(),
                program: None,
                partner: None,
                keys: vec!["match_weights".into()],
                data: json!({ "number": number, "own": self.weights.is_some() }),
            };
            events::append(tx, &parts_, &actor_, happened).await?;
            weights::in_force(tx, vendor).await
        };
        parts.db().write(work).await
    }
}

fn wrong(fault: WeightsFault) -> Problem {
    let (field, message) = match fault {
        WeightsFault::NotADistribution { feature } => (
            format!(
                "weights.odds.{}",
                serde_json::to_value(feature).unwrap_or_default().as_str().unwrap_or_default()
            ),
            "The probabilities of a feature lie above 0 and add up to 1, for m and for u.",
        ),
        WeightsFault::ThresholdsOutOfOrder => (
            "weights.thresholds".to_owned(),
            "The review threshold is positive and not above that of a match.",
        ),
        WeightsFault::NameShare => ("weights.name_share".to_owned(), "The share lies between 0 and 1."),
    };
    Problem::field(field, "not_usable", message)
}
