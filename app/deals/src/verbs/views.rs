//! Saved views of the list of deals.
use base::{Page, verb};
use serde::{Deserialize, Serialize};

use crate::model::{Columns, Layout, View, ViewId};

/// The asker's own views and those that are shared in the organisation, by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListDealViews {}
verb!(ListDealViews: GET "/deals/views" -> Page<View>);

/// Saves a view of the list of deals under a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct SaveDealView {
    #[garde(custom(base::filled), length(chars, max = 60))]
    pub name: String,
    /// Filters and order as in the list's address: `status=in_review&sort=-value`.
    #[serde(default)]
    #[garde(length(max = 2000))]
    pub query: String,
    /// The usual ones when left out.
    #[serde(default)]
    #[garde(skip)]
    pub columns: Columns,
    #[serde(default)]
    #[garde(skip)]
    pub layout: Layout,
    /// Shares it with everybody of the organisation.
    #[serde(default)]
    #[garde(skip)]
    pub shared: bool,
}
verb!(SaveDealView: POST "/deals/views" -> View, status = 201);

/// Renames a view, changes what it shows, shares it, or makes it the one that the asker's list opens with. What is left
/// out stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ChangeDealView {
    #[garde(skip)]
    pub id: ViewId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(custom(base::filled), length(chars, max = 60)))]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(max = 2000)))]
    pub query: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub columns: Option<Columns>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub layout: Option<Layout>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub shared: Option<bool>,
    /// Whether the asker's list opens with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub is_default: Option<bool>,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(ChangeDealView: PATCH "/deals/views/{id}" -> View);

impl ChangeDealView {
    /// With nothing changed.
    #[must_use]
    pub const fn new(id: ViewId) -> Self {
        Self {
            id,
            name: None,
            query: None,
            columns: None,
            layout: None,
            shared: None,
            is_default: None,
            version: None,
        }
    }
}

/// Deletes a view. It can be restored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct DeleteDealView {
    #[garde(skip)]
    pub id: ViewId,
}
verb!(DeleteDealView: DELETE "/deals/views/{id}" -> View);

/// Restores a view that was deleted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct RestoreDealView {
    #[garde(skip)]
    pub id: ViewId,
}
verb!(RestoreDealView: POST "/deals/views/{id}/restore" -> View);
