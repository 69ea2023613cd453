//! Pairs of customers that may be one company.
use base::db::Tx;
use base::{CustomerId, OrganizationId, Page, Problem, Timestamp, page_rows};
use matching::{Evidence, Score, Verdict};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::filter::{cursor, read_cursor};
use crate::model::PairState;
use crate::verbs::ListDuplicates;

/// A pair as it is stored: the smaller id first.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub one: CustomerId,
    pub other: CustomerId,
    pub state: PairState,
    pub verdict: Verdict,
    pub bits: f64,
    pub evidence: Vec<Evidence>,
    pub found_at: Timestamp,
}

impl Pair {
    /// A pair that was compared; `score` compares the first with the second.
    #[must_use]
    pub fn new(one: CustomerId, other: CustomerId, score: Score, now: Timestamp) -> Self {
        Self {
            one,
            other,
            state: PairState::Open,
            verdict: score.verdict,
            bits: score.bits,
            evidence: score.evidence,
            found_at: now,
        }
    }

    fn centibits(&self) -> i64 {
        (self.bits * 100.0).round() as i64
    }
}

#[derive(FromRow)]
struct Row {
    one_id: Uuid,
    other_id: Uuid,
    state: String,
    verdict: String,
    centibits: i64,
    evidence: String,
    found_at: i64,
}

impl TryFrom<Row> for Pair {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        Ok(Self {
            one: CustomerId(row.one_id),
            other: CustomerId(row.other_id),
            state: state_of(&row.state)?,
            verdict: if row.verdict == "match" { Verdict::Match } else { Verdict::Review },
            bits: row.centibits as f64 / 100.0,
            evidence: serde_json::from_str(&row.evidence).map_err(Problem::internal)?,
            found_at: Timestamp(row.found_at),
        })
    }
}

/// Stores undecided pairs; those that were decided, or compare as they did, stay. How many are new or moved.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn offer(tx: &mut Tx, vendor: OrganizationId, pairs: &[Pair]) -> Result<u64, Problem> {
    const SQL: &str = "
        insert into customer_pair (vendor_id, one_id, other_id, state, verdict, centibits, evidence, found_at)
        values ($1, $2, $3, 'open', $4, $5, $6, $7)
        on conflict (one_id, other_id) do update
        set verdict = excluded.verdict, centibits = excluded.centibits, evidence = excluded.evidence
        where customer_pair.state = 'open' and customer_pair.centibits <> excluded.centibits";
    let mut moved = 0;
    for pair in pairs {
        let evidence = serde_json::to_string(&pair.evidence).map_err(Problem::internal)?;
        let verdict = if pair.verdict == Verdict::Match { "match" } else { "review" };
        moved += base::execute!(
            tx,
            sqlx::query(SQL)
                .bind(vendor.0)
                .bind(pair.one.0)
                .bind(pair.other.0)
                .bind(verdict)
                .bind(pair.centibits())
                .bind(&evidence)
                .bind(pair.found_at.0)
        )?;
    }
    Ok(moved)
}

/// Says what became of a pair, in whatever order it is named.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn decide(
    tx: &mut Tx,
    (one, other): (CustomerId, CustomerId),
    state: PairState,
) -> Result<bool, Problem> {
    const SQL: &str =
        "update customer_pair set state = $3 where one_id = $1 and other_id = $2 and state <> $3";
    let (one, other) = (one.min(other), one.max(other));
    let moved = base::execute!(tx, sqlx::query(SQL).bind(one.0).bind(other.0).bind(state.as_str()))?;
    Ok(moved > 0)
}

/// What became of a pair, in whatever order it is named, and when it was found.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn one(
    tx: &mut Tx,
    (one, other): (CustomerId, CustomerId),
) -> Result<Option<(PairState, Timestamp)>, Problem> {
    const SQL: &str = "select state, found_at from customer_pair where one_id = $1 and other_id = $2";
    let (one, other) = (one.min(other), one.max(other));
    let row: Option<(String, i64)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(one.0).bind(other.0).fetch_optional(conn).await)?;
    row.map(|(state, at)| Ok((state_of(&state)?, Timestamp(at)))).transpose()
}

fn state_of(text: &str) -> Result<PairState, Problem> {
    let state = [PairState::Open, PairState::Merged, PairState::Apart];
    let found = state.into_iter().find(|state| state.as_str() == text);
    found.ok_or_else(|| Problem::internal(format!("pair in state {text}")))
}

/// A page of pairs, most alike first. Undecided ones are left out as soon as one of the two was merged elsewhere.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn list(tx: &mut Tx, ask: &ListDuplicates, vendor: OrganizationId) -> Result<Page<Pair>, Problem> {
    let state = ask.state.unwrap_or_default();
    let standing = match state {
        PairState::Open => " and a.merged_into is null and b.merged_into is null",
        PairState::Merged | PairState::Apart => "",
    };
    // The parameter is there in either case, so that both statements are bound alike.
    let of_one =
        if ask.customer.is_some() { " and (p.one_id = $3 or p.other_id = $3)" } else { " and $3 = $3" };
    let customer = ask.customer.map_or_else(Uuid::nil, |id| id.0);
    let from = format!(
        "from customer_pair p join customer a on a.id = p.one_id join customer b on b.id = p.other_id
         where p.vendor_id = $1 and p.state = $2{standing}{of_one}"
    );
    let limit = page_rows(ask.limit);
    let place = ask.cursor.as_deref().and_then(|cursor| {
        let (before, other) = read_cursor(Some(cursor))?;
        let (centibits, one) = read_cursor(Some(before))?;
        Some((centibits.parse::<i64>().ok()?, one, other))
    });
    let (centibits, one, other) = place.unwrap_or((i64::MAX, Uuid::max(), Uuid::max()));
    let count = format!("select count(*) {from}");
    let page = format!(
        "select p.one_id, p.other_id, p.state, p.verdict, p.centibits, p.evidence, p.found_at {from}
         and (p.centibits, p.one_id, p.other_id) < ($4, $5, $6)
         order by p.centibits desc, p.one_id desc, p.other_id desc limit {}",
        limit + 1
    );
    let (total, rows): (i64, Vec<Row>) = base::on!(tx, |conn| {
        let total = sqlx::query_scalar(AssertSqlSafe(count)).bind(vendor.0).bind(state.as_str());
        let total = total.bind(customer).fetch_one(&mut *conn).await?;
        let rows = sqlx::query_as(AssertSqlSafe(page)).bind(vendor.0).bind(state.as_str());
        (total, rows.bind(customer).bind(centibits).bind(one).bind(other).fetch_all(conn).await?)
    });
    let pairs = rows.into_iter().map(Pair::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(pairs, limit, total as u64, |last: &Pair| {
        cursor(&cursor(&last.centibits().to_string(), last.one.0), last.other.0)
    }))
}

/// Decided pairs, newest first: what a fit learns from.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn decided(tx: &mut Tx, vendor: OrganizationId, limit: u32) -> Result<Vec<Pair>, Problem> {
    let sql = format!(
        "select one_id, other_id, state, verdict, centibits, evidence, found_at from customer_pair
         where vendor_id = $1 and state in ('merged', 'apart')
         order by centibits desc, one_id desc, other_id desc limit {limit}"
    );
    let rows: Vec<Row> =
        base::on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(vendor.0).fetch_all(conn).await)?;
    rows.into_iter().map(Pair::try_from).collect()
}
