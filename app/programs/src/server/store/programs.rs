//! SQL of programs.
use base::db::{Tx, violates};
use base::{BrandId, Currency, OrganizationId, Problem, ProgramId, ProgramVersionId, Scope, Timestamp};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

use super::{Bound, after, anywhere, condition, whose};
use crate::{ListPrograms, Program};

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    vendor_id: Uuid,
    vendor_name: String,
    brand_id: Uuid,
    brand_name: String,
    name: String,
    slug: String,
    currency: String,
    time_zone: String,
    number: i64,
    created_at: i64,
    version: i64,
}

impl TryFrom<Row> for Program {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let currency = Currency::from_code(&row.currency)
            .ok_or_else(|| Problem::internal(format!("program {} has currency {}", row.id, row.currency)))?;
        Ok(Self {
            id: ProgramId(row.id),
            vendor: OrganizationId(row.vendor_id),
            vendor_name: row.vendor_name,
            brand: BrandId(row.brand_id),
            brand_name: row.brand_name,
            name: row.name,
            slug: row.slug,
            currency,
            time_zone: row.time_zone,
            rules_number: row.number as u32,
            created_at: Timestamp(row.created_at),
            version: row.version as u32,
        })
    }
}

const SELECT: &str = "
    select p.id, p.vendor_id, o.name as vendor_name, p.brand_id, b.name as brand_name, p.name, p.slug, p.currency,
           p.time_zone, coalesce(v.number, 0) as number, p.created_at, p.version
    from program p
    join organization o on o.id = p.vendor_id
    join brand b on b.id = p.brand_id
    left join program_version v on v.id = p.version_id";

/// A partner sees the programs it is enrolled in.
fn visible(scope: Scope) -> &'static str {
    condition(
        scope,
        "p.vendor_id = $1",
        "exists (select 1 from enrollment e
                 where e.program_id = p.id and e.partner_id = $1 and e.status <> 'ended')",
    )
}

pub(in crate::server) async fn find_program(
    tx: &mut Tx,
    id: ProgramId,
    scope: Scope,
) -> Result<Option<Program>, Problem> {
    let sql = format!("{SELECT} where {} and p.id = $2", visible(scope));
    let row: Option<Row> = base::on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(whose(scope)).bind(id.0).fetch_optional(conn).await
    })?;
    row.map(Program::try_from).transpose()
}

/// Programs of all vendors by slug or by name in whatever case.
pub(in crate::server) async fn programs_named(tx: &mut Tx, name: &str) -> Result<Vec<Program>, Problem> {
    let sql = format!(
        "{SELECT} where p.slug = $1 or lower(p.name) = lower($1) order by p.created_at, p.id limit 20"
    );
    let rows: Vec<Row> =
        base::on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(name).fetch_all(conn).await)?;
    rows.into_iter().map(Program::try_from).collect()
}

pub(in crate::server) async fn list_programs(
    tx: &mut Tx,
    asked: &ListPrograms,
    scope: Scope,
    limit: u32,
) -> Result<(Vec<Program>, u64), Problem> {
    let filter = format!(
        r"{} and lower(p.name) like lower($2) escape '\' and ($3 is null or p.brand_id = $3)",
        visible(scope)
    );
    let page = format!(
        "{SELECT} where {filter}
         and ($4 is null or (lower(p.name), p.id) > (select lower(name), id from program where id = $4))
         order by lower(p.name), p.id limit $5"
    );
    let count = format!("select count(*) from program p where {filter}");
    let (part, from) = (anywhere(asked.q.as_deref()), after::<ProgramId>(asked.cursor.as_ref())?.bound());
    let brand = asked.brand.bound();
    let (rows, total): (Vec<Row>, i64) = base::on!(tx, |conn| {
        let rows = sqlx::query_as(AssertSqlSafe(page))
            .bind(whose(scope))
            .bind(&part)
            .bind(brand)
            .bind(from)
            .bind(i64::from(limit) + 1)
            .fetch_all(&mut *conn)
            .await?;
        let total = sqlx::query_scalar(AssertSqlSafe(count))
            .bind(whose(scope))
            .bind(&part)
            .bind(brand)
            .fetch_one(conn)
            .await?;
        (rows, total)
    });
    Ok((rows.into_iter().map(Program::try_from).collect::<Result<_, _>>()?, total as u64))
}

pub(in crate::server) async fn insert_program(tx: &mut Tx, program: &Program) -> Result<(), Problem> {
    const SQL: &str = "
        insert into program (id, vendor_id, brand_id, name, slug, currency, time_zone, created_at, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(program.id.0)
            .bind(program.vendor.0)
            .bind(program.brand.0)
            .bind(&program.name)
            .bind(&program.slug)
            .bind(program.currency.code())
            .bind(&program.time_zone)
            .bind(program.created_at.0)
            .bind(i64::from(program.version))
    )
    .map_err(slug_taken)?;
    Ok(())
}

pub(in crate::server) async fn update_program(tx: &mut Tx, program: &Program) -> Result<(), Problem> {
    const SQL: &str = "update program set brand_id = $2, name = $3, slug = $4, version = $5
                       where id = $1 and version = $5 - 1";
    let touched = base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(program.id.0)
            .bind(program.brand.0)
            .bind(&program.name)
            .bind(&program.slug)
            .bind(i64::from(program.version))
    )
    .map_err(slug_taken)?;
    if touched == 1 { Ok(()) } else { Err(Problem::Stale) }
}

/// Makes a version the one in force.
pub(in crate::server) async fn put_in_force(
    tx: &mut Tx,
    program: &Program,
    version: ProgramVersionId,
) -> Result<(), Problem> {
    const SQL: &str = "update program set version_id = $2, time_zone = $3, version = $4
                       where id = $1 and version = $4 - 1";
    let touched = base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(program.id.0)
            .bind(version.0)
            .bind(&program.time_zone)
            .bind(i64::from(program.version))
    )?;
    if touched == 1 { Ok(()) } else { Err(Problem::Stale) }
}

fn slug_taken(error: sqlx::Error) -> Problem {
    if violates(&error, "program.vendor_id, program.slug", "program_slug") {
        return Problem::field("slug", "taken", "Another program has this address.");
    }
    error.into()
}

/// Whether a vendor has an organisation as a partner in any of its programs.
pub(in crate::server) async fn is_partner(
    tx: &mut Tx,
    vendor: OrganizationId,
    partner: OrganizationId,
) -> Result<bool, Problem> {
    const SQL: &str = "select count(*) from enrollment where vendor_id = $1 and partner_id = $2";
    let found: i64 = base::on!(tx, |conn| {
        sqlx::query_scalar(SQL).bind(vendor.0).bind(partner.0).fetch_one(conn).await
    })?;
    Ok(found > 0)
}
