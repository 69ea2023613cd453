//! Nouns: people, what they are in organisations, and what the screens know about whoever is signed in.
use base::{ApiKeyId, BrandId, OrganizationId, ProgramId, Role, Side, Timestamp, UserId};
use kit::catalogue::Locale;
use serde::{Deserialize, Serialize};

/// Light or dark, or as the device says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    Light,
    Dark,
    #[default]
    System,
}

impl Theme {
    /// All themes.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The wire and storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    /// Reads the storage form; anything else is the device's choice.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.as_str() == text).unwrap_or_default()
    }
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct User {
    pub id: UserId,
    /// Lower case; signs in with it.
    pub email: String,
    pub name: String,
    /// Language of screens and mails: `en` or `de`.
    #[cfg_attr(feature = "ssr", schemars(with = "String"))]
    pub locale: Locale,
    /// IANA name: `Europe/Berlin`.
    pub time_zone: String,
    pub theme: Theme,
    /// Counts up with every change of the profile.
    pub version: u32,
}

/// What a person is in an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Membership {
    pub organization: OrganizationId,
    pub organization_name: String,
    pub side: Side,
    pub role: Role,
}

/// A program as the switcher shows it, with the look of its brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ProgramRef {
    pub id: ProgramId,
    pub name: String,
    pub vendor: OrganizationId,
    pub vendor_name: String,
    pub brand_id: BrandId,
    pub brand_name: String,
    /// Hue of the brand in degrees of OKLCH, 0 to 359.
    pub hue: u16,
    /// Chroma of the brand in thousandths of OKLCH.
    pub chroma: u16,
    /// Number of the theme that the brand wears; 0 while it wears its hue alone.
    pub face: u32,
}

/// Whoever is signed in, and as what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Me {
    pub user: User,
    /// Every organisation the person belongs to, by name.
    pub memberships: Vec<Membership>,
    /// The one acted for now; none when the person belongs to none.
    pub organization: Option<Membership>,
    /// The program the screens are set to; the first one when none was chosen.
    pub program: Option<ProgramRef>,
    /// Programs of the organisation: a vendor's own, or those a partner is enrolled in.
    pub programs: Vec<ProgramRef>,
}

impl Me {
    /// The role acted in.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.organization.as_ref().map(|membership| membership.role)
    }

    /// The side of the organisation acted for.
    #[must_use]
    pub fn side(&self) -> Option<Side> {
        self.organization.as_ref().map(|membership| membership.side)
    }

    /// Person and organisation in one word: what a page was made for, and what may be kept of it in a browser.
    #[must_use]
    pub fn reader(&self) -> String {
        let organization = self.organization.as_ref().map(|one| one.organization.to_string());
        format!("{}.{}", self.user.id, organization.unwrap_or_default())
    }

    /// Person, organisation and program in one word: what all tabs of a browser stand for together.
    #[must_use]
    pub fn place(&self) -> String {
        let program = self.program.as_ref().map(|program| program.id.to_string());
        format!("{}.{}", self.reader(), program.unwrap_or_default())
    }

    /// As an actor, so that a screen asks the same policy as the server.
    #[must_use]
    pub fn actor(&self) -> base::Actor {
        base::Actor {
            means: base::Means::Session,
            user: Some(self.user.id),
            name: self.user.name.clone(),
            standing: self.organization.as_ref().map(|membership| base::Standing {
                organization: membership.organization,
                role: membership.role,
                program: self.program.as_ref().map(|program| program.id),
            }),
        }
    }
}

/// One browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Session {
    /// Browser and system, as far as they say: `Firefox, Linux`.
    pub agent: String,
    pub created_at: Timestamp,
    /// To the hour.
    pub seen_at: Timestamp,
}

/// A key for scripts and connectors. It acts as the person who made it, in one organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub name: String,
    /// How the secret starts, to tell keys apart.
    pub prefix: String,
    pub created_by: UserId,
    pub created_by_name: String,
    pub created_at: Timestamp,
    /// To the hour; null when it was never used.
    pub last_used_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
}

/// A person in the actor's organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Member {
    /// The person.
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub joined_at: Timestamp,
    /// Whether the person has not yet chosen a password.
    pub invited: bool,
}
