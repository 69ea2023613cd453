//! Mails over real SMTP: a server of this test's own, which can be away.
use std::sync::{Arc, Mutex};

use base::db::{Engine, Tx};
use base::jobs::{Job, JobKind, Lane, enqueue, job, run_due, tally};
use base::mail::{Address, Mail, Smtp, SmtpUrl, Undelivered};
use base::{Parts, Problem, Span, Timestamp, world};
use rstest::rstest;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

type Taken = Arc<Mutex<Vec<String>>>;

/// Takes mails on this port; refuses those to `nobody@…` for good.
async fn serve(listener: TcpListener, taken: Taken) {
    while let Ok((stream, _)) = listener.accept().await {
        let taken = taken.clone();
        tokio::spawn(async move { converse(stream, &taken).await });
    }
}

async fn converse(stream: TcpStream, taken: &Taken) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 test\r\n").await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let verb = line.trim_end().to_ascii_uppercase();
        if verb == "DATA" {
            stream.write_all(b"354 go on\r\n").await?;
            let mut message = String::new();
            line.clear();
            while stream.read_line(&mut line).await? > 0 && line != ".\r\n" {
                message.push_str(&line);
                line.clear();
            }
            taken.lock().expect("no test holds it while it fails").push(message);
            stream.write_all(b"250 taken\r\n").await?;
        } else if verb == "QUIT" {
            return stream.write_all(b"221 bye\r\n").await;
        } else if verb.starts_with("RCPT TO:<NOBODY@") {
            stream.write_all(b"550 5.1.1 no such mailbox\r\n").await?;
        } else {
            stream.write_all(b"250 ok\r\n").await?;
        }
        line.clear();
    }
    Ok(())
}

fn smtp(port: u16) -> Smtp {
    let url = SmtpUrl(format!("smtp://127.0.0.1:{port}"));
    let from = Address { name: "Rialto".into(), email: "no-reply@partners.example".into() };
    Smtp::new(&url, from, "partners.example").expect("an address")
}

fn mail(to: &str) -> Mail {
    Mail {
        id: "ntc_1".into(),
        to: Address { name: "Sam".into(), email: to.into() },
        from: None,
        reply_to: None,
        subject: "Acme is approved".into(),
        text: "Acme is approved".into(),
        html: "<p>Acme is approved</p>".into(),
        files: Vec::new(),
        unsubscribe: None,
        at: Timestamp(1_793_610_000_000),
    }
}

#[derive(Serialize, Deserialize)]
struct Greet {
    to: String,
}

impl Job for Greet {
    const NAME: &'static str = "mail.greet";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        parts.mailer().send(&mail(&self.to)).await.map_err(|_| Problem::Unavailable)
    }
}

const JOBS: &[JobKind] = &[job::<Greet>()];

#[tokio::test]
async fn a_mail_is_handed_over_whole_and_a_refusal_for_good_is_told_from_a_server_that_is_away() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its number").port();
    let taken = Taken::default();
    let server = tokio::spawn(serve(listener, taken.clone()));
    let mailer = smtp(port);
    use base::mail::Mailer;
    mailer.send(&mail("sam@alpine.example")).await.expect("it is taken");
    let message = taken.lock().expect("not held").pop().expect("one");
    for wanted in ["Message-ID: <ntc_1@partners.example>", "To: Sam <sam@alpine.example>", "Acme is approved"]
    {
        assert!(message.contains(wanted), "{wanted} in\n{message}");
    }
    let refused = mailer.send(&mail("nobody@alpine.example")).await;
    assert!(matches!(refused, Err(Undelivered::Never(_))), "{refused:?}");
    server.abort();
    let _ = server.await;
    let away = smtp(port).send(&mail("sam@alpine.example")).await;
    assert!(matches!(away, Err(Undelivered::Later(_))), "{away:?}");
}

#[rstest]
#[tokio::test]
async fn a_mail_waits_for_a_server_that_is_away_and_arrives_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its number").port();
    drop(listener);
    let world = world!(engine, []);
    // A second set of parts over the same store, whose mails go over the wire.
    let over = |port: u16| {
        let parts = world.parts.clone();
        let again = Parts::new(
            parts.db().clone(),
            Box::new(world.clock.clone()),
            Box::new(base::clock::SystemChance),
            [7; 32],
            parts.settings().clone(),
        );
        again.deliver_by(Box::new(smtp(port)));
        again
    };
    let parts = over(port);
    let (parts_, now) = (parts.clone(), parts.clock().now());
    let greet = async move |tx: &mut Tx| {
        enqueue(tx, &parts_, &Greet { to: "sam@alpine.example".into() }, now, None).await
    };
    parts.db().write(greet).await.expect("it is enqueued");
    assert_eq!(run_due(&parts, JOBS, Lane::Here).await, Ok(0), "mails have a lane of their own");
    assert_eq!(run_due(&parts, JOBS, Lane::Mail).await, Ok(1));
    assert_eq!(tally(parts.db(), base::jobs::MAIL).await.expect("a count").waiting, 1);

    let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("the same port");
    let taken = Taken::default();
    let server = tokio::spawn(serve(listener, taken.clone()));
    let parts = over(port);
    assert_eq!(run_due(&parts, JOBS, Lane::Mail).await, Ok(0), "not before its time");
    world.advance(Span::minutes(1));
    assert_eq!(run_due(&parts, JOBS, Lane::Mail).await, Ok(1));
    assert_eq!(run_due(&parts, JOBS, Lane::Mail).await, Ok(0));
    assert_eq!(taken.lock().expect("not held").len(), 1);
    assert_eq!(tally(parts.db(), base::jobs::MAIL).await.expect("a count").waiting, 0);
    server.abort();
}
