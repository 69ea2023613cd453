//! Performs the list of how partners use kits.
use base::http::Perform;
use base::{Actor, Page, Parts, Problem, Scope, page_rows};

use super::{results, store};
use crate::access::Do;
use crate::model::CampaignAdoption;
use crate::verbs::ListCampaignAdoption;

impl Perform for ListCampaignAdoption {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<CampaignAdoption>, Problem> {
        Do::Read.by(actor, None)?;
        let Scope::Vendor(vendor) = actor.scope() else {
            return Err(Problem::forbidden("role", "This is for vendors: it compares partners."));
        };
        let mut tx = parts.db().read().await?;
        let (rows, total) = store::adoption(&mut tx, (vendor, self.program), page_rows(self.limit)).await?;
        let mut items = Vec::with_capacity(rows.len());
        for (mut row, campaigns) in rows {
            for figures in results::many(&mut tx, &campaigns).await?.into_values() {
                row.sent += figures.sent;
                row.clicked += figures.clicked;
                row.leads += figures.leads;
            }
            items.push(row);
        }
        Ok(Page { items, next_cursor: None, total })
    }
}
