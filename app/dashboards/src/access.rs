//! Who may see which dashboard.
use base::{Actor, OrganizationId, Problem, Side};

/// Vendors see the vendor's dashboard, or a partner's; partners see their own.
///
/// # Errors
/// `Forbidden` with who can help.
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
pub fn partner(actor: &Actor) -> Result<OrganizationId, Problem> {
    let organization = actor.organization()?;
    match actor.side() {
        Some(Side::Partner) => Ok(organization),
        _ => Err(Problem::forbidden("side", "This page is a partner's. Your figures are on the overview.")),
    }
}
