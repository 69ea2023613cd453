//! What sellers do with approved deals: most are worked on, many get into the CRM, some are won, some are forgotten.
use base::http::Perform;
use base::{DealId, Span};
use deals::{CloseDeal, ConvertDeal, DealOutcome, EvidenceKind, GetDeal, ShowActivity, Status};

use super::history::{Plan, Story, settle};
use super::names;
use crate::Failure;

impl Story<'_> {
    /// Most come back to a deal within the time after which it would be warned of.
    pub(super) fn work_later(&mut self, deal: DealId, seller: usize) {
        let at = self.clock_now() + Span::days(8 + self.dice.below(12) as i64);
        if at < self.end && self.dice.chance(92) {
            self.plan(at, Plan::Work { deal, seller });
        }
    }

    /// A step with the customer, the way into the CRM, or the end.
    pub(super) async fn work(&mut self, id: DealId, seller: usize) -> Result<(), Failure> {
        let (actor, carlos) = (self.cast.sellers[seller].actor.clone(), self.cast.carlos.clone());
        let Ok(deal) = (GetDeal { id }).perform(self.parts, &carlos).await else { return Ok(()) };
        let throw = self.dice.below(100);
        let done = match (deal.status, throw) {
            (Status::Approved, 0..=74) => {
                let kinds =
                    [EvidenceKind::Call, EvidenceKind::Meeting, EvidenceKind::Demo, EvidenceKind::Proposal];
                let kind = *self.dice.pick(&kinds);
                let note = (*self.dice.pick(&names::EVIDENCE)).to_owned();
                (ShowActivity { id, kind, on: None, note }).perform(self.parts, &actor).await
            }
            (Status::Approved, _) => {
                (ConvertDeal { id, opportunity: None, version: None }).perform(self.parts, &carlos).await
            }
            (Status::Converted, 0..=59) => {
                let outcome = if throw < 34 { DealOutcome::Won } else { DealOutcome::Lost };
                (CloseDeal { id, outcome, note: String::new(), version: None })
                    .perform(self.parts, &carlos)
                    .await
            }
            (Status::Converted, _) => Ok(deal),
            _ => return Ok(()),
        };
        if done.is_ok() {
            self.work_later(id, seller);
        }
        settle(done.map(drop), "work on a deal")
    }
}
