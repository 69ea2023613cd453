//! Lists of campaigns, and how partners use kits.
use base::db::{Bind, Tx};
use base::{CampaignId, OrganizationId, Page, Problem, ProgramId, Scope, Timestamp, bound, on, page_rows};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

use super::row::{LINE, Line};
use super::unknown_cursor;
use crate::model::{CampaignAdoption, CampaignRow};
use crate::verbs::ListCampaigns;

/// A page of campaigns; archived ones only when they are asked for.
pub(in crate::server) async fn list(
    tx: &mut Tx,
    ask: &ListCampaigns,
    scope: Scope,
) -> Result<Page<CampaignRow>, Problem> {
    let (mut filter, whose) = match scope {
        Scope::Vendor(vendor) => ("c.vendor_id = $1".to_owned(), vendor.0),
        Scope::Partner(partner) => ("c.partner_id = $1".to_owned(), partner.0),
        Scope::System | Scope::Nothing => return Ok(Page::whole(Vec::new())),
    };
    let mut binds = vec![Bind::Id(whose)];
    let mut and = |condition: &str, bind: Bind| {
        binds.push(bind);
        filter.push_str(" and ");
        filter.push_str(&condition.replace('?', &format!("${}", binds.len())));
    };
    if let Some(program) = ask.program {
        and("c.program_id = ?", Bind::Id(program.0));
    }
    if let Some(partner) = ask.partner {
        and("c.partner_id = ?", Bind::Id(partner.0));
    }
    if let Some(kit) = ask.kit {
        and("c.kit_id = ?", Bind::Id(kit.0));
    }
    match ask.state {
        Some(state) => and("c.state = ?", Bind::Text(state.as_str().to_owned())),
        None => and("c.state <> ?", Bind::Text("archived".to_owned())),
    }
    // What a partner has not handed in yet is its own affair.
    if matches!(scope, Scope::Vendor(_)) {
        filter.push_str(" and c.state not in ('draft', 'checked')");
    }
    let count = format!("select count(*) from campaign c where {filter}");
    let total: i64 =
        on!(tx, |conn| bound!(sqlx::query_scalar(AssertSqlSafe(count)), &binds).fetch_one(conn).await)?;
    if let Some(cursor) = &ask.cursor {
        let (place, id) = cursor.split_once(' ').ok_or_else(unknown_cursor)?;
        let place: i64 = place.parse().map_err(|_| unknown_cursor())?;
        let id: CampaignId = id.parse().map_err(|_| unknown_cursor())?;
        let n = binds.len();
        binds.extend([Bind::Number(place), Bind::Id(id.0)]);
        let (first, second) = ((n + 1).to_string(), (n + 2).to_string());
        filter.push_str(&[" and (c.place, c.id) < ($", &first, ", $", &second, ")"].concat());
    }
    let limit = page_rows(ask.limit);
    let sql = format!("{LINE} where {filter} order by c.place desc, c.id desc limit {}", limit + 1);
    let lines: Vec<Line> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    let placed = lines
        .into_iter()
        .map(|line| Ok((line.place, CampaignRow::try_from(line)?)))
        .collect::<Result<Vec<_>, Problem>>()?;
    let page = Page::cut(placed, limit, total as u64, |(place, last)| format!("{place} {}", last.id));
    Ok(page.map(|(_, row)| row))
}

/// What partners made of a vendor's kits, those with most first; figures of mails are not filled in. With each the ids of
/// its campaigns that went out.
pub(in crate::server) async fn adoption(
    tx: &mut Tx,
    (vendor, program): (OrganizationId, Option<ProgramId>),
    limit: u32,
) -> Result<(Vec<(CampaignAdoption, Vec<CampaignId>)>, u64), Problem> {
    const SQL: &str = "
        select c.partner_id, o.name, count(*), cast(sum(case when c.launched_at is null then 0 else 1 end) as bigint),
               max(c.launched_at)
        from campaign c join organization o on o.id = c.partner_id
        where c.vendor_id = $1 and ($2 = 0 or c.program_id = $3)
        group by c.partner_id, o.name order by count(*) desc, o.name, c.partner_id";
    const IDS: &str = "
        select id from campaign
        where coalesce(vendor_id, vendor_id) = $1 and partner_id = $2 and launched_at is not null
          and ($3 = 0 or program_id = $4) order by id desc limit 500";
    let only = i64::from(program.is_some());
    let of = program.map_or(vendor.0, |program| program.0);
    let rows: Vec<(Uuid, String, i64, i64, Option<i64>)> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(vendor.0).bind(only).bind(of).fetch_all(conn).await)?;
    let total = rows.len() as u64;
    let mut all = Vec::new();
    for (partner, partner_name, campaigns, launched, last_at) in rows.into_iter().take(limit as usize) {
        let ids: Vec<Uuid> = on!(tx, |conn| {
            sqlx::query_scalar(IDS).bind(vendor.0).bind(partner).bind(only).bind(of).fetch_all(conn).await
        })?;
        let row = CampaignAdoption {
            partner: OrganizationId(partner),
            partner_name,
            campaigns: campaigns as u64,
            launched: launched as u64,
            sent: 0,
            clicked: 0,
            leads: 0,
            last_at: last_at.map(Timestamp),
        };
        all.push((row, ids.into_iter().map(CampaignId).collect()));
    }
    Ok((all, total))
}
