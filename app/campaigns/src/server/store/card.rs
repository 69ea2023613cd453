//! The partner's card and its logos.
use base::db::Tx;
use base::{Actor, OrganizationId, Problem, Timestamp, execute, on};
use creative::PartnerCard;

use super::{json, of_json};
use crate::model::{CardLogo, KeptCard, LOGO_FORM};

/// What was kept; none while nothing was.
pub(in crate::server) async fn card(
    tx: &mut Tx,
    partner: OrganizationId,
) -> Result<Option<KeptCard>, Problem> {
    const SQL: &str =
        "select card, changed_at, changed_by_name, version from partner_card where partner_id = $1";
    let row: Option<(String, i64, String, i64)> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(partner.0).fetch_optional(conn).await)?;
    let Some((card, changed_at, changed_by_name, version)) = row else { return Ok(None) };
    Ok(Some(KeptCard {
        card: of_json(&card)?,
        changed_at: Some(Timestamp(changed_at)),
        changed_by_name: Some(changed_by_name),
        version: version as u32,
    }))
}

/// Keeps a card over the version that was seen; 0 for the first one.
///
/// # Errors
/// `Stale` when somebody else was first.
pub(in crate::server) async fn keep_card(
    tx: &mut Tx,
    actor: &Actor,
    (partner, card): (OrganizationId, &PartnerCard),
    seen: u32,
    now: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into partner_card (partner_id, card, changed_at, changed_by_name, version) values ($1, $2, $3, $4, 1)
        on conflict (partner_id) do update
        set card = excluded.card, changed_at = excluded.changed_at, changed_by_name = excluded.changed_by_name,
            version = partner_card.version + 1
        where partner_card.version = $5";
    let text = json(card)?;
    let done = execute!(
        tx,
        sqlx::query(SQL).bind(partner.0).bind(&text).bind(now.0).bind(&actor.name).bind(i64::from(seen))
    )?;
    if done == 0 { Err(Problem::Stale) } else { Ok(()) }
}

/// The logos that a partner brought, newest first.
pub(in crate::server) async fn logos(tx: &mut Tx, partner: OrganizationId) -> Result<Vec<CardLogo>, Problem> {
    const SQL: &str =
        "select hash, width, height from partner_logo where partner_id = $1 order by uploaded_at desc, hash";
    let rows: Vec<(String, i64, i64)> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(partner.0).fetch_all(conn).await)?;
    let logo = |(hash, width, height): (String, i64, i64)| CardLogo {
        address: kit::paths::media(&hash, LOGO_FORM),
        hash,
        width: width as u32,
        height: height as u32,
    };
    Ok(rows.into_iter().map(logo).collect())
}

/// Keeps the record of a logo; a second time changes nothing.
pub(in crate::server) async fn add_logo(
    tx: &mut Tx,
    actor: &Actor,
    (partner, logo): (OrganizationId, &CardLogo),
    (kind, bytes): (&str, u64),
    now: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into partner_logo (partner_id, hash, width, height, kind, bytes, uploaded_at, uploaded_by_name)
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (partner_id, hash) do nothing";
    execute!(
        tx,
        sqlx::query(SQL)
            .bind(partner.0)
            .bind(&logo.hash)
            .bind(i64::from(logo.width))
            .bind(i64::from(logo.height))
            .bind(kind)
            .bind(bytes as i64)
            .bind(now.0)
            .bind(&actor.name)
    )?;
    Ok(())
}

/// Name and address of a person.
pub(in crate::server) async fn person(
    tx: &mut Tx,
    user: base::UserId,
) -> Result<Option<(String, String)>, Problem> {
    const SQL: &str = "select name, email from person where id = $1";
    Ok(on!(tx, |conn| sqlx::query_as(SQL).bind(user.0).fetch_optional(conn).await)?)
}

/// A person's time zone.
pub(in crate::server) async fn zone_of(tx: &mut Tx, user: base::UserId) -> Result<Option<String>, Problem> {
    const SQL: &str = "select time_zone from person where id = $1";
    Ok(on!(tx, |conn| sqlx::query_scalar(SQL).bind(user.0).fetch_optional(conn).await)?)
}
