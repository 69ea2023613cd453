//! What can be asked about which records are one company.
use base::{CustomerId, Page, filled, verb};
use garde::Validate;
use matching::{Fitted, Weights};
use serde::{Deserialize, Serialize};

use crate::model::{CustomerAliases, CustomerField, Duplicate, MatchWeights, Merge, MergeId, PairState};

/// Reads what else a customer is known by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetCustomerAliases {
    #[garde(skip)]
    pub id: CustomerId,
}
verb!(GetCustomerAliases: GET "/customers/{id}/aliases" -> CustomerAliases);

/// Says what else a customer is known by; replaces what was said before. From then on, whoever asks for one of these
/// names or websites finds the customer and everything registered under any of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct SetCustomerAliases {
    #[garde(skip)]
    pub id: CustomerId,
    /// Trade names, former names, names in another script.
    #[serde(default)]
    #[garde(length(max = 5), inner(custom(filled), length(max = 200)))]
    pub names: Vec<String>,
    /// Further websites. One without a registrable domain of its own (free mail, shared hosting) is refused.
    #[serde(default)]
    #[garde(length(max = 20), inner(custom(filled), length(max = 300)))]
    pub websites: Vec<String>,
    /// The version that was seen; usually sent as `If-Match`.
    #[serde(default)]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(SetCustomerAliases: PUT "/customers/{id}/aliases" -> CustomerAliases);

/// Lists pairs of customers that may be one company, most alike first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListDuplicates {
    /// Undecided pairs unless another state is named.
    #[garde(skip)]
    pub state: Option<PairState>,
    /// Pairs of this customer only.
    #[garde(skip)]
    pub customer: Option<CustomerId>,
    #[garde(length(max = 400))]
    pub cursor: Option<String>,
    #[garde(skip)]
    pub limit: Option<u32>,
}
verb!(ListDuplicates: GET "/duplicates" -> Page<Duplicate>);

/// Looks for duplicates among all customers. The work is done in the background; pairs appear as they are found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct FindDuplicates {}
verb!(FindDuplicates: POST "/duplicates/find" -> ());

/// Compares two customers by what they state now and the weights in force, whether anybody found them alike or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CompareCustomers {
    #[garde(skip)]
    pub id: CustomerId,
    #[garde(skip)]
    pub other: CustomerId,
}
verb!(CompareCustomers: GET "/customers/{id}/compare/{other}" -> Duplicate);

/// Says that two customers are two companies; they are not offered for merging again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct KeepApart {
    #[garde(skip)]
    pub id: CustomerId,
    #[garde(skip)]
    pub other: CustomerId,
}
verb!(KeepApart: POST "/customers/{id}/keep-apart" -> ());

/// Takes back that two customers were kept apart: they are offered for merging again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ReconsiderPair {
    #[garde(skip)]
    pub id: CustomerId,
    #[garde(skip)]
    pub other: CustomerId,
}
verb!(ReconsiderPair: POST "/customers/{id}/reconsider" -> ());

/// Merges another customer into this one. What this one does not state is filled from the other, and what is named in
/// `take` is taken from it; names and websites of both stay known as aliases, the other's opportunities move. It can be
/// undone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct MergeCustomers {
    /// The record that stays.
    #[garde(skip)]
    pub id: CustomerId,
    /// The record that goes.
    #[garde(skip)]
    pub other: CustomerId,
    /// Fields in which the other one's word counts.
    #[serde(default)]
    #[garde(length(max = 13))]
    pub take: Vec<CustomerField>,
    /// The version of the other record that was seen.
    #[serde(default)]
    #[garde(skip)]
    pub other_version: Option<u32>,
    /// The version of the staying record that was seen; usually sent as `If-Match`.
    #[serde(default)]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(MergeCustomers: POST "/customers/{id}/merge" -> Merge);

/// Lists merges, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListMerges {
    /// Merges into this customer only.
    #[garde(skip)]
    pub customer: Option<CustomerId>,
    #[garde(length(max = 400))]
    pub cursor: Option<String>,
    #[garde(skip)]
    pub limit: Option<u32>,
}
verb!(ListMerges: GET "/merges" -> Page<Merge>);

/// Undoes a merge: both records are as before, but for what was changed by hand since. Undoing twice changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct UndoMerge {
    #[garde(skip)]
    pub id: MergeId,
}
verb!(UndoMerge: POST "/merges/{id}/undo" -> Merge);

/// Reads the weights in force: how much each agreement and disagreement counts, and the two thresholds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct GetMatchWeights {}
verb!(GetMatchWeights: GET "/match-weights" -> MatchWeights);

/// Fits weights to a sample of the vendor's own customers, with what people decided about duplicates. Changes nothing:
/// publish the answer's weights to use them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct FitMatchWeights {}
verb!(FitMatchWeights: GET "/match-weights/fit" -> Fitted);

/// Publishes weights; without any, the published defaults are in force again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct PublishMatchWeights {
    #[garde(skip)]
    pub weights: Option<Weights>,
}
verb!(PublishMatchWeights: PUT "/match-weights" -> MatchWeights);
