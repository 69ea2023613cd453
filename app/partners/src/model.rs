//! Nouns: a partner, its enrollments, what kind of partner it is there.
use base::{EnrollmentId, OrganizationId, ProgramId, Timestamp, UserId, words};
use serde::{Deserialize, Serialize};

words! {
    /// How a partner earns; one can be of several types.
    PartnerType {
        /// Sells on to end customers.
        Reseller = "reseller",
        /// Sells to resellers.
        Distributor = "distributor",
        /// Builds software on the products.
        Isv = "isv",
        /// Integrates the products into a customer's systems.
        Si = "si",
        /// Runs the products for customers.
        Msp = "msp",
        /// Advises customers.
        Consultancy = "consultancy",
        /// Shapes what customers choose.
        Influencer = "influencer",
        /// Names interested customers.
        Referral = "referral",
        /// Markets for vendor and partners.
        Agency = "agency",
        /// Makes something the products work with.
        Technology = "technology",
    }
}

words! {
    /// How high a partner stands in a program, lowest first.
    Tier {
        Registered = "registered",
        Silver = "silver",
        Gold = "gold",
        Platinum = "platinum",
    }
}

words! {
    /// Whether a partner takes part.
    EnrollmentStatus {
        /// Takes part.
        Active = "active",
        /// Asked to take part, has not begun.
        Invited = "invited",
        /// Takes part no more until the vendor says so; sees the program, registers nothing.
        Suspended = "suspended",
        /// Has left; sees nothing of the program.
        Ended = "ended",
    }
}

/// One partner in one program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Enrollment {
    pub id: EnrollmentId,
    pub vendor: OrganizationId,
    pub vendor_name: String,
    pub program: ProgramId,
    pub program_name: String,
    pub partner: OrganizationId,
    pub partner_name: String,
    pub status: EnrollmentStatus,
    pub tier: Tier,
    pub partner_types: Vec<PartnerType>,
    /// Where the partner works, in the vendor's words.
    pub territory: Option<String>,
    /// The vendor's person who looks after the partner.
    pub channel_manager: Option<ChannelManager>,
    pub joined_at: Timestamp,
    /// Counts changes; the `ETag`.
    pub version: u32,
}

/// The vendor's person who looks after a partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ChannelManager {
    pub id: UserId,
    pub name: String,
}

/// A partner, with what the asker may know of where it takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Partner {
    pub id: OrganizationId,
    pub name: String,
    pub slug: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub website: Option<String>,
    /// How many people of the partner can sign in.
    pub people: u32,
    /// To a vendor those in its own programs, to the partner all; oldest first.
    pub enrollments: Vec<Enrollment>,
}
