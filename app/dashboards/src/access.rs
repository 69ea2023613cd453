//! Who may see which dashboard.
use base::{Actor, Problem, Role};
#[cfg(feature = "ssr")]
use base::{OrganizationId, Side};

/// Vendors see the vendor's dashboard, or a partner's; partners see their own.
///
/// # Errors
/// `Forbidden` with who can help.
#[cfg(feature = "ssr")]
pub fn vendor(actor: &Actor) -> Result<OrganizationId, Problem> {
    let organization = actor.organization()?;
    match actor.side() {
        Some(Side::Vendor) => Ok(organization),
        _ => Err(Problem::forbidden(
            "side",
            "This page is the vendor's. Your own figures are on your home page.",
        )),
    }
}

/// A partner's own figures.
///
/// # Errors
/// `Forbidden` for vendors, who have the overview.
#[cfg(feature = "ssr")]
pub fn partner(actor: &Actor) -> Result<OrganizationId, Problem> {
    let organization = actor.organization()?;
    match actor.side() {
        Some(Side::Partner) => Ok(organization),
        _ => Err(Problem::forbidden("side", "This page is a partner's. Your figures are on the overview.")),
    }
}

/// Who may share a saved view with their organisation.
///
/// # Errors
/// `Forbidden` (`role`) with what to do instead.
pub fn share(actor: &Actor) -> Result<(), Problem> {
    actor.must_be(
        &[Role::VendorOwner, Role::ProgramAdmin, Role::ChannelManager, Role::PartnerOwner],
        "Views are shared by owners, program administrators and channel managers. Keep it as your own.",
    )
}
