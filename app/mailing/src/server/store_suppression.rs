//! The table of addresses that are not written to; nothing else writes it.
use std::collections::BTreeSet;

use base::db::{Bind, Tx};
use base::{BrandId, MessageId, OrganizationId, Problem, Scope, Timestamp, bound, execute, on};
use sha2::{Digest, Sha256};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::model::{Suppressed, SuppressedId, SuppressionReason, SuppressionScope};
use crate::rules::{key, masked};

/// By what an address is found: SHA-256 of it in lower case.
pub(super) fn hash(address: &str) -> [u8; 32] {
    Sha256::digest(key(address).as_bytes()).into()
}

/// For whom a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Circle {
    pub(super) vendor: OrganizationId,
    pub(super) brand: BrandId,
    pub(super) partner: OrganizationId,
}

/// Which of these addresses (by their hashes) are not written to within a circle.
pub(super) async fn among(
    tx: &mut Tx,
    circle: Circle,
    hashes: &[String],
) -> Result<BTreeSet<String>, Problem> {
    let mut found = BTreeSet::new();
    for some in hashes.chunks(500) {
        let places: Vec<String> = (4..some.len() + 4).map(|place| format!("${place}")).collect();
        // Ids of vendors, brands and partners are never the same; the scope need not be asked for.
        let sql = format!(
            "select address_hash from suppression where scope_id in ($1, $2, $3) and scope in ('global', 'brand', 'partner') \
             and address_hash in ({})",
            places.join(", ")
        );
        let mut binds = vec![Bind::Id(circle.vendor.0), Bind::Id(circle.brand.0), Bind::Id(circle.partner.0)];
        binds.extend(some.iter().map(|hash| Bind::Text(hash.clone())));
        let rows: Vec<String> =
            on!(tx, |conn| bound!(sqlx::query_scalar(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
        found.extend(rows);
    }
    Ok(found)
}

/// A line to be written.
pub(super) struct New {
    pub(super) id: SuppressedId,
    pub(super) scope: SuppressionScope,
    pub(super) scope_id: Uuid,
    pub(super) address: String,
    pub(super) reason: SuppressionReason,
    pub(super) vendor: Option<OrganizationId>,
    pub(super) partner: Option<OrganizationId>,
    pub(super) message: Option<MessageId>,
    pub(super) by_name: String,
}

/// Writes a line; false when there is one.
pub(super) async fn insert(tx: &mut Tx, new: &New, at: Timestamp) -> Result<bool, Problem> {
    const SQL: &str = "
        insert into suppression (id, scope, scope_id, address_hash, address, reason, vendor_id, partner_id, message_id, at,
            by_name)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (scope_id, scope, address_hash) do nothing";
    let added = execute!(
        tx,
        sqlx::query(SQL)
            .bind(new.id.0)
            .bind(new.scope.as_str())
            .bind(new.scope_id)
            .bind(hex::encode(hash(&new.address)))
            .bind(key(&new.address))
            .bind(new.reason.as_str())
            .bind(new.vendor.map(|id| id.0))
            .bind(new.partner.map(|id| id.0))
            .bind(new.message.map(|id| id.0))
            .bind(at.0)
            .bind(&new.by_name)
    )?;
    Ok(added > 0)
}

/// Takes back what the reader of a message asked for by its link; how many lines that were.
pub(super) async fn undo(tx: &mut Tx, message: MessageId) -> Result<u64, Problem> {
    const SQL: &str = "delete from suppression where message_id = $1 and reason = 'unsubscribed'";
    Ok(execute!(tx, sqlx::query(SQL).bind(message.0))?)
}

/// For whom the reader of a message has asked not to be written to.
pub(super) async fn scopes_of(
    tx: &mut Tx,
    circle: Circle,
    hash: &str,
) -> Result<Vec<SuppressionScope>, Problem> {
    const SQL: &str = "select scope from suppression where scope_id in ($1, $2, $3) and address_hash = $4";
    let rows: Vec<String> = on!(tx, |conn| sqlx::query_scalar(SQL)
        .bind(circle.vendor.0)
        .bind(circle.brand.0)
        .bind(circle.partner.0)
        .bind(hash)
        .fetch_all(conn)
        .await)?;
    Ok(rows.iter().filter_map(|scope| SuppressionScope::parse(scope)).collect())
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    scope: String,
    address: String,
    reason: String,
    at: i64,
    by_name: String,
}

/// What one page shows.
pub(super) struct Asked {
    pub(super) scope: Scope,
    pub(super) hash: Option<String>,
    pub(super) reason: Option<SuppressionReason>,
    pub(super) before: Option<SuppressedId>,
    pub(super) most: i64,
}

impl Asked {
    /// Conditions after `where`, with their values. A vendor does not read what partners keep for themselves.
    fn conditions(&self, with_cursor: bool) -> (String, Vec<Bind>) {
        let (mut sql, mut binds) = match self.scope {
            Scope::Vendor(id) => ("vendor_id = $1 and scope <> 'partner'".to_owned(), vec![Bind::Id(id.0)]),
            Scope::Partner(id) => ("partner_id = $1".to_owned(), vec![Bind::Id(id.0)]),
            Scope::System => ("1 = 1".to_owned(), Vec::new()),
            Scope::Nothing => ("1 = 0".to_owned(), Vec::new()),
        };
        let mut and = |condition: &str, bind: Bind| {
            binds.push(bind);
            sql = format!("{sql} and {condition} ${}", binds.len());
        };
        if let Some(hash) = &self.hash {
            and("address_hash =", Bind::Text(hash.clone()));
        }
        if let Some(reason) = self.reason {
            and("reason =", Bind::Text(reason.as_str().to_owned()));
        }
        if let Some(before) = self.before.filter(|_| with_cursor) {
            and("id <", Bind::Id(before.0));
        }
        (sql, binds)
    }
}

/// A page, newest first, with how many there are.
pub(super) async fn list(tx: &mut Tx, asked: &Asked) -> Result<(Vec<Suppressed>, u64), Problem> {
    let (conditions, mut binds) = asked.conditions(true);
    binds.push(Bind::Number(asked.most));
    let sql = format!(
        "select id, scope, address, reason, at, by_name from suppression where {conditions} order by id desc limit ${}",
        binds.len()
    );
    let rows: Vec<Row> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    let (conditions, binds) = asked.conditions(false);
    let sql = format!("select count(*) from suppression where {conditions}");
    let total: i64 =
        on!(tx, |conn| bound!(sqlx::query_scalar(AssertSqlSafe(sql)), &binds).fetch_one(conn).await)?;
    let items = rows.into_iter().map(|row| shown(row, asked.scope)).collect::<Result<_, _>>()?;
    Ok((items, total as u64))
}

/// A line, if the reader may read it.
pub(super) async fn find(tx: &mut Tx, id: SuppressedId, scope: Scope) -> Result<Option<Suppressed>, Problem> {
    let asked = Asked { scope, hash: None, reason: None, before: None, most: 1 };
    let (conditions, mut binds) = asked.conditions(false);
    binds.push(Bind::Id(id.0));
    let sql = format!(
        "select id, scope, address, reason, at, by_name from suppression where {conditions} and id = ${}",
        binds.len()
    );
    let row: Option<Row> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_optional(conn).await)?;
    row.map(|row| shown(row, scope)).transpose()
}

/// The line of an address within one scope.
pub(super) async fn of_address(
    tx: &mut Tx,
    (scope, scope_id): (SuppressionScope, Uuid),
    address: &str,
    reader: Scope,
) -> Result<Option<Suppressed>, Problem> {
    const SQL: &str = "
        select id, scope, address, reason, at, by_name from suppression
        where scope_id = $1 and scope = $2 and address_hash = $3";
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(SQL)
        .bind(scope_id)
        .bind(scope.as_str())
        .bind(hex::encode(hash(address)))
        .fetch_optional(conn)
        .await)?;
    row.map(|row| shown(row, reader)).transpose()
}

pub(super) async fn delete(tx: &mut Tx, id: SuppressedId) -> Result<(), Problem> {
    execute!(tx, sqlx::query("delete from suppression where id = $1").bind(id.0))?;
    Ok(())
}

fn shown(row: Row, reader: Scope) -> Result<Suppressed, Problem> {
    let odd = |what: &str| Problem::internal(format!("a suppression with {what}"));
    let reason = SuppressionReason::parse(&row.reason).ok_or_else(|| odd(&row.reason))?;
    // What a vendor did not write itself is a partner's contact.
    let hidden = matches!(reader, Scope::Vendor(_)) && reason != SuppressionReason::Manual;
    Ok(Suppressed {
        id: SuppressedId(row.id),
        address: if hidden { masked(&row.address) } else { row.address },
        scope: SuppressionScope::parse(&row.scope).ok_or_else(|| odd(&row.scope))?,
        reason,
        at: Timestamp(row.at),
        by_name: row.by_name,
    })
}
