//! What can be asked of themes.
use base::{BrandId, Page, Timestamp, verb};
use serde::{Deserialize, Serialize};

use crate::model::{
    BrandTheme, NewThemeLink, SharedTheme, Theme, ThemeLink, ThemeLinkId, ThemePreset, ThemeTokens,
    ThemeVersion, WebsiteProposals,
};

/// What a brand wears, and the draft of what it will.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct GetTheme {
    pub id: BrandId,
}
verb!(GetTheme: GET "/brands/{id}/theme" -> BrandTheme);

/// The colours that a brand wears, computed from its theme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct GetThemeTokens {
    pub id: BrandId,
}
verb!(GetThemeTokens: GET "/brands/{id}/theme/tokens" -> ThemeTokens);

/// Keeps a theme as the draft of a brand; nobody wears it yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct KeepThemeDraft {
    pub id: BrandId,
    #[garde(dive)]
    pub theme: Theme,
    /// The draft's version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(KeepThemeDraft: PUT "/brands/{id}/theme/draft" -> BrandTheme);

/// Throws the draft away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct DiscardThemeDraft {
    pub id: BrandId,
}
verb!(DiscardThemeDraft: DELETE "/brands/{id}/theme/draft" -> BrandTheme);

/// Publishes a theme: every page of the brand wears it from now on. The draft is gone then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct PublishTheme {
    pub id: BrandId,
    #[garde(dive)]
    pub theme: Theme,
    /// What is said about the change.
    #[serde(default)]
    #[garde(length(chars, max = 500))]
    pub note: String,
    /// The draft's version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(PublishTheme: POST "/brands/{id}/theme/publish" -> BrandTheme);

/// Brings an earlier version back, as a new one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct RollBackTheme {
    pub id: BrandId,
    pub number: u32,
}
verb!(RollBackTheme: POST "/brands/{id}/theme/roll-back" -> BrandTheme);

/// Lists the published versions of a brand's theme, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ListThemeVersions {
    pub id: BrandId,
    /// The number of the last version seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 20))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
verb!(ListThemeVersions: GET "/brands/{id}/theme/versions" -> Page<ThemeVersion>);

/// Lists the themes that are ready to be worn. Take one over by keeping it as a draft.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListThemePresets {}
verb!(ListThemePresets: GET "/brands/presets" -> Page<ThemePreset>);

/// Lets a theme wait for a time, at which it is published. One waits at a time; what is published by hand meanwhile does
/// not take it back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ScheduleTheme {
    pub id: BrandId,
    #[garde(dive)]
    pub theme: Theme,
    /// What is said about the change.
    #[serde(default)]
    #[garde(length(chars, max = 500))]
    pub note: String,
    /// When it is published: within a year.
    pub at: Timestamp,
}
verb!(ScheduleTheme: POST "/brands/{id}/theme/schedule" -> BrandTheme);

/// Takes the theme back that waits for its time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct TakeBackTheme {
    pub id: BrandId,
}
verb!(TakeBackTheme: DELETE "/brands/{id}/theme/schedule" -> BrandTheme);

/// Publishes the theme that waits for its time, now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct PublishScheduledTheme {
    pub id: BrandId,
}
verb!(PublishScheduledTheme: POST "/brands/{id}/theme/schedule/publish" -> BrandTheme);

/// Lists the links that show a theme of the brand, newest first: those that are over by themselves are not among them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ListThemeLinks {
    pub id: BrandId,
}
verb!(ListThemeLinks: GET "/brands/{id}/theme/links" -> Page<ThemeLink>);

/// Makes a link that shows a theme as it is now to whoever has it, for seven days. Its address is in this answer only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct MakeThemeLink {
    pub id: BrandId,
    #[garde(dive)]
    pub theme: Theme,
}
verb!(MakeThemeLink: POST "/brands/{id}/theme/links" -> NewThemeLink, status = 201);

/// Ends a link: it shows nothing from now on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct EndThemeLink {
    pub id: BrandId,
    pub link: ThemeLinkId,
}
verb!(EndThemeLink: DELETE "/brands/{id}/theme/links/{link}" -> ThemeLink);

/// What a link shows: a theme, and the name of its brand. Anybody who has the link may ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct OpenThemeLink {
    #[garde(length(max = 100))]
    pub token: String,
}
verb!(OpenThemeLink: GET "/theme-previews/{token}" -> SharedTheme, public);

/// Reads a website and proposes what a theme of its brand could begin with. Changes nothing. Only public addresses are
/// asked; what is wrong with the address is told as a fault of `url`, what is wrong with the website by its code:
/// `no_such_host`, `unreachable`, `status`, `wrong_type`, `too_large`, `too_slow`, `too_many_redirects`, `unreadable`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ProposeFromWebsite {
    pub id: BrandId,
    /// `https://www.example.com`, or without `https://`.
    #[garde(custom(base::filled), length(max = 2048))]
    pub url: String,
}
verb!(ProposeFromWebsite: POST "/brands/{id}/theme/proposals" -> WebsiteProposals);
