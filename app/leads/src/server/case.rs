//! A lead being changed: opened under the vendor's turn, moved by steps of the table, closed with everything that follows.
use base::db::Tx;
use base::events::{self, Happened};
use base::jobs::enqueue;
use base::{Actor, LeadId, OrganizationId, Parts, Problem, Scope, Span, Timestamp};
use programs::{Calendar, Program};
use serde_json::{Value, json};

use super::jobs::{AskNext, WatchOffer};
use super::store;
use crate::access::Do;
use crate::model::{AnswerWindow, Distribution, Draw, Exclusion, Lead, Person, Status, WindowUnit};
use crate::rules::{Effect, Past, Refusal, Step, Terms, apply, keeps, moves};

/// What is said of a step: kind, the partner it concerns, from, to, more, and the text that somebody wrote.
struct Told {
    kind: &'static str,
    partner: Option<OrganizationId>,
    from: Status,
    to: Status,
    data: Value,
    note: String,
}

/// How a program hands out leads: its rules, their number and its business calendar.
pub(super) struct Ways {
    pub(super) program: Program,
    pub(super) rules: Distribution,
    pub(super) rules_number: u32,
    pub(super) calendar: Calendar,
}

impl Ways {
    /// Those of a program.
    pub(super) async fn of(tx: &mut Tx, program: Program) -> Result<Self, Problem> {
        let (rules, rules_number) = match store::in_force(tx, program.id).await? {
            Some(version) => (version.distribution, version.number),
            None => (Distribution::default(), 0),
        };
        let (_, _, engagement) = programs::server::rules(tx, program.id).await?;
        Ok(Self { program, rules, rules_number, calendar: engagement.calendar })
    }
}

/// The end of a window that begins at an instant, in business time; the end itself is outside of it.
pub(super) fn window_end(window: AnswerWindow, calendar: &Calendar, from: Timestamp) -> Timestamp {
    match window.unit {
        WindowUnit::BusinessHours => calendar.add_business_hours(from, window.length),
        WindowUnit::BusinessDays => calendar.add_business_days(from, window.length),
    }
}

/// An open case.
pub(super) struct Case {
    pub(super) lead: Lead,
    pub(super) ways: Ways,
    pub(super) terms: Terms,
    /// Partners that cannot be asked again, and why.
    pub(super) barred: Vec<(OrganizationId, Exclusion)>,
    before: Option<u32>,
    effects: Vec<Effect>,
    told: Vec<Told>,
    draws: Vec<Draw>,
}

fn past_of(barred: &[(OrganizationId, Exclusion)]) -> Past {
    // Whom the rules only pass over for now, somebody may choose all the same.
    let never = barred.iter().filter(|(_, why)| *why != Exclusion::Offered);
    Past { barred: never.map(|(partner, _)| *partner).collect() }
}

impl Case {
    /// Opens a lead for an action of an actor, with the vendor's turn taken.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, or `Stale` when `seen` is not the lead's version.
    pub(super) async fn open(
        tx: &mut Tx,
        parts: &Parts,
        actor: &Actor,
        action: Do,
        (id, seen): (LeadId, Option<u32>),
    ) -> Result<Self, Problem> {
        let vendor = store::vendor_of(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)?;
        store::take_turn(tx, vendor, false).await?;
        let lead = store::find(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)?;
        action.by(actor, Some(&lead))?;
        if seen.is_some_and(|seen| seen != lead.version) {
            return Err(Problem::Stale);
        }
        let missing = || Problem::internal(format!("{} has no program", lead.id));
        let program = programs::server::program(tx, lead.program).await?.ok_or_else(missing)?;
        let ways = Ways::of(tx, program).await?;
        let barred = store::barred(tx, lead.id, ways.rules.timed_out_is_final).await?;
        let before = Some(lead.version);
        Ok(Self::of(parts, actor, lead, ways, (barred, before)))
    }

