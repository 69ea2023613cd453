//! Performs what moves a deal: each verb is a step of the table with what has to be looked at before it.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, Parts, Problem};
use serde_json::json;

use super::case::Case;
use super::store;
use crate::access::Do;
use crate::model::{Deal, DealState, Ruling};
use crate::rules::{Match, Refusal, Stand, Step, missing};
use crate::verbs::{
    AppealDeal, ApproveDeal, GrantExtension, RejectDeal, RequestExtension, ReturnDeal, RevokeDeal,
    RuleOnDispute, SubmitDeal, WithdrawDeal,
};

/// Performs a verb that is one step of the table and nothing more.
macro_rules! one_step {
    ($($verb:ident, $action:ident, |$ask:ident| $step:expr;)*) => {$(
        impl Perform for $verb {
            async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
                Do::$action.by(actor, None)?;
                let (parts_, actor_) = (parts.clone(), actor.clone());
                parts
                    .db()
                    .write(async move |tx: &mut Tx| {
                        let mut case = Case::open(tx, &parts_, &actor_, Do::$action, (self.id, self.version)).await?;
                        let $ask = self;
                        case.step(&$step)?;
                        case.close(tx, &parts_, &actor_).await
                    })
                    .await
            }
        }
    )*};
}

one_step! {
    WithdrawDeal, Withdraw, |_ask| Step::Withdraw;
    RejectDeal, Reject, |ask| Step::Reject { reason: ask.reason, note: ask.note, rule: ask.reason.rule() };
    ReturnDeal, Return, |ask| Step::Return { fields: ask.fields, note: ask.note };
    RequestExtension, RequestExtension, |ask| Step::AskExtension { note: ask.note };
    GrantExtension, GrantExtension, |ask| Step::AnswerExtension { granted: ask.granted };
    RevokeDeal, Revoke, |ask| Step::Revoke { reason: ask.reason, note: ask.note };
    AppealDeal, Appeal, |ask| Step::Appeal { note: ask.note };
}

impl Perform for SubmitDeal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
        Do::Submit.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let case = Case::open(tx, &parts_, &actor_, Do::Submit, (self.id, self.version)).await?;
                submit(tx, &parts_, &actor_, case).await
            })
            .await
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
        let deal = &case.deal;
        if store::enrolled(tx, deal.partner, deal.program).await? != Some(true) {
            return Err(Refusal::NotEnrolled.into());
        }
        let open = store::open_registrations(tx, deal.partner, deal.program).await?;
        if open >= u64::from(case.rules.max_open_registrations) {
            return Err(Refusal::TooManyOpen.into());
        }
    }
    let screening = case.screen(tx).await?;
    match (again, screening.is_hit()) {
        (false, _) => case.step(&Step::Screened(screening.step()))?,
        (true, true) => case.step(&Step::ConflictFound { rivals: screening.rivals() })?,
        (true, false) => {}
    }
    if screening.is_hit() {
        case.screen_rivals(tx, parts).await?;
    }
    case.close(tx, parts, actor).await
}

impl Perform for ApproveDeal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
        Do::Approve.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let mut case = Case::open(tx, &parts_, &actor_, Do::Approve, (self.id, self.version)).await?;
                case.step(&Step::Approve)?;
                unless_held(tx, &mut case).await?;
                case.close(tx, &parts_, &actor_).await
            })
            .await
    }
}

/// Refuses an approval while a rival is protected. The unique rule of the holds says the same for equal keys; this also
/// sees rivals who described the customer in another way.
async fn unless_held(tx: &mut Tx, case: &mut Case) -> Result<(), Problem> {
    if case.screen(tx).await?.meets_protected() { Err(Refusal::RivalProtected.into()) } else { Ok(()) }
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
                match self.ruling {
                    Ruling::Approved => unless_held(tx, &mut case).await?,
                    Ruling::Split => {
                        share(tx, &parts_, &actor_, &mut case, 100 - share_percent.min(100)).await?;
                    }
                    Ruling::Rejected => {}
                }
                case.close(tx, &parts_, &actor_).await
            })
            .await
    }
}

/// Leaves the one who holds the customer the rest of the benefit.
async fn share(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    case: &mut Case,
    percent: u32,
) -> Result<(), Problem> {
    let screening = case.screen(tx).await?;
    let held = |found: &&Match| found.stands_against() && found.other.stand == Stand::Protected;
    let holder = screening.matches.iter().find(held).ok_or(Refusal::NoRivalToShare)?;
    let id = (base::DealId(holder.other.id), None);
    let mut other = Case::open(tx, parts, actor, Do::Rule, id).await?;
    if let DealState::Approved { share_percent, .. } | DealState::Converted { share_percent, .. } =
        &mut other.deal.state
    {
        *share_percent = percent;
    }
    other.announce("deal.shared", json!({ "share_percent": percent }));
    other.close(tx, parts, actor).await?;
    Ok(())
}
