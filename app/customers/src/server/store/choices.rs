//! What a list of opportunities can be narrowed to.
use base::db::Tx;
use base::{OrganizationId, Problem, ProductId, Scope};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

use super::filter::{Filter, bound};
use crate::model::{FilterChoice, OpportunityFilters};

/// Ids and names.
type Named = Vec<(Uuid, String)>;

/// The partners and products of the opportunities a scope sees, by name.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn filters(tx: &mut Tx, scope: Scope) -> Result<OpportunityFilters, Problem> {
    let filter = Filter::of(scope, "o");
    let distinct = |column: &str, table: &str| {
        format!(
            "select x.id, x.name from {table} x where x.id in (select o.{column} from opportunity o where {}) \
             order by lower(x.name), x.id limit 500",
            filter.sql
        )
    };
    let (partners, products) = (distinct("partner_id", "organization"), distinct("product_id", "product"));
    let (partners, products): (Named, Named) = base::on!(tx, |conn| {
        let partners =
            bound!(sqlx::query_as(AssertSqlSafe(partners)), &filter.binds).fetch_all(&mut *conn).await?;
        (partners, bound!(sqlx::query_as(AssertSqlSafe(products)), &filter.binds).fetch_all(conn).await?)
    });
    let choice = |id: String, name: String| FilterChoice { id, name };
    Ok(OpportunityFilters {
        partners: partners
            .into_iter()
            .map(|(id, name)| choice(OrganizationId(id).to_string(), name))
            .collect(),
        products: products.into_iter().map(|(id, name)| choice(ProductId(id).to_string(), name)).collect(),
    })
}
