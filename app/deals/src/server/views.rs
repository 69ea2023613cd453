//! Performs the verbs of saved views: everybody keeps their own; those who may share them with their organisation.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, Page, Parts, Problem};
use serde_json::json;

use super::store::views::{self, Whose};
use crate::access::Do;
use crate::model::{View, ViewId};
use crate::verbs::{ChangeDealView, DeleteDealView, ListDealViews, ListDeals, RestoreDealView, SaveDealView};

/// The most views of one person.
const MOST: i64 = 50;

fn whose(actor: &Actor) -> Result<Whose, Problem> {
    Do::List.by(actor, None)?;
    let user =
        actor.user.ok_or_else(|| Problem::forbidden("no_person", "A saved view belongs to a person."))?;
    let shares = Do::ShareViews.by(actor, None).is_ok();
    Ok(Whose { organization: actor.organization()?, user, shares })
}

/// The query as the list's address writes it.
fn canonical(query: &str) -> Result<String, Problem> {
    ListDeals::from_query(query)
        .map(|list| list.to_query())
        .map_err(|name| Problem::field("query", "unknown", format!("The list has no filter like {name}.")))
}

async fn record(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    kind: &'static str,
    id: ViewId,
) -> Result<(), Problem> {
    let Some(standing) = actor.standing else { return Ok(()) };
    let place = (standing.organization, standing.role.side());
    organizations::server::record(tx, parts, actor, place, kind, id, json!({})).await
}

impl Perform for ListDealViews {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<View>, Problem> {
        let whose = whose(actor)?;
        let mut tx = parts.db().read().await?;
        views::all(&mut tx, whose).await.map(Page::whole)
    }
}

impl Perform for SaveDealView {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<View, Problem> {
        let whose = whose(actor)?;
        if self.shared {
            Do::ShareViews.by(actor, None)?;
        }
        let query = canonical(&self.query)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            if views::count(tx, whose).await? >= MOST {
                return Err(Problem::refused("too_many_views", "You have 50 views. Delete one first."));
            }
            let now = parts_.clock().now();
            let view = View {
                id: ViewId(parts_.id(now)),
                name: self.name.trim().to_owned(),
                query,
                columns: self.columns,
                layout: self.layout,
                shared: self.shared,
                owner_name: actor_.name.clone(),
                may_change: true,
                is_default: false,
                version: 1,
            };
            views::insert(tx, whose, &view, now).await?;
            record(tx, &parts_, &actor_, "deal_view.saved", view.id).await?;
            Ok(view)
        };
        parts.db().write(work).await
    }
}

/// A view that the actor may change.
async fn own(tx: &mut Tx, id: ViewId, whose: Whose, deleted: bool) -> Result<View, Problem> {
    let view = views::find(tx, id, whose, deleted).await?.ok_or(Problem::NotFound)?;
    if view.may_change {
        return Ok(view);
    }
    Err(Problem::forbidden("role", "This view is shared by somebody else. Save it under a name of your own."))
}

impl Perform for ChangeDealView {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<View, Problem> {
        let whose = whose(actor)?;
        let query = self.query.as_deref().map(canonical).transpose()?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let before = views::find(tx, self.id, whose, false).await?.ok_or(Problem::NotFound)?;
            if self.version.is_some_and(|seen| seen != before.version) {
                return Err(Problem::Stale);
            }
            let mut after = View {
                name: self.name.map_or_else(|| before.name.clone(), |name| name.trim().to_owned()),
                query: query.unwrap_or_else(|| before.query.clone()),
                columns: self.columns.unwrap_or_else(|| before.columns.clone()),
                layout: self.layout.unwrap_or(before.layout),
                shared: self.shared.unwrap_or(before.shared),
                ..before.clone()
            };
            if after != before {
                own(tx, self.id, whose, false).await?;
                if after.shared != before.shared {
                    Do::ShareViews.by(&actor_, None)?;
                }
                after.version += 1;
                views::update(tx, &after).await?;
            }
            if let Some(is_default) = self.is_default.filter(|on| *on != before.is_default) {
                views::set_default(tx, whose, is_default.then_some(after.id)).await?;
                after.is_default = is_default;
            }
            record(tx, &parts_, &actor_, "deal_view.changed", after.id).await?;
            Ok(after)
        };
        parts.db().write(work).await
    }
}

impl Perform for DeleteDealView {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<View, Problem> {
        let whose = whose(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let view = own(tx, self.id, whose, false).await?;
            views::set_deleted(tx, view.id, Some(parts_.clock().now())).await?;
            record(tx, &parts_, &actor_, "deal_view.deleted", view.id).await?;
            Ok(view)
        };
        parts.db().write(work).await
    }
}

impl Perform for RestoreDealView {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<View, Problem> {
        let whose = whose(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let view = own(tx, self.id, whose, true).await?;
            views::set_deleted(tx, view.id, None).await?;
            record(tx, &parts_, &actor_, "deal_view.restored", view.id).await?;
            Ok(view)
        };
        parts.db().write(work).await
    }
}
