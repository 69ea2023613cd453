//! Who is acting: a person, a key or the system, for one organisation at a time.
use serde::{Deserialize, Serialize};

use crate::{ApiKeyId, OrganizationId, Problem, ProgramId, UserId};

/// Which side of the table an organisation sits on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Runs programs.
    Vendor,
    /// Takes part in programs.
    Partner,
}

/// What a person does in an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    VendorOwner,
    ProgramAdmin,
    ChannelManager,
    Marketer,
    Enablement,
    VendorFinance,
    Analyst,
    Auditor,
    PartnerOwner,
    Sales,
    Marketing,
    Technical,
    PartnerFinance,
    Learner,
}

impl Role {
    /// All roles, vendor's first.
    pub const ALL: [Self; 14] = [
        Self::VendorOwner,
        Self::ProgramAdmin,
        Self::ChannelManager,
        Self::Marketer,
        Self::Enablement,
        Self::VendorFinance,
        Self::Analyst,
        Self::Auditor,
        Self::PartnerOwner,
        Self::Sales,
        Self::Marketing,
        Self::Technical,
        Self::PartnerFinance,
        Self::Learner,
    ];

    /// The side this role belongs to.
    #[must_use]
    pub const fn side(self) -> Side {
        match self {
            Self::VendorOwner
            | Self::ProgramAdmin
            | Self::ChannelManager
            | Self::Marketer
            | Self::Enablement
            | Self::VendorFinance
            | Self::Analyst
            | Self::Auditor => Side::Vendor,
            Self::PartnerOwner
            | Self::Sales
            | Self::Marketing
            | Self::Technical
            | Self::PartnerFinance
            | Self::Learner => Side::Partner,
        }
    }

    /// The wire and storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VendorOwner => "vendor_owner",
            Self::ProgramAdmin => "program_admin",
            Self::ChannelManager => "channel_manager",
            Self::Marketer => "marketer",
            Self::Enablement => "enablement",
            Self::VendorFinance => "vendor_finance",
            Self::Analyst => "analyst",
            Self::Auditor => "auditor",
            Self::PartnerOwner => "partner_owner",
            Self::Sales => "sales",
            Self::Marketing => "marketing",
            Self::Technical => "technical",
            Self::PartnerFinance => "partner_finance",
            Self::Learner => "learner",
        }
    }

    /// Reads the storage form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// How the actor came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// A browser session.
    Session,
    /// An API key.
    Key(ApiKeyId),
    /// A job, an import on the command line, the seed.
    System,
    /// Nobody is signed in.
    Nobody,
}

/// The organisation an actor acts for, and what it may see of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Vendor or partner.
    pub organization: OrganizationId,
    /// What the actor does there; its side is the organisation's.
    pub role: Role,
    /// The program the screens are set to, if any. A convenience, not a limit.
    pub program: Option<ProgramId>,
}

/// Whoever asks for something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// How they came in.
    pub means: Means,
    /// The person; none for the system and for nobody.
    pub user: Option<UserId>,
    /// Shown in the audit log.
    pub name: String,
    /// For whom; none when a signed-in person belongs to no organisation.
    pub standing: Option<Standing>,
}

/// Which rows an actor sees, as one condition on one column. Every list and every find carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All rows of one vendor.
    Vendor(OrganizationId),
    /// A partner's own rows, with whichever vendor.
    Partner(OrganizationId),
    /// Everything: jobs and the command line only.
    System,
    /// No row at all.
    Nothing,
}

impl Actor {
    /// The system itself: jobs, seeds, the command line.
    #[must_use]
    pub fn system() -> Self {
        Self { means: Means::System, user: None, name: "Rialto".to_owned(), standing: None }
    }

    /// Somebody who has not signed in.
    #[must_use]
    pub fn nobody() -> Self {
        Self { means: Means::Nobody, user: None, name: String::new(), standing: None }
    }

    /// Whether somebody is signed in, by session or by key.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        !matches!(self.means, Means::Nobody)
    }

    /// Whether this is the system.
    #[must_use]
    pub const fn is_system(&self) -> bool {
        matches!(self.means, Means::System)
    }

    /// The rows this actor sees.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match (self.means, self.standing) {
            (Means::System, _) => Scope::System,
            (_, Some(standing)) => match standing.role.side() {
                Side::Vendor => Scope::Vendor(standing.organization),
                Side::Partner => Scope::Partner(standing.organization),
            },
            _ => Scope::Nothing,
        }
    }

    /// The role; `None` for the system and for people without an organisation.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.standing.map(|standing| standing.role)
    }

    /// The side; `None` like [`Actor::role`].
    #[must_use]
    pub fn side(&self) -> Option<Side> {
        self.role().map(Role::side)
    }

    /// The organisation acted for.
    ///
    /// # Errors
    /// `Unauthenticated` for nobody; `Forbidden` (`no_organization`) for a person without one.
    pub fn organization(&self) -> Result<OrganizationId, Problem> {
        match (self.is_known(), self.standing) {
            (_, Some(standing)) => Ok(standing.organization),
            (false, _) => Err(Problem::Unauthenticated),
            (true, None) => {
                Err(Problem::forbidden("no_organization", "Ask an owner to add you to an organisation."))
            }
        }
    }

    /// Lets the system and the listed roles pass.
    ///
    /// # Errors
    /// `Unauthenticated` for nobody; otherwise `Forbidden` (`role`) with the sentence given.
    pub fn must_be(&self, roles: &[Role], otherwise: &str) -> Result<(), Problem> {
        if self.is_system() || self.role().is_some_and(|role| roles.contains(&role)) {
            return Ok(());
        }
        self.organization()?;
        Err(Problem::forbidden("role", otherwise))
    }
}

impl Scope {
    /// The column of a table with `vendor_id` and `partner_id` that limits rows, with the value it must have.
    /// `None` for the system, who sees all; [`Scope::Nothing`] gives a value no row has.
    #[must_use]
    pub fn column(self) -> Option<(&'static str, OrganizationId)> {
        match self {
            Self::Vendor(id) => Some(("vendor_id", id)),
            Self::Partner(id) => Some(("partner_id", id)),
            Self::System => None,
            Self::Nothing => Some(("vendor_id", OrganizationId(uuid::Uuid::nil()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_read_back_from_its_text() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
        }
    }

    #[test]
    fn nobody_sees_nothing() {
        assert_eq!(Actor::nobody().scope(), Scope::Nothing);
        assert_eq!(Actor::nobody().organization(), Err(Problem::Unauthenticated));
    }
}
