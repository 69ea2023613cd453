//! Performs what brings leads in and changes what is known of them.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, LeadId, Parts, Problem, ProgramId, check_fields};
use serde_json::json;

use super::case::{Case, Ways};
use super::interest::resolve;
use super::store;
use crate::access::Do;
use crate::model::{BulkRow, Lead, LeadCustomer, LeadState, LeadsReport, Person, Source, Status};
use crate::rules::Step;
use crate::verbs::{CreateLead, CreateLeads, EditLead, InterestAsk};

/// The ways of a program of the actor's.
async fn ways_of(tx: &mut Tx, actor: &Actor, program: ProgramId) -> Result<Ways, Problem> {
    let program = programs::server::program_in(tx, program, actor.scope()).await?.ok_or(Problem::NotFound)?;
    Ways::of(tx, program).await
}

impl Perform for CreateLead {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Lead, Problem> {
        Do::Create.by(actor, None)?;
        if self.partner.is_some() || self.assign == Some(true) {
            Do::Assign.by(actor, None)?;
        }
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let ways = ways_of(tx, &actor_, self.program).await?;
                let mut case = begin(tx, &parts_, &actor_, ways, self.interest()).await?;
                match self.partner {
                    Some(partner) => case.hand_to(tx, &actor_, partner).await?,
                    None if self.assign.unwrap_or(case.ways.rules.automatic) => {
                        case.hand_out(tx, &parts_, &actor_).await?;
                    }
                    None => {}
                }
                case.close(tx, &parts_, &actor_).await
            })
            .await
    }
}

/// A lead of a program of which nothing is known yet.
pub(super) fn blank(parts: &Parts, program: &programs::Program, created_by: Person) -> Lead {
    let now = parts.clock().now();
    Lead {
        id: LeadId(parts.id(now)),
        number: String::new(),
        status: Status::New,
        state: LeadState::New,
        vendor: program.vendor,
        vendor_name: program.vendor_name.clone(),
        brand: program.brand,
        program: program.id,
        program_name: program.name.clone(),
        partner: None,
        partner_name: None,
        customer: LeadCustomer::default(),
        contacts: Vec::new(),
        interest: None,
        value: None,
        source: Source::default(),
        source_note: String::new(),
        origin: None,
        note: String::new(),
        answer_by: None,
        deal: None,
        deal_number: None,
        deal_status: None,
        created_by,
        created_at: now,
        updated_at: now,
        version: 0,
        moves: Vec::new(),
    }
}

/// A new lead in the vendor's turn, not stored yet.
async fn begin(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    ways: Ways,
    ask: InterestAsk,
) -> Result<Case, Problem> {
    let program = &ways.program;
    let blank = blank(parts, program, Person::from(actor));
    let mut lead = resolve(tx, program, blank, ask).await?;
    lead.number = format!("LD-{}", store::take_turn(tx, program.vendor, true).await?);
    let mut case = Case::new(parts, actor, lead, ways);
    case.say("lead.created", json!({}), "");
    Ok(case)
}

impl Perform for CreateLeads {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<LeadsReport, Problem> {
        Do::Create.by(actor, None)?;
        if self.assign == Some(true) {
            Do::Assign.by(actor, None)?;
        }
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let mut report = LeadsReport { created: 0, rejected: 0, rows: Vec::new() };
                // Of a program that is not the actor's nothing is told, not even what is wrong with the rows.
                ways_of(tx, &actor_, self.program).await?;
                for (place, row) in (0..).zip(self.leads) {
                    let made = match check_fields(&row) {
                        Ok(()) => {
                            let ways = ways_of(tx, &actor_, self.program).await?;
                            begin(tx, &parts_, &actor_, ways, row.interest()).await
                        }
                        Err(problem) => Err(problem),
                    };
                    match made {
                        Ok(mut case) => {
                            if self.assign.unwrap_or(case.ways.rules.automatic) {
                                case.hand_out(tx, &parts_, &actor_).await?;
                            }
                            let lead = case.close(tx, &parts_, &actor_).await?;
                            report.created += 1;
                            report.rows.push(BulkRow {
                                place,
                                id: Some(lead.id),
                                number: Some(lead.number),
                                status: Some(lead.status),
                                errors: Vec::new(),
                            });
                        }
                        Err(Problem::Invalid { errors }) => {
                            report.rejected += 1;
                            report.rows.push(BulkRow { place, id: None, number: None, status: None, errors });
                        }
                        Err(problem) => return Err(problem),
                    }
                }
                Ok(report)
            })
            .await
    }
}

impl Perform for EditLead {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Lead, Problem> {
        Do::Edit.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let mut case = Case::open(tx, &parts_, &actor_, Do::Edit, (self.id, self.version)).await?;
                case.step(&Step::Edit)?;
                case.lead = resolve(tx, &case.ways.program, case.lead.clone(), self.interest()).await?;
                case.close(tx, &parts_, &actor_).await
            })
            .await
    }
}
