//! Over SMTP, as `RIALTO_SMTP_URL` says.
use std::fmt;
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};

use futures::future::BoxFuture;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::{Address, Mail, Mailer, Post, Undelivered};

/// A mail server that says nothing for so long is not there.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Over the whole conversation: a server may answer each line just in time.
const WHOLE: Duration = Duration::from_secs(20);
/// After a server was not reached, mails fail at once for so long, so that a queue of them does not wait one by one.
const REST: Duration = Duration::from_secs(5);

/// Where mails are handed over: `smtp://host:port`, `smtps://user:password@host`, with `?tls=required` for STARTTLS.
/// Its debug form hides it, for it may hold a password.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl(pub String);

impl From<&str> for SmtpUrl {
    fn from(url: &str) -> Self {
        Self(url.to_owned())
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpUrl(…)")
    }
}

/// A mail server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Address,
    /// Right half of every `Message-ID`.
    host: String,
    resting: Mutex<Option<Instant>>,
}

impl Smtp {
    /// `host` is this installation's own name, for `Message-ID` and greeting.
    ///
    /// # Errors
    /// What is wrong with the address, without the address.
    pub fn new(url: &SmtpUrl, from: Address, host: &str) -> Result<Self, String> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url.0).map_err(|_| {
            "RIALTO_SMTP_URL is not like smtp://host:port or smtps://user:password@host".to_owned()
        })?;
        let transport = builder.timeout(Some(TIMEOUT)).hello_name(ClientId::Domain(host.to_owned())).build();
        Ok(Self { transport, from, host: host.to_owned(), resting: Mutex::default() })
    }

    fn message(&self, mail: &Mail) -> Result<Message, String> {
        let (from, reply_to) = sender(&self.from, mail);
        let mut builder = Message::builder()
            .from(mailbox(&from)?)
            .to(mailbox(&mail.to)?)
            .subject(&mail.subject)
            .message_id(Some(format!("<{}@{}>", mail.id, self.host)))
            .date(SystemTime::UNIX_EPOCH + Duration::from_millis(mail.at.0.max(0) as u64));
        if let Some(reply_to) = reply_to {
            builder = builder.reply_to(mailbox(&reply_to)?);
        }
        let mut raw = vec![("Auto-Submitted", "auto-generated".to_owned())];
        if let Some(url) = &mail.unsubscribe {
            raw.push(("List-Unsubscribe", format!("<{url}>")));
            raw.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        }
        for (name, value) in raw {
            builder = builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
        }
        let mut body = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
        if !mail.files.is_empty() {
            body = MultiPart::mixed().multipart(body);
        }
        for file in &mail.files {
            let kind = ContentType::parse(file.media_type).map_err(|error| error.to_string())?;
            body = body.singlepart(Attachment::new(file.name.clone()).body(file.bytes.clone(), kind));
        }
        builder.multipart(body).map_err(|error| error.to_string())
    }

    fn rests(&self) -> bool {
        let resting = self.resting.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        resting.is_some_and(|since| since.elapsed() < REST)
    }

    fn reached(&self, reached: bool) {
        let mut resting = self.resting.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *resting = (!reached).then(Instant::now);
    }
}

/// Whether the server will never take this one mail: no such mailbox (550, 551, 553; RFC 5321, section 4.2.3). Every
/// other refusal, such as of a password or of relaying, is the operator's to put right.
fn is_final(error: &lettre::transport::smtp::Error) -> bool {
    error.status().is_some_and(|code| [550, 551, 553].contains(&u16::from(code)))
}

/// Who is named as the sender, and where answers go. An address of another domain than the installation's own cannot be
/// vouched for: mail servers would take it for a forgery. It becomes the one that answers go to.
fn sender(own: &Address, mail: &Mail) -> (Address, Option<Address>) {
    let Some(wanted) = &mail.from else { return (own.clone(), mail.reply_to.clone()) };
    if !wanted.email.is_empty() && domain(&wanted.email) == domain(&own.email) {
        return (wanted.clone(), mail.reply_to.clone());
    }
    let name = if wanted.name.is_empty() { &own.name } else { &wanted.name };
    let from = Address { name: name.clone(), email: own.email.clone() };
    let theirs = Some(wanted).filter(|wanted| !wanted.email.is_empty());
    (from, mail.reply_to.as_ref().or(theirs).cloned())
}

fn domain(email: &str) -> String {
    email.rsplit('@').next().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase()
}

fn mailbox(address: &Address) -> Result<Mailbox, String> {
    let email = address.email.parse().map_err(|_| "not an e-mail address".to_owned())?;
    // A line end in a name is refused by the builder in a way that ends the program.
    let name: String = address.name.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    Ok(Mailbox::new(Some(name).filter(|name| !name.is_empty()), email))
}

