//! Saved views of dashboards.
use base::{Page, verb};
use serde::{Deserialize, Serialize};

use crate::view::{Board, BoardView, BoardViewId, Rhythm, Sending};

/// The asker's own views and those that are shared in the organisation, by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListBoardViews {
    /// Only those that the asker has pinned.
    pub pinned: Option<bool>,
}
verb!(ListBoardViews: GET "/dashboards/views" -> Page<BoardView>);

/// Saves a page of figures with its filters under a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct SaveBoardView {
    #[garde(custom(base::filled), length(chars, max = 60))]
    pub name: String,
    pub board: Board,
    /// Filters as in the page's address: `period=90d&tier=gold`. What the page does not know is refused.
    #[serde(default)]
    #[garde(length(max = 2000))]
    pub query: String,
    /// Shares it with everybody of the organisation.
    #[serde(default)]
    pub shared: bool,
}
verb!(SaveBoardView: POST "/dashboards/views" -> BoardView, status = 201);

/// Renames a view, changes what it shows, or shares it. What is left out stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ChangeBoardView {
    pub id: BoardViewId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(custom(base::filled), length(chars, max = 60)))]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(max = 2000)))]
    pub query: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(ChangeBoardView: PATCH "/dashboards/views/{id}" -> BoardView);

/// Pins a view on the asker's first page, or has it sent to them. What is left out stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ChooseBoardView {
    pub id: BoardViewId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rhythm: Option<Rhythm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Sending>,
    /// Full hour of the asker's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(range(max = 23)))]
    pub hour: Option<u8>,
}
verb!(ChooseBoardView: POST "/dashboards/views/{id}/choose" -> BoardView);

/// Deletes a view. It can be restored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct DeleteBoardView {
    pub id: BoardViewId,
}
verb!(DeleteBoardView: DELETE "/dashboards/views/{id}" -> BoardView);

/// Restores a view that was deleted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct RestoreBoardView {
    pub id: BoardViewId,
}
verb!(RestoreBoardView: POST "/dashboards/views/{id}/restore" -> BoardView);
