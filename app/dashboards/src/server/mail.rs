//! Sends a saved view to somebody: its figures in the mail, with a file where that was chosen.
use base::db::Tx;
use base::http::Perform;
use base::jobs::Job;
use base::mail::{File, Mail, hand_over};
use base::{Actor, Parts, Problem, UserId};
use kit::catalogue::{Locale, speaking_to};
use kit::letter::{Item, Letter};
use serde::{Deserialize, Serialize};

use super::file;
use super::store::{self, Face, Reader, Whose};
use super::views::{appoint, whose};
use crate::chosen::{Chosen, What};
use crate::model::{Dashboard, Exploration};
use crate::screen::{explored_lines, tile_lines};
use crate::t;
use crate::verbs::{PartnerDashboard, VendorDashboard};
use crate::view::{Board, BoardView, BoardViewId, Rhythm, Sending};

/// Rows of what is explored that a mail writes out.
const ROWS: usize = 12;

/// Sends one view to one person, and appoints the next time.
#[derive(Serialize, Deserialize)]
pub(super) struct MailBoard {
    pub(super) view: BoardViewId,
    pub(super) user: UserId,
}

impl Job for MailBoard {
    const NAME: &'static str = "mail.board";

    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let Some((actor, whose, view, reader, face)) = self.found(parts).await? else { return Ok(()) };
        let figures = Figures::read(parts, &actor, &view).await?;
        let mail = compose(parts, &view, &reader, face.as_ref(), &figures)?;
        hand_over(parts.mailer(), &mail).await?;
        let parts_ = parts.clone();
        parts.db().write(async move |tx: &mut Tx| appoint(tx, &parts_, &view, whose).await).await
    }
}

type Found = (Actor, Whose, BoardView, Reader, Option<Face>);

impl MailBoard {
    /// What is to be sent; nothing when the view has gone, is wanted no more, or the person has left.
    async fn found(&self, parts: &Parts) -> Result<Option<Found>, Problem> {
        let mut tx = parts.db().read().await?;
        let Some(organization) = store::organization_of(&mut tx, self.view).await? else { return Ok(None) };
        let actor = match ::access::server::actor_of(&mut tx, self.user, organization).await {
            Ok(actor) => actor,
            Err(Problem::NotFound) => return Ok(None),
            Err(problem) => return Err(problem),
        };
        let whose = whose(&actor)?;
        let view = store::find(&mut tx, self.view, whose, false).await?;
        let Some(view) = view.filter(|view| view.choice.rhythm != Rhythm::Never) else { return Ok(None) };
        let Some(reader) = store::reader(&mut tx, self.user).await? else { return Ok(None) };
        let face = store::face(&mut tx, organization).await?;
        Ok(Some((actor, whose, view, reader, face)))
    }
}

/// What a view shows.
pub(super) enum Figures {
    Board(Box<Dashboard>),
    Explored(Box<Exploration>),
}

impl Figures {
    async fn read(parts: &Parts, actor: &Actor, view: &BoardView) -> Result<Self, Problem> {
        let get = base::named(&view.query);
        let (what, chosen) = (What::read(&get), Chosen::read(get));
        Ok(match view.board {
            Board::Home => {
                let Chosen { period, against, program, .. } = chosen;
                let ask = PartnerDashboard { period, against, program };
                Self::Board(Box::new(ask.perform(parts, actor).await?))
            }
            Board::Overview => {
                let Chosen { period, against, program, partner, segment } = chosen;
                let ask = VendorDashboard { period, against, program, partner, segment };
                Self::Board(Box::new(ask.perform(parts, actor).await?))
            }
            Board::Explore => Self::Explored(Box::new(what.ask(chosen).perform(parts, actor).await?)),
        })
    }
}

fn compose(
    parts: &Parts,
    view: &BoardView,
    reader: &Reader,
    face: Option<&Face>,
    figures: &Figures,
) -> Result<Mail, Problem> {
    let base = parts.settings().base_url.trim_end_matches('/');
    let host = face.and_then(|face| face.host.as_deref());
    let base = host.map_or_else(|| base.to_owned(), |host| hosts::rules::address_at(base, host));
    let url = |path: &str| format!("{base}{path}");
    let locale = Locale::choose(&reader.locale);
    let now = parts.clock().now();
    let letter = speaking_to(locale, &reader.time_zone, || {
        let (lines, rows) = match figures {
            Figures::Board(of) => tile_lines(of),
            Figures::Explored(of) => explored_lines(of, ROWS),
        };
        let items = rows.into_iter().map(|(title, note, path)| Item {
            title,
            note,
            url: url(&path.unwrap_or_else(|| view.href())),
        });
        Letter {
            language: locale.tag(),
            brand: face.map_or_else(|| "Rialto".to_owned(), |face| face.name.clone()),
            hue: face.map_or(262, |face| face.hue),
            chroma_milli: face.map_or(170, |face| face.chroma_milli),
            heading: view.name.clone(),
            lines,
            items: items.collect(),
            button: Some((t::open_view().to_owned(), url(&view.href()))),
            foot: vec![
                (t::view_mail_why().to_owned(), String::new()),
                (t::view_mail_change().to_owned(), url(kit::paths::VIEWS)),
            ],
        }
    });
    let format = match view.choice.format {
        Sending::Digest => None,
        Sending::Csv => Some(sheets::Format::Csv),
        Sending::Xlsx => Some(sheets::Format::Xlsx),
    };
    let files = match format {
        None => Vec::new(),
        Some(format) => vec![File {
            name: format!("{}.{}", file::name_of(&view.name), format.as_str()),
            media_type: format.media_type(),
            bytes: speaking_to(locale, &reader.time_zone, || file::write(format, &view.name, figures))?,
        }],
    };
    Ok(Mail {
        // The day is in it, so that a mail that is tried again is the same, and tomorrow's is another.
        id: format!("{}-{}", view.id, now.date()),
        to: reader.to(),
        from: face.and_then(Face::from),
        subject: view.name.clone(),
        text: letter.text(),
        html: letter.html(),
        files,
        unsubscribe: None,
        at: now,
    })
}
