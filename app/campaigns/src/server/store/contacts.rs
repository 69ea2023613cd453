//! People of audiences.
use base::db::{Bind, Tx};
use base::{
    AudienceId, Date, OrganizationId, Page, Parts, Problem, RecipientId, Timestamp, bound, execute, on,
    page_rows,
};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::unknown_cursor;
use crate::model::{Consent, ConsentSource, Contact, OptIn};
use crate::rules::rows::{self, Person};
use crate::verbs::ListContacts;

const FROM: &str = "
    select id, audience_id, email, first_name, last_name, company, time_zone, source, consent_on, wording, opt_in, added_at,
           added_by_name
    from audience_contact";

#[derive(FromRow)]
struct Row {
    id: Uuid,
    audience_id: Uuid,
    email: String,
    first_name: String,
    last_name: String,
    company: String,
    time_zone: Option<String>,
    source: String,
    consent_on: String,
    wording: String,
    opt_in: String,
    added_at: i64,
    added_by_name: String,
}

impl TryFrom<Row> for Contact {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let id = RecipientId(row.id);
        let wrong = |what: &str, text: &str| Problem::internal(format!("{id} has {what} {text}"));
        let consent = Consent {
            source: ConsentSource::parse(&row.source).ok_or_else(|| wrong("source", &row.source))?,
            on: row.consent_on.parse::<Date>().map_err(|_| wrong("day", &row.consent_on))?,
            wording: row.wording,
            opt_in: OptIn::parse(&row.opt_in).ok_or_else(|| wrong("opt-in", &row.opt_in))?,
        };
        Ok(Self {
            id,
            audience: AudienceId(row.audience_id),
            email: row.email,
            first_name: row.first_name,
            last_name: row.last_name,
            company: row.company,
            time_zone: row.time_zone,
            consent,
            added_at: Timestamp(row.added_at),
            added_by_name: row.added_by_name,
        })
    }
}

/// One person of a partner.
pub(in crate::server) async fn contact(
    tx: &mut Tx,
    id: RecipientId,
    partner: OrganizationId,
) -> Result<Option<Contact>, Problem> {
    let sql = format!("{FROM} where id = $1 and partner_id = $2");
    let row: Option<Row> = on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).bind(partner.0).fetch_optional(conn).await
    })?;
    row.map(Contact::try_from).transpose()
}

/// A page of the people of an audience.
pub(in crate::server) async fn contacts(tx: &mut Tx, ask: &ListContacts) -> Result<Page<Contact>, Problem> {
    let mut binds = vec![Bind::Id(ask.id.0)];
    let mut filter = "audience_id = $1".to_owned();
    if let Some(q) = ask.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        let plain = q.to_lowercase().replace(['\\', '%', '_'], " ");
        binds.push(Bind::Text(format!("%{plain}%")));
        filter.push_str(" and search like $2");
    }
    let count = format!("select count(*) from audience_contact where {filter}");
    let total: i64 =
        on!(tx, |conn| bound!(sqlx::query_scalar(AssertSqlSafe(count)), &binds).fetch_one(conn).await)?;
    if let Some(cursor) = &ask.cursor {
        let id: RecipientId = cursor.parse().map_err(|_| unknown_cursor())?;
        binds.push(Bind::Id(id.0));
        filter.push_str(&[" and id > $", &binds.len().to_string()].concat());
    }
    let limit = page_rows(ask.limit);
    let sql = format!("{FROM} where {filter} order by id limit {}", limit + 1);
    let rows: Vec<Row> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    let items = rows.into_iter().map(Contact::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(items, limit, total as u64, |last: &Contact| last.id.to_string()))
}

/// The next people of an audience who may be written to, after one.
pub(in crate::server) async fn next_people(
    tx: &mut Tx,
    audience: AudienceId,
    after: Option<RecipientId>,
    limit: u32,
) -> Result<Vec<Contact>, Problem> {
    let after = after.map_or_else(Uuid::nil, |id| id.0);
    let sql = format!(
        "{FROM} where audience_id = $1 and id > $2 and opt_in <> 'pending' order by id limit {limit}"
    );
    let rows: Vec<Row> = on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(audience.0).bind(after).fetch_all(conn).await
    })?;
    rows.into_iter().map(Contact::try_from).collect()
}

