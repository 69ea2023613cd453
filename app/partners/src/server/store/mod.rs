//! The table of enrollments; nothing else writes it. Organisations and people are read only.
mod enrollments;
mod partners;
mod segment;

use base::{OrganizationId, Problem, ProgramId, Scope, UserId};
use sqlx::types::Uuid;

pub(super) use enrollments::*;
pub(super) use partners::*;
pub(super) use segment::segments;
pub use segment::{conditions, holds, of_brand};

/// Where the page begins: after the row that the cursor names.
fn after<I: std::str::FromStr>(cursor: Option<&String>) -> Result<Option<I>, Problem> {
    let unknown = || Problem::field("cursor", "unknown", "This is not a cursor that this list gave.");
    cursor.map(|text| text.parse().map_err(|_| unknown())).transpose()
}

/// `part` anywhere in a text, for `like … escape '\'`.
fn anywhere(part: Option<&str>) -> String {
    let mut pattern = String::from("%");
    for c in part.unwrap_or_default().trim().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// The organisation that a scope's condition binds as `$1`.
fn whose(scope: Scope) -> Uuid {
    scope.column().map_or_else(Uuid::nil, |(_, id)| id.0)
}

/// The condition on `enrollment e` that a scope sees; binds `$1`.
const fn visible(scope: Scope) -> &'static str {
    match scope {
        Scope::Vendor(_) | Scope::Nothing => "e.vendor_id = $1",
        Scope::Partner(_) => "e.partner_id = $1",
        Scope::System => "$1 = $1",
    }
}

fn organization(id: Option<OrganizationId>) -> Option<Uuid> {
    id.map(|id| id.0)
}

fn program(id: Option<ProgramId>) -> Option<Uuid> {
    id.map(|id| id.0)
}

fn user(id: Option<UserId>) -> Option<Uuid> {
    id.map(|id| id.0)
}
