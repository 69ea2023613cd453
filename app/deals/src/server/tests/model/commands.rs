//! What people do in the model test, as a value, and how it is asked of the real verbs.
use base::testing::World;
use base::{Actor, DealId, Span};
use partners::fixtures::Market;

use super::Done;
use super::dice::Dice;
use crate::server::tests::{company, euros};
use crate::{
    AmendDeal, Amount, AppealDeal, ApproveDeal, CloseDeal, ConvertDeal, DealOutcome, EditDeal, Evidence,
    EvidenceKind, GrantExtension, LineAsk, RegisterDeal, RejectDeal, RejectionReason, RequestExtension,
    ReturnDeal, RevocationReason, RevokeDeal, RuleOnDispute, Ruling, ShowActivity, SubmitDeal, WithdrawDeal,
};

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Alpine,
    Bluepeak,
    Manager,
    Owner,
    Analyst,
}

pub(super) const PEOPLE: [Who; 5] = [Who::Alpine, Who::Bluepeak, Who::Manager, Who::Owner, Who::Analyst];

impl Who {
    pub(super) fn actor(self, market: &Market) -> &Actor {
        match self {
            Self::Alpine => &market.alpine.sales,
            Self::Bluepeak => &market.bluepeak.sales,
            Self::Manager => &market.manager,
            Self::Owner => &market.owner,
            Self::Analyst => &market.analyst,
        }
    }
}

/// What is done to a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Submit,
    Withdraw,
    Edit { value: i64 },
    Approve,
    Reject,
    Return,
    Appeal,
    Rule { ruling: Ruling, share: Option<u32> },
    Amend { value: i64 },
    AskExtension,
    AnswerExtension { granted: bool },
    ShowActivity,
    Convert,
    Close { won: bool },
    Revoke,
}

/// A command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Wait(Span),
    Register { who: Who, customer: usize, family: &'static str, value: i64, submit: bool },
    Do { who: Who, deal: usize, act: Act },
}

impl Command {
    pub(super) fn registers(&self) -> bool {
        matches!(self, Self::Register { .. })
    }
}

/// Amounts in euros: two that are approved at once, one that is not. From one to the next is a material change.
const VALUES: [i64; 3] = [900, 1_000, 48_000];

pub(super) fn random(dice: &mut Dice, deals: usize) -> Command {
    let throw = dice.below(100);
    if deals == 0 || (throw < 16 && deals < 6) {
        return Command::Register {
            who: dice.pick(&[Who::Alpine, Who::Bluepeak]),
            customer: dice.below(2),
            family: dice.pick(&["GTX Pro", "GTX Basic", "MG Special"]),
            value: dice.pick(&VALUES),
            submit: dice.below(4) > 0,
        };
    }
    if throw < 30 {
        let days = dice.pick(&[0, 1, 3, 8, 20, 31, 95]);
        return Command::Wait(Span(Span::days(days).0 + Span::hours(dice.below(30) as i64).0));
    }
    let act = match dice.below(19) {
        0 => Act::Withdraw,
        1 => Act::Edit { value: dice.pick(&VALUES) },
        2..=4 => Act::Approve,
        5 | 6 => Act::Reject,
        7 => Act::Return,
        8 => Act::Appeal,
        9 => Act::Rule { ruling: Ruling::Split, share: Some(dice.pick(&[30, 50, 70])) },
        10 => Act::Rule { ruling: dice.pick(&[Ruling::Approved, Ruling::Rejected]), share: None },
        11 => Act::Amend { value: dice.pick(&VALUES) },
        12 => Act::AskExtension,
        13 => Act::AnswerExtension { granted: dice.below(2) == 0 },
        14 => Act::ShowActivity,
        15 => Act::Convert,
        16 => Act::Close { won: dice.below(2) == 0 },
        17 => Act::Revoke,
        _ => Act::Submit,
    };
    // Mostly somebody whose business it is, sometimes just anybody.
    let usual: &[Who] = match act {
        Act::Approve
        | Act::Reject
        | Act::Return
        | Act::Rule { .. }
        | Act::AnswerExtension { .. }
        | Act::Convert
        | Act::Close { .. }
        | Act::Revoke => &[Who::Manager, Who::Owner],
        _ => &[Who::Alpine, Who::Bluepeak],
    };
    let who = if dice.below(8) == 0 { dice.pick(&PEOPLE) } else { dice.pick(usual) };
    Command::Do { who, deal: dice.below(deals), act }
}

/// Asks the real verb.
pub(super) async fn ask(
    world: &World,
    market: &Market,
    command: &Command,
    names: &[String],
    ids: &[DealId],
) -> Done {
    match *command {
        Command::Wait(_) => Ok(None),
        Command::Register { who, customer, family, value, submit } => {
            let name = &names[customer];
            let ask = RegisterDeal {
                customer: Some(company(name, &format!("{name}.example"))),
                products: Some(vec![LineAsk { product: family.into(), ..LineAsk::default() }]),
                value: Some(Amount::from(euros(value))),
                expected_close: Some("9000-01-01".parse().unwrap()),
                evidence: Some(vec![Evidence { note: "Met them".into(), ..Evidence::default() }]),
                submit: Some(submit),
                ..RegisterDeal::new(market.program)
            };
            world.ask(who.actor(market), ask).await.map(Some)
        }
        Command::Do { who, deal, act } => act_on(world, who.actor(market), ids[deal], act).await,
    }
}

async fn act_on(world: &World, actor: &Actor, id: DealId, act: Act) -> Done {
    let (note, version) = ("Because".to_owned(), None);
    let evidence = Vec::new;
    let done = match act {
        Act::Submit => world.ask(actor, SubmitDeal { id, version }).await,
        Act::Withdraw => world.ask(actor, WithdrawDeal { id, version }).await,
        Act::Edit { value } => {
            let value = Some(Amount::from(euros(value)));
            world.ask(actor, EditDeal { value, ..EditDeal::new(id) }).await
        }
        Act::Approve => world.ask(actor, ApproveDeal { id, version }).await,
        Act::Reject => {
            let reason = RejectionReason::NotQualified;
            world.ask(actor, RejectDeal { id, reason, note, version }).await
        }
        Act::Return => world.ask(actor, ReturnDeal { id, fields: vec!["value".into()], note, version }).await,
        Act::Appeal => world.ask(actor, AppealDeal { id, note, evidence: evidence(), version }).await,
        Act::Rule { ruling, share } => {
            world.ask(actor, RuleOnDispute { id, ruling, share_percent: share, note, version }).await
        }
        Act::Amend { value } => {
            let value = Some(Amount::from(euros(value)));
            world.ask(actor, AmendDeal { value, ..AmendDeal::new(id) }).await
        }
        Act::AskExtension => {
            world.ask(actor, RequestExtension { id, note, evidence: evidence(), version }).await
        }
        Act::AnswerExtension { granted } => {
            world.ask(actor, GrantExtension { id, granted, note, version }).await
        }
        Act::ShowActivity => {
            world.ask(actor, ShowActivity { id, kind: EvidenceKind::Call, on: None, note }).await
        }
        Act::Convert => world.ask(actor, ConvertDeal { id, opportunity: None, version }).await,
        Act::Close { won } => {
            let outcome = if won { DealOutcome::Won } else { DealOutcome::Lost };
            world.ask(actor, CloseDeal { id, outcome, note, version }).await
        }
        Act::Revoke => {
            let reason = RevocationReason::NoActivity;
            world.ask(actor, RevokeDeal { id, reason, note, version }).await
        }
    };
    done.map(Some)
}
