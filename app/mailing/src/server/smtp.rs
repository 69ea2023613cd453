//! Lines to the mail server: opened as `RIALTO_SMTP_URL` says, used for one message after another.
use std::time::Duration;

use base::mail::{Address, SmtpUrl};
use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use percent_encoding::percent_decode_str;
use url::Url;

use super::rates::Limits;
use crate::rules::{Meaning, Stage, enhanced, meaning};

/// How long a connection may take to be made, and one message to be handed over.
const CONNECT: Duration = Duration::from_secs(20);
const MESSAGE: Duration = Duration::from_mins(1);
/// How many messages go over one connection: many servers take no more than a hundred or so.
pub(super) const PER_LINE: usize = 100;

/// How mails to many are handed over.
pub struct Posting {
    target: Target,
    /// The installation's own sender.
    pub(super) own: Address,
    /// Where mails come back to: each to an address of its own (`bounces+msg_…@example.com`). The own sender's otherwise.
    pub(super) returns: Option<Address>,
    /// The installation's own host.
    pub(super) host: String,
    pub(super) limits: Limits,
    /// How many connections are open at once.
    pub(super) lines: usize,
}

struct Target {
    host: String,
    port: u16,
    encryption: Encryption,
    credentials: Option<Credentials>,
    hello: ClientId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encryption {
    None,
    /// STARTTLS, or nothing is sent.
    Required,
    /// STARTTLS where the server has it.
    Opportunistic,
    Whole,
}

impl Posting {
    /// Reads the address as [`base::mail::Smtp`] does. With `connections=4` in it at most so many are open at once; 4 when
    /// nothing is said, 50 at most.
    ///
    /// # Errors
    /// What is wrong with the address, without the address.
    pub fn new(
        url: &SmtpUrl,
        own: Address,
        returns: Option<Address>,
        host: &str,
        limits: Limits,
    ) -> Result<Self, String> {
        let odd = || "RIALTO_SMTP_URL is not like smtp://host:port or smtps://user:password@host".to_owned();
        let url = Url::parse(&url.0).map_err(|_| odd())?;
        let asked = |name: &str| {
            url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
        };
        let (encryption, port) = match (url.scheme(), asked("tls").as_deref()) {
            ("smtp", None) => (Encryption::None, 25),
            ("smtp", Some("required")) => (Encryption::Required, 587),
            ("smtp", Some("opportunistic")) => (Encryption::Opportunistic, 587),
            ("smtps", _) => (Encryption::Whole, 465),
            _ => return Err(odd()),
        };
        let decoded = |text: &str| {
            percent_decode_str(text).decode_utf8().map(|text| text.into_owned()).map_err(|_| odd())
        };
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(decoded(url.username())?, decoded(password)?)),
            None => None,
        };
        let lines = asked("connections").and_then(|text| text.parse().ok()).unwrap_or(4).clamp(1, 50);
        let target = Target {
            host: url.host_str().ok_or_else(odd)?.to_owned(),
            port: url.port().unwrap_or(port),
            encryption,
            credentials,
            hello: ClientId::Domain(host.to_owned()),
        };
        Ok(Self { target, own, returns, host: host.to_owned(), limits, lines })
    }

    /// Opens a connection.
    pub(super) async fn connect(&self) -> Result<Line, String> {
        let opened = tokio::time::timeout(CONNECT, self.target.connect()).await;
        opened.map_err(|_| "the mail server does not answer".to_owned())?.map_err(|error| error.to_string())
    }
}

impl Target {
    async fn connect(&self) -> Result<Line, lettre::transport::smtp::Error> {
        let parameters = || TlsParameters::new(self.host.clone());
        let whole = (self.encryption == Encryption::Whole).then(parameters).transpose()?;
        let server = (self.host.trim_matches(['[', ']']), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(CONNECT), &self.hello, whole, None).await?;
        let starts = match self.encryption {
            Encryption::Required => true,
            Encryption::Opportunistic => connection.can_starttls(),
            Encryption::None | Encryption::Whole => false,
        };
        if starts {
            connection.starttls(parameters()?, &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await?;
        }
        Ok(Line { connection, used: 0 })
    }
}

/// A connection.
pub(super) struct Line {
    connection: AsyncSmtpConnection,
    used: usize,
}

/// What became of a message that was handed over.
#[derive(Debug)]
pub(super) enum Handed {
    Taken,
    /// Refused, with what that means and what the server said.
    Refused(Meaning, String),
    /// The line broke before the message was whole.
    Broken(String),
    /// The line broke when all had been said: nobody knows.
    Unsure(String),
}

impl Line {
    /// Whether it may be used for another message.
    pub(super) fn is_fresh(&self) -> bool {
        self.used < PER_LINE && !self.connection.has_broken()
    }

