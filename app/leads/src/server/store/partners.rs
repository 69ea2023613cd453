//! What rules look at in the partners of a program, in one statement over their enrollments.
use base::db::Tx;
use base::{OrganizationId, Problem, ProgramId, Timestamp};
use partners::{PartnerType, Tier};
use sqlx::FromRow;
use sqlx::types::Uuid;

use crate::model::{Exclusion, NamedPartner};
use crate::rules::PartnerFacts;

#[derive(FromRow)]
struct Row {
    partner_id: Uuid,
    name: String,
    country: Option<String>,
    status: String,
    tier: String,
    partner_types: String,
    territory: Option<String>,
    open: i64,
    won: i64,
    lost: i64,
    last_offered_at: Option<i64>,
}

/// All partners of a program; `barred` are those who cannot be offered the lead in question again.
pub(in crate::server) async fn partner_facts(
    tx: &mut Tx,
    program: ProgramId,
    barred: &[(OrganizationId, Exclusion)],
) -> Result<Vec<PartnerFacts>, Problem> {
    const SQL: &str = "
        select e.partner_id, o.name, o.country, e.status, e.tier, e.partner_types, e.territory,
               (select count(*) from lead l
                where l.program_id = $1 and l.partner_id = e.partner_id
                  and l.status in ('assigned', 'accepted', 'working')) as open,
               coalesce(w.total, 0) as won, coalesce(t.total, 0) as lost,
               (select max(f.offered_at) from lead_offer f
                where f.program_id = $1 and f.partner_id = e.partner_id) as last_offered_at
        from enrollment e
        join organization o on o.id = e.partner_id
        left join deal_tally w on w.scope_id = e.partner_id and w.program_id = $1 and w.status = 'won'
        left join deal_tally t on t.scope_id = e.partner_id and t.program_id = $1 and t.status = 'lost'
        where e.program_id = $1
        order by e.partner_id";
    let rows: Vec<Row> = base::on!(tx, |conn| sqlx::query_as(SQL).bind(program.0).fetch_all(conn).await)?;
    let facts = |row: Row| {
        let partner = OrganizationId(row.partner_id);
        let tier = Tier::parse(&row.tier)
            .ok_or_else(|| Problem::internal(format!("enrollment of {partner} has tier {}", row.tier)))?;
        Ok(PartnerFacts {
            partner,
            name: row.name,
            is_active: row.status == "active",
            tier,
            partner_types: row.partner_types.split_whitespace().filter_map(PartnerType::parse).collect(),
            territory: row.territory,
            country: row.country,
            open: row.open as u32,
            won: row.won as u32,
            lost: row.lost as u32,
            last_offered_at: row.last_offered_at.map(Timestamp),
            barred: barred.iter().find(|(one, _)| *one == partner).map(|(_, why)| *why),
        })
    };
    rows.into_iter().map(facts).collect()
}

/// The active partners of a program by name: those that rules can name.
pub(in crate::server) async fn named_partners(
    tx: &mut Tx,
    program: ProgramId,
) -> Result<Vec<NamedPartner>, Problem> {
    const SQL: &str = "
        select o.id, o.name from enrollment e join organization o on o.id = e.partner_id
        where e.program_id = $1 and e.status <> 'ended' order by lower(o.name), o.id";
    let rows: Vec<(Uuid, String)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(program.0).fetch_all(conn).await)?;
    Ok(rows.into_iter().map(|(id, name)| NamedPartner { id: OrganizationId(id), name }).collect())
}

/// The name of a partner of a program and whether it takes part now; `None` when it is no member at all.
pub(in crate::server) async fn enrolled_name(
    tx: &mut Tx,
    program: ProgramId,
    partner: OrganizationId,
) -> Result<Option<(String, bool)>, Problem> {
    const SQL: &str = "
        select o.name, e.status from enrollment e join organization o on o.id = e.partner_id
        where e.program_id = $1 and e.partner_id = $2";
    let row: Option<(String, String)> = base::on!(tx, |conn| {
        sqlx::query_as(SQL).bind(program.0).bind(partner.0).fetch_optional(conn).await
    })?;
    Ok(row.map(|(name, status)| (name, status == "active")))
}
