//! What can be asked: partners and their enrollments.
use base::{EnrollmentId, OrganizationId, Page, ProgramId, UserId, verb};
use organizations::rules::{country_if_given, website_if_given};
use serde::{Deserialize, Serialize};

use crate::{Enrollment, EnrollmentStatus, Partner, PartnerType, Segments, Tier};

/// Lists the partners of a vendor, by name; a partner sees itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListPartners {
    /// Part of the name.
    #[garde(length(max = 200))]
    pub q: Option<String>,
    pub program: Option<ProgramId>,
    pub partner_type: Option<PartnerType>,
    pub tier: Option<Tier>,
    /// Exactly this territory.
    #[garde(length(max = 120))]
    pub territory: Option<String>,
    pub channel_manager: Option<UserId>,
    pub status: Option<EnrollmentStatus>,
    /// `name` (what is taken otherwise), `country` or `joined_at`; with `-` before it the other way round.
    #[garde(inner(custom(partner_order)))]
    pub sort: Option<String>,
    #[garde(length(max = 100))]
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}
verb!(ListPartners: GET "/partners" -> Page<Partner>);

/// What a vendor's partners can be told apart by: the tiers, types, territories and channel managers that they have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListSegments {}
verb!(ListSegments: GET "/segments" -> Segments);

/// Gets a partner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct GetPartner {
    pub id: OrganizationId,
}
verb!(GetPartner: GET "/partners/{id}" -> Partner);

/// Adds a partner: its organisation, and its enrollment in a program, active at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct CreatePartner {
    #[garde(custom(base::filled), length(max = 200))]
    pub name: String,
    #[serde(default)]
    #[garde(custom(country_if_given))]
    pub country: Option<String>,
    #[serde(default)]
    #[garde(length(max = 300), custom(website_if_given))]
    pub website: Option<String>,
    pub program: ProgramId,
    #[serde(default)]
    pub tier: Option<Tier>,
    #[serde(default)]
    #[garde(length(max = 20))]
    pub partner_types: Vec<PartnerType>,
    #[serde(default)]
    #[garde(length(max = 120))]
    pub territory: Option<String>,
    /// One of the vendor's people.
    #[serde(default)]
    pub channel_manager: Option<UserId>,
}
verb!(CreatePartner: POST "/partners" -> Partner, status = 201);

/// Lists enrollments, oldest first: a vendor's in its programs, a partner's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListEnrollments {
    pub program: Option<ProgramId>,
    pub partner: Option<OrganizationId>,
    pub status: Option<EnrollmentStatus>,
    #[garde(length(max = 100))]
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}
verb!(ListEnrollments: GET "/enrollments" -> Page<Enrollment>);

/// Enrolls a partner that the vendor already has in another of its programs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct CreateEnrollment {
    pub program: ProgramId,
    pub partner: OrganizationId,
    /// `active` when left out.
    #[serde(default)]
    pub status: Option<EnrollmentStatus>,
    /// `registered` when left out.
    #[serde(default)]
    pub tier: Option<Tier>,
    #[serde(default)]
    #[garde(length(max = 20))]
    pub partner_types: Vec<PartnerType>,
    #[serde(default)]
    #[garde(length(max = 120))]
    pub territory: Option<String>,
    /// One of the vendor's people.
    #[serde(default)]
    pub channel_manager: Option<UserId>,
}
verb!(CreateEnrollment: POST "/enrollments" -> Enrollment, status = 201);

/// Changes an enrollment. What is left out stays; an empty territory is taken away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ChangeEnrollment {
    pub id: EnrollmentId,
    #[serde(default)]
    pub version: Option<u32>,
    #[serde(default)]
    pub status: Option<EnrollmentStatus>,
    #[serde(default)]
    pub tier: Option<Tier>,
    #[serde(default)]
    #[garde(length(max = 20))]
    pub partner_types: Option<Vec<PartnerType>>,
    #[serde(default)]
    #[garde(length(max = 120))]
    pub territory: Option<String>,
    #[serde(default)]
    pub channel_manager: Option<UserId>,
}
verb!(ChangeEnrollment: PATCH "/enrollments/{id}" -> Enrollment);

fn partner_order<C>(sort: &str, _: &C) -> garde::Result {
    if ["name", "country", "joined_at"].contains(&sort.trim_start_matches('-')) {
        return Ok(());
    }
    Err(garde::Error::new("unknown: Sort by name, country or joined_at."))
}