    /// A case of a lead that was made under the vendor's turn, and is not stored yet.
    pub(super) fn new(parts: &Parts, actor: &Actor, lead: Lead, ways: Ways) -> Self {
        Self::of(parts, actor, lead, ways, (Vec::new(), None))
    }

    fn of(
        parts: &Parts,
        actor: &Actor,
        lead: Lead,
        ways: Ways,
        (barred, before): (Vec<(OrganizationId, Exclusion)>, Option<u32>),
    ) -> Self {
        let mut terms = terms_of(actor, &ways, parts.clock().now());
        // What a partner's own campaign brought is nobody else's, even when that partner gives it up.
        terms.reassign &= lead.origin.is_none();
        Self { lead, ways, terms, barred, before, effects: Vec::new(), told: Vec::new(), draws: Vec::new() }
    }

    /// Makes a step. What follows from it is done when the case is closed.
    ///
    /// # Errors
    /// The table's refusal.
    pub(super) fn step(&mut self, step: &Step) -> Result<(), Refusal> {
        keeps(&self.lead, step)?;
        let next = apply(&self.lead.state, step, &past_of(&self.barred), &self.terms)?;
        let from = self.lead.status;
        self.lead = self.lead.clone().with_state(next.state);
        for effect in next.effects {
            match effect {
                Effect::Announce(kind) => {
                    self.tell(kind, self.lead.partner, from, details(step), note_of(step));
                }
                Effect::AnnounceTo(kind, partner) => {
                    self.tell(kind, Some(partner), from, details(step), note_of(step));
                }
                other => self.effects.push(other),
            }
        }
        Ok(())
    }

    /// Whether a step could be made now.
    ///
    /// # Errors
    /// The table's refusal.
    pub(super) fn may(&self, step: &Step) -> Result<(), Refusal> {
        keeps(&self.lead, step)?;
        apply(&self.lead.state, step, &past_of(&self.barred), &self.terms).map(drop)
    }

    /// The lead as the actor sees it, unchanged.
    pub(super) fn look(self, actor: &Actor) -> Lead {
        seen_by(self.lead, actor, &self.barred, &self.terms)
    }

    /// Says something of the lead, with a text that is kept apart from the log.
    pub(super) fn say(&mut self, kind: &'static str, data: Value, note: &str) {
        self.tell(kind, self.lead.partner, self.lead.status, data, note);
    }

    fn tell(
        &mut self,
        kind: &'static str,
        partner: Option<OrganizationId>,
        from: Status,
        data: Value,
        note: &str,
    ) {
        let (to, note) = (self.lead.status, note.to_owned());
        self.told.push(Told { kind, partner, from, to, data, note });
    }

    /// Keeps how a partner was found.
    pub(super) fn keep(&mut self, draw: Draw) {
        self.draws.push(draw);
    }

    /// Writes the lead and everything that follows from its steps; gives the lead as the actor sees it.
    pub(super) async fn close(mut self, tx: &mut Tx, parts: &Parts, actor: &Actor) -> Result<Lead, Problem> {
        let now = self.terms.now;
        self.lead.version = self.before.map_or(1, |before| before + 1);
        self.lead.updated_at = now;
        let needs_vendor = match self.lead.status {
            _ if self.lead.origin.is_some() => false,
            Status::New | Status::Recycled => true,
            Status::Declined | Status::TimedOut => !self.ways.rules.reassign,
            _ => false,
        };
        match self.before {
            None => store::insert(tx, &self.lead, needs_vendor).await?,
            Some(before) => store::update(tx, &self.lead, needs_vendor, before).await?,
        }
        for effect in std::mem::take(&mut self.effects) {
            self.follow(tx, parts, effect).await?;
        }
        for draw in std::mem::take(&mut self.draws) {
            store::keep_draw(tx, self.lead.id, draw).await?;
        }
        for told in std::mem::take(&mut self.told) {
            self.announce(tx, parts, actor, told).await?;
        }
        let barred = store::barred(tx, self.lead.id, self.ways.rules.timed_out_is_final).await?;
        // Who gave a lead up sees it no more: the answer says what was done.
        let seen = store::find(tx, self.lead.id, Scope::System).await?.ok_or(Problem::NotFound)?;
        Ok(seen_by(seen, actor, &barred, &self.terms))
    }

