//! Performs the board: a short list for each column.
use base::http::Perform;
use base::{Actor, Parts, Problem};

use super::store;
use crate::access::Do;
use crate::model::{Board, BoardColumn, BoardGroup};
use crate::verbs::{ListDeals, ShowBoard};

/// Cards of a column where nobody says how many.
const CARDS: u32 = 20;

impl Perform for ShowBoard {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Board, Problem> {
        Do::List.by(actor, None)?;
        let now = parts.clock().now();
        let mut tx = parts.db().read().await?;
        let mut columns = Vec::new();
        for group in BoardGroup::ALL {
            let status = group.within(self.status.as_ref());
            if status.0.is_empty() {
                continue;
            }
            let sort = self.sort.unwrap_or(group.usual_sort());
            let limit = Some(self.limit.unwrap_or(CARDS));
            let list = ListDeals { limit, sort: Some(sort), ..self.list(status.clone()) };
            let page = store::list(&mut tx, &list, actor.scope(), actor.side(), actor.user, now).await?;
            columns.push(BoardColumn { group: *group, status, sort, page });
        }
        Ok(Board { columns })
    }
}
