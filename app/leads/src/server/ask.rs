//! Performs what only reads: lists, one lead, its history, how it came to its partner, counts.
use base::db::Tx;
use base::events;
use base::http::Perform;
use base::{Actor, LeadId, Page, Parts, Problem, Scope};
use serde_json::Value;

use super::case::{Ways, seen_by, terms_of};
use super::store;
use crate::access::Do;
use crate::model::{Counts, Draw, Lead, LeadRow, Person, Status, TimelineEntry};
use crate::verbs::{CountLeads, GetLead, ListLeadDraws, ListLeadEvents, ListLeads};

impl Perform for ListLeads {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<LeadRow>, Problem> {
        Do::List.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        store::list(&mut tx, &self, actor.scope(), actor.side()).await
    }
}

impl Perform for CountLeads {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Counts, Problem> {
        Do::List.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        store::counts(&mut tx, actor.scope(), actor.side(), self.program).await
    }
}

async fn read(tx: &mut Tx, actor: &Actor, id: LeadId) -> Result<Lead, Problem> {
    let lead = store::find(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)?;
    Do::Read.by(actor, Some(&lead))?;
    Ok(lead)
}

impl Perform for GetLead {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Lead, Problem> {
        let mut tx = parts.db().read().await?;
        let lead = read(&mut tx, actor, self.id).await?;
        let missing = || Problem::internal(format!("{} has no program", lead.id));
        let program = programs::server::program(&mut tx, lead.program).await?.ok_or_else(missing)?;
        let ways = Ways::of(&mut tx, program).await?;
        let barred = store::barred(&mut tx, lead.id, ways.rules.timed_out_is_final).await?;
        let terms = terms_of(actor, &ways, parts.clock().now());
        Ok(seen_by(lead, actor, &barred, &terms))
    }
}

impl Perform for ListLeadEvents {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<TimelineEntry>, Problem> {
        let mut tx = parts.db().read().await?;
        read(&mut tx, actor, self.id).await?;
        let events = events::by_subject(&mut tx, &self.id.to_string(), actor.scope()).await?;
        let notes = store::notes(&mut tx, self.id).await?;
        let entry = |event: events::Event| {
            let status = |name: &str| event.data.get(name).and_then(Value::as_str).and_then(Status::parse);
            let (from, status) = (status("from"), status("status"));
            let note = notes.iter().find(|(of, _)| *of == event.id).map(|(_, text)| text.clone());
            let mut data = event.data;
            if let (Value::Object(data), Some(note)) = (&mut data, note) {
                data.insert("note".to_owned(), Value::String(note));
            }
            let actor = Person { name: event.actor.name, user: event.actor.user };
            TimelineEntry { id: event.id, at: event.at, kind: event.kind, actor, from, status, data }
        };
        Ok(Page::whole(events.into_iter().map(entry).collect()))
    }
}

impl Perform for ListLeadDraws {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Draw>, Problem> {
        let mut tx = parts.db().read().await?;
        read(&mut tx, actor, self.id).await?;
        let draws = store::draws(&mut tx, self.id).await?;
        let told = match actor.scope() {
            Scope::Partner(own) => {
                draws.into_iter().filter_map(|draw| draw.for_partner(own)).take(1).collect()
            }
            _ => draws,
        };
        Ok(Page::whole(told))
    }
}