    /// Hands a message over.
    pub(super) async fn hand_over(&mut self, envelope: &Envelope, message: &[u8]) -> Handed {
        self.used += 1;
        let mut said = false;
        let talk = tokio::time::timeout(MESSAGE, self.talk(envelope, message, &mut said)).await;
        match talk {
            Ok(handed) => handed,
            Err(_) if said => Handed::Unsure("the mail server took too long".to_owned()),
            Err(_) => Handed::Broken("the mail server took too long".to_owned()),
        }
    }

    async fn talk(&mut self, envelope: &Envelope, message: &[u8], said: &mut bool) -> Handed {
        let line = &mut self.connection;
        if let Err(error) = line.command(Mail::new(envelope.from().cloned(), Vec::new())).await {
            return self.refused(Stage::Before, &error).await;
        }
        let Some(to) = envelope.to().first() else { return Handed::Refused(Meaning::Refused, String::new()) };
        if let Err(error) = self.connection.command(Rcpt::new(to.clone(), Vec::new())).await {
            return self.refused(Stage::Recipient, &error).await;
        }
        if let Err(error) = self.connection.command(Data).await {
            return self.refused(Stage::Content, &error).await;
        }
        let whole = with_end(message);
        *said = true;
        // In one piece: a small rest that follows would wait for the answer to what went before (Nagle).
        match self.connection.command(whole).await {
            Ok(_) => Handed::Taken,
            Err(error) if error.status().is_some() => self.refused(Stage::Content, &error).await,
            Err(error) => Handed::Unsure(error.to_string()),
        }
    }

    /// Reads a refusal, and makes the line ready for the next message.
    async fn refused(&mut self, stage: Stage, error: &lettre::transport::smtp::Error) -> Handed {
        let words = words(error);
        let Some(code) = error.status() else {
            self.used = PER_LINE;
            return Handed::Broken(words);
        };
        let code = u16::from(code);
        // 421: the server is about to hang up.
        if code == 421 || self.connection.command(Rset).await.is_err() {
            self.used = PER_LINE;
        }
        let words = if enhanced(&words).is_some() { words } else { format!("{code} {words}") };
        Handed::Refused(meaning(stage, code, &words), words)
    }

    /// Says good-bye.
    pub(super) async fn close(mut self) {
        let _ = tokio::time::timeout(Duration::from_secs(2), self.connection.quit()).await;
    }
}

/// A message as it goes over the line: dots at the start of a line doubled, a line with a dot alone at its end (RFC 5321,
/// 4.5.2).
fn with_end(message: &[u8]) -> String {
    let text = String::from_utf8_lossy(message);
    let mut whole = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        if line.starts_with('.') {
            whole.push('.');
        }
        whole.push_str(line);
    }
    whole.push_str(if whole.ends_with("\r\n") { ".\r\n" } else { "\r\n.\r\n" });
    whole
}

/// What the server said, at most 200 letters.
fn words(error: &lettre::transport::smtp::Error) -> String {
    let said = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    said.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting(url: &str) -> Result<Posting, String> {
        let own = Address { name: "Rialto".into(), email: "no-reply@p.example".into() };
        Posting::new(&SmtpUrl(url.to_owned()), own, None, "p.example", Limits::default())
    }

    #[test]
    fn a_line_with_a_dot_ends_no_message() {
        assert_eq!(with_end(b"a\r\n.\r\n..b\r\nc.\r\n"), "a\r\n..\r\n...b\r\nc.\r\n.\r\n");
        assert_eq!(with_end(b".a"), "..a\r\n.\r\n");
        assert_eq!(with_end(b""), "\r\n.\r\n");
    }

    #[test]
    fn the_address_is_read_like_that_of_single_mails() {
        for (url, encryption, port, lines, signs_in) in [
            ("smtp://mx.example", Encryption::None, 25, 4, false),
            (
                "smtp://u:p%40w@mx.example:2525?tls=required&connections=12",
                Encryption::Required,
                2525,
                12,
                true,
            ),
            ("smtp://mx.example?tls=opportunistic", Encryption::Opportunistic, 587, 4, false),
            ("smtps://u:p@mx.example?connections=5000", Encryption::Whole, 465, 50, true),
        ] {
            let posting = posting(url).unwrap();
            let target = &posting.target;
            assert_eq!((target.encryption, target.port, posting.lines), (encryption, port, lines), "{url}");
            assert_eq!(target.credentials.is_some(), signs_in);
        }
        for odd in ["", "imap://x", "smtp://x?tls=maybe", "mx.example:25"] {
            let refused = posting(odd).err().unwrap();
            assert!(
                refused.contains("RIALTO_SMTP_URL") && (odd.is_empty() || !refused.contains(odd)),
                "{refused}"
            );
        }
    }
}
