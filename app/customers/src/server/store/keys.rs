//! Match keys: under which short strings a record is found again. Each slice keeps its own records' keys, in the
//! record's transaction, so that screening sees every rival that was committed before.
use std::collections::BTreeMap;

use base::db::Tx;
use base::{OrganizationId, Problem};
use matching::BlockingKey;
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

use super::filter::{places, rows};

/// What kind of record a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Customer,
    Deal,
    Opportunity,
}

impl Kind {
    /// The storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Deal => "deal",
            Self::Opportunity => "opportunity",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Customer, Self::Deal, Self::Opportunity].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A record that shares keys with what is looked for; whether it is the same company, the score says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub kind: Kind,
    pub record: Uuid,
    /// What the keys that it shares count together ([`BlockingKey::weight`]).
    pub shared: i64,
}

/// Rows of one insert: four values each.
const ROWS: usize = 250;

/// Makes these the keys of a record.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn replace(
    tx: &mut Tx,
    vendor: OrganizationId,
    kind: Kind,
    record: Uuid,
    wanted: &[BlockingKey],
) -> Result<(), Problem> {
    const HAS: &str = "select key from match_key where record_id = $1 and kind = $2";
    const DROP: &str =
        "delete from match_key where vendor_id = $1 and key = $2 and kind = $3 and record_id = $4";
    let has: Vec<String> = base::on!(tx, |conn| {
        sqlx::query_scalar(HAS).bind(record).bind(kind.as_str()).fetch_all(conn).await
    })?;
    let stored: Vec<String> = wanted.iter().map(BlockingKey::stored).collect();
    for gone in has.iter().filter(|key| !stored.contains(key)) {
        base::execute!(tx, sqlx::query(DROP).bind(vendor.0).bind(gone).bind(kind.as_str()).bind(record))?;
    }
    let new: Vec<_> = wanted
        .iter()
        .zip(&stored)
        .filter(|(_, stored)| !has.contains(stored))
        .map(|(key, _)| (kind, record, key.clone()))
        .collect();
    insert(tx, vendor, &new).await
}

/// Adds keys of many records; those that are there already stay.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn insert(
    tx: &mut Tx,
    vendor: OrganizationId,
    keys: &[(Kind, Uuid, BlockingKey)],
) -> Result<(), Problem> {
    for chunk in keys.chunks(ROWS) {
        let sql = format!(
            "insert into match_key (vendor_id, key, kind, record_id) values {} on conflict do nothing",
            rows(chunk.len(), 4)
        );
        base::execute!(tx, {
            let mut query = sqlx::query(AssertSqlSafe(sql.as_str()));
            for (kind, record, key) in chunk {
                query = query.bind(vendor.0).bind(key.stored()).bind(kind.as_str()).bind(*record);
            }
            query
        })?;
    }
    Ok(())
}

/// The records that share a key, those with most in common first. Costs what it finds, at most [`BlockingKey::most`]
/// rows a key, and never a scan. Within a key customers come first, then deals, then opportunities. `probes` are what [`matching::probes`] gives for the company that is looked for.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn candidates(
    tx: &mut Tx,
    vendor: OrganizationId,
    probes: &[BlockingKey],
    limit: u32,
) -> Result<Vec<Candidate>, Problem> {
    let mut kinds: BTreeMap<(u32, usize), Vec<String>> = BTreeMap::new();
    for key in probes {
        kinds.entry((key.weight(), key.most())).or_default().push(key.stored());
    }
    let mut values: Vec<&str> = Vec::new();
    let mut branches: Vec<String> = Vec::new();
    for ((weight, most), keys) in &kinds {
        // Rounded up with an empty key, which no record has: few statements to prepare.
        for place in 0..keys.len().next_multiple_of(if keys.len() > 4 { 4 } else { 2 }) {
            values.push(keys.get(place).map_or("", String::as_str));
            let at = values.len() + 1;
            branches.push(format!(
                "select kind, record_id, {weight} as weight from (select kind, record_id from match_key \
                 where vendor_id = $1 and key = ${at} order by kind, record_id limit {most}) k{at}"
            ));
        }
    }
    if branches.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "select kind, record_id, cast(sum(weight) as bigint) as shared from ({}) found
         group by kind, record_id order by shared desc, kind, record_id limit {limit}",
        branches.join(" union all ")
    );
    let found: Vec<(String, Uuid, i64)> = base::on!(tx, |conn| {
        let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(vendor.0);
        for value in &values {
            query = query.bind(*value);
        }
        query.fetch_all(conn).await
    })?;
    let candidate = |(kind, record, shared): (String, Uuid, i64)| {
        let kind =
            Kind::parse(&kind).ok_or_else(|| Problem::internal(format!("match key of kind {kind}")))?;
        Ok(Candidate { kind, record, shared })
    };
    found.into_iter().map(candidate).collect()
}

/// Removes all keys of these records.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn remove(tx: &mut Tx, kind: Kind, records: &[Uuid]) -> Result<(), Problem> {
    for chunk in records.chunks(ROWS) {
        let sql =
            format!("delete from match_key where kind = $1 and record_id in ({})", places(2, chunk.len()));
        base::execute!(tx, {
            let mut query = sqlx::query(AssertSqlSafe(sql.as_str())).bind(kind.as_str());
            for record in chunk {
                query = query.bind(*record);
            }
            query
        })?;
    }
    Ok(())
}
