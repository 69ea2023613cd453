//! A mailbox that keeps what it is given, for tests.
use std::sync::Mutex;

use futures::future::BoxFuture;

use super::{Mail, Mailer, Post, Undelivered};

/// Keeps mails; can be told to be unwell.
pub struct Mailbox(Mutex<Inside>);

struct Inside {
    post: Post,
    mails: Vec<Mail>,
    refuse: Option<Undelivered>,
}

impl Default for Mailbox {
    fn default() -> Self {
        Self(Mutex::new(Inside { post: Post::Sends, mails: Vec::new(), refuse: None }))
    }
}

impl Mailbox {
    fn inside(&self) -> std::sync::MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// What was sent since it was last asked.
    #[must_use]
    pub fn take(&self) -> Vec<Mail> {
        std::mem::take(&mut self.inside().mails)
    }

    /// What becomes of mails from now on.
    pub fn set(&self, post: Post) {
        self.inside().post = post;
    }

    /// Takes nothing, for this reason, until told otherwise.
    pub fn refuse(&self, why: Option<Undelivered>) {
        self.inside().refuse = why;
    }
}

impl Mailer for Mailbox {
    fn post(&self) -> Post {
        self.inside().post
    }

    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), Undelivered>> {
        Box::pin(async move {
            let mut inside = self.inside();
            if let Some(why) = &inside.refuse {
                return Err(why.clone());
            }
            inside.mails.push(mail.clone());
            Ok(())
        })
    }
}
