//! What falls due when, for calendars.
use base::db::Tx;
use base::{Actor, Date, DealId, Problem, Timestamp};

use super::store;
use crate::access::Do;

/// What falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateKind {
    /// The vendor's answer.
    AnswerDue,
    /// The partner's answer to a request.
    GraceEnds,
    ProtectionEnds,
}

/// Something of a deal that falls due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    pub id: DealId,
    pub number: String,
    /// Empty in a deal that does not name its customer.
    pub customer_name: String,
    pub partner_name: String,
    pub kind: DateKind,
    pub at: Timestamp,
    /// The day it is in the zone of the deal's program.
    pub day: Date,
    /// How often the protection was extended.
    pub extensions: u32,
    pub updated_at: Timestamp,
    /// Counts up with every change of the deal.
    pub version: u32,
}

/// What falls due in `[from, until)` of the deals that an actor sees, the first first; at most some two thousand entries.
///
/// # Errors
/// What listing deals says.
pub async fn dated(tx: &mut Tx, actor: &Actor, span: (Timestamp, Timestamp)) -> Result<Vec<Dated>, Problem> {
    Do::List.by(actor, None)?;
    store::dated(tx, actor.scope(), span).await
}
