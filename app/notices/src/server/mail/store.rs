//! SQL of what is owed by mail, and of what people chose. People, organisations and brands are read, never written.
use std::collections::BTreeMap;

use base::db::Tx;
use base::mail::Address;
use base::{NoticeId, OrganizationId, Problem, ProgramId, UserId, execute, on};
use kit::catalogue::Locale;
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::super::store_inbox::{self, COLUMNS, FROM};
use crate::daily::{Daily, USUAL_HOUR};
use crate::model::Notice;
use crate::topic::{Topic, Way};

/// Messages of a summary at most; the inbox has the others.
const MOST: i64 = 200;

/// Whom a mail goes to.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    pub(super) to: Address,
    pub(super) locale: Locale,
    pub(super) time_zone: String,
    /// Still there, and not shut out.
    pub(super) may_be_sent: bool,
}

/// A message with what its mail needs.
#[derive(Clone, Debug)]
pub(super) struct Owed {
    pub(super) notice: Notice,
    pub(super) mail: String,
    pub(super) organization_name: String,
    pub(super) reader: Reader,
}

/// What a summary is made of.
#[derive(Clone, Debug)]
pub(super) struct Summary {
    pub(super) reader: Reader,
    /// Newest first.
    pub(super) owed: Vec<Owed>,
    /// The batch that goes out.
    pub(super) batch: Uuid,
}

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    notice: store_inbox::Row,
    mail: String,
    mail_batch: Option<Uuid>,
    organization_name: String,
    email: String,
    name: String,
    locale: String,
    time_zone: String,
    member: i64,
}

/// What a [`Row`] is read from.
fn select() -> String {
    format!(
        "select {COLUMNS}, n.mail, n.mail_batch, o.name as organization_name, p.email, p.name, p.locale, p.time_zone,
                cast(case when p.disabled_at is null and exists (select 1 from membership m
                     where m.user_id = n.user_id and m.organization_id = n.organization_id)
                     then 1 else 0 end as bigint) as member
         {FROM}
         join person p on p.id = n.user_id
         join organization o on o.id = n.organization_id"
    )
}

impl TryFrom<Row> for Owed {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let notice = Notice::try_from(row.notice)?;
        let reader = Reader {
            to: Address { name: row.name, email: row.email },
            locale: Locale::choose(&row.locale),
            time_zone: row.time_zone,
            may_be_sent: row.member == 1,
        };
        Ok(Self { notice, mail: row.mail, organization_name: row.organization_name, reader })
    }
}

pub(super) async fn owed(tx: &mut Tx, id: NoticeId) -> Result<Option<Owed>, Problem> {
    let sql = format!("{} where n.id = $1", select());
    let row: Option<Row> =
        on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).fetch_optional(conn).await)?;
    row.map(Owed::try_from).transpose()
}

/// Fixes what a person's next summary holds, and gives it: the unsent batch, if one failed, else everything that
/// waits and was not read. What was read meanwhile, or is too old, is struck off.
pub(super) async fn claim(tx: &mut Tx, user: UserId, batch: Uuid) -> Result<Vec<NoticeId>, Problem> {
    const OPEN: &str =
        "select id from notice where user_id = $1 and mail = 'daily' and mail_batch is not null order by id";
    const READ: &str = "
        update notice set mail = 'left' where user_id = $1 and mail = 'daily' and mail_batch is null
        and read_at is not null";
    const CLAIM: &str = "
        update notice set mail_batch = $2 where id in
            (select id from notice where user_id = $1 and mail = 'daily' and mail_batch is null
             order by id desc limit $3)";
    // What does not fit is told of in the inbox only.
    const REST: &str =
        "update notice set mail = 'left' where user_id = $1 and mail = 'daily' and mail_batch is null";
    let open = ids(tx, OPEN, user).await?;
    if !open.is_empty() {
        return Ok(open);
    }
    execute!(tx, sqlx::query(READ).bind(user.0))?;
    execute!(tx, sqlx::query(CLAIM).bind(user.0).bind(batch).bind(MOST))?;
    execute!(tx, sqlx::query(REST).bind(user.0))?;
    ids(tx, OPEN, user).await
}

async fn ids(tx: &mut Tx, sql: &'static str, user: UserId) -> Result<Vec<NoticeId>, Problem> {
    let rows: Vec<Uuid> = on!(tx, |conn| sqlx::query_scalar(sql).bind(user.0).fetch_all(conn).await)?;
    Ok(rows.into_iter().map(NoticeId).collect())
}

