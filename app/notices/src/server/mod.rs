//! Performs the verbs of the inbox, writes messages as events happen, and streams events.
mod live;
mod mail;
mod observe;
mod store;
#[cfg(test)]
mod tests;

use base::db::{Migrations, Tx};
use base::http::{Mounted, Perform, mounted};
use base::jobs::{JobKind, job};
use base::{Actor, NoticeId, Observer, OrganizationId, Page, Parts, Problem, UserId, migrations, page_rows};

use crate::model::{Notice, NoticeCount};
use crate::verbs::{
    ChooseMails, CountNotices, EndDailyMail, GetMailChoices, GetMailLink, ListNotices, ReadAllNotices,
    ReadNotice,
};
pub use live::{Endless, bookmark, live_routes, openapi, stop_streams};
pub use mail::follow;

/// What can be asked.
pub const VERBS: &[Mounted] = &[
    mounted::<ListNotices>(),
    mounted::<CountNotices>(),
    mounted::<ReadNotice>(),
    mounted::<ReadAllNotices>(),
    mounted::<GetMailChoices>(),
    mounted::<ChooseMails>(),
    mounted::<GetMailLink>(),
    mounted::<EndDailyMail>(),
];

/// Mails.
pub const JOBS: &[JobKind] = &[job::<mail::MailNotice>(), job::<mail::MailDaily>()];

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || migrations!();

/// Writes messages in the transaction of the event they are about.
pub const OBSERVER: Observer = |tx, parts, event| Box::pin(observe::tell(tx, parts, event));

impl Perform for ListNotices {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Notice>, Problem> {
        let whose = owner(actor)?;
        let before = match &self.cursor {
            Some(cursor) => Some(
                cursor
                    .parse::<NoticeId>()
                    .map_err(|_| Problem::field("cursor", "invalid", "Use a cursor as a page gave it."))?,
            ),
            None => None,
        };
        let limit = page_rows(self.limit);
        let mut tx = parts.db().read().await?;
        let unread = self.unread == Some(true);
        let (rows, total) = store::list(&mut tx, whose, unread, before, i64::from(limit) + 1).await?;
        Ok(Page::cut(rows, limit, total, |last: &Notice| last.id.to_string()))
    }
}

impl Perform for CountNotices {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<NoticeCount, Problem> {
        let whose = owner(actor)?;
        let unread = store::unread(&mut parts.db().read().await?, whose).await?;
        Ok(NoticeCount { unread })
    }
}

impl Perform for ReadNotice {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Notice, Problem> {
        let (whose, now) = (owner(actor)?, parts.clock().now());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                store::read(tx, whose, self.id, now).await?;
                store::find(tx, whose, self.id).await?.ok_or(Problem::NotFound)
            })
            .await
    }
}

impl Perform for ReadAllNotices {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<NoticeCount, Problem> {
        let (whose, now) = (owner(actor)?, parts.clock().now());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                store::read_all(tx, whose, now).await?;
                Ok(NoticeCount { unread: store::unread(tx, whose).await? })
            })
            .await
    }
}

/// Whose inbox: a person's, in one organisation.
fn owner(actor: &Actor) -> Result<(UserId, OrganizationId), Problem> {
    let organization = actor.organization()?;
    let user = actor.user.ok_or_else(|| Problem::forbidden("no_person", "Only a person has an inbox."))?;
    Ok((user, organization))
}
