//! Eighteen months of registrations and decisions, and what is left open today.
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use base::clock::FixedClock;
use base::http::Perform;
use base::{Actor, Currency, DealId, Money, Parts, Problem, ProgramId, Span, Timestamp};
use deals::{
    Amount, ApproveDeal, CustomerClaim, Evidence, EvidenceKind, LineAsk, RegisterDeal, RejectDeal,
    RejectionReason, ReturnDeal, Status, SubmitDeal, ValueKind,
};

use super::cast::{Article, Cast, Seller};
use super::leads::LeadPlan;
use super::{Dice, names, told};
use crate::Failure;

/// Something that will be done. Ordered by time, then by the order in which it was planned.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Planned {
    at: Timestamp,
    place: usize,
    what: Plan,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Plan {
    /// A seller registers, a customer is picked then.
    Register { seller: usize },
    /// The channel manager looks at a case.
    Decide { deal: DealId, seller: usize },
    /// The seller answers what was asked.
    Answer { deal: DealId, seller: usize },
    /// The seller works on what was approved, or it is closed.
    Work { deal: DealId, seller: usize },
    /// Something with leads.
    Leads(LeadPlan),
    /// What is due by itself.
    Overnight,
    /// Everybody has read what there was.
    ReadUp,
}

pub(super) struct Story<'a> {
    pub(super) parts: &'a Parts,
    pub(super) cast: &'a Cast,
    clock: &'a FixedClock,
    pub(super) dice: Dice,
    /// Of the leads.
    pub(super) leads: Dice,
    plans: BinaryHeap<Reverse<Planned>>,
    planned: usize,
    pub(super) end: Timestamp,
}

/// Tells it.
pub(super) async fn tell(
    parts: &Parts,
    cast: &Cast,
    clock: &FixedClock,
    end: Timestamp,
) -> Result<(), Failure> {
    let mut story = Story {
        parts,
        cast,
        clock,
        dice: Dice::new(18),
        leads: Dice::new(21),
        plans: BinaryHeap::new(),
        planned: 0,
        end,
    };
    story.plan_everything();
    story.plan_leads();
    while let Some(Reverse(plan)) = story.plans.pop() {
        clock.set(plan.at);
        match plan.what {
            Plan::Register { seller } => story.register(seller).await?,
            Plan::Decide { deal, seller } => story.decide(deal, seller).await?,
            Plan::Answer { deal, seller } => story.answer(deal, seller).await?,
            Plan::Work { deal, seller } => story.work(deal, seller).await?,
            Plan::Leads(plan) => story.lead(plan).await?,
            Plan::Overnight => {
                while told(base::jobs::run_due(parts, &app::jobs(), base::jobs::Lane::Here).await, "jobs")?
                    > 0
                {}
            }
            Plan::ReadUp => story.read_up().await?,
        }
    }
    clock.set(end);
    story.drafts().await
}

