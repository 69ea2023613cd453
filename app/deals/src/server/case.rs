//! A deal being changed: opened under the vendor's turn, moved by steps of the table, closed with everything that follows.
use base::db::Tx;
use base::events::{self, Happened};
use base::jobs::enqueue;
use base::{Actor, DealId, Parts, Problem, Scope};
use customers::server::keys::{self, Kind};
use matching::Matcher;
use programs::{Engagement, Program};
use serde_json::{Value, json};

use super::jobs::{ExpireProtection, KeepAlive, LapseReturned, ScreenRivals};
use super::screening::{About, screened};
use super::shares::leave;
use super::store::{self, Membership};
use super::told::{Announced, details, note_of};
use crate::access::Do;
use crate::model::{Claim, Deal, DealState, Evidence, Person, Status};
use crate::rules::{
    Effect, Past, Refusal, Screening, Step, Terms, apply, contribution, due_by_time, is_qualified, moves,
    profile, terms,
};

/// An open case.
pub(super) struct Case {
    pub(super) deal: Deal,
    pub(super) program: Program,
    pub(super) rules: Engagement,
    rules_number: u32,
    terms: Terms,
    before: (u32, Status),
    /// Whether it is not in the database yet.
    is_new: bool,
    /// How its partner stands in the program, once that was read.
    membership: Option<Membership>,
    effects: Vec<Effect>,
    announced: Vec<Announced>,
    note: String,
    shown: Vec<Evidence>,
}

/// The program of a deal with the rules in force.
pub(super) async fn under_rules(tx: &mut Tx, deal: &Deal) -> Result<(Program, u32, Engagement), Problem> {
    let missing = || Problem::internal(format!("{} has no program", deal.id));
    let program = programs::server::program(tx, deal.program).await?.ok_or_else(missing)?;
    let (_, number, rules) = programs::server::rules(tx, deal.program).await?;
    Ok((program, number, rules))
}

impl Case {
    /// Opens a deal for an action of an actor, with the vendor's turn taken.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, or `Stale` when `seen` is not the deal's version.
    pub(super) async fn open(
        tx: &mut Tx,
        parts: &Parts,
        actor: &Actor,
        action: Do,
        (id, seen): (DealId, Option<u32>),
    ) -> Result<Self, Problem> {
        let vendor = store::vendor_of(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)?;
        store::take_turn(tx, vendor, false).await?;
        let deal = store::find(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)?;
        action.by(actor, Some(&deal))?;
        if seen.is_some_and(|seen| seen != deal.version) {
            return Err(Problem::Stale);
        }
        let (program, number, rules) = under_rules(tx, &deal).await?;
        Ok(Self::of(parts, actor, deal, program, (number, rules)))
    }

    /// A case of a deal that was read or made under the vendor's turn.
    pub(super) fn of(
        parts: &Parts,
        actor: &Actor,
        deal: Deal,
        program: Program,
        (rules_number, rules): (u32, Engagement),
    ) -> Self {
        let terms = terms(&rules, parts.clock().now(), Person::from(actor));
        let before = (deal.version, deal.status);
        Self {
            deal,
            program,
            rules,
            rules_number,
            terms,
            before,
            is_new: false,
            membership: None,
            effects: Vec::new(),
            announced: Vec::new(),
            note: String::new(),
            shown: Vec::new(),
        }
    }

    /// The same of a deal that is written for the first time when the case is closed.
    pub(super) fn of_new(self) -> Self {
        Self { is_new: true, ..self }
    }

    /// How the partner stands in the program. Nobody else changes that while this has the vendor's turn.
    pub(super) async fn membership(&mut self, tx: &mut Tx) -> Result<Membership, Problem> {
        let membership = store::membership(tx, self.deal.partner, self.deal.program).await?;
        Ok(*self.membership.insert(membership))
    }

    /// Makes a step. What follows from it is done when the case is closed.
    ///
    /// # Errors
    /// The table's refusal.
    pub(super) fn step(&mut self, step: &Step) -> Result<(), Refusal> {
        let past = Past { rounds: self.deal.rounds, extensions: self.deal.extensions };
        let next = if step.is_systems() {
            let terms = Terms { by: Person::from(&Actor::system()), ..self.terms.clone() };
            apply(&self.deal.state, step, past, &terms)?
        } else {
            apply(&self.deal.state, step, past, &self.terms)?
        };
        let (from, due) = (self.deal.status, self.deal.state.answer_due());
        self.deal = self.deal.clone().with_state(next.state);
        for effect in next.effects {
            match effect {
                Effect::Announce(kind) => self.announced.push(Announced {
                    kind,
                    from,
                    to: self.deal.status,
                    is_systems: step.is_systems(),
                    more: details(step, due),
                }),
                Effect::CountRound => self.deal.rounds += 1,
                Effect::CountExtension => self.deal.extensions += 1,
                Effect::LosePriority => (self.deal.priority_at, self.deal.priority_seq) = (None, None),
                other => self.effects.push(other),
            }
        }
        if let Some(note) = note_of(step) {
            note.clone_into(&mut self.note);
        }
        Ok(())
    }

