//! Performs what moves a lead: each verb is a step of the table with what has to be looked at before it.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, Parts, Problem};
use deals::{Amount, LineAsk, RegisterDeal};
use serde_json::json;

use super::case::Case;
use super::interest;
use crate::access::Do;
use crate::model::{Lead, LeadState};
use crate::rules::Step;
use crate::verbs::{
    AcceptLead, AssignLead, DeclineLead, MarkLeadDead, NoteLead, RecycleLead, RegisterLead, ReopenLead,
    StartLead, UndoLeadAnswer,
};

/// Performs a verb that is one step of the table and nothing more.
macro_rules! one_step {
    ($($verb:ident, $action:ident, |$ask:ident| $step:expr;)*) => {$(
        impl Perform for $verb {
            async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Lead, Problem> {
                Do::$action.by(actor, None)?;
                let (parts_, actor_) = (parts.clone(), actor.clone());
                parts
                    .db()
                    .write(async move |tx: &mut Tx| {
                        let mut case =
                            Case::open(tx, &parts_, &actor_, Do::$action, (self.id, self.version)).await?;
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
    AcceptLead, Accept, |_ask| Step::Accept;
    DeclineLead, Decline, |ask| Step::Decline { reason: ask.reason, note: ask.note };
    UndoLeadAnswer, Undo, |_ask| Step::Undo;
    StartLead, Start, |_ask| Step::Start;
    RecycleLead, Recycle, |ask| Step::Recycle { note: ask.note };
    MarkLeadDead, Die, |ask| Step::Die { reason: ask.reason, note: ask.note };
    ReopenLead, Reopen, |_ask| Step::Reopen;
}

impl Perform for AssignLead {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Lead, Problem> {
        Do::Assign.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let mut case = Case::open(tx, &parts_, &actor_, Do::Assign, (self.id, self.version)).await?;
                match self.partner {
                    Some(partner) => case.hand_to(tx, &actor_, partner).await?,
                    None if case.lead.status.is_free() => case.hand_out(tx, &parts_, &actor_).await?,
                    // The table says why not.
                    None => case.step(&Step::Offer { partner: case.lead.vendor })?,
                }
                case.close(tx, &parts_, &actor_).await
            })
            .await
    }
}

impl Perform for NoteLead {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Lead, Problem> {
        Do::Note.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let mut case = Case::open(tx, &parts_, &actor_, Do::Note, (self.id, None)).await?;
                case.step(&Step::Note)?;
                case.say("lead.noted", json!({}), &self.text);
                case.close(tx, &parts_, &actor_).await
            })
            .await
    }
}

impl Perform for RegisterLead {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Lead, Problem> {
        Do::Register.by(actor, None)?;
        deals::Do::Register.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let mut case =
                    Case::open(tx, &parts_, &actor_, Do::Register, (self.id, self.version)).await?;
                // Tried with any deal before one is made.
                if let Some(step) = crate::rules::step_of(Do::Register, &case.lead.state) {
                    case.may(&step)?;
                } else if matches!(case.lead.state, LeadState::Working { deal: Some(_), .. }) {
                    return Ok(case.look(&actor_));
                }
                let ask = claim(tx, &case).await?;
                let deal = deals::server::register(tx, &parts_, &actor_, ask).await?.id;
                case.step(&Step::BeginDeal { deal })?;
                case.close(tx, &parts_, &actor_).await
            })
            .await
    }
}

/// The draft of a registration that a lead makes: what is known, and the lead as its source.
async fn claim(tx: &mut Tx, case: &Case) -> Result<RegisterDeal, Problem> {
    let lead = &case.lead;
    let known = match &lead.interest {
        // What is sold no more cannot be registered; the partner chooses then.
        Some(wanted) => interest::find(tx, &case.ways.program, &wanted.product).await?,
        None => None,
    };
    let line = |wanted: crate::model::Interest| LineAsk { product: wanted.product, ..LineAsk::default() };
    let contacts: Vec<String> = lead.contacts.iter().map(crate::model::Contact::line).collect();
    let notes = [contacts.join("\n"), lead.note.clone()];
    let notes: Vec<String> = notes.into_iter().filter(|part| !part.is_empty()).collect();
    Ok(RegisterDeal {
        customer: Some(lead.customer.claim()),
        products: known.map(|wanted| vec![line(wanted)]),
        value: lead.value.map(Amount::from),
        notes: Some(notes.join("\n\n").chars().take(5000).collect()),
        source: Some(lead.id.to_string()),
        ..RegisterDeal::new(lead.program)
    })
}
