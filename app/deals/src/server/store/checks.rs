//! How often each person of a partner asked whether a customer is free, by day (UTC).
use base::db::Tx;
use base::{OrganizationId, Problem, Timestamp, UserId};

/// Who asked whom.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) struct Asker {
    pub(in crate::server) vendor: OrganizationId,
    pub(in crate::server) partner: OrganizationId,
    pub(in crate::server) user: UserId,
}

/// Counts one check; gives how many there are of this day, and how many of them were no plain "clear".
pub(in crate::server) async fn count_check(
    tx: &mut Tx,
    asker: Asker,
    hit: bool,
    now: Timestamp,
) -> Result<(u32, u32), Problem> {
    const SQL: &str = "
        insert into deal_check (vendor_id, day, partner_id, user_id, checks, hits, last_at)
        values ($1, $2, $3, $4, 1, $5, $6)
        on conflict (vendor_id, day, partner_id, user_id) do update
        set checks = deal_check.checks + 1, hits = deal_check.hits + $5, last_at = $6
        returning checks, hits";
    let day = now.date().to_string();
    let (checks, hits): (i64, i64) = base::on!(tx, |conn| {
        sqlx::query_as(SQL)
            .bind(asker.vendor.0)
            .bind(&day)
            .bind(asker.partner.0)
            .bind(asker.user.0)
            .bind(i64::from(hit))
            .bind(now.0)
            .fetch_one(conn)
            .await
    })?;
    Ok((u32::try_from(checks).unwrap_or(u32::MAX), u32::try_from(hits).unwrap_or(u32::MAX)))
}

/// Deletes counts of days before an instant's.
pub(in crate::server) async fn forget_checks(tx: &mut Tx, before: Timestamp) -> Result<(), Problem> {
    let day = before.date().to_string();
    base::execute!(tx, sqlx::query("delete from deal_check where day < $1").bind(&day))?;
    Ok(())
}
