//! Performs the verbs of the audit log.
use base::http::Perform;
use base::{Actor, EventId, Page, Parts, Problem, Side, page_rows};

use crate::access::Do;
use crate::verbs::{EventActor, ListEvents, LoggedEvent};

impl Perform for ListEvents {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<LoggedEvent>, Problem> {
        Do::ReadEvents.by(actor)?;
        let before = match &self.cursor {
            Some(cursor) => Some(
                cursor
                    .parse::<EventId>()
                    .map_err(|_| Problem::field("cursor", "invalid", "Use a cursor as a page gave it."))?,
            ),
            None => None,
        };
        let limit = page_rows(self.limit);
        let mut tx = parts.db().read().await?;
        let (kind, subject) = (self.kind.as_deref(), self.subject.as_deref());
        let (events, total) =
            base::events::list(&mut tx, actor.scope(), kind, subject, before, i64::from(limit) + 1).await?;
        let partner = actor.side() == Some(Side::Partner);
        let rows = events.into_iter().map(|event| logged(event, partner)).collect();
        Ok(Page::cut(rows, limit, total, |last: &LoggedEvent| last.id.to_string()))
    }
}

fn logged(event: base::events::Event, partner: bool) -> LoggedEvent {
    let data = if partner { event.data_for_partner() } else { event.data };
    let actor = EventActor { name: event.actor.name, user: event.actor.user, means: event.actor.means };
    LoggedEvent {
        id: event.id,
        seq: event.seq,
        kind: event.kind,
        at: event.at,
        actor,
        subject: event.subject,
        vendor: event.vendor,
        program: event.program,
        partner: event.partner,
        data,
        prev_hash: event.prev_hash,
        hash: event.hash,
    }
}
