//! What can be asked of suppressions and sender domains.
use base::{BrandId, Page, verb};
use serde::{Deserialize, Serialize};

use crate::model::{SenderDomain, SenderId, Suppressed, SuppressedId, SuppressionReason};

/// Lists addresses that are not written to, newest first: a partner's own, or all of a vendor but those of partners alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListSuppressed {
    /// A whole address, in any case.
    #[garde(inner(length(chars, max = 254)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<SuppressionReason>,
    #[garde(inner(length(max = 100)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// 1 to 200; 50 when nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
verb!(ListSuppressed: GET "/mailing/suppressed" -> Page<Suppressed>);

/// Puts an address on the list: nobody of the partner, or of the vendor with all its brands, writes to it any more. Once
/// more changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct SuppressAddress {
    #[garde(custom(base::filled), length(chars, max = 254))]
    pub address: String,
}
verb!(SuppressAddress: POST "/mailing/suppressed" -> Suppressed, status = 201);

/// Takes an address off the list that was put there by hand. What its owner asked for, or what cannot be reached, stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ReleaseAddress {
    pub id: SuppressedId,
}
verb!(ReleaseAddress: DELETE "/mailing/suppressed/{id}" -> Suppressed);

/// Lists domains that mails come from: the partner's, or those of the vendor's brands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListSenders {}
verb!(ListSenders: GET "/mailing/senders" -> Page<SenderDomain>);

/// Adds a domain that mails come from, with a new key to sign them. They do once its record was found in the DNS.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct AddSender {
    /// The sender's address: `hello@example.com`.
    #[garde(custom(base::filled), length(chars, max = 254))]
    pub address: String,
    /// Of a vendor: for which brand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<BrandId>,
}
verb!(AddSender: POST "/mailing/senders" -> SenderDomain, status = 201);

/// Looks in the DNS now, for the records of a sender domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct CheckSender {
    pub id: SenderId,
}
verb!(CheckSender: POST "/mailing/senders/{id}/check" -> SenderDomain);

/// Removes a sender domain with its key: mails go out in the shared name again. Answers what it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct RemoveSender {
    pub id: SenderId,
}
verb!(RemoveSender: DELETE "/mailing/senders/{id}" -> SenderDomain);