/// Everything of one person in all audiences of a partner.
pub(in crate::server) async fn of_person(
    tx: &mut Tx,
    partner: OrganizationId,
    email: &str,
) -> Result<Vec<Contact>, Problem> {
    let sql = format!("{FROM} where partner_id = $1 and email_key = $2 order by id");
    let rows: Vec<Row> = on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(partner.0).bind(rows::key(email)).fetch_all(conn).await
    })?;
    rows.into_iter().map(Contact::try_from).collect()
}

/// How many people an audience has, how many of them did not confirm, and the addresses of the others.
pub(in crate::server) async fn addresses(
    tx: &mut Tx,
    audience: AudienceId,
) -> Result<(u64, u64, Vec<String>), Problem> {
    const SQL: &str = "select email, opt_in from audience_contact where audience_id = $1 order by id";
    let rows: Vec<(String, String)> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(audience.0).fetch_all(conn).await)?;
    let people = rows.len() as u64;
    let pending = rows.iter().filter(|(_, opt_in)| opt_in == OptIn::Pending.as_str()).count() as u64;
    let others = rows.into_iter().filter(|(_, opt_in)| opt_in != OptIn::Pending.as_str());
    Ok((people, pending, others.map(|(email, _)| email).collect()))
}

/// Adds a person, or brings up to date what is known of them. Says whether they are new.
pub(in crate::server) async fn put_person(
    tx: &mut Tx,
    parts: &Parts,
    (audience, partner): (AudienceId, OrganizationId),
    person: &Person,
    (now, by): (Timestamp, &str),
) -> Result<bool, Problem> {
    // A person who confirmed has confirmed, whatever a later file says of them.
    const UPDATE: &str = "
        update audience_contact
        set email = $3, first_name = $4, last_name = $5, company = $6, search = $7, time_zone = $8, source = $9,
            consent_on = $10, wording = $11, opt_in = case when opt_in = 'confirmed' then 'confirmed' else $12 end
        where audience_id = $1 and email_key = $2";
    const INSERT: &str = "
        insert into audience_contact (id, audience_id, partner_id, email, email_key, first_name, last_name, company, search,
                                      time_zone, source, consent_on, wording, opt_in, added_at, added_by_name)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    let key = rows::key(&person.email);
    let search = [&key, &person.first_name, &person.last_name, &person.company]
        .map(|text| text.to_lowercase())
        .join(" ");
    let (consent, on) = (&person.consent, person.consent.on.to_string());
    let known = execute!(
        tx,
        sqlx::query(UPDATE)
            .bind(audience.0)
            .bind(&key)
            .bind(&person.email)
            .bind(&person.first_name)
            .bind(&person.last_name)
            .bind(&person.company)
            .bind(&search)
            .bind(person.time_zone.as_deref())
            .bind(consent.source.as_str())
            .bind(&on)
            .bind(&consent.wording)
            .bind(consent.opt_in.as_str())
    )?;
    if known > 0 {
        return Ok(false);
    }
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(parts.id(now))
            .bind(audience.0)
            .bind(partner.0)
            .bind(&person.email)
            .bind(&key)
            .bind(&person.first_name)
            .bind(&person.last_name)
            .bind(&person.company)
            .bind(&search)
            .bind(person.time_zone.as_deref())
            .bind(consent.source.as_str())
            .bind(&on)
            .bind(&consent.wording)
            .bind(consent.opt_in.as_str())
            .bind(now.0)
            .bind(by)
    )?;
    Ok(true)
}

/// Takes a person out of one audience.
pub(in crate::server) async fn remove_contact(tx: &mut Tx, id: RecipientId) -> Result<(), Problem> {
    execute!(tx, sqlx::query("delete from audience_contact where id = $1").bind(id.0))?;
    Ok(())
}

/// Takes a person out of all audiences of a partner.
pub(in crate::server) async fn remove_person(
    tx: &mut Tx,
    partner: OrganizationId,
    email: &str,
) -> Result<u64, Problem> {
    const SQL: &str = "delete from audience_contact where partner_id = $1 and email_key = $2";
    Ok(execute!(tx, sqlx::query(SQL).bind(partner.0).bind(rows::key(email)))?)
}
