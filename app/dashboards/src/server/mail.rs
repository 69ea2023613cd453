//! Sends a saved view to somebody: its figures in the mail, with a file where that was chosen.
use base::db::Tx;
use base::http::Perform;
use base::jobs::Job;
use base::mail::{File, Mail, hand_over};
use base::{Actor, Parts, Problem, UserId};
use kit::catalogue::Locale;
use kit::letter::{Face, Item, Letter};
use serde::{Deserialize, Serialize};

use super::file;
use super::store::{self, Reader, Whose};
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
        let Some(found) = self.found(parts).await? else { return Ok(()) };
        let Found { actor, whose, view, .. } = &found;
        let figures = Figures::read(parts, actor, view).await?;
        let mail = compose(parts, &found, &figures)?;
        hand_over(parts.mailer(), &mail).await?;
        let (parts_, view, whose) = (parts.clone(), view.clone(), *whose);
        parts.db().write(async move |tx: &mut Tx| appoint(tx, &parts_, &view, whose).await).await
    }
}

/// What is to be sent, to whom, and how it looks.
struct Found {
    actor: Actor,
    whose: Whose,
    view: BoardView,
    reader: Reader,
    face: Face,
    /// Where links lead.
    at: String,
}

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
        let program = Chosen::read(base::named(&view.query)).program;
        let brand = store::brand_of(&mut tx, organization, program).await?;
        let face = themes::server::letter_face(&mut tx, parts, brand).await?;
        let at = hosts::server::address_of(&mut tx, parts, brand).await?;
        Ok(Some(Found { actor, whose, view, reader, face, at }))
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
                let Chosen { period, against, program, partner, segment, .. } = chosen;
                let ask = VendorDashboard { period, against, program, partner, segment };
                Self::Board(Box::new(ask.perform(parts, actor).await?))
            }
            Board::Explore => Self::Explored(Box::new(what.ask(chosen).perform(parts, actor).await?)),
        })
    }
}

fn compose(parts: &Parts, found: &Found, figures: &Figures) -> Result<Mail, Problem> {
    let Found { view, reader, face, at, .. } = found;
    let url = |path: &str| format!("{at}{path}");
    let locale = Locale::choose(&reader.locale);
    let now = parts.clock().now();
    let letter = face.speaking_to(locale, &reader.time_zone, || {
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
            heading: view.name.clone(),
            lines,
            items: items.collect(),
            button: Some((t::open_view().to_owned(), url(&view.href()))),
            foot: vec![
                (t::view_mail_why().to_owned(), String::new()),
                (t::view_mail_change().to_owned(), url(kit::paths::VIEWS)),
            ],
            ..face.letter(locale)
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
            bytes: face
                .speaking_to(locale, &reader.time_zone, || file::write(format, &view.name, figures))?,
        }],
    };
    Ok(Mail {
        // The day is in it, so that a mail that is tried again is the same, and tomorrow's is another.
        id: format!("{}-{}", view.id, now.date()),
        to: reader.to(),
        from: face.from.clone(),
        reply_to: face.reply_to.clone(),
        subject: view.name.clone(),
        text: letter.text(),
        html: letter.html(),
        files,
        unsubscribe: None,
        at: now,
    })
}