    /// Whether a step could be made now.
    ///
    /// # Errors
    /// The table's refusal.
    pub(super) fn may(&self, step: &Step) -> Result<(), Refusal> {
        let past = Past { rounds: self.deal.rounds, extensions: self.deal.extensions };
        apply(&self.deal.state, step, past, &self.terms).map(drop)
    }

    /// Makes every step that time alone makes, the earliest first; whether there was one.
    ///
    /// # Errors
    /// The table's refusal, which for a step that is due is a defect.
    pub(super) fn catch_up(&mut self) -> Result<bool, Refusal> {
        let mut moved = false;
        while let Some(step) = due_by_time(&self.deal.state, &self.terms) {
            self.step(&step)?;
            moved = true;
        }
        Ok(moved)
    }

    /// Keeps pieces of evidence with this change; they count where contributions or qualification decide.
    pub(super) fn show(&mut self, pieces: Vec<Evidence>) {
        self.deal.contribution += contribution(&pieces);
        self.shown.extend(pieces);
    }

    /// The effects so far without those that this says no to.
    pub(super) fn keep_effects(&mut self, keeps: impl Fn(&Effect) -> bool) {
        self.effects.retain(keeps);
    }

    /// Sets the note that is kept with this change.
    pub(super) fn note(&mut self, note: String) {
        self.note = note;
    }

    /// Says something that is no step of the table.
    pub(super) fn announce(&mut self, kind: &'static str, more: Value) {
        let status = self.deal.status;
        self.announced.push(Announced { kind, from: status, to: status, is_systems: false, more });
    }

    /// Replaces the claim.
    pub(super) fn claim(&mut self, claim: Claim) {
        let (before, after) = (contribution(&self.deal.evidence), contribution(&claim.evidence));
        self.deal.contribution = (self.deal.contribution + after).saturating_sub(before);
        self.deal = self.deal.clone().with_claim(claim);
    }

    /// Compares the claim with everything, and remembers what the rules said.
    pub(super) async fn screen(&mut self, tx: &mut Tx) -> Result<Screening, Problem> {
        self.qualify();
        let about = About {
            program: &self.program,
            rules: &self.rules,
            partner: self.deal.partner,
            deal: Some(self.deal.id),
            place: self.deal.place(self.rules.priority_mode),
            qualified_at: self.deal.qualified_at,
            is_open: self.before.1.is_open(),
            membership: self.membership,
            now: self.terms.now,
        };
        let screening = screened(tx, &about, &self.deal.claim()).await?;
        self.deal.rules.clone_from(&screening.rules);
        self.deal.rules_version = Some(self.rules_number);
        Ok(screening)
    }

    /// Remembers when a submitted deal became a qualified opportunity; once it is, it stays one.
    fn qualify(&mut self) {
        let is_submitted = self.deal.status != Status::Draft;
        if is_submitted && self.deal.qualified_at.is_none() && is_qualified(&self.deal.claim(), &self.shown) {
            self.deal.qualified_at = Some(self.terms.now);
        }
    }

    /// Writes the deal and everything that follows from its steps; gives the deal as the actor sees it.
    ///
    /// # Errors
    /// `Refused` (`rival_protected`) when another deal holds the customer.
    pub(super) async fn close(mut self, tx: &mut Tx, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
        self.deal.version = self.before.0 + 1;
        self.deal.updated_at = self.terms.now;
        self.qualify();
        if self.effects.contains(&Effect::IssueReceipt) {
            self.issue_receipt(tx, parts).await?;
        }
        if self.is_new {
            store::insert(tx, &self.deal).await?;
        } else {
            store::update(tx, &self.deal, self.before).await?;
        }
        if self.effects.contains(&Effect::IssueReceipt) {
            store::keep_version(tx, &self.deal, &self.terms.by).await?;
        }
        for effect in std::mem::take(&mut self.effects) {
            self.follow(tx, parts, effect).await?;
        }
        self.keep_keys(tx).await?;
        store::keep_note(tx, &self.deal, &self.note).await?;
        store::keep_evidence(tx, &self.deal, &self.shown).await?;
        self.tell(tx, parts, actor).await?;
        Ok(seen_by(self.deal, actor, &self.terms))
    }