impl Mailer for Smtp {
    fn post(&self) -> Post {
        Post::Sends
    }

    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), Undelivered>> {
        Box::pin(async move {
            let message = self.message(mail).map_err(Undelivered::Never)?;
            if self.rests() {
                return Err(Undelivered::Later("the mail server was not reached a moment ago".to_owned()));
            }
            let Ok(sent) = tokio::time::timeout(WHOLE, self.transport.send(message)).await else {
                self.reached(false);
                return Err(Undelivered::Later("the mail server took too long".to_owned()));
            };
            match sent {
                Ok(_) => {
                    self.reached(true);
                    Ok(())
                }
                Err(error) => {
                    self.reached(error.status().is_some());
                    let why = error.to_string();
                    Err(if is_final(&error) { Undelivered::Never(why) } else { Undelivered::Later(why) })
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn a_message_has_both_parts_and_the_ways_out_of_a_summary() {
        let from = Address { name: "Aurora Partners".into(), email: "aurora@a.example".into() };
        let url = SmtpUrl("smtp://user:secret@127.0.0.1:25".to_owned());
        assert_eq!(format!("{url:?}"), "SmtpUrl(…)");
        let smtp = Smtp::new(&url, from, "partners.example").unwrap();
        let mail = Mail {
            id: "ntc_1".into(),
            to: Address { name: "Zoë Müller".into(), email: "zoe@b.example".into() },
            from: None,
            reply_to: None,
            subject: "Grüße\r\nBcc: everybody@c.example".into(),
            text: "Hello".into(),
            html: "<p>Hello</p>".into(),
            files: vec![super::super::File {
                name: "figures.csv".into(),
                media_type: "text/csv; charset=utf-8",
                bytes: b"a,b\r\n".to_vec(),
            }],
            unsubscribe: Some("https://partners.example/u/t".into()),
            at: Timestamp(1_793_610_000_000),
        };
        let text = String::from_utf8(smtp.message(&mail).unwrap().formatted()).unwrap();
        for wanted in [
            "Message-ID: <ntc_1@partners.example>",
            "From: \"Aurora Partners\" <aurora@a.example>",
            "Date: Mon, 02 Nov 2026 09:00:00 +0000",
            "Auto-Submitted: auto-generated",
            "List-Unsubscribe: <https://partners.example/u/t>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "multipart/mixed",
            "multipart/alternative",
            "Content-Disposition: attachment; filename=\"figures.csv\"",
            "text/csv",
            "text/plain",
            "text/html",
        ] {
            assert!(text.contains(wanted), "{wanted} in\n{text}");
        }
        assert!(!text.contains("\r\nBcc:"), "no line of a subject becomes a header:\n{text}");
        let named = Address { name: "Harbor".into(), email: String::new() };
        let named = Mail { from: Some(named), ..mail.clone() };
        let text = String::from_utf8(smtp.message(&named).unwrap().formatted()).unwrap();
        assert!(text.contains("From: Harbor <aurora@a.example>"), "a brand without an address:\n{text}");
        assert!(Smtp::new(&SmtpUrl("imap://x".into()), mail.to, "h").is_err());
    }

    #[test]
    fn nobody_is_spoken_for_whose_domain_is_not_ours() {
        let address = |name: &str, email: &str| Address { name: name.into(), email: email.into() };
        let own = address("Rialto", "no-reply@a.example");
        let mail = |from: Option<Address>, reply_to: Option<Address>| Mail {
            id: "m".into(),
            to: address("", "to@b.example"),
            from,
            reply_to,
            subject: String::new(),
            text: String::new(),
            html: String::new(),
            files: Vec::new(),
            unsubscribe: None,
            at: Timestamp(0),
        };
        let help = address("Aurora", "help@aurora.example");
        // The name alone, our own domain, another one, and another one with a place for answers.
        for (from, reply_to, wanted, answers) in [
            (None, None, own.clone(), None),
            (
                Some(address("Aurora", "")),
                Some(help.clone()),
                address("Aurora", "no-reply@a.example"),
                Some(help.clone()),
            ),
            (Some(address("Aurora", "aurora@A.example")), None, address("Aurora", "aurora@A.example"), None),
            (Some(help.clone()), None, address("Aurora", "no-reply@a.example"), Some(help.clone())),
            (Some(address("", "x@sub.a.example")), Some(help.clone()), own.clone(), Some(help.clone())),
        ] {
            assert_eq!(sender(&own, &mail(from, reply_to)), (wanted, answers));
        }
    }
}
