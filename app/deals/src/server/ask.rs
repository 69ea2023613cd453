//! Performs what only reads: lists, one deal, its timeline, conflicts, receipt, counts.
use base::db::Tx;
use base::events;
use base::http::Perform;
use base::{Actor, DealId, EventId, Page, Parts, Problem, Scope};
use log::Receipt;
use serde_json::{Value, json};

use super::case::{seen_by, under_rules};
use super::screening::{About, with_rivals};
use super::store;
use crate::access::Do;
use crate::model::{
    Agreement, Change, Conflict, Counts, Deal, DealRow, Evidence, Person, Rival, Status, TimelineEntry,
};
use crate::rules::{Match, agreements, changes, terms};
use crate::verbs::{CountDeals, GetDeal, GetReceipt, ListConflicts, ListDealEvents, ListDeals};

impl Perform for ListDeals {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<DealRow>, Problem> {
        Do::List.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        store::list(&mut tx, &self, actor.scope(), actor.side(), actor.user, parts.clock().now()).await
    }
}

impl Perform for CountDeals {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Counts, Problem> {
        Do::List.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        store::counts(&mut tx, actor.scope(), actor.side(), self.program, parts.clock().now()).await
    }
}

pub(super) async fn read(tx: &mut Tx, actor: &Actor, id: DealId) -> Result<Deal, Problem> {
    let deal = store::find(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)?;
    Do::Read.by(actor, Some(&deal))?;
    Ok(deal)
}

impl Perform for GetDeal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
        let mut tx = parts.db().read().await?;
        let deal = read(&mut tx, actor, self.id).await?;
        let (_, _, rules) = under_rules(&mut tx, &deal).await?;
        let terms = terms(&rules, parts.clock().now(), Person::from(actor));
        Ok(seen_by(deal, actor, &terms))
    }
}

impl Perform for ListDealEvents {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<TimelineEntry>, Problem> {
        let mut tx = parts.db().read().await?;
        read(&mut tx, actor, self.id).await?;
        let events = events::by_subject(&mut tx, &self.id.to_string(), actor.scope()).await?;
        let told = Told::of(&mut tx, self.id).await?;
        let entry = |event: events::Event| {
            let status = |name: &str| event.data.get(name).and_then(Value::as_str).and_then(Status::parse);
            let (from, status) = (status("from"), status("status"));
            let data = told.added_to(&event);
            let actor = Person { name: event.actor.name, user: event.actor.user };
            TimelineEntry { id: event.id, at: event.at, kind: event.kind, actor, from, status, data }
        };
        Ok(Page::whole(events.into_iter().map(entry).collect()))
    }
}

/// What people wrote and showed, which is kept apart from the log because it can be erased.
struct Told {
    notes: Vec<(i64, String)>,
    evidence: Vec<(i64, Evidence)>,
    messages: Vec<(EventId, String)>,
    /// What changed with each version of the claim but the first.
    changes: Vec<(i64, Vec<Change>)>,
}

impl Told {
    async fn of(tx: &mut Tx, deal: DealId) -> Result<Self, Problem> {
        let versions = store::versions(tx, deal).await?;
        let pairs = versions
            .windows(2)
            .map(|pair| (i64::from(pair[1].number), changes(&pair[0].claim, &pair[1].claim)));
        Ok(Self {
            notes: store::notes(tx, deal).await?,
            evidence: store::evidence(tx, deal).await?,
            messages: store::messages(tx, deal).await?,
            changes: pairs.collect(),
        })
    }

    /// The data of an event with what belongs to it.
    fn added_to(&self, event: &events::Event) -> Value {
        let version = event.data.get("version").and_then(Value::as_i64);
        let note = self.notes.iter().find(|(of, _)| Some(*of) == version).map(|(_, note)| note);
        let message = self.messages.iter().find(|(of, _)| *of == event.id).map(|(_, text)| text);
        let evidence: Vec<&Evidence> =
            self.evidence.iter().filter(|(of, _)| Some(*of) == version).map(|(_, piece)| piece).collect();
        let changes = self.changes.iter().find(|(of, _)| Some(*of) == version).map(|(_, changes)| changes);
        let mut data = event.data.clone();
        if let Value::Object(data) = &mut data {
            if let Some(note) = message.or(note) {
                data.insert("note".to_owned(), Value::String(note.clone()));
            }
            if !evidence.is_empty() {
                data.insert("evidence".to_owned(), json!(evidence));
            }
            if let Some(changes) = changes {
                data.insert("changes".to_owned(), json!(changes));
            }
        }
        data
    }
}

impl Perform for GetReceipt {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Receipt, Problem> {
        let mut tx = parts.db().read().await?;
        read(&mut tx, actor, self.id).await?;
        log::server::receipt_of(&mut tx, self.id).await?.ok_or(Problem::NotFound)
    }
}

impl Perform for ListConflicts {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Conflict>, Problem> {
        let mut tx = parts.db().read().await?;
        let deal = read(&mut tx, actor, self.id).await?;
        let (program, _, rules) = under_rules(&mut tx, &deal).await?;
        let about = About {
            program: &program,
            rules: &rules,
            partner: deal.partner,
            deal: Some(deal.id),
            place: deal.place(rules.priority_mode),
            qualified_at: deal.qualified_at,
            is_open: deal.status.is_open(),
            membership: None,
            now: parts.clock().now(),
        };
        let (screening, rivals) = with_rivals(&mut tx, &about, &deal.claim()).await?;
        let sees_all = !matches!(actor.scope(), Scope::Partner(_));
        // A partner is told of what stands in the way, not of everything that looks alike.
        let told = screening.matches.iter().filter(|found| sees_all || found.reason().is_some());
        let weights = sees_all.then_some(screening.weights.as_str());
        Ok(Page::whole(told.map(|found| conflict(found, &rivals, weights)).collect()))
    }
}

/// `weights` is the version of the weights for one who sees everything.
fn conflict(found: &Match, rivals: &[Rival], weights: Option<&str>) -> Conflict {
    let sees_all = weights.is_some();
    let mut reasons = agreements(found);
    reasons.extend(found.reason());
    reasons.sort_unstable();
    let id = record_id(found);
    let features = found.score.evidence.iter().filter(|evidence| sees_all || evidence.agrees);
    Conflict {
        kind: found.other.kind,
        verdict: found.score.verdict,
        stands_against: found.stands_against(),
        family_overlap: found.family_overlap,
        came_first: found.came_first,
        reasons: reasons.into_iter().map(Into::into).collect(),
        features: features
            .map(|evidence| Agreement {
                feature: evidence.feature,
                grade: evidence.grade,
                agrees: evidence.agrees,
                claimed: evidence.left.clone(),
                recorded: sees_all.then(|| evidence.right.clone()),
                weight: sees_all.then_some(evidence.weight),
            })
            .collect(),
        bits: sees_all.then_some(found.score.bits),
        weights_version: weights.map(str::to_owned),
        rival: sees_all.then(|| rivals.iter().find(|rival| rival.id == id).cloned()).flatten(),
    }
}

fn record_id(found: &Match) -> String {
    use crate::model::RecordKind;
    match found.other.kind {
        RecordKind::Deal => DealId(found.other.id).to_string(),
        RecordKind::Opportunity => base::OpportunityId(found.other.id).to_string(),
        RecordKind::Customer => base::CustomerId(found.other.id).to_string(),
    }
}
