//! Registrations that wait on this device and are in no form: sent by themselves when the network is back, wherever in
//! the portal their person is by then, because the first to register is the one who is protected.
use std::time::Duration;

use base::Problem;
use kit::Toasts;
use leptos::prelude::*;

use super::parts::{in_words, name_of};
use super::register::{Book, Going, Open, stands};
use super::shelf::Shelf;
use crate::access::Do;
use crate::model::Deal;
use crate::rules::shelf::{After, Standing, Unsent, after, wait_s};
use crate::t;
use crate::verbs::GetDeal;

/// Shows nothing; the frame holds it on every page.
#[component]
pub fn Waiting() -> impl IntoView {
    let sender = Sender {
        shelf: StoredValue::new(Shelf::mine()),
        toasts: use_context::<Toasts>(),
        busy: StoredValue::new(false),
        tries: StoredValue::new(0),
        turn: StoredValue::new(0),
    };
    if Do::Register.by(&access::me().actor(), None).is_ok() {
        Effect::new(move |_| {
            sender.go();
            kit::on_online(move || {
                sender.tries.try_set_value(0);
                sender.go();
            });
            // Left behind by a form, here or in another tab.
            kit::on_put_elsewhere(move || sender.again(None));
        });
    }
}

#[derive(Clone, Copy)]
struct Sender {
    shelf: StoredValue<Shelf>,
    toasts: Option<Toasts>,
    busy: StoredValue<bool>,
    tries: StoredValue<u32>,
    /// The timer that counts; an earlier one does nothing.
    turn: StoredValue<u32>,
}

/// How a registration went that nobody looked at.
enum Went {
    Registered,
    /// The server was not reached.
    Later(Option<u32>),
    /// Its person is signed out.
    Nobody,
    /// Its person has to look at it.
    Held(Problem),
}

/// The book of a draft that is in no form.
struct OnShelf<'a> {
    shelf: &'a Shelf,
    key: &'a str,
}

impl Book for OnShelf<'_> {
    fn note(&self, change: &dyn Fn(&mut Unsent)) {
        self.shelf.change(self.key, change);
    }
}

impl Sender {
    /// Sends what is to be registered, one after another. What is in this page's form is the form's business.
    fn go(self) {
        let Some(shelf) = self.shelf.try_get_value() else { return };
        let waits = shelf.all().into_iter().any(|one| one.submit && !is_in_form(&one));
        if !waits || self.busy.try_get_value() != Some(false) {
            return;
        }
        if kit::is_surely_offline() {
            self.again(None);
            return;
        }
        self.busy.set_value(true);
        leptos::task::spawn_local(async move {
            let mut wait = None;
            for unsent in shelf.all().into_iter().rev().filter(|one| one.submit) {
                if is_in_form(&unsent) {
                    continue;
                }
                let name = name_of(unsent.typed.text("name"));
                match send(&shelf, unsent.clone()).await {
                    Went::Registered => {
                        self.tries.try_set_value(0);
                        shelf.remove(&unsent.key);
                        self.say(|toasts| toasts.say(t::waiting_registered(name)));
                    }
                    Went::Held(problem) => {
                        shelf.change(&unsent.key, &|unsent| unsent.submit = false);
                        let why = kit::sentence(&in_words(problem));
                        self.say(|toasts| toasts.fail(t::waiting_held(name, why)));
                    }
                    Went::Later(after) => wait = Some(after),
                    Went::Nobody => break,
                }
            }
            kit::put_here();
            self.busy.try_set_value(false);
            if let Some(after) = wait {
                self.again(after);
            }
        });
    }

    fn again(self, wait: Option<u32>) {
        let (Some(tries), Some(turn)) = (self.tries.try_get_value(), self.turn.try_get_value()) else {
            return;
        };
        self.turn.set_value(turn + 1);
        let wait = wait.unwrap_or_else(|| wait_s(tries));
        let go = move || {
            if self.turn.try_get_value() == Some(turn + 1) {
                self.tries.set_value(tries + 1);
                self.go();
            }
        };
        set_timeout(go, Duration::from_secs(u64::from(wait)));
    }

    fn say(self, words: impl FnOnce(Toasts)) {
        if let Some(toasts) = self.toasts.filter(|_| self.busy.try_get_value().is_some()) {
            words(toasts);
        }
    }
}

/// Whether the page's address says that its form has this draft.
fn is_in_form(unsent: &Unsent) -> bool {
    let Ok(address) = window().location().href() else { return false };
    let deal = unsent.base.as_ref().map(|deal| kit::paths::edit_deal(deal.id));
    address.contains(&unsent.key) || deal.is_some_and(|path| address.contains(&path))
}

async fn send(shelf: &Shelf, unsent: Unsent) -> Went {
    let key = unsent.key.clone();
    let going = Going::of(unsent);
    let book = OnShelf { shelf, key: &key };
    let result = match going.save(&book).await {
        Ok(deal) => going.submit(&deal).await,
        Err(problem) => Err(problem),
    };
    let Err(problem) = result else { return Went::Registered };
    let Some(now) = shelf.find(&key) else { return Went::Nobody };
    match after(&problem, now.base.is_some()) {
        After::Later(wait) => Went::Later(wait),
        After::Renew => Went::Later(Some(1)),
        After::SignedOut => Went::Nobody,
        After::Look => looked_at(&now, problem).await,
        After::Refused => Went::Held(problem),
    }
}

/// The draft is not as it was: perhaps because it was registered, and the answer was lost.
async fn looked_at(unsent: &Unsent, problem: Problem) -> Went {
    let Some(base) = &unsent.base else { return Went::Held(problem) };
    let found: Result<Deal, Problem> = kit::ask(GetDeal { id: base.id }).await;
    match found {
        Ok(deal) if stands(unsent, &deal, &Open::of(Some(base))) == Standing::Registered => Went::Registered,
        Err(Problem::Unavailable) => Went::Later(None),
        _ => Went::Held(problem),
    }
}