impl Story<'_> {
    pub(super) fn plan(&mut self, at: Timestamp, what: Plan) {
        self.planned += 1;
        self.plans.push(Reverse(Planned { at, place: self.planned, what }));
    }

    /// Registrations grow over time, as a young program's do; nights are for what is due by itself.
    fn plan_everything(&mut self) {
        let start = self.end - super::HISTORY;
        let days = (super::HISTORY.0 / Span::days(1).0) as usize;
        for (seller, zeal) in
            self.cast.sellers.iter().map(|seller| seller.zeal).enumerate().collect::<Vec<_>>()
        {
            for _ in 0..zeal {
                let day = if self.dice.chance(70) {
                    self.dice.below(days)
                } else {
                    self.dice.below(days).max(self.dice.below(days))
                };
                let at =
                    start + Span::days(day as i64) + Span::minutes(7 * 60 + self.dice.below(10 * 60) as i64);
                if at < self.end {
                    self.plan(at, Plan::Register { seller });
                }
            }
        }
        // A handful of fresh ones, so that the queue of today is not empty.
        for seller in 0..9 {
            let at = self.end - Span::minutes(30 + 95 * seller as i64);
            self.plan(at, Plan::Register { seller });
        }
        for day in (0..days).step_by(3) {
            self.plan(start + Span::days(day as i64) + Span::hours(23), Plan::Overnight);
        }
        self.plan(self.end - Span::hours(5), Plan::ReadUp);
        self.plan(self.end, Plan::Overnight);
    }

    async fn read_up(&self) -> Result<(), Failure> {
        let sellers = self.cast.sellers.iter().map(|seller| &seller.actor);
        for reader in sellers.chain(&self.cast.readers) {
            told(notices::ReadAllNotices::default().perform(self.parts, reader).await, "reading")?;
        }
        Ok(())
    }

    async fn register(&mut self, place: usize) -> Result<(), Failure> {
        let seller = &self.cast.sellers[place];
        let program = *self.dice.pick(&seller.programs);
        let now = self.clock_now();
        let ask = claim(&mut self.dice, self.cast, seller, program, now);
        match ask.perform(self.parts, &seller.actor).await {
            Ok(deal) => {
                if matches!(deal.status, Status::InReview | Status::Conflict) {
                    // Most answers come the same day, some take long.
                    let hours = *self.dice.pick(&[1, 2, 3, 4, 5, 6, 8, 20, 26, 30, 44, 70]);
                    let at =
                        self.clock_now() + Span::hours(hours) + Span::minutes(self.dice.below(55) as i64);
                    if at < self.end {
                        self.plan(at, Plan::Decide { deal: deal.id, seller: place });
                    }
                } else if deal.status == Status::Approved {
                    self.work_later(deal.id, place);
                }
                Ok(())
            }
            // A rule that refuses, such as too many open registrations, is part of the story.
            Err(Problem::Refused { .. } | Problem::Forbidden { .. } | Problem::Invalid { .. }) => Ok(()),
            Err(problem) => Err(format!("a registration: {problem}").into()),
        }
    }

    pub(super) fn clock_now(&self) -> Timestamp {
        base::clock::Clock::now(self.clock)
    }

    async fn decide(&mut self, id: DealId, place: usize) -> Result<(), Failure> {
        let carlos = self.cast.carlos.clone();
        let throw = self.dice.below(100);
        let done = match throw {
            0..=69 => match (ApproveDeal { id, version: None }).perform(self.parts, &carlos).await {
                Err(Problem::Refused { .. }) => self.reject(id, &carlos, RejectionReason::RivalFirst).await,
                done => done.map(|_| self.work_later(id, place)),
            },
            70..=84 => {
                let ask = ReturnDeal {
                    id,
                    fields: vec!["evidence".to_owned(), "value".to_owned()],
                    note: "Please add who you spoke to and confirm the value.".to_owned(),
                    version: None,
                };
                let done = ask.perform(self.parts, &carlos).await.map(drop);
                let at = self.clock_now() + Span::hours(20 + self.dice.below(60) as i64);
                if done.is_ok() && at < self.end && self.dice.chance(80) {
                    self.plan(at, Plan::Answer { deal: id, seller: place });
                }
                done
            }
            _ => {
                let reasons = [
                    RejectionReason::OpenOpportunity,
                    RejectionReason::NotQualified,
                    RejectionReason::ExistingCustomer,
                ];
                let reason = *self.dice.pick(&reasons);
                self.reject(id, &carlos, reason).await
            }
        };
        settle(done, "a decision")
    }

    async fn reject(&self, id: DealId, by: &Actor, reason: RejectionReason) -> Result<(), Problem> {
        let ask =
            RejectDeal { id, reason, note: "Thank you for the registration.".to_owned(), version: None };
        ask.perform(self.parts, by).await.map(drop)
    }

    async fn answer(&mut self, id: DealId, place: usize) -> Result<(), Failure> {
        let actor = self.cast.sellers[place].actor.clone();
        let done = (SubmitDeal { id, version: None }).perform(self.parts, &actor).await;
        if done.is_ok() {
            let at = self.clock_now() + Span::hours(3 + self.dice.below(20) as i64);
            if at < self.end {
                self.plan(at, Plan::Decide { deal: id, seller: place });
            }
        }
        settle(done.map(drop), "an answer")
    }

    /// A few unfinished ones on today's desks.
    async fn drafts(&mut self) -> Result<(), Failure> {
        for place in [0, 0, 1, 5] {
            let seller = &self.cast.sellers[place];
            let program = seller.programs[0];
            let full = claim(&mut self.dice, self.cast, seller, program, self.end);
            let draft = RegisterDeal { submit: None, evidence: None, value: None, ..full };
            settle(draft.perform(self.parts, &seller.actor).await.map(drop), "a draft")?;
        }
        Ok(())
    }
}

