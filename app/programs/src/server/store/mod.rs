//! The tables of brands, programs, versions and products; nothing else writes them.
mod brands;
mod drafts;
mod products;
mod programs;
mod versions;

use base::{BrandId, OrganizationId, Problem, ProductId, ProgramId, Scope};
use sqlx::types::Uuid;

pub(super) use brands::*;
pub(super) use drafts::*;
pub(super) use products::*;
pub(super) use programs::*;
pub(super) use versions::*;

/// A cursor that names no row.
pub(super) fn no_cursor() -> Problem {
    Problem::field("cursor", "unknown", "This is not a cursor that this list gave.")
}

/// Where the page begins: after the row that the cursor names.
fn after<I: std::str::FromStr>(cursor: Option<&String>) -> Result<Option<I>, Problem> {
    cursor.map(|text| text.parse().map_err(|_| no_cursor())).transpose()
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

/// Which of three conditions holds for a scope: the vendor's, the partner's, or none for the system.
const fn condition(scope: Scope, vendor: &'static str, partner: &'static str) -> &'static str {
    match scope {
        Scope::Vendor(_) | Scope::Nothing => vendor,
        Scope::Partner(_) => partner,
        Scope::System => "$1 = $1",
    }
}

/// Ids as they are bound.
trait Bound {
    fn bound(self) -> Option<Uuid>;
}

macro_rules! bound {
    ($($id:ident),*) => { $(impl Bound for Option<$id> { fn bound(self) -> Option<Uuid> { self.map(|id| id.0) } })* };
}
bound!(BrandId, ProgramId, ProductId, OrganizationId);