    async fn follow(&self, tx: &mut Tx, parts: &Parts, effect: Effect) -> Result<(), Problem> {
        let deal = self.deal.id;
        match effect {
            Effect::TakeHolds => {
                store::take_holds(tx, &self.deal).await?;
                self.screen_rivals(tx, parts).await
            }
            Effect::ReleaseHolds => {
                store::drop_holds(tx, deal).await?;
                self.screen_rivals(tx, parts).await
            }
            Effect::ScreenAgain => self.screen_rivals(tx, parts).await,
            Effect::KeepVersion => store::keep_version(tx, &self.deal, &self.terms.by).await,
            Effect::ScheduleExpiry { at } => {
                enqueue(tx, parts, &ExpireProtection { deal }, at, Some(&format!("deals.expire {deal}")))
                    .await
            }
            Effect::ScheduleLapse { at } => {
                enqueue(tx, parts, &LapseReturned { deal }, at, Some(&format!("deals.lapse {deal}"))).await
            }
            Effect::ScheduleHeartbeat { at } => {
                enqueue(tx, parts, &KeepAlive { deal }, at, Some(&format!("deals.keep_alive {deal}"))).await
            }
            Effect::OfferNext => {
                enqueue(tx, parts, &ScreenRivals { deal, offer: true }, self.terms.now, None).await
            }
            Effect::LeaveShare => leave(tx, parts, &self.deal).await,
            Effect::IssueReceipt
            | Effect::LosePriority
            | Effect::CountRound
            | Effect::CountExtension
            | Effect::ShareWithHolder { .. }
            | Effect::Announce(_) => Ok(()),
        }
    }

    /// Has everybody who claims the same customer looked at anew, right after this is committed.
    pub(super) async fn screen_rivals(&self, tx: &mut Tx, parts: &Parts) -> Result<(), Problem> {
        enqueue(tx, parts, &ScreenRivals { deal: self.deal.id, offer: false }, self.terms.now, None).await
    }

    async fn issue_receipt(&mut self, tx: &mut Tx, parts: &Parts) -> Result<(), Problem> {
        let deal = &self.deal;
        let mut claim = serde_json::to_value(deal.claim()).map_err(Problem::internal)?;
        if let Value::Object(fields) = &mut claim {
            fields.insert("number".to_owned(), json!(deal.number));
            fields.insert("program".to_owned(), json!(deal.program));
            fields.insert("partner".to_owned(), json!(deal.partner));
        }
        let receipt = log::server::append(tx, parts, deal.vendor, &claim, deal.id).await?;
        self.deal.priority_at = Some(receipt.priority_at);
        self.deal.priority_seq = Some(receipt.seq);
        Ok(())
    }

    /// Only open deals are found by others; drafts and ended ones are nobody's rivals.
    async fn keep_keys(&self, tx: &mut Tx) -> Result<(), Problem> {
        let (was, is) = (self.before.1.is_open(), self.deal.status.is_open());
        let claimed =
            self.announced.iter().any(|event| matches!(event.kind, "deal.resubmitted" | "deal.amended"));
        if was == is && !(is && claimed) {
            return Ok(());
        }
        let keys =
            if is { matching::keys(&profile(&self.deal.claim(), &Matcher::default())) } else { Vec::new() };
        if self.is_new {
            let keys: Vec<_> = keys.into_iter().map(|key| (Kind::Deal, self.deal.id.0, key)).collect();
            return keys::insert(tx, self.deal.vendor, &keys).await;
        }
        keys::replace(tx, self.deal.vendor, Kind::Deal, self.deal.id.0, &keys).await
    }

    async fn tell(&self, tx: &mut Tx, parts: &Parts, actor: &Actor) -> Result<(), Problem> {
        let deal = &self.deal;
        let system = Actor::system();
        let mut told = Vec::new();
        for Announced { kind, from, to, is_systems, more } in &self.announced {
            let mut data = json!({
                "number": deal.number,
                "partner": deal.partner,
                "status": to,
                "from": from,
                "value_minor": deal.value.map(|value| value.amount_minor),
                "currency": deal.value.map(|value| value.currency.code()),
                "families": deal.claim().families(),
                "version": deal.version,
            });
            if let (Value::Object(data), Value::Object(more)) = (&mut data, more) {
                data.extend(more.clone());
            }
            let happened = Happened {
                vendor: deal.vendor,
                kind,
                subject: deal.id.to_string(),
                program: Some(deal.program),
                partner: Some(deal.partner),
                keys: ["deals", "queue", "home", "overview"].map(str::to_owned).to_vec(),
                data,
            };
            told.push((if *is_systems { &system } else { actor }, happened));
        }
        events::append_all(tx, parts, deal.vendor, told).await.map(drop)
    }
}

/// The deal as an actor sees it: a partner learns that there are rivals, but not who.
pub(super) fn seen_by(mut deal: Deal, actor: &Actor, terms: &Terms) -> Deal {
    if let (Scope::Partner(_), DealState::Conflict { rivals, .. }) = (actor.scope(), &mut deal.state) {
        rivals.clear();
    }
    deal.lapses_at = deal.state.last_active().map(|at| at + terms.lapse_after);
    deal.moves = moves(&deal, actor, terms);
    deal
}
