//! Registrations that come in from a file: each known by a reference, written while it is a draft, never twice.
use base::db::Tx;
use base::{Actor, DealId, Parts, Problem, Verb};

use super::register::{edit, on_behalf, register};
use super::store;
use crate::model::Status;
use crate::rules::Refusal;
use crate::verbs::{EditDeal, RegisterDeal};

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Created,
    Updated,
    Unchanged,
}

/// A row that is in the system now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenRow {
    pub deal: DealId,
    pub taken: Taken,
    /// Whether it can still be submitted.
    pub is_draft: bool,
}

/// Takes in what a file says of a registration. The same reference of the same partner in the same program is the same
/// registration: said again, nothing changes, not even what people wrote into the deal since; said otherwise, the draft
/// changes. Nothing is submitted.
///
/// # Errors
/// `Invalid` with every field that cannot be read, `Refused` for a deal that is no draft any more, and what registering
/// refuses; whatever it is, nothing was written for the row.
pub async fn take_row(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    reference: &str,
    ask: RegisterDeal,
) -> Result<TakenRow, Problem> {
    let ask = RegisterDeal { submit: None, ..ask };
    ask.check()?;
    let (program, partner) = on_behalf(tx, actor, ask.program, ask.partner).await?;
    let said = serde_json::to_string(&ask).map_err(Problem::internal)?;
    let Some((deal, before)) = store::by_reference(tx, program.id, partner, reference).await? else {
        let made = register(tx, parts, actor, ask).await?;
        store::keep_reference(tx, &made, reference, &said).await?;
        return Ok(TakenRow { deal: made.id, taken: Taken::Created, is_draft: true });
    };
    let status = store::find(tx, deal, actor.scope()).await?.ok_or(Problem::NotFound)?.status;
    let is_draft = status == Status::Draft;
    if before == said {
        return Ok(TakenRow { deal, taken: Taken::Unchanged, is_draft });
    }
    if !is_draft {
        return Err(if status.is_final() { Refusal::Final } else { Refusal::AlreadySubmitted }.into());
    }
    let made = edit(tx, parts, actor, edit_of(deal, &ask)).await?;
    store::keep_reference(tx, &made, reference, &said).await?;
    Ok(TakenRow { deal, taken: Taken::Updated, is_draft })
}

fn edit_of(id: DealId, ask: &RegisterDeal) -> EditDeal {
    let claim = ask.claim();
    EditDeal {
        id,
        version: None,
        customer: claim.customer,
        products: claim.products,
        value: claim.value,
        value_kind: claim.value_kind,
        expected_close: claim.expected_close,
        partner_role: claim.partner_role,
        evidence: claim.evidence,
        notes: claim.notes,
        sales_stage: claim.sales_stage,
        use_case: claim.use_case,
        competitor: claim.competitor,
        incumbent: claim.incumbent,
        tender_reference: claim.tender_reference,
        source: claim.source,
    }
}
