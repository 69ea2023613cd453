//! Performs what moves a deal: each verb is a decision, or a step of the table with what has to be looked at before it.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, Date, DealId, FieldError, Parts, Problem};

use super::case::Case;
use super::decide::{Decision, one};
use super::shares;
use crate::access::Do;
use crate::model::{Deal, DealState, Evidence, Ruling};
use crate::rules::{Match, Refusal, Screening, Stand, Step, missing};
use crate::verbs::{
    AppealDeal, ApproveDeal, GrantExtension, RejectDeal, RequestExtension, ReturnDeal, RevokeDeal,
    RuleOnDispute, SubmitDeal, WithdrawDeal,
};

/// Performs verbs that are one decision.
macro_rules! decisions {
    ($($verb:ident, |$ask:ident| $decision:expr;)*) => {$(
        impl Perform for $verb {
            async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
                let at = (self.id, self.version);
                let $ask = self;
                one(parts, actor, at, $decision).await
            }
        }
    )*};
}

decisions! {
    ApproveDeal, |_ask| Decision::Approve;
    RejectDeal, |ask| Decision::Reject { reason: ask.reason, note: ask.note };
    ReturnDeal, |ask| Decision::Return { fields: ask.fields, note: ask.note };
    WithdrawDeal, |_ask| Decision::Withdraw;
    SubmitDeal, |_ask| Decision::Submit;
    GrantExtension, |ask| Decision::GrantExtension { granted: ask.granted, note: ask.note };
}

impl Perform for RequestExtension {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
        Do::RequestExtension.by(actor, None)?;
        not_ahead(&self.evidence, parts.clock().now().date())?;
        let decision = Decision::RequestExtension { note: self.note, evidence: self.evidence };
        one(parts, actor, (self.id, self.version), decision).await
    }
}

impl Perform for AppealDeal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
        Do::Appeal.by(actor, None)?;
        not_ahead(&self.evidence, parts.clock().now().date())?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let mut case = Case::open(tx, &parts_, &actor_, Do::Appeal, (self.id, self.version)).await?;
                case.step(&Step::Appeal { note: self.note })?;
                case.show(self.evidence);
                case.close(tx, &parts_, &actor_).await
            })
            .await
    }
}

impl Perform for RevokeDeal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
        Do::Revoke.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let mut case = Case::open(tx, &parts_, &actor_, Do::Revoke, (self.id, self.version)).await?;
                case.step(&Step::Revoke { reason: self.reason, note: self.note })?;
                case.close(tx, &parts_, &actor_).await
            })
            .await
    }
}

/// Evidence is of what happened.
pub(super) fn not_ahead(pieces: &[Evidence], today: Date) -> Result<(), Problem> {
    // Half the world is a day ahead of the server's.
    let latest = today.succ_opt().unwrap_or(today);
    match pieces.iter().position(|piece| piece.on.is_some_and(|on| on > latest)) {
        Some(place) => {
            let field = format!("evidence[{place}].on");
            Err(Problem::Invalid {
                errors: vec![FieldError::new(field, "in_the_future", "This day is still to come.")],
            })
        }
        None => Ok(()),
    }
}

/// Submits a draft, or a returned deal again, and screens it in the same transaction.
pub(super) async fn submit(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    mut case: Case,
) -> Result<Deal, Problem> {
    let again = matches!(case.deal.state, DealState::Returned { .. });
    case.step(if again { &Step::Resubmit } else { &Step::Submit })?;
    let errors = missing(&case.deal.claim(), case.rules.evidence_required, parts.clock().now().date());
    if !errors.is_empty() {
        return Err(Problem::Invalid { errors });
    }
    if !again {
        let membership = case.membership(tx).await?;
        if !membership.is_active {
            return Err(Refusal::NotEnrolled.into());
        }
        if membership.open >= u64::from(case.rules.max_open_registrations) {
            return Err(Refusal::TooManyOpen.into());
        }
    }
    let screening = case.screen(tx).await?;
    match (again, screening.is_hit()) {
        (false, _) => case.step(&Step::Screened(screening.step()))?,
        (true, true) => case.step(&found(&screening))?,
        (true, false) => {}
    }
    if screening.is_hit() {
        case.screen_rivals(tx, parts).await?;
    }
    case.close(tx, parts, actor).await
}

/// The step of a claim under review that meets rivals.
pub(super) fn found(screening: &Screening) -> Step {
    Step::ConflictFound { rivals: screening.rivals(), is_protected: screening.meets_protected() }
}

/// The deal that holds the customer now, if another one does. The unique rule of the holds says the same for equal
/// keys; this also sees rivals who described the customer in another way.
pub(super) async fn protected_rival(tx: &mut Tx, case: &mut Case) -> Result<Option<DealId>, Problem> {
    let screening = case.screen(tx).await?;
    let held = |found: &&Match| found.stands_against() && found.other.stand == Stand::Protected;
    Ok(screening.matches.iter().find(held).map(|found| DealId(found.other.id)))
}

impl Perform for RuleOnDispute {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
        Do::Rule.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let mut case = Case::open(tx, &parts_, &actor_, Do::Rule, (self.id, self.version)).await?;
                let share_percent = self.share_percent.unwrap_or(100);
                case.step(&Step::Rule { ruling: self.ruling, share_percent, note: self.note })?;
                let holder = protected_rival(tx, &mut case).await?;
                match (self.ruling, holder) {
                    (Ruling::Approved, Some(_)) => return Err(Refusal::RivalProtected.into()),
                    (Ruling::Split, Some(holder)) => {
                        shares::join(tx, &parts_, &actor_, &mut case, (holder, Some(share_percent))).await?;
                    }
                    (Ruling::Split, None) => return Err(Refusal::NoRivalToShare.into()),
                    (Ruling::Approved, None) | (Ruling::Rejected, _) => {}
                }
                case.close(tx, &parts_, &actor_).await
            })
            .await
    }
}
