//! What moves a deal: the partner's steps and the vendor's decisions.
use base::{DealId, verb};
use serde::{Deserialize, Serialize};

use super::at_most_pieces;
use crate::model::{Deal, Evidence, FIELDS, RejectionReason, RevocationReason, Ruling};

/// Submits a draft, or a returned deal again. Priority is the server's receipt time; `GET /deals/{id}/receipt` has the
/// signed receipt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct SubmitDeal {
    #[garde(skip)]
    pub id: DealId,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(SubmitDeal: POST "/deals/{id}/submit" -> Deal);

/// Withdraws a deal that is not decided yet. Final.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct WithdrawDeal {
    #[garde(skip)]
    pub id: DealId,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(WithdrawDeal: POST "/deals/{id}/withdraw" -> Deal);

/// Approves a deal: from now on it is the partner's for the time that the program protects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ApproveDeal {
    #[garde(skip)]
    pub id: DealId,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(ApproveDeal: POST "/deals/{id}/approve" -> Deal);

/// Rejects a deal, with the reason that the partner reads. It can be appealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct RejectDeal {
    #[garde(skip)]
    pub id: DealId,
    #[garde(skip)]
    pub reason: RejectionReason,
    /// What the partner should know; needed when the reason is `other`.
    #[serde(default)]
    #[garde(length(chars, max = 2000), custom(told_when(self.reason == RejectionReason::Other)))]
    pub note: String,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(RejectDeal: POST "/deals/{id}/reject" -> Deal);

/// Asks the partner to put fields right. The clock of the answer stands still, and the priority is kept when the deal
/// comes back within the program's grace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ReturnDeal {
    #[garde(skip)]
    pub id: DealId,
    /// Which fields the partner may change: `customer`, `products`, `value`, `evidence` and so on.
    #[serde(default)]
    #[garde(length(min = 1, max = 14), custom(known_fields))]
    pub fields: Vec<String>,
    /// What is asked for.
    #[serde(default)]
    #[garde(length(chars, max = 2000))]
    pub note: String,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(ReturnDeal: POST "/deals/{id}/return" -> Deal);

/// Asks for more time of protection, with what progress was made and what shows it. Counts as activity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct RequestExtension {
    #[garde(skip)]
    pub id: DealId,
    /// The progress since the approval.
    #[serde(default)]
    #[garde(custom(base::filled), length(chars, max = 2000))]
    pub note: String,
    /// What shows it; at most 20.
    #[serde(default)]
    #[garde(custom(at_most_pieces), dive)]
    pub evidence: Vec<Evidence>,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(RequestExtension: POST "/deals/{id}/request-extension" -> Deal);

/// Answers a request for more time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GrantExtension {
    #[garde(skip)]
    pub id: DealId,
    /// False refuses it.
    #[garde(skip)]
    pub granted: bool,
    /// What the partner should know.
    #[serde(default)]
    #[garde(length(chars, max = 2000))]
    pub note: String,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(GrantExtension: POST "/deals/{id}/grant-extension" -> Deal);

/// Takes an approval back, with the reason that the partner reads. Counts in the vendor's own scorecard, and can be
/// appealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct RevokeDeal {
    #[garde(skip)]
    pub id: DealId,
    #[garde(skip)]
    pub reason: RevocationReason,
    /// What the partner should know; needed when the reason is `other`.
    #[serde(default)]
    #[garde(length(chars, max = 2000), custom(told_when(self.reason == RevocationReason::Other)))]
    pub note: String,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(RevokeDeal: POST "/deals/{id}/revoke" -> Deal);

/// Appeals a rejection, a revocation, or the approval of a rival, within the program's time for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct AppealDeal {
    #[garde(skip)]
    pub id: DealId,
    /// Why the decision is wrong.
    #[serde(default)]
    #[garde(custom(base::filled), length(chars, max = 5000))]
    pub note: String,
    /// What shows it; at most 20.
    #[serde(default)]
    #[garde(custom(at_most_pieces), dive)]
    pub evidence: Vec<Evidence>,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(AppealDeal: POST "/deals/{id}/appeal" -> Deal);

/// Ends a dispute. Whoever made the decision that is disputed cannot rule on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct RuleOnDispute {
    #[garde(skip)]
    pub id: DealId,
    #[garde(skip)]
    pub ruling: Ruling,
    /// For a split: this partner's share of the benefit in percent, 1 to 99.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(range(min = 1, max = 99)), custom(share_when(self.ruling == Ruling::Split)))]
    pub share_percent: Option<u32>,
    /// The written reason.
    #[serde(default)]
    #[garde(custom(base::filled), length(chars, max = 5000))]
    pub note: String,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(RuleOnDispute: POST "/deals/{id}/rule" -> Deal);

fn told_when(needed: bool) -> impl Fn(&String, &()) -> garde::Result {
    move |note, ctx| if needed { base::filled(note, ctx) } else { Ok(()) }
}

fn share_when(needed: bool) -> impl Fn(&Option<u32>, &()) -> garde::Result {
    move |share, (): &()| {
        if needed && share.is_none() {
            return Err(garde::Error::new("required: Give the partner's share in percent."));
        }
        Ok(())
    }
}

pub(super) fn known_fields<C>(fields: &[String], _: &C) -> garde::Result {
    match fields.iter().find(|field| !FIELDS.contains(&field.as_str())) {
        Some(unknown) => Err(garde::Error::new(format!("unknown: A deal has no field {unknown}."))),
        None => Ok(()),
    }
}
