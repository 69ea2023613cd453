//! What can be asked of kits.
use base::{KitId, OrganizationId, Page, ProgramId, verb};
use creative::Topic;
use serde::{Deserialize, Serialize};

use crate::model::{
    Kit, KitContent, KitPreview, KitState, KitVersion, KitVersionRow, ReadyKitCard, WholeKit,
};

/// Lists kits, newest first: to a vendor its own, to a partner those that are published in programs it takes part in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListKits {
    pub program: Option<ProgramId>,
    pub topic: Option<Topic>,
    /// A partner sees published ones only.
    pub state: Option<KitState>,
    /// Part of the name.
    #[garde(length(chars, max = 120))]
    pub q: Option<String>,
    #[garde(length(max = 100))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    pub limit: Option<u32>,
}
verb!(ListKits: GET "/kits" -> Page<Kit>);

/// Lists the kits that are ready to be taken over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListReadyKits {
    /// In which language they are named; English where they have no other.
    #[garde(length(max = 20))]
    pub language: Option<String>,
}
verb!(ListReadyKits: GET "/kits/ready" -> Page<ReadyKitCard>);

/// Makes a kit for a program: an empty one, one from a ready kit, or a copy of another one of the vendor's. It is a draft
/// until it is published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct CreateKit {
    pub program: ProgramId,
    /// Left out, it is the one of what it is made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(custom(base::filled), length(chars, max = 120)))]
    pub name: Option<String>,
    /// Left out, it is the one of what it is made from, else a product launch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<Topic>,
    /// Key of a ready kit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 60))]
    pub ready: Option<String>,
    /// A kit whose draft, or else published version, is copied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<KitId>,
    /// In which language a ready kit is named; English where it has no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 20))]
    pub language: Option<String>,
}
verb!(CreateKit: POST "/kits" -> WholeKit, status = 201);

/// One kit with everything in it: to the vendor its draft, to a partner what is published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct GetKit {
    pub id: KitId,
}
verb!(GetKit: GET "/kits/{id}" -> WholeKit);

/// Removes a kit that was never published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct DeleteKit {
    pub id: KitId,
}
verb!(DeleteKit: DELETE "/kits/{id}" -> Kit);

/// Keeps what is being made of a kit; partners do not see it yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct KeepKitDraft {
    pub id: KitId,
    #[garde(dive)]
    pub content: KitContent,
    /// The kit's version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(KeepKitDraft: PUT "/kits/{id}/draft" -> WholeKit);

/// Throws the draft of a published kit away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct DiscardKitDraft {
    pub id: KitId,
}
verb!(DiscardKitDraft: DELETE "/kits/{id}/draft" -> WholeKit);

/// Publishes the draft as the next version. Campaigns that run keep the version that they were made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct PublishKit {
    pub id: KitId,
    /// What is said about the change.
    #[serde(default)]
    #[garde(length(chars, max = 500))]
    pub note: String,
    /// The kit's version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(PublishKit: POST "/kits/{id}/publish" -> WholeKit);

/// Takes a published version back: nothing of campaigns that were made of it goes out any more. Cannot be undone; publish a
/// better version instead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct RecallKit {
    pub id: KitId,
    /// The one that was published last when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Partners are told.
    #[garde(custom(base::filled), length(chars, max = 500))]
    pub reason: String,
}
verb!(RecallKit: POST "/kits/{id}/recall" -> WholeKit);

/// Offers a kit no longer; campaigns that were made of it go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct RetireKit {
    pub id: KitId,
}
verb!(RetireKit: POST "/kits/{id}/retire" -> WholeKit);

/// Lists the published versions of a kit, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ListKitVersions {
    pub id: KitId,
    /// The number of the last version seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 20))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
verb!(ListKitVersions: GET "/kits/{id}/versions" -> Page<KitVersionRow>);

/// One published version of a kit with everything in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct GetKitVersion {
    pub id: KitId,
    pub number: u32,
}
verb!(GetKitVersion: GET "/kits/{id}/versions/{number}" -> KitVersion);

/// Draws one piece of a kit as a partner would send it: to the vendor the draft as a given partner or a sample one, to a
/// partner what is published as its own. Changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct PreviewKit {
    pub id: KitId,
    /// Key of the piece.
    #[garde(length(max = 40))]
    pub asset: String,
    /// The piece's first language where it has not that one.
    #[garde(length(max = 20))]
    pub language: String,
    /// A sample partner when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<OrganizationId>,
    /// A published version; the draft when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
}
verb!(PreviewKit: POST "/kits/{id}/preview" -> KitPreview);
