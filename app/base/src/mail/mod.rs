//! E-mail on its way out: what a mail is, and who takes it.
//!
//! A mail is never sent from within a unit of work: the unit enqueues a job ([`crate::jobs`], named `mail.…`), the job
//! composes and sends. SMTP has no two-phase commit: when the process dies after the server took the mail and before
//! the job was struck off, the mail is sent once more, with the same `Message-ID`, by which mail servers and programs
//! know it for the same one.
mod mailbox;
mod smtp;

use std::fmt;

use futures::future::BoxFuture;

use crate::{Problem, Timestamp};
pub use mailbox::Mailbox;
pub use smtp::{Smtp, SmtpUrl};

/// A name with an e-mail address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// As it is shown; may be empty.
    pub name: String,
    pub email: String,
}

impl Address {
    /// Reads `Name <name@example.com>`, or the address alone.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (name, email) = match text.trim().strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
            Some((name, email)) => (name.trim().trim_matches('"'), email),
            None => ("", text),
        };
        let (name, email) = (name.to_owned(), email.trim().to_owned());
        email.parse::<lettre::Address>().is_ok().then_some(Self { name, email })
    }
}

/// A file that goes along with a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    /// `text/csv; charset=utf-8`.
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// One mail to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The local half of the `Message-ID`: made from what the mail is about, so that sending it again gives the same.
    pub id: String,
    pub to: Address,
    /// Whose name it carries, and from which address; without an address, or with one of another domain than the
    /// installation's own, the installation's own is the sender: nobody is spoken for whose domain is not ours.
    pub from: Option<Address>,
    /// Where answers go; to the sender when there is none.
    pub reply_to: Option<Address>,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Files that go along.
    pub files: Vec<File>,
    /// Where a click, or a mail program by itself (RFC 8058), says that no more mails of this kind are wanted.
    pub unsubscribe: Option<String>,
    /// Its `Date`.
    pub at: Timestamp,
}

/// What becomes of mails here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Post {
    /// They are sent.
    Sends,
    /// Nobody takes them: they wait until somebody does.
    Keeps,
    /// None is written at all: a story of the past is told.
    Silent,
}

/// Why a mail was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// Nobody is there, or not now: worth another try.
    Later(String),
    /// It will never be taken: no such address, or it was refused for good.
    Never(String),
}

impl fmt::Display for Undelivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Later(why) => write!(f, "the mail could not be handed over: {why}"),
            Self::Never(why) => write!(f, "the mail was refused: {why}"),
        }
    }
}

/// Takes mails.
pub trait Mailer: Send + Sync {
    /// What becomes of them.
    fn post(&self) -> Post;
    /// Hands one over.
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), Undelivered>>;
}

/// Whether a job's mail was taken; false when it never will be.
///
/// # Errors
/// `Unavailable` when nobody takes it now: the job is to be tried again.
pub async fn hand_over(mailer: &dyn Mailer, mail: &Mail) -> Result<bool, Problem> {
    match mailer.send(mail).await {
        Ok(()) => Ok(true),
        Err(refused @ Undelivered::Never(_)) => {
            tracing::warn!(mail = mail.id, %refused, "a mail is left out");
            Ok(false)
        }
        Err(later) => {
            tracing::warn!(mail = mail.id, %later, "a mail waits");
            Err(Problem::Unavailable)
        }
    }
}

/// Where no mail server is configured.
pub(crate) struct Nobody;

impl Mailer for Nobody {
    fn post(&self) -> Post {
        Post::Keeps
    }

    fn send<'a>(&'a self, _: &'a Mail) -> BoxFuture<'a, Result<(), Undelivered>> {
        Box::pin(async { Err(Undelivered::Later("no mail server is configured".to_owned())) })
    }
}

/// For seeds: what is told there happened long ago.
pub struct Silence;

impl Mailer for Silence {
    fn post(&self) -> Post {
        Post::Silent
    }

    fn send<'a>(&'a self, _: &'a Mail) -> BoxFuture<'a, Result<(), Undelivered>> {
        Box::pin(async { Err(Undelivered::Never("nothing is sent from here".to_owned())) })
    }
}

impl<M: Mailer + ?Sized> Mailer for std::sync::Arc<M> {
    fn post(&self) -> Post {
        (**self).post()
    }

    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), Undelivered>> {
        (**self).send(mail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_with_and_without_its_name() {
        let address = |name: &str, email: &str| Some(Address { name: name.into(), email: email.into() });
        assert_eq!(Address::parse("Rialto <no-reply@a.example>"), address("Rialto", "no-reply@a.example"));
        assert_eq!(Address::parse("\"Rialto, Inc.\" <r@a.example>"), address("Rialto, Inc.", "r@a.example"));
        assert_eq!(Address::parse(" r@a.example "), address("", "r@a.example"));
        for odd in ["", "Rialto", "Rialto <>", "a@b@c", "<a b@c.d>"] {
            assert_eq!(Address::parse(odd), None, "{odd}");
        }
    }
}
