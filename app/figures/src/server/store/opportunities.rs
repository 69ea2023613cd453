//! What opportunities of the CRM add to the sums. Thousands may move at once, so they are counted by statements over all
//! that moved, however many: what each added before is taken away, what it is now is remembered, and that is added.
use base::db::Tx;
use base::{OrganizationId, Problem, dialect, execute};
use sqlx::AssertSqlSafe;

use super::add::MERGE;

/// The sums of the remembered opportunities that moved, times `$2`. A won one also adds the days that it took.
const SPREAD: &str = "
    insert into figure (whose, grain, metric, at, vendor_id, program_id, dim, currency, count, sum_minor)
    select case s.side when 'partner' then c.partner_id else c.vendor_id end, g.grain, c.metric,
           case g.grain when 'now' then '' when 'day' then c.day else substr(c.day, 1, 7) end,
           c.vendor_id, c.program_id, c.dim, c.currency, cast($2 * count(*) as bigint), cast($2 * sum(c.amount) as bigint)
    from (
        select o.vendor_id, o.partner_id, o.program_id, o.metric, o.day, o.dim, o.currency, o.value_minor as amount
        from opportunity_moved m join figure_opportunity o on o.opportunity_id = m.opportunity_id
        where m.vendor_id = $1 and m.taken = 1
        union all
        select o.vendor_id, o.partner_id, o.program_id, 'opp.cycle', o.day, '', '', o.cycle_days
        from opportunity_moved m join figure_opportunity o on o.opportunity_id = m.opportunity_id
        where m.vendor_id = $1 and m.taken = 1 and o.metric = 'opp.won' and o.cycle_days is not null
    ) c
    join (select 'vendor' as side union all select 'partner') s on s.side = 'vendor' or c.partner_id is not null
    join (select 'now' as grain union all select 'day' union all select 'month') g
      on (c.day = '' and g.grain = 'now') or (c.day <> '' and g.grain <> 'now')
    group by case s.side when 'partner' then c.partner_id else c.vendor_id end, g.grain, c.metric,
             case g.grain when 'now' then '' when 'day' then c.day else substr(c.day, 1, 7) end,
             c.vendor_id, c.program_id, c.dim, c.currency";

async fn spread(tx: &mut Tx, vendor: OrganizationId, sign: i64) -> Result<(), Problem> {
    let sql = [SPREAD, MERGE].concat();
    execute!(tx, sqlx::query(AssertSqlSafe(sql.as_str())).bind(vendor.0).bind(sign))?;
    Ok(())
}

/// Remembers the opportunities that moved as they are now. One that is closed without a day counts for the day on which
/// it was opened; without that either, before all days.
async fn remember(tx: &mut Tx, vendor: OrganizationId) -> Result<(), Problem> {
    let (product, cycle) = dialect!(
        tx,
        sqlite: ("lower(hex(o.product_id))", "cast(julianday(o.closed_on) - julianday(o.opened_on) as integer)"),
        postgres: ("replace(o.product_id::text, '-', '')", "(o.closed_on::date - o.opened_on::date)::bigint")
    );
    let sql = format!(
        "insert into figure_opportunity
             (opportunity_id, vendor_id, program_id, partner_id, metric, day, dim, currency, value_minor, cycle_days)
         select o.id, o.vendor_id, o.program_id, o.partner_id,
                case o.stage when 'won' then 'opp.won' when 'lost' then 'opp.lost' else 'opp.open' end,
                case when o.stage in ('won', 'lost') then coalesce(o.closed_on, o.opened_on, '0001-01-01') else '' end,
                coalesce({product}, ''), o.currency, o.value_minor,
                case when o.stage = 'won' and o.closed_on >= o.opened_on then {cycle} end
         from opportunity_moved m join opportunity o on o.id = m.opportunity_id
         where m.vendor_id = $1 and m.taken = 1
         on conflict (opportunity_id) do update
         set vendor_id = excluded.vendor_id, program_id = excluded.program_id, partner_id = excluded.partner_id,
             metric = excluded.metric, day = excluded.day, dim = excluded.dim, currency = excluded.currency,
             value_minor = excluded.value_minor, cycle_days = excluded.cycle_days"
    );
    execute!(tx, sqlx::query(AssertSqlSafe(sql.as_str())).bind(vendor.0))?;
    Ok(())
}

/// Counts what moved since the last time; a second time changes nothing.
pub(in crate::server) async fn count_moved(tx: &mut Tx, vendor: OrganizationId) -> Result<(), Problem> {
    if customers::server::take_moved(tx, vendor).await? == 0 {
        return Ok(());
    }
    spread(tx, vendor, -1).await?;
    remember(tx, vendor).await?;
    spread(tx, vendor, 1).await?;
    customers::server::forget_moved(tx, vendor).await
}

/// Counts all of a vendor's opportunities, after its sums were cleared.
pub(in crate::server) async fn count_all(tx: &mut Tx, vendor: OrganizationId) -> Result<(), Problem> {
    customers::server::take_all(tx, vendor).await?;
    remember(tx, vendor).await?;
    spread(tx, vendor, 1).await?;
    customers::server::forget_moved(tx, vendor).await
}
