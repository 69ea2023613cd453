//! The board: the list in columns by where deals stand.
use base::{Date, OrganizationId, ProgramId, verb};
use serde::{Deserialize, Serialize};

use super::{ListDeals, Sort};
use crate::model::{Board, Statuses};

/// The deals that the actor may see, in columns by where they stand, each with its first cards and its total. The
/// filters are those of `GET /deals`, which also gives the further cards of a column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ShowBoard {
    /// Only these statuses; columns without any are left out.
    #[garde(skip)]
    pub status: Option<Statuses>,
    #[garde(skip)]
    pub program: Option<ProgramId>,
    /// Only this partner's.
    #[garde(skip)]
    pub partner: Option<OrganizationId>,
    /// Part of the customer's name or website, or of the deal's number.
    #[garde(length(chars, max = 200))]
    pub q: Option<String>,
    /// Only deals that wait for the asker's side.
    #[garde(skip)]
    pub needs_action: Option<bool>,
    /// Only deals whose protection ends within 30 days.
    #[garde(skip)]
    pub expiring: Option<bool>,
    /// Only deals that the asker wrote.
    #[garde(skip)]
    pub mine: Option<bool>,
    /// Only deals received on this day or later.
    #[garde(skip)]
    pub since: Option<Date>,
    /// Only deals received before this day.
    #[garde(skip)]
    pub until: Option<Date>,
    /// The order within each column.
    #[garde(skip)]
    pub sort: Option<Sort>,
    /// Cards of a column, 20 when left out.
    #[garde(inner(range(min = 1, max = 100)))]
    pub limit: Option<u32>,
}
verb!(ShowBoard: GET "/deals/board" -> Board);

impl ShowBoard {
    /// With a list's filters and order.
    #[must_use]
    pub fn of(list: &ListDeals) -> Self {
        Self {
            status: list.status.clone(),
            program: list.program,
            partner: list.partner,
            q: list.q.clone(),
            needs_action: list.needs_action,
            expiring: list.expiring,
            mine: list.mine,
            since: list.since,
            until: list.until,
            sort: list.sort,
            limit: None,
        }
    }

    /// The list of some of its statuses.
    #[must_use]
    pub fn list(&self, status: Statuses) -> ListDeals {
        ListDeals {
            status: Some(status),
            program: self.program,
            partner: self.partner,
            q: self.q.clone(),
            needs_action: self.needs_action,
            expiring: self.expiring,
            mine: self.mine,
            since: self.since,
            until: self.until,
            sort: self.sort,
            ..ListDeals::default()
        }
    }
}
