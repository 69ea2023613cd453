//! Performs the verbs of the inbox, writes messages as events happen, and streams events.
mod live;
mod mail;
mod observe;
mod store;
mod store_inbox;
#[cfg(test)]
mod tests;

use base::db::{Migrations, Tx};
use base::http::{Mounted, Perform, mounted};
use base::jobs::{JobKind, job};
use base::{Actor, Means, NoticeId, Observer, Page, Parts, Problem, migrations, page_rows};

use crate::model::{Notice, NoticeCount};
use crate::verbs::{
    ChooseMails, CountNotices, EndDailyMail, GetMailChoices, GetMailLink, ListNotices, ReadAllNotices,
    ReadNotice,
};
use store_inbox::Whose;

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
        let asked = store_inbox::Asked { whose, unread, brand: self.brand };
        let (rows, total) = store_inbox::list(&mut tx, asked, before, i64::from(limit) + 1).await?;
        Ok(Page::cut(rows, limit, total, |last: &Notice| last.id.to_string()))
    }
}

impl Perform for CountNotices {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<NoticeCount, Problem> {
        let whose = owner(actor)?;
        store_inbox::count(&mut parts.db().read().await?, whose).await
    }
}

impl Perform for ReadNotice {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Notice, Problem> {
        let (whose, now) = (owner(actor)?, parts.clock().now());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                store_inbox::read(tx, whose, self.id, now).await?;
                store_inbox::find(tx, whose, self.id).await?.ok_or(Problem::NotFound)
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
                let known = store_inbox::count(tx, whose).await?;
                // A brand that one has no message of is as good as none.
                if self.brand.is_some_and(|id| known.brands.iter().all(|one| one.brand.id != id)) {
                    return Err(Problem::NotFound);
                }
                store_inbox::read_all(tx, whose, self.brand, now).await?;
                store_inbox::count(tx, whose).await
            })
            .await
    }
}

/// Whose inbox: a person's, of all organisations that they belong to. A key acts for one of these, and reads no other's.
fn owner(actor: &Actor) -> Result<Whose, Problem> {
    let organization = actor.organization()?;
    let user = actor.user.ok_or_else(|| Problem::forbidden("no_person", "Only a person has an inbox."))?;
    Ok(Whose { user, only: (actor.means != Means::Session).then_some(organization) })
}
