//! Performs the verbs of saved views: everybody keeps their own; those who may share them with their organisation.
use base::db::Tx;
use base::http::Perform;
use base::jobs::enqueue;
use base::{Actor, Page, Parts, Problem, Side};
use serde_json::json;

use super::mail::MailBoard;
use super::store::{self, Whose};
use crate::access;
use crate::chosen::{self, fields_of};
use crate::rules::next_sending;
use crate::verbs::{
    ChangeBoardView, ChooseBoardView, DeleteBoardView, ListBoardViews, RestoreBoardView, SaveBoardView,
};
use crate::view::{Board, BoardView, BoardViewId, Choice, Rhythm};

/// The most views of one person.
const MOST: i64 = 50;

pub(super) fn whose(actor: &Actor) -> Result<Whose, Problem> {
    let organization = actor.organization()?;
    let user =
        actor.user.ok_or_else(|| Problem::forbidden("no_person", "A saved view belongs to a person."))?;
    Ok(Whose { organization, user, shares: access::share(actor).is_ok() })
}

/// The query as the page's address writes it.
fn canonical(board: Board, query: &str) -> Result<String, Problem> {
    let unknown =
        |name: &str| Problem::field("query", "unknown", format!("This page has no filter like {name}."));
    fields_of(board, query).map(|fields| chosen::query(&fields)).map_err(|name| unknown(&name))
}

/// A partner has no overview, and a vendor no home.
fn must_have(actor: &Actor, board: Board) -> Result<(), Problem> {
    let has = match board {
        Board::Home => actor.side() == Some(Side::Partner),
        Board::Overview => actor.side() == Some(Side::Vendor),
        Board::Explore => true,
    };
    if has { Ok(()) } else { Err(Problem::field("board", "not_yours", "You do not have this page.")) }
}

async fn record(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    kind: &'static str,
    id: BoardViewId,
) -> Result<(), Problem> {
    let Some(standing) = actor.standing else { return Ok(()) };
    let place = (standing.organization, standing.role.side());
    organizations::server::record(tx, parts, actor, place, kind, id, json!({})).await
}

impl Perform for ListBoardViews {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<BoardView>, Problem> {
        let whose = whose(actor)?;
        let mut tx = parts.db().read().await?;
        store::all(&mut tx, whose, self.pinned == Some(true)).await.map(Page::whole)
    }
}

impl Perform for SaveBoardView {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BoardView, Problem> {
        let whose = whose(actor)?;
        must_have(actor, self.board)?;
        if self.shared {
            access::share(actor)?;
        }
        let query = canonical(self.board, &self.query)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            if store::count(tx, whose).await? >= MOST {
                return Err(Problem::refused("too_many_views", "You have 50 views. Delete one first."));
            }
            let now = parts_.clock().now();
            let view = BoardView {
                id: BoardViewId(parts_.id(now)),
                name: self.name.trim().to_owned(),
                board: self.board,
                query,
                shared: self.shared,
                owner_name: actor_.name.clone(),
                may_change: true,
                choice: Choice::default(),
                version: 1,
            };
            store::insert(tx, whose, &view, now).await?;
            record(tx, &parts_, &actor_, "board_view.saved", view.id).await?;
            Ok(view)
        };
        parts.db().write(work).await
    }
}

/// A view that the actor may change.
async fn own(tx: &mut Tx, id: BoardViewId, whose: Whose, deleted: bool) -> Result<BoardView, Problem> {
    let view = store::find(tx, id, whose, deleted).await?.ok_or(Problem::NotFound)?;
    if view.may_change {
        return Ok(view);
    }
    Err(Problem::forbidden("role", "This view is shared by somebody else. Save it under a name of your own."))
}

impl Perform for ChangeBoardView {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BoardView, Problem> {
        let whose = whose(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let before = own(tx, self.id, whose, false).await?;
            if self.version.is_some_and(|seen| seen != before.version) {
                return Err(Problem::Stale);
            }
            let query = match &self.query {
                Some(query) => canonical(before.board, query)?,
                None => before.query.clone(),
            };
            let mut after = BoardView {
                name: self.name.map_or_else(|| before.name.clone(), |name| name.trim().to_owned()),
                query,
                shared: self.shared.unwrap_or(before.shared),
                ..before.clone()
            };
            if after == before {
                return Ok(before);
            }
            if after.shared != before.shared {
                access::share(&actor_)?;
            }
            after.version += 1;
            store::update(tx, &after).await?;
            record(tx, &parts_, &actor_, "board_view.changed", after.id).await?;
            Ok(after)
        };
        parts.db().write(work).await
    }
}

impl Perform for ChooseBoardView {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BoardView, Problem> {
        let whose = whose(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let mut view = store::find(tx, self.id, whose, false).await?.ok_or(Problem::NotFound)?;
            let before = view.choice;
            view.choice = Choice {
                pinned: self.pinned.unwrap_or(before.pinned),
                rhythm: self.rhythm.unwrap_or(before.rhythm),
                format: self.format.unwrap_or(before.format),
                hour: self.hour.unwrap_or(before.hour),
            };
            if view.choice == before {
                return Ok(view);
            }
            store::choose(tx, view.id, whose.user, view.choice).await?;
            if view.choice.rhythm != Rhythm::Never {
                appoint(tx, &parts_, &view, whose).await?;
            }
            record(tx, &parts_, &actor_, "board_view.chosen", view.id).await?;
            Ok(view)
        };
        parts.db().write(work).await
    }
}

/// Sees to it that a view is sent when it is due next.
pub(super) async fn appoint(
    tx: &mut Tx,
    parts: &Parts,
    view: &BoardView,
    whose: Whose,
) -> Result<(), Problem> {
    let Some(reader) = store::reader(tx, whose.user).await? else { return Ok(()) };
    let Choice { rhythm, hour, .. } = view.choice;
    let now = parts.clock().now();
    let Some(at) = next_sending(now, rhythm, hour, |at| kit::offset_in(&reader.time_zone, at)) else {
        return Ok(());
    };
    let (view, user) = (view.id, whose.user);
    enqueue(tx, parts, &MailBoard { view, user }, at, Some(&format!("mail.board:{view}:{user}"))).await
}

impl Perform for DeleteBoardView {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BoardView, Problem> {
        let whose = whose(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let view = own(tx, self.id, whose, false).await?;
            store::set_deleted(tx, view.id, Some(parts_.clock().now())).await?;
            record(tx, &parts_, &actor_, "board_view.deleted", view.id).await?;
            Ok(view)
        };
        parts.db().write(work).await
    }
}

impl Perform for RestoreBoardView {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BoardView, Problem> {
        let whose = whose(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let view = own(tx, self.id, whose, true).await?;
            store::set_deleted(tx, view.id, None).await?;
            if view.choice.rhythm != Rhythm::Never {
                appoint(tx, &parts_, &view, whose).await?;
            }
            record(tx, &parts_, &actor_, "board_view.restored", view.id).await?;
            Ok(view)
        };
        parts.db().write(work).await
    }
}
