//! Partners as a file names them: found, or made with what the file says.
use base::db::Tx;
use base::{Actor, OrganizationId, Parts, Problem, ProgramId, Role, UserId};

use super::partners::{Company, add_organization};
use super::{enrollments, store};
use crate::CreateEnrollment;

/// What became of a partner that a file names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FoundPartner {
    pub id: OrganizationId,
    /// Whether its organisation is new.
    pub created: bool,
    /// Whether its enrollment is new or says something new.
    pub changed: bool,
}

/// Finds a vendor's partner by name in whatever case, or makes it, and enrolls it in the program. Territory and
/// manager are taken over where the file gives them. A manager whom the vendor does not have yet becomes a channel
/// manager who cannot sign in: without a password, under an address that no mail reaches (RFC 2606).
///
/// # Errors
/// `Invalid` when the program is not the vendor's.
#[expect(clippy::too_many_arguments, reason = "four say where, four say what a row of a file says")]
pub async fn find_or_create_partner(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    vendor: OrganizationId,
    program: ProgramId,
    name: &str,
    territory: Option<&str>,
    manager_name: Option<&str>,
) -> Result<FoundPartner, Problem> {
    let known = store::partner_by_name(tx, vendor, name).await?;
    let id = if let Some(id) = known {
        id
    } else {
        let company = Company { name: name.to_owned(), ..Company::default() };
        add_organization(tx, parts, vendor, actor, company).await?
    };
    let created = known.is_none();
    let manager = match manager_name.map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => Some(find_or_create_manager(tx, parts, vendor, name).await?),
        None => None,
    };
    let territory = territory.map(str::trim).filter(|text| !text.is_empty());
    let Some(old) = store::enrolled(tx, id, program).await? else {
        let asked = CreateEnrollment {
            program,
            partner: id,
            status: None,
            tier: None,
            partner_types: Vec::new(),
            territory: territory.map(str::to_owned),
            channel_manager: manager,
        };
        enrollments::enroll(tx, parts, actor, vendor, asked).await?;
        return Ok(FoundPartner { id, created, changed: true });
    };
    let new_territory = territory.is_some_and(|text| old.territory.as_deref() != Some(text));
    let new_manager =
        manager.is_some_and(|id| old.channel_manager.as_ref().map(|manager| manager.id) != Some(id));
    if new_territory || new_manager {
        enrollments::take_over(tx, parts, actor, old, territory, manager).await?;
    }
    Ok(FoundPartner { id, created, changed: new_territory || new_manager })
}

async fn find_or_create_manager(
    tx: &mut Tx,
    parts: &Parts,
    vendor: OrganizationId,
    name: &str,
) -> Result<UserId, Problem> {
    if let Some(id) = store::member_by_name(tx, vendor, name).await? {
        return Ok(id);
    }
    let organization = organizations::server::find(tx, vendor).await?.ok_or(Problem::NotFound)?;
    let local = organizations::rules::slug_of(name);
    let email = format!("{local}@{}.invalid", organization.slug);
    let user = if let Some(user) = ::access::server::user_by_email(tx, &email).await? {
        user
    } else {
        let new = ::access::server::NewUser { email, name: name.to_owned(), password: None };
        ::access::server::create_user(tx, parts, new).await?
    };
    ::access::server::add_membership(tx, parts, user.id, vendor, Role::ChannelManager).await?;
    Ok(user.id)
}