    async fn follow(&self, tx: &mut Tx, parts: &Parts, effect: Effect) -> Result<(), Problem> {
        let (lead, now) = (self.lead.id, self.terms.now);
        match effect {
            Effect::OpenOffer { partner } => {
                store::open_offer(tx, &self.lead, partner, (now, self.terms.answer_by)).await
            }
            Effect::CloseOffer(outcome) => store::close_offer(tx, lead, outcome, now).await,
            Effect::NewRound => store::new_round(tx, lead).await,
            Effect::WatchOffer { answer_by } => {
                let job = WatchOffer { lead, answer_by };
                enqueue(tx, parts, &job, watch_at(now, answer_by), Some(&format!("leads.watch {lead}"))).await
            }
            Effect::AskNext { at } => {
                enqueue(tx, parts, &AskNext { lead }, at, Some(&format!("leads.next {lead}"))).await
            }
            Effect::Announce(_) | Effect::AnnounceTo(..) => Ok(()),
        }
    }

    async fn announce(&self, tx: &mut Tx, parts: &Parts, actor: &Actor, told: Told) -> Result<(), Problem> {
        let lead = &self.lead;
        let mut data = json!({
            "number": lead.number,
            "status": told.to,
            "from": told.from,
            "version": lead.version,
        });
        if let (Value::Object(data), Value::Object(more)) = (&mut data, told.data) {
            data.extend(more);
        }
        if let Some(until) = lead.answer_by {
            data["until"] = json!(until);
        }
        let mut keys = vec!["leads".to_owned()];
        if let Some(origin) = &lead.origin {
            // The results of the campaign move with its leads.
            keys.extend(["campaigns".to_owned(), origin.campaign.to_string()]);
        }
        let happened = Happened {
            vendor: lead.vendor,
            kind: told.kind,
            subject: lead.id.to_string(),
            program: Some(lead.program),
            partner: told.partner,
            keys,
            data,
        };
        let event = events::append(tx, parts, actor, happened).await?;
        if told.note.trim().is_empty() {
            return Ok(());
        }
        store::keep_note(tx, lead.id, event.id, told.note.trim()).await
    }
}

/// When the partner is told that its time runs out: when a quarter of it is left.
fn watch_at(now: Timestamp, answer_by: Timestamp) -> Timestamp {
    answer_by - Span((answer_by - now).0 / 4)
}

/// The terms of an actor now.
pub(super) fn terms_of(actor: &Actor, ways: &Ways, now: Timestamp) -> Terms {
    let partner = match actor.scope() {
        Scope::Partner(own) => Some(own),
        _ => None,
    };
    Terms {
        now,
        by: Person::from(actor),
        partner,
        answer_by: window_end(ways.rules.window, &ways.calendar, now),
        reassign: ways.rules.reassign,
    }
}

/// The lead as an actor sees it.
pub(super) fn seen_by(
    mut lead: Lead,
    actor: &Actor,
    barred: &[(OrganizationId, Exclusion)],
    terms: &Terms,
) -> Lead {
    lead.moves = moves(&lead, actor, &past_of(barred), terms);
    lead
}

/// What a step says of itself in its event; texts that people wrote are kept apart.
fn details(step: &Step) -> Value {
    match step {
        Step::Decline { reason, .. } => json!({ "reason": reason }),
        Step::Die { reason, .. } => json!({ "reason": reason }),
        Step::BeginDeal { deal } | Step::DropDeal { deal } | Step::DealSubmitted { deal } => {
            json!({ "deal": deal })
        }
        _ => json!({}),
    }
}

fn note_of(step: &Step) -> &str {
    match step {
        Step::Decline { note, .. } | Step::Recycle { note } | Step::Die { note, .. } => note,
        _ => "",
    }
}
