//! What can be asked of themes.
use base::{BrandId, Page, verb};
use serde::{Deserialize, Serialize};

use crate::model::{BrandTheme, Theme, ThemeTokens, ThemeVersion, WebsiteProposals};

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