/// The state may have moved on since it was planned: a refusal is no mistake.
pub(super) fn settle(done: Result<(), Problem>, what: &str) -> Result<(), Failure> {
    match done {
        Ok(())
        | Err(
            Problem::Refused { .. } | Problem::Forbidden { .. } | Problem::NotFound | Problem::Invalid { .. },
        ) => Ok(()),
        Err(problem) => Err(format!("{what}: {problem}").into()),
    }
}

fn claim(dice: &mut Dice, cast: &Cast, seller: &Seller, program: ProgramId, now: Timestamp) -> RegisterDeal {
    let shelf: &[Article] =
        cast.shelves.iter().find(|(id, _)| *id == program).map_or(&[], |(_, shelf)| shelf);
    // Some customers are sought after, so that partners meet.
    let sought = dice
        .below(names::FIRST.len())
        .min(dice.below(names::FIRST.len()))
        .min(dice.below(names::FIRST.len()));
    let (first, (second, _)) =
        (names::FIRST[sought], names::SECOND[dice.below(names::SECOND.len()).min(dice.below(12))]);
    // Mostly at home, sometimes abroad.
    let home: Vec<_> =
        names::PLACES.iter().filter(|(country, ..)| *country == seller.country).copied().collect();
    let (country, form, city) =
        if home.is_empty() || dice.chance(25) { *dice.pick(&names::PLACES) } else { *dice.pick(&home) };
    let article = dice.pick(shelf).clone();
    let quantity = *dice.pick(&[1u32, 2, 3, 5, 8, 12, 20, 40]);
    let value = article.price_minor / 4 * i64::from(quantity).max(1);
    let money = Money::new(value, Currency::EUR);
    // One in five is written a little differently, as people do.
    let name = match dice.below(10) {
        0 => format!("{first} {second}"),
        1 => format!("{} {} {form}", first.to_uppercase(), second.to_uppercase()),
        _ => format!("{first} {second} {form}"),
    };
    RegisterDeal {
        program,
        partner: None,
        submit: Some(true),
        customer: Some(CustomerClaim {
            name,
            website: Some(names::host(first, second, country)),
            country: Some(country.to_owned()),
            city: Some(city.to_owned()),
            ..CustomerClaim::default()
        }),
        products: Some(vec![LineAsk {
            product: article.sku.to_owned(),
            quantity: Some(quantity),
            amount: Some(Amount::from(money)),
        }]),
        value: Some(Amount::from(money)),
        value_kind: Some(ValueKind::Arr),
        expected_close: Some((now + Span::days(30 + dice.below(150) as i64)).date()),
        partner_role: None,
        evidence: Some(vec![Evidence {
            kind: *dice.pick(&[
                EvidenceKind::Meeting,
                EvidenceKind::Call,
                EvidenceKind::Demo,
                EvidenceKind::Workshop,
            ]),
            on: Some((now - Span::days(1 + dice.below(20) as i64)).date()),
            note: (*dice.pick(&names::EVIDENCE)).to_owned(),
        }]),
        notes: None,
        sales_stage: None,
        use_case: None,
        competitor: None,
        incumbent: None,
        tender_reference: None,
        source: None,
    }
}
