//! Performs the verbs of leads: one function, one unit of work.
mod ask;
mod campaign;
mod case;
mod follow;
mod hand_out;
mod interest;
mod jobs;
mod moves;
mod pins;
mod rules;
mod store;
#[cfg(test)]
mod tests;
mod write;

use base::db::Migrations;
use base::http::{Mounted, mounted};

use crate::verbs::*;
pub use campaign::{
    CampaignResult, NewAnswer, answered_before, answers_of, campaign_results, forget_answers, from_campaign,
};
pub use follow::OBSERVER;
pub use jobs::JOBS;

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();

/// What can be asked over the wire.
pub const VERBS: &[Mounted] = &[
    mounted::<ListLeads>(),
    mounted::<CreateLead>(),
    mounted::<CreateLeads>(),
    mounted::<CountLeads>(),
    mounted::<GetLead>(),
    mounted::<EditLead>(),
    mounted::<ListLeadEvents>(),
    mounted::<ListLeadDraws>(),
    mounted::<AssignLead>(),
    mounted::<AcceptLead>(),
    mounted::<DeclineLead>(),
    mounted::<UndoLeadAnswer>(),
    mounted::<StartLead>(),
    mounted::<NoteLead>(),
    mounted::<RegisterLead>(),
    mounted::<RecycleLead>(),
    mounted::<MarkLeadDead>(),
    mounted::<ReopenLead>(),
    mounted::<GetLeadRules>(),
    mounted::<SaveLeadRules>(),
    mounted::<PublishLeadRules>(),
    mounted::<DiscardLeadRules>(),
    mounted::<ListLeadRulesVersions>(),
    mounted::<PreviewLeadRules>(),
    mounted::<ListLeadPins>(),
    mounted::<CreateLeadPin>(),
    mounted::<ChangeLeadPin>(),
    mounted::<DropLeadPin>(),
];
