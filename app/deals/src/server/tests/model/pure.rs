//! The model: the table of states, and beside it only lists of who claims, holds and shares what.
use base::{Actor, Timestamp};
use partners::fixtures::Market;
use programs::Engagement;

use super::commands::{Act, Command, Who};
use crate::access::Do;
use crate::model::{DealState, Person, RejectionReason, RevocationReason, Ruling, Status};
use crate::rules::{Effect, Past, Refusal, Screened, Step, Terms, apply, due_by_time, equal_shares, terms};

/// What is compared with the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) status: Status,
    pub(super) protected_until: Option<Timestamp>,
    pub(super) rounds: u32,
    pub(super) extensions: u32,
    pub(super) share_percent: Option<u32>,
    pub(super) is_in_line: bool,
    pub(super) lapses_at: Option<Timestamp>,
}

struct Claimed {
    who: Who,
    customer: usize,
    /// The product family.
    family: &'static str,
    value: i64,
    state: DealState,
    past: Past,
    /// Its place in line; kept as long as the deal may claim it.
    place: Option<usize>,
}

/// Everything the model knows.
pub(super) struct Model {
    rules: Engagement,
    deals: Vec<Claimed>,
    received: usize,
    /// Which deal holds which customer and family.
    holds: Vec<((usize, &'static str), usize)>,
    /// Which deal shares with which holder, at how many percent.
    shares: Vec<(usize, usize, u32)>,
    /// Deals whose end lets the next one in line be offered the customer.
    ended: Vec<usize>,
    now: Timestamp,
}

type Made = Result<(), &'static str>;

impl Model {
    pub(super) fn new(rules: Engagement) -> Self {
        Self {
            rules,
            deals: Vec::new(),
            received: 0,
            holds: Vec::new(),
            shares: Vec::new(),
            ended: Vec::new(),
            now: Timestamp(0),
        }
    }

    pub(super) fn told(&self, place: usize) -> Told {
        let deal = &self.deals[place];
        let lapse_after = self.terms(None).lapse_after;
        Told {
            status: deal.state.status(),
            protected_until: deal.state.protection().map(|window| window.expiry),
            rounds: deal.past.rounds,
            extensions: deal.past.extensions,
            share_percent: deal.state.share_percent(),
            is_in_line: deal.place.is_some(),
            lapses_at: deal.state.last_active().map(|at| at + lapse_after),
        }
    }

    fn terms(&self, by: Option<&Actor>) -> Terms {
        let by = by.map_or_else(|| Person::from(&Actor::system()), Person::from);
        terms(&self.rules, self.now, by)
    }

    /// Makes a command, or says with which code it is refused.
    pub(super) fn make(&mut self, command: &Command, market: &Market, now: Timestamp) -> Made {
        self.now = now;
        match *command {
            Command::Wait(_) => Ok(()),
            Command::Register { who, customer, family, value, submit } => {
                let family = if family.starts_with("GTX") { "GTX" } else { "MG" };
                self.deals.push(Claimed {
                    who,
                    customer,
                    family,
                    value,
                    state: DealState::Draft,
                    past: Past::default(),
                    place: None,
                });
                let terms = self.terms(Some(who.actor(market)));
                if submit { self.submit(self.deals.len() - 1, &terms) } else { Ok(()) }
            }
            Command::Do { who, deal, act } => self.act(who, deal, act, market),
        }
    }

    fn act(&mut self, who: Who, place: usize, act: Act, market: &Market) -> Made {
        let actor = who.actor(market);
        action(act).by(actor, None).map_err(|problem| match problem.code() {
            "role" => "role",
            _ => "unauthenticated",
        })?;
        if matches!(who, Who::Alpine | Who::Bluepeak) && self.deals[place].who != who {
            return Err("not_found");
        }
        let terms = self.terms(Some(actor));
        let note = || "Because".to_owned();
        match act {
            Act::Submit => self.submit(place, &terms),
            Act::Withdraw => self.step(place, &Step::Withdraw, &terms),
            Act::Edit { value } => {
                self.step(place, &Step::Edit, &terms)?;
                self.deals[place].value = value;
                Ok(())
            }
            Act::Approve => {
                let after = self.tried(place, &Step::Approve, &terms)?;
                if self.protected_rival(place).is_some() {
                    return Err(Refusal::RivalProtected.code());
                }
                self.follow(place, after, None)
            }
            Act::Reject => {
                let reason = RejectionReason::NotQualified;
                self.step(place, &Step::Reject { reason, note: note(), rule: reason.rule() }, &terms)
            }
            Act::Return => {
                self.step(place, &Step::Return { fields: vec!["value".into()], note: note() }, &terms)
            }
            Act::Appeal => self.step(place, &Step::Appeal { note: note() }, &terms),
            Act::Rule { ruling, share } => self.rule(place, ruling, share, &terms),
            Act::Amend { value } => self.amend(place, value, &terms),
            Act::AskExtension => self.step(place, &Step::AskExtension { note: note() }, &terms),
            Act::AnswerExtension { granted } => {
                self.step(place, &Step::AnswerExtension { granted, note: note() }, &terms)
            }
            Act::ShowActivity => self.step(place, &Step::ShowActivity, &terms),
            Act::Convert => self.step(place, &Step::Convert { opportunity: None }, &terms),
            Act::Close { won } => self.step(place, if won { &Step::Win } else { &Step::Lose }, &terms),
            Act::Revoke => {
                let reason = RevocationReason::NoActivity;
                self.step(place, &Step::Revoke { reason, note: note() }, &terms)
            }
        }
    }

    fn submit(&mut self, place: usize, terms: &Terms) -> Made {
        if matches!(self.deals[place].state, DealState::Returned { .. }) {
            self.step(place, &Step::Resubmit, terms)?;
            return self.meet(place, terms);
        }
        let before = self.tried(place, &Step::Submit, terms)?;
        self.deals[place].state = before.0;
        self.received += 1;
        self.deals[place].place = Some(self.received);
        let (hit, is_protected) = self.rivals(place);
        let screened = if hit {
            Screened::Hit { rivals: Vec::new(), is_protected }
        } else {
            Screened::Clear { automatic: self.is_automatic(place) }
        };
        self.step(place, &Step::Screened(screened), terms)
    }

    /// A claim that is looked at again meets its rivals.
    fn meet(&mut self, place: usize, terms: &Terms) -> Made {
        let (hit, is_protected) = self.rivals(place);
        if !hit {
            return Ok(());
        }
        self.step(place, &Step::ConflictFound { rivals: Vec::new(), is_protected }, terms)
    }

    fn amend(&mut self, place: usize, value: i64, terms: &Terms) -> Made {
        let was = self.deals[place].value;
        let material = (value - was).abs() * 100 > was * i64::from(self.rules.material_change_percent);
        self.step(place, &Step::Amend { material }, terms)?;
        self.deals[place].value = value;
        if material { self.meet(place, terms) } else { Ok(()) }
    }

    fn rule(&mut self, place: usize, ruling: Ruling, share: Option<u32>, terms: &Terms) -> Made {
        let percent = share.unwrap_or(100);
        let step = Step::Rule { ruling, share_percent: percent, note: "Because".into() };
        let after = self.tried(place, &step, terms)?;
        match (ruling, self.protected_rival(place)) {
            (Ruling::Approved, Some(_)) => Err(Refusal::RivalProtected.code()),
            (Ruling::Split, None) => Err(Refusal::NoRivalToShare.code()),
            (Ruling::Split, Some(holder)) => self.follow(place, after, Some((holder, percent))),
            _ => self.follow(place, after, None),
        }
    }

    fn tried(
        &self,
        place: usize,
        step: &Step,
        terms: &Terms,
    ) -> Result<(DealState, Vec<Effect>), &'static str> {
        let deal = &self.deals[place];
        let next = apply(&deal.state, step, deal.past, terms).map_err(Refusal::code)?;
        Ok((next.state, next.effects))
    }

    fn step(&mut self, place: usize, step: &Step, terms: &Terms) -> Made {
        let after = self.tried(place, step, terms)?;
        self.follow(place, after, None)
    }

    /// Takes a step's state and does what follows from it; nothing when its customer is taken.
    fn follow(
        &mut self,
        place: usize,
        (state, effects): (DealState, Vec<Effect>),
        shares_with: Option<(usize, u32)>,
    ) -> Made {
        let held = (self.deals[place].customer, self.deals[place].family);
        if effects.contains(&Effect::TakeHolds) && shares_with.is_none() {
            if self.holds.iter().any(|(what, _)| *what == held) {
                return Err(Refusal::RivalProtected.code());
            }
            self.holds.push((held, place));
        }
        self.deals[place].state = state;
        for effect in effects {
            match effect {
                Effect::CountRound => self.deals[place].past.rounds += 1,
                Effect::CountExtension => self.deals[place].past.extensions += 1,
                Effect::LosePriority => self.deals[place].place = None,
                Effect::ReleaseHolds => self.holds.retain(|(_, holder)| *holder != place),
                Effect::LeaveShare => self.leave(place),
                Effect::OfferNext => self.ended.push(place),
                _ => {}
            }
        }
        if let Some((holder, percent)) = shares_with {
            let holder = self.holder_of(holder).unwrap_or(holder);
            self.shares.push((place, holder, percent));
            self.settle_share(holder);
        }
        Ok(())
    }

    fn holder_of(&self, place: usize) -> Option<usize> {
        self.shares.iter().find(|(deal, ..)| *deal == place).map(|(_, holder, _)| *holder)
    }

    fn leave(&mut self, place: usize) {
        if let Some(holder) = self.holder_of(place) {
            self.shares.retain(|(deal, ..)| *deal != place);
            return self.settle_share(holder);
        }
        let mut left: Vec<usize> =
            self.shares.iter().filter(|(_, holder, _)| *holder == place).map(|(deal, ..)| *deal).collect();
        left.sort_unstable();
        let Some((first, rest)) = left.split_first() else { return };
        self.shares.retain(|(deal, holder, _)| deal != first && *holder != place);
        self.holds.retain(|(_, holder)| *holder != place);
        let held = (self.deals[*first].customer, self.deals[*first].family);
        if self.holds.iter().all(|(what, _)| *what != held) {
            self.holds.push((held, *first));
        }
        for (deal, percent) in rest.iter().zip(&equal_shares(left.len() as u32)[1..]) {
            self.shares.push((*deal, *first, *percent));
            self.set_share(*deal, *percent);
        }
        self.settle_share(*first);
    }

    fn settle_share(&mut self, holder: usize) {
        let given: u32 =
            self.shares.iter().filter(|(_, of, _)| *of == holder).map(|(.., percent)| percent).sum();
        self.set_share(holder, 100_u32.saturating_sub(given));
    }

    fn set_share(&mut self, place: usize, percent: u32) {
        if let DealState::Approved { share_percent, .. } | DealState::Converted { share_percent, .. } =
            &mut self.deals[place].state
        {
            *share_percent = percent;
        }
    }

    /// Other deals that claim the same, and whether the other partner's are protected.
    fn others(&self, place: usize) -> impl Iterator<Item = (usize, &Claimed)> {
        let deal = &self.deals[place];
        let all = self.deals.iter().enumerate();
        all.filter(move |(at, other)| {
            *at != place
                && (other.customer, other.family) == (deal.customer, deal.family)
                && other.state.status().is_open()
        })
    }

    fn protected_rival(&self, place: usize) -> Option<usize> {
        let who = self.deals[place].who;
        self.others(place).find(|(_, other)| other.who != who && is_protected(&other.state)).map(|(at, _)| at)
    }

    /// Whether somebody else claims the same, and whether one of them is protected.
    fn rivals(&self, place: usize) -> (bool, bool) {
        let who = self.deals[place].who;
        (self.others(place).any(|(_, other)| other.who != who), self.protected_rival(place).is_some())
    }

    /// Nobody else, not even an own registration, and within the limit.
    fn is_automatic(&self, place: usize) -> bool {
        self.others(place).next().is_none()
            && self.deals[place].value * 100 <= self.rules.auto_approve.limit_minor
    }

    /// What time and the jobs after a command come to.
    pub(super) fn settle(&mut self, now: Timestamp) {
        self.now = now;
        let terms = self.terms(None);
        for place in 0..self.deals.len() {
            while let Some(step) = due_by_time(&self.deals[place].state, &terms) {
                self.step(place, &step, &terms).expect("a step that is due is possible");
            }
        }
        self.look_again(&terms);
        while !self.ended.is_empty() {
            for ended in std::mem::take(&mut self.ended) {
                self.offer_next(ended, &terms);
            }
            self.look_again(&terms);
        }
    }

    fn look_again(&mut self, terms: &Terms) {
        for place in 0..self.deals.len() {
            let (hit, is_protected) = self.rivals(place);
            let step = match &self.deals[place].state {
                DealState::InReview { .. } | DealState::Conflict { .. } if hit => {
                    Step::ConflictFound { rivals: Vec::new(), is_protected }
                }
                DealState::Conflict { .. } => Step::ConflictGone,
                _ => continue,
            };
            self.step(place, &step, terms).expect("a conflict begins and ends in review");
        }
    }

    fn offer_next(&mut self, ended: usize, terms: &Terms) {
        let who = self.deals[ended].who;
        let waiting = self.others(ended).filter(|(_, other)| other.who != who && !is_protected(&other.state));
        let Some((first, _)) = waiting.min_by_key(|(_, other)| other.place) else { return };
        let reviewed = matches!(self.deals[first].state.status(), Status::InReview | Status::Conflict);
        if !reviewed || self.protected_rival(first).is_some() {
            return;
        }
        let automatic = self.is_automatic(first);
        self.step(first, &Step::Offer { automatic }, terms).expect("what is under review can be offered");
    }
}

fn is_protected(state: &DealState) -> bool {
    matches!(state.status(), Status::Approved | Status::Converted)
}

fn action(act: Act) -> Do {
    match act {
        Act::Submit => Do::Submit,
        Act::Withdraw => Do::Withdraw,
        Act::Edit { .. } => Do::Edit,
        Act::Approve => Do::Approve,
        Act::Reject => Do::Reject,
        Act::Return => Do::Return,
        Act::Appeal => Do::Appeal,
        Act::Rule { .. } => Do::Rule,
        Act::Amend { .. } => Do::Amend,
        Act::AskExtension => Do::RequestExtension,
        Act::AnswerExtension { .. } => Do::GrantExtension,
        Act::ShowActivity => Do::ShowActivity,
        Act::Convert => Do::Convert,
        Act::Close { .. } => Do::Close,
        Act::Revoke => Do::Revoke,
    }
}
