//! Mails to many through the verbs and the worker, on both engines, with a real mail server beside them.
mod kill;
mod lists;
mod seen;
mod sending;
mod sink;

use std::collections::BTreeMap;
use std::time::Duration;

use base::db::{Engine, Tx};
use base::mail::{Address, SmtpUrl};
use base::testing::World;
use base::{CampaignId, RecipientId, Scope, Span, Timestamp, events};
use creative::draw::{Mail, Piece, Slot, Template};
use creative::{Token, Values};
use partners::fixtures::{Market, market};
use sqlx::types::Uuid;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{Limits, Posting, Step, To, queue, tally, work};
use crate::model::{Queued, QuietHours, Tally};
use sink::Sink;

struct Stage {
    world: World,
    market: Market,
    sink: Sink,
}

/// A worker that runs; ends with the test.
struct Working {
    task: JoinHandle<()>,
    stop: CancellationToken,
}

impl Working {
    /// As a server that is asked to stop does.
    async fn end(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }

    /// As a process that is killed: nothing is written down any more.
    async fn kill(self) {
        self.task.abort();
        let _ = self.task.await;
    }
}

impl Stage {
    async fn set(engine: Engine) -> Option<Self> {
        let tables = [
            organizations::MIGRATIONS(),
            access::MIGRATIONS(),
            programs::MIGRATIONS(),
            partners::MIGRATIONS(),
            crate::MIGRATIONS(),
        ];
        let world = World::try_new(engine, &tables).await?.with_jobs(crate::JOBS);
        let market = market(&world).await;
        Some(Self { world, market, sink: Sink::start().await })
    }

    fn campaign(&self) -> CampaignId {
        CampaignId(self.world.parts.id(self.world.parts.clock().now()))
    }

    fn step(&self, campaign: CampaignId, step: u16) -> Step {
        Step {
            campaign,
            step,
            vendor: self.market.vendor,
            brand: self.market.brand,
            program: self.market.program,
            partner: self.market.alpine.id,
            mail: mail(),
            from_name: "Alpine Systems".to_owned(),
            reply_to: "team@alpine.example".to_owned(),
            send_at: self.world.parts.clock().now(),
            quiet: None,
            landing_url: "https://p.example/l/spring-abc123".to_owned(),
        }
    }

    async fn queue(&self, step: Step, to: Vec<To>) -> Queued {
        let parts = self.world.parts.clone();
        let work = async move |tx: &mut Tx| queue(tx, &parts, &step, to).await;
        self.world.parts.db().write(work).await.unwrap()
    }

    /// A worker with so many lines.
    fn start(&self, lines: usize, limits: &str) -> Working {
        let own = Address { name: "Rialto".to_owned(), email: "no-reply@localhost.example".to_owned() };
        let limits: Limits = limits.parse().unwrap();
        let url = SmtpUrl(self.sink.url(lines));
        let posting = Posting::new(&url, own, None, "localhost.example", limits).unwrap();
        let stop = CancellationToken::new();
        let task = tokio::spawn(work(self.world.parts.clone(), posting, stop.clone()));
        Working { task, stop }
    }

    async fn tally(&self, campaign: CampaignId) -> Tally {
        let mut tx = self.world.parts.db().read().await.unwrap();
        tally(&mut tx, campaign).await.unwrap()
    }

    /// Waits until the mails of a campaign stand so.
    async fn until(&self, campaign: CampaignId, is: impl Fn(&Tally) -> bool) -> Tally {
        for _ in 0..1_500 {
            let tally = self.tally(campaign).await;
            if is(&tally) {
                return tally;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("it did not come to that: {:?}", self.tally(campaign).await);
    }

    /// Sends everything that is due.
    async fn send(&self, campaign: CampaignId) -> Tally {
        let working = self.start(4, "off");
        let tally = self.until(campaign, |tally| tally.queued == 0).await;
        working.end().await;
        tally
    }

    async fn told(&self, kind: &str) -> Vec<events::Event> {
        let mut tx = self.world.parts.db().read().await.unwrap();
        let scope = Scope::Vendor(self.market.vendor);
        let all = events::after(&mut tx, scope, 0, Timestamp(0), 500).await.unwrap();
        all.into_iter().filter(|event| event.kind == kind).collect()
    }

    /// What a statement counts.
    async fn number(&self, sql: &'static str) -> i64 {
        let mut tx = self.world.parts.db().read().await.unwrap();
        base::on!(tx, |conn| sqlx::query_scalar(sql).fetch_one(conn).await).unwrap()
    }
}

macro_rules! stage {
    ($engine:expr) => {
        match crate::server::tests::Stage::set($engine).await {
            Some(stage) => stage,
            None => return,
        }
    };
}
pub(super) use stage;

fn text(text: &str) -> Piece {
    Piece::As(text.to_owned())
}

/// A mail with a name, two links, a way out and a picture.
fn mail() -> Mail {
    let first_name = || Piece::Slot(Slot::Token(Token::FirstName, "there".to_owned()));
    Mail {
        subject: Template(vec![text("Hello "), first_name()]),
        other_subject: None,
        html: Template(vec![
            text("<!doctype html><html lang=\"de\"><body><p>Hello "),
            first_name(),
            text("</p><a href=\""),
            Piece::Slot(Slot::Link(0)),
            text("\">Look</a> <a href=\""),
            Piece::Slot(Slot::Unsubscribe),
            text("\">No more</a><img src=\""),
            Piece::Slot(Slot::Opened),
            text("\"></body></html>"),
        ]),
        text: Template(vec![
            text("Hello "),
            first_name(),
            text("\n"),
            Piece::Slot(Slot::Link(0)),
            text("\n"),
            Piece::Slot(Slot::Unsubscribe),
        ]),
        links: vec!["https://p.example/l/spring-abc123?x=1".to_owned(), "javascript:alert(1)".to_owned()],
    }
}

/// People at one domain each ten.
fn people(range: std::ops::Range<usize>) -> Vec<To> {
    range.map(|at| person(at, &format!("p{at}@d{}.example", at % 10))).collect()
}

fn person(at: usize, email: &str) -> To {
    let values: Values = BTreeMap::from([(Token::FirstName, format!("Pat{at}"))]);
    To {
        recipient: RecipientId(Uuid::from_u128(1_000 + at as u128)),
        email: email.to_owned(),
        time_zone: None,
        values,
    }
}

const NIGHT: QuietHours = QuietHours { from: 20, until: 8 };
const LEASE: Span = Span::minutes(6);
