//! Mails about messages: each by itself, or a summary once a day.
//!
//! What is owed is written with the message, in the transaction of its event. A job composes and sends it later and
//! then writes down that it was sent, so that a job that runs twice sends once; see [`base::mail`] for the limit.
mod choices;
mod compose;
mod link;
mod store;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use base::db::Tx;
use base::jobs::{Job, enqueue, enqueue_unless};
use base::mail::{Post, hand_over};
use base::{NoticeId, Parts, Problem, Span, Timestamp, UserId};
use serde::{Deserialize, Serialize};

use compose::Addresses;
use store::Summary;

use super::store::Person;
use crate::daily::{USUAL_HOUR, next_at};
use crate::topic::{Topic, Way};
pub use link::follow;

/// A message that waited so long for a mail server is no news any more; it stands in the inbox.
const STALE: Span = Span::days(3);

/// How a new message will be sent to a person; `never` while a story of the past is told.
pub(super) fn way_of(parts: &Parts, person: &Person, kind: &str) -> Way {
    if parts.mailer().post() == Post::Silent {
        return Way::Never;
    }
    let topic = Topic::of(kind);
    let way = person.way.as_deref().and_then(Way::parse).unwrap_or(topic.usual());
    if way == Way::Daily && person.hour().is_none() { Way::Never } else { way }
}

/// Enqueues what a new message owes, in its transaction.
pub(super) async fn owe(
    tx: &mut Tx,
    parts: &Parts,
    person: &Person,
    notice: NoticeId,
    way: Way,
) -> Result<(), Problem> {
    let now = parts.clock().now();
    match way {
        Way::Never => Ok(()),
        Way::Instant => enqueue(tx, parts, &MailNotice { notice }, now, None).await,
        Way::Daily => {
            let hour = person.hour().unwrap_or(USUAL_HOUR);
            let at = next_at(now, hour, |at| kit::offset_in(&person.time_zone, at));
            enqueue_unless(tx, parts, &MailDaily { user: person.user }, at, &choices::mark(person.user)).await
        }
    }
}

/// Sends one message by itself.
#[derive(Serialize, Deserialize)]
pub struct MailNotice {
    notice: NoticeId,
}

impl Job for MailNotice {
    const NAME: &'static str = "mail.notice";

    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let (id, now) = (self.notice, parts.clock().now());
        let found = store::owed(&mut parts.db().read().await?, id).await?;
        let Some(owed) = found else { return Ok(()) };
        if owed.mail != "instant" {
            return Ok(());
        }
        let wanted = owed.reader.may_be_sent && owed.notice.read_at.is_none();
        let sent = if wanted && !is_stale(owed.notice.created_at, now) {
            let brand = compose::brand_of(&owed.notice);
            let (face, at) = {
                let mut tx = parts.db().read().await?;
                let face = themes::server::letter_face(&mut tx, parts, brand).await?;
                (face, hosts::server::address_of(&mut tx, parts, brand).await?)
            };
            hand_over(parts.mailer(), &compose::instant(parts, &owed, &face, &at)).await?
        } else {
            false
        };
        settle(parts, vec![id], sent).await
    }
}

/// Sends somebody the summary of what they have not read.
#[derive(Serialize, Deserialize)]
pub struct MailDaily {
    user: UserId,
}

impl Job for MailDaily {
    const NAME: &'static str = "mail.daily";

    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let user = self.user;
        // What goes out is fixed before it is sent: after a failure the same summary is tried again.
        let batch = parts.id(parts.clock().now());
        let ids: Vec<NoticeId> =
            parts.db().write(async move |tx: &mut Tx| store::claim(tx, user, batch).await).await?;
        if ids.is_empty() {
            return Ok(());
        }
        let found = store::summary(&mut parts.db().read().await?, user).await?;
        let sent = match found {
            Some(summary) if summary.reader.may_be_sent && !summary.owed.is_empty() => {
                let brand = summary.owed.iter().find_map(|one| compose::brand_of(&one.notice));
                let (face, addresses) = {
                    let mut tx = parts.db().read().await?;
                    let face = themes::server::letter_face(&mut tx, parts, brand).await?;
                    (face, addresses(&mut tx, parts, &summary).await?)
                };
                let mail = compose::summary(parts, user, &summary, &face, &addresses);
                hand_over(parts.mailer(), &mail).await?
            }
            _ => false,
        };
        let parts_ = parts.clone();
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                store::settle(tx, &ids, sent).await?;
                // What came while this one was tried again waits for the next.
                choices::appoint(tx, &parts_, user).await
            })
            .await
    }
}

/// Where the links of a summary lead: each message to its own brand, the rest to the only brand or the installation.
async fn addresses(tx: &mut Tx, parts: &Parts, summary: &Summary) -> Result<Addresses, Problem> {
    let mut brands = BTreeMap::new();
    for one in &summary.owed {
        if let Entry::Vacant(entry) = brands.entry(compose::brand_of(&one.notice)) {
            let at = hosts::server::address_of(tx, parts, *entry.key()).await?;
            entry.insert(at);
        }
    }
    let only = brands.first_key_value().filter(|_| brands.len() == 1).map(|(_, at)| at.clone());
    let home = match only {
        Some(at) => at,
        None => hosts::server::address_of(tx, parts, None).await?,
    };
    Ok(Addresses { home, brands })
}

fn is_stale(at: Timestamp, now: Timestamp) -> bool {
    at + STALE < now
}

async fn settle(parts: &Parts, ids: Vec<NoticeId>, sent: bool) -> Result<(), Problem> {
    parts.db().write(async move |tx: &mut Tx| store::settle(tx, &ids, sent).await).await
}
