//! SQL of products.
use base::db::{Tx, violates};
use base::{BrandId, Currency, Money, OrganizationId, Problem, ProductId, Scope, Timestamp};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

use super::{Bound, after, anywhere, condition, whose};
use crate::{ListProducts, Product};

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    vendor_id: Uuid,
    brand_id: Option<Uuid>,
    sku: String,
    name: String,
    family: String,
    list_price_minor: Option<i64>,
    currency: String,
    active: i64,
    version: i64,
}

impl TryFrom<Row> for Product {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let list_price = match row.list_price_minor {
            None => None,
            Some(minor) => {
                let currency = Currency::from_code(&row.currency);
                let currency = currency.ok_or_else(|| {
                    Problem::internal(format!("product {} has currency {}", row.id, row.currency))
                })?;
                Some(Money::new(minor, currency))
            }
        };
        Ok(Self {
            id: ProductId(row.id),
            vendor: OrganizationId(row.vendor_id),
            brand: row.brand_id.map(BrandId),
            sku: row.sku,
            name: row.name,
            family: row.family,
            list_price,
            active: row.active != 0,
            version: row.version as u32,
        })
    }
}

const SELECT: &str =
    "select d.id, d.vendor_id, d.brand_id, d.sku, d.name, d.family, d.list_price_minor, d.currency,
    d.active, d.version from product d";

/// A partner sees what is sold under the programs it is enrolled in, while it is sold.
fn visible(scope: Scope) -> &'static str {
    condition(
        scope,
        "d.vendor_id = $1",
        "d.active = 1 and exists (
            select 1 from enrollment e join program p on p.id = e.program_id
            where p.vendor_id = d.vendor_id and (d.brand_id is null or d.brand_id = p.brand_id)
              and e.partner_id = $1 and e.status <> 'ended')",
    )
}

pub(in crate::server) async fn find_product(
    tx: &mut Tx,
    id: ProductId,
    scope: Scope,
) -> Result<Option<Product>, Problem> {
    let sql = format!("{SELECT} where {} and d.id = $2", visible(scope));
    let row: Option<Row> = base::on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(whose(scope)).bind(id.0).fetch_optional(conn).await
    })?;
    row.map(Product::try_from).transpose()
}

pub(in crate::server) async fn product_by_sku(
    tx: &mut Tx,
    vendor: OrganizationId,
    sku: &str,
) -> Result<Option<Product>, Problem> {
    let sql = format!("{SELECT} where d.vendor_id = $1 and d.sku = $2");
    let row: Option<Row> = base::on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(vendor.0).bind(sku).fetch_optional(conn).await
    })?;
    row.map(Product::try_from).transpose()
}

pub(in crate::server) async fn products_of(
    tx: &mut Tx,
    vendor: OrganizationId,
) -> Result<Vec<Product>, Problem> {
    let sql = format!("{SELECT} where d.vendor_id = $1 order by lower(d.name), d.id");
    let rows: Vec<Row> =
        base::on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(vendor.0).fetch_all(conn).await)?;
    rows.into_iter().map(Product::try_from).collect()
}

pub(in crate::server) async fn list_products(
    tx: &mut Tx,
    asked: &ListProducts,
    scope: Scope,
    limit: u32,
) -> Result<(Vec<Product>, u64), Problem> {
    let filter = format!(
        r"{} and (lower(d.name) like lower($2) escape '\' or lower(d.family) like lower($2) escape '\'
                 or lower(d.sku) like lower($2) escape '\')
          and ($3 is null or d.family = $3) and ($4 is null or d.active = $4)
          and ($5 is null or exists (select 1 from program p where p.id = $5 and p.vendor_id = d.vendor_id
                                     and (d.brand_id is null or d.brand_id = p.brand_id)))",
        visible(scope)
    );
    let (key, above, down) = order(asked.sort.as_deref());
    let page = format!(
        "{SELECT} where {filter}
         and ($6 is null or (lower(d.{key}), d.id) {above} (select lower({key}), id from product where id = $6))
         order by lower(d.{key}){down}, d.id{down} limit $7"
    );
    let count = format!("select count(*) from product d where {filter}");
    let (part, from) = (anywhere(asked.q.as_deref()), after::<ProductId>(asked.cursor.as_ref())?.bound());
    let (active, program) = (asked.active.map(i64::from), asked.program.bound());
    let (rows, total): (Vec<Row>, i64) = base::on!(tx, |conn| {
        let rows = sqlx::query_as(AssertSqlSafe(page))
            .bind(whose(scope))
            .bind(&part)
            .bind(asked.family.as_deref())
            .bind(active)
            .bind(program)
            .bind(from)
            .bind(i64::from(limit) + 1)
            .fetch_all(&mut *conn)
            .await?;
        let total = sqlx::query_scalar(AssertSqlSafe(count))
            .bind(whose(scope))
            .bind(&part)
            .bind(asked.family.as_deref())
            .bind(active)
            .bind(program)
            .fetch_one(conn)
            .await?;
        (rows, total)
    });
    Ok((rows.into_iter().map(Product::try_from).collect::<Result<_, _>>()?, total as u64))
}

/// Column, comparison and direction of an order.
fn order(sort: Option<&str>) -> (&'static str, &'static str, &'static str) {
    let sort = sort.unwrap_or_default();
    let key = match sort.trim_start_matches('-') {
        "sku" => "sku",
        "family" => "family",
        _ => "name",
    };
    if sort.starts_with('-') { (key, "<", " desc") } else { (key, ">", "") }
}

pub(in crate::server) async fn insert_product(
    tx: &mut Tx,
    product: &Product,
    now: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into product (id, vendor_id, brand_id, sku, name, family, list_price_minor, currency, active, created_at, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let brand = product.brand.bound();
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(product.id.0)
            .bind(product.vendor.0)
            .bind(brand)
            .bind(&product.sku)
            .bind(&product.name)
            .bind(&product.family)
            .bind(product.list_price.map(|price| price.amount_minor))
            .bind(currency(product))
            .bind(i64::from(product.active))
            .bind(now.0)
            .bind(i64::from(product.version))
    )
    .map_err(|error| {
        if violates(&error, "product.vendor_id, product.sku", "product_sku") {
            return Problem::field("sku", "taken", "Another product has this SKU.");
        }
        error.into()
    })?;
    Ok(())
}

pub(in crate::server) async fn update_product(tx: &mut Tx, product: &Product) -> Result<(), Problem> {
    const SQL: &str = "
        update product set name = $2, family = $3, list_price_minor = $4, currency = $5, active = $6, version = $7
        where id = $1 and version = $7 - 1";
    let touched = base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(product.id.0)
            .bind(&product.name)
            .bind(&product.family)
            .bind(product.list_price.map(|price| price.amount_minor))
            .bind(currency(product))
            .bind(i64::from(product.active))
            .bind(i64::from(product.version))
    )?;
    if touched == 1 { Ok(()) } else { Err(Problem::Stale) }
}

/// The currency of the price; empty without one.
fn currency(product: &Product) -> &'static str {
    product.list_price.map_or("", |price| price.currency.code())
}
