//! What can be asked of audiences and the people in them.
use base::{AudienceId, Page, RecipientId, verb};
use serde::{Deserialize, Serialize};

use crate::model::{Audience, AudienceImport, ConsentSource, Contact, Erased, OptIn, PersonRecord};

/// Lists the partner's audiences, by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListAudiences {
    #[garde(length(max = 300))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    pub limit: Option<u32>,
}
verb!(ListAudiences: GET "/audiences" -> Page<Audience>);

/// Makes an empty audience.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CreateAudience {
    #[garde(custom(base::filled), length(chars, max = 120))]
    pub name: String,
}
verb!(CreateAudience: POST "/audiences" -> Audience, status = 201);

/// One audience.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct GetAudience {
    pub id: AudienceId,
}
verb!(GetAudience: GET "/audiences/{id}" -> Audience);

/// Renames an audience.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct RenameAudience {
    pub id: AudienceId,
    #[garde(custom(base::filled), length(chars, max = 120))]
    pub name: String,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(RenameAudience: PATCH "/audiences/{id}" -> Audience);

/// Deletes an audience with everybody in it, unless a campaign that is not over goes to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct DeleteAudience {
    pub id: AudienceId,
}
verb!(DeleteAudience: DELETE "/audiences/{id}" -> Audience);

/// Lists the people of an audience, in the order in which they came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ListContacts {
    pub id: AudienceId,
    /// Part of an address, a name or a company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(chars, max = 120))]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 100))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
verb!(ListContacts: GET "/audiences/{id}/contacts" -> Page<Contact>);

/// Adds one person. Somebody who is in the audience already is brought up to date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct AddContact {
    pub id: AudienceId,
    #[garde(length(chars, min = 1, max = 254))]
    pub email: String,
    #[serde(default)]
    #[garde(length(chars, max = 120))]
    pub first_name: String,
    #[serde(default)]
    #[garde(length(chars, max = 120))]
    pub last_name: String,
    #[serde(default)]
    #[garde(length(chars, max = 120))]
    pub company: String,
    pub source: ConsentSource,
    /// The day they agreed.
    pub on: base::Date,
    /// What they agreed to.
    #[garde(custom(base::filled), length(chars, max = 1000))]
    pub wording: String,
    /// `single` when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opt_in: Option<OptIn>,
}
verb!(AddContact: POST "/audiences/{id}/contacts" -> Contact, status = 201);

/// Takes a person out of one audience.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct RemoveContact {
    pub id: RecipientId,
}
verb!(RemoveContact: DELETE "/contacts/{id}" -> Contact);

/// All that is kept of a person: for somebody who asks what is known of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ExportContact {
    pub id: RecipientId,
}
verb!(ExportContact: GET "/contacts/{id}/record" -> PersonRecord);

/// Forgets a person: in all audiences of the partner, in the mails of its campaigns and in the leads they made of themselves.
/// Counts stay. Cannot be undone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct EraseContact {
    pub id: RecipientId,
}
verb!(EraseContact: POST "/contacts/{id}/erase" -> Erased);

/// Lists the files that people of an audience came from, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ListAudienceImports {
    pub id: AudienceId,
    /// The number of the last one seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 20))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
verb!(ListAudienceImports: GET "/audiences/{id}/imports" -> Page<AudienceImport>);