/// What the claimed summary holds; nothing when nothing was claimed. Messages of places that the person left are not
/// among it.
pub(super) async fn summary(tx: &mut Tx, user: UserId) -> Result<Option<Summary>, Problem> {
    let sql = format!(
        "{} where n.user_id = $1 and n.mail = 'daily' and n.mail_batch is not null order by n.id desc",
        select()
    );
    let rows: Vec<Row> =
        on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(user.0).fetch_all(conn).await)?;
    let Some(batch) = rows.first().and_then(|row| row.mail_batch) else { return Ok(None) };
    let all: Vec<Owed> = rows.into_iter().map(Owed::try_from).collect::<Result<_, _>>()?;
    let Some(mut reader) = all.first().map(|one| one.reader.clone()) else { return Ok(None) };
    let owed: Vec<Owed> = all.into_iter().filter(|one| one.reader.may_be_sent).collect();
    reader.may_be_sent = !owed.is_empty();
    Ok(Some(Summary { reader, owed, batch }))
}

/// Writes down what became of messages that were owed.
pub(super) async fn settle(tx: &mut Tx, all: &[NoticeId], sent: bool) -> Result<(), Problem> {
    const SQL: &str = "update notice set mail = $2 where id = $1 and mail in ('instant', 'daily')";
    for id in all {
        execute!(tx, sqlx::query(SQL).bind(id.0).bind(if sent { "sent" } else { "left" }))?;
    }
    Ok(())
}

/// What a person chose, and when the summary comes.
pub(super) async fn choices(
    tx: &mut Tx,
    user: UserId,
) -> Result<(BTreeMap<&'static str, Way>, Daily), Problem> {
    const WAYS: &str = "select topic, way from mail_choice where user_id = $1";
    const HOUR: &str = "select daily_hour from mail_reader where user_id = $1";
    let (ways, hour): (Vec<(String, String)>, Option<Option<i64>>) = on!(tx, |conn| {
        let ways = sqlx::query_as(WAYS).bind(user.0).fetch_all(&mut *conn).await?;
        (ways, sqlx::query_scalar(HOUR).bind(user.0).fetch_optional(conn).await?)
    });
    let known = |(topic, way): (String, String)| Some((Topic::parse(&topic)?.as_str(), Way::parse(&way)?));
    let hour = hour.unwrap_or(Some(i64::from(USUAL_HOUR)));
    Ok((ways.into_iter().filter_map(known).collect(), Daily(hour.map(|hour| hour as u8))))
}

pub(super) async fn choose(tx: &mut Tx, user: UserId, topic: Topic, way: Way) -> Result<(), Problem> {
    const SQL: &str = "
        insert into mail_choice (user_id, topic, way) values ($1, $2, $3)
        on conflict (user_id, topic) do update set way = excluded.way";
    execute!(tx, sqlx::query(SQL).bind(user.0).bind(topic.as_str()).bind(way.as_str()))?;
    Ok(())
}

/// Sets the hour of the summary. Without one, what waits for it is struck off; with another, the next one comes then.
pub(super) async fn set_daily(tx: &mut Tx, user: UserId, daily: Daily) -> Result<(), Problem> {
    const SQL: &str = "
        insert into mail_reader (user_id, daily_hour) values ($1, $2)
        on conflict (user_id) do update set daily_hour = excluded.daily_hour";
    const OFF: &str = "update notice set mail = 'left' where user_id = $1 and mail = 'daily'";
    execute!(tx, sqlx::query(SQL).bind(user.0).bind(daily.0.map(i64::from)))?;
    if daily.0.is_none() {
        execute!(tx, sqlx::query(OFF).bind(user.0))?;
    }
    Ok(())
}

/// E-mail address and time zone of a person.
pub(super) async fn person(tx: &mut Tx, user: UserId) -> Result<Option<(String, String)>, Problem> {
    const SQL: &str = "select email, time_zone from person where id = $1";
    Ok(on!(tx, |conn| sqlx::query_as(SQL).bind(user.0).fetch_optional(conn).await)?)
}

/// Whether messages wait for the summary.
pub(super) async fn waits(tx: &mut Tx, user: UserId) -> Result<bool, Problem> {
    const SQL: &str = "select 1 from notice where user_id = $1 and mail = 'daily' limit 1";
    let found: Option<i32> = on!(tx, |conn| sqlx::query_scalar(SQL).bind(user.0).fetch_optional(conn).await)?;
    Ok(found.is_some())
}

/// A message of a person's in whichever organisation: its place, kind and subject.
pub(super) async fn of_person(
    tx: &mut Tx,
    id: NoticeId,
    user: UserId,
) -> Result<Option<(OrganizationId, Option<ProgramId>, String, String)>, Problem> {
    const SQL: &str =
        "select organization_id, program_id, kind, subject from notice where id = $1 and user_id = $2";
    let row: Option<(Uuid, Option<Uuid>, String, String)> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(id.0).bind(user.0).fetch_optional(conn).await)?;
    Ok(row.map(|(organization, program, kind, subject)| {
        (OrganizationId(organization), program.map(ProgramId), kind, subject)
    }))
}
