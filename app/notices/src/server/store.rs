//! Messages are written, and who is told is found. People, roles and programs are read, never written.
use base::db::Tx;
use base::events::Event;
use base::{DealId, LeadId, NoticeId, OrganizationId, Parts, Problem, UserId, execute, on};
use serde::{Deserialize, Serialize};
use sqlx::types::Uuid;

use crate::daily::USUAL_HOUR;
use crate::topic::{Topic, Way};

/// Somebody who may be told, and how mails of the topic reach them.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) user: UserId,
    pub(super) role: String,
    pub(super) time_zone: String,
    /// How they chose to be sent the topic; none when they did not choose.
    pub(super) way: Option<String>,
    daily_hour: i64,
}

impl Person {
    /// When their summary comes; none when they want none.
    pub(super) fn hour(&self) -> Option<u8> {
        u8::try_from(self.daily_hour).ok()
    }
}

/// What a message says besides its kind, as stored.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Params {
    #[serde(default)]
    pub(super) number: String,
    #[serde(default)]
    pub(super) customer: String,
    #[serde(default)]
    pub(super) actor: String,
}

/// Tells one person of an event, and writes down how the mail about it goes out; a second time changes nothing.
pub(super) async fn insert(
    tx: &mut Tx,
    parts: &Parts,
    (user, organization): (UserId, OrganizationId),
    event: &Event,
    params: &Params,
    way: Way,
) -> Result<Option<NoticeId>, Problem> {
    const SQL: &str = "
        insert into notice (id, user_id, organization_id, event_id, kind, subject, params, created_at, mail,
                            program_id, brand_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (select brand_id from program where id = $10))
        on conflict (user_id, event_id) do nothing";
    let id = parts.id(event.at);
    let params = serde_json::to_string(params).map_err(Problem::internal)?;
    let mail = if way == Way::Never { "none" } else { way.as_str() };
    let added = execute!(
        tx,
        sqlx::query(SQL)
            .bind(id)
            .bind(user.0)
            .bind(organization.0)
            .bind(event.id.0)
            .bind(&event.kind)
            .bind(&event.subject)
            .bind(&params)
            .bind(event.at.0)
            .bind(mail)
            .bind(event.program.map(|id| id.0))
    )?;
    Ok((added == 1).then_some(NoticeId(id)))
}

/// The people of an organisation with how they are sent a topic, without those who were shut out.
pub(super) async fn people(
    tx: &mut Tx,
    organization: OrganizationId,
    topic: Topic,
) -> Result<Vec<Person>, Problem> {
    const SQL: &str = "
        select m.user_id, m.role, p.time_zone, c.way,
               cast(case when r.user_id is null then $3 else coalesce(r.daily_hour, -1) end as bigint)
        from membership m join person p on p.id = m.user_id
        left join mail_choice c on c.user_id = m.user_id and c.topic = $2
        left join mail_reader r on r.user_id = m.user_id
        where m.organization_id = $1 and p.disabled_at is null order by m.user_id";
    let rows: Vec<(Uuid, String, String, Option<String>, i64)> = on!(tx, |conn| {
        let query = sqlx::query_as(SQL).bind(organization.0).bind(topic.as_str());
        query.bind(i64::from(USUAL_HOUR)).fetch_all(conn).await
    })?;
    let person = |(user, role, time_zone, way, daily_hour)| Person {
        user: UserId(user),
        role,
        time_zone,
        way,
        daily_hour,
    };
    Ok(rows.into_iter().map(person).collect())
}

/// Everybody who ever did something to a subject.
pub(super) async fn hands(tx: &mut Tx, subject: &str) -> sqlx::Result<Vec<UserId>> {
    const SQL: &str = "select distinct actor_id from event where subject = $1 and actor_id is not null";
    let rows: Vec<Uuid> = on!(tx, |conn| sqlx::query_scalar(SQL).bind(subject).fetch_all(conn).await)?;
    Ok(rows.into_iter().map(UserId).collect())
}

/// The customer's name of a deal or a lead; empty for anything else. Events do not carry it, messages do.
pub(super) async fn customer_of(tx: &mut Tx, subject: &str) -> sqlx::Result<String> {
    let (sql, id) = match (subject.parse::<DealId>(), subject.parse::<LeadId>()) {
        (Ok(deal), _) => ("select customer_name from deal where id = $1", deal.0),
        (_, Ok(lead)) => ("select customer_name from lead where id = $1", lead.0),
        _ => return Ok(String::new()),
    };
    let name: Option<String> = on!(tx, |conn| sqlx::query_scalar(sql).bind(id).fetch_optional(conn).await)?;
    Ok(name.unwrap_or_default())
}
