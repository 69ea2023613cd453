//! Performs the verbs, and what other slices may ask of partners within their own transactions.
mod enrollments;
mod import;
mod partners;
mod store;
#[cfg(test)]
mod tests;

use base::db::{Migrations, Tx};
use base::http::{Mounted, mounted};
use base::{OrganizationId, Problem, ProgramId, Scope};

pub use enrollments::enroll;
pub use import::{FoundPartner, find_or_create_partner};
pub use store::{conditions, holds, of_brand};

use crate::{
    ChangeEnrollment, CreateEnrollment, CreatePartner, Enrollment, GetPartner, ListEnrollments, ListPartners,
    ListSegments, Partner,
};

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();

/// What can be asked over the wire.
pub const VERBS: &[Mounted] = &[
    mounted::<ListPartners>(),
    mounted::<ListSegments>(),
    mounted::<GetPartner>(),
    mounted::<CreatePartner>(),
    mounted::<ListEnrollments>(),
    mounted::<CreateEnrollment>(),
    mounted::<ChangeEnrollment>(),
];

/// A partner's enrollment in a program, whatever its status; none when it never was enrolled. Ask
/// [`crate::EnrollmentStatus::takes_part`] before letting it do anything.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn enrolled(
    tx: &mut Tx,
    partner: OrganizationId,
    program: ProgramId,
) -> Result<Option<Enrollment>, Problem> {
    store::enrolled(tx, partner, program).await
}

/// A partner, if the scope sees it.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn partner_in(tx: &mut Tx, id: OrganizationId, scope: Scope) -> Result<Option<Partner>, Problem> {
    store::find_partner(tx, id, scope).await
}

/// A vendor's partner by its name in whatever case; the oldest of several.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn partner_by_name(
    tx: &mut Tx,
    vendor: OrganizationId,
    name: &str,
) -> Result<Option<OrganizationId>, Problem> {
    store::partner_by_name(tx, vendor, name).await
}
