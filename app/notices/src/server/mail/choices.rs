//! What people choose to be sent.
use base::db::Tx;
use base::http::Perform;
use base::jobs::{enqueue, enqueue_unless};
use base::mail::Post;
use base::{Actor, Parts, Problem, Side, Timestamp, UserId};

use super::{MailDaily, store};
use crate::daily::next_at;
use crate::model::{MailChoices, TopicChoice};
use crate::topic::{Topic, Way};
use crate::verbs::{ChooseMails, GetMailChoices};

impl Perform for GetMailChoices {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<MailChoices, Problem> {
        let (user, side) = whose(actor)?;
        chosen(&mut parts.db().read().await?, parts, user, side).await
    }
}

impl Perform for ChooseMails {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<MailChoices, Problem> {
        let (user, side) = whose(actor)?;
        let parts_ = parts.clone();
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                for (topic, way) in self.ways() {
                    store::choose(tx, user, topic, way).await?;
                }
                if let Some(daily) = self.daily {
                    store::set_daily(tx, user, daily).await?;
                    move_summary(tx, &parts_, user).await?;
                }
                chosen(tx, &parts_, user, side).await
            })
            .await
    }
}

impl ChooseMails {
    fn ways(&self) -> Vec<(Topic, Way)> {
        Topic::ALL
            .into_iter()
            .filter_map(|topic| {
                let way = match topic {
                    Topic::Decisions => self.decisions,
                    Topic::Questions => self.questions,
                    Topic::Leads => self.leads,
                    Topic::Goals => self.goals,
                    Topic::Course => self.course,
                    Topic::Cases => self.cases,
                    Topic::Overdue => self.overdue,
                    Topic::News => self.news,
                };
                Some((topic, way?))
            })
            .collect()
    }
}

/// What waits for the summary comes at its new hour.
async fn move_summary(tx: &mut Tx, parts: &Parts, user: UserId) -> Result<(), Problem> {
    match next(tx, parts, user).await? {
        Some(at) => enqueue(tx, parts, &MailDaily { user }, at, Some(&mark(user))).await,
        None => Ok(()),
    }
}

/// Sees to it that what waits for the summary comes, unless it does already.
pub(super) async fn appoint(tx: &mut Tx, parts: &Parts, user: UserId) -> Result<(), Problem> {
    match next(tx, parts, user).await? {
        Some(at) => enqueue_unless(tx, parts, &MailDaily { user }, at, &mark(user)).await,
        None => Ok(()),
    }
}

/// When the next summary comes; none when nothing waits for it, or it is not wanted.
async fn next(tx: &mut Tx, parts: &Parts, user: UserId) -> Result<Option<Timestamp>, Problem> {
    let (_, daily) = store::choices(tx, user).await?;
    let Some(hour) = daily.0 else { return Ok(None) };
    if !store::waits(tx, user).await? {
        return Ok(None);
    }
    let zone = store::person(tx, user).await?.map(|(_, zone)| zone).unwrap_or_default();
    Ok(Some(next_at(parts.clock().now(), hour, |at| kit::offset_in(&zone, at))))
}

/// A person has one summary to come.
pub(super) fn mark(user: UserId) -> String {
    format!("mail.daily:{user}")
}

async fn chosen(tx: &mut Tx, parts: &Parts, user: UserId, side: Side) -> Result<MailChoices, Problem> {
    let (ways, daily) = store::choices(tx, user).await?;
    let (email, _) = store::person(tx, user).await?.ok_or(Problem::Unauthenticated)?;
    let topics = Topic::of_side(side)
        .iter()
        .map(|topic| TopicChoice {
            topic: *topic,
            way: ways.get(topic.as_str()).copied().unwrap_or(topic.usual()),
        })
        .collect();
    Ok(MailChoices { topics, daily, email, sent: parts.mailer().post() == Post::Sends })
}

fn whose(actor: &Actor) -> Result<(UserId, Side), Problem> {
    let user = super::super::owner(actor)?.user;
    Ok((user, actor.side().ok_or(Problem::Unauthenticated)?))
}
