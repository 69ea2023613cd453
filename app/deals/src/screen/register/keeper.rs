//! Keeping a draft while it is typed, and submitting it: one request at a time, in order. What the server has not
//! acknowledged stays on this device; [`super::sending`] is what goes over the wire.
use base::DealId;
use kit::FormState;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;

use super::draft::{Draft, Open, texts_of};
use crate::model::{Deal, Status};
use crate::rules::shelf::{Difference, Take, Typed, Unsent, merged, wait_s};
use crate::screen::shelf::Shelf;

/// Whether what is typed is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Kept {
    /// Nothing was typed yet.
    #[default]
    Untouched,
    Waiting,
    Saving,
    Saved,
    /// On this device, until the server is reached.
    Here,
    /// The same, and then it is registered.
    Queued,
    /// In this page only: the browser keeps nothing.
    Unkept,
    /// On this device, until somebody signs in again.
    SignedOut,
    /// The server does not take it as it is.
    Failed,
    /// The person has to say how it goes on: it was changed elsewhere, or is no draft any more.
    Asked,
}

impl Kept {
    /// Whether it waits for the server to be reached.
    pub(super) fn is_away(self) -> bool {
        matches!(self, Self::Here | Self::Queued | Self::Unkept)
    }
}

/// A draft that was changed elsewhere, and in what.
#[derive(Clone, PartialEq)]
pub(super) struct Apart {
    pub(super) theirs: Deal,
    pub(super) differences: Vec<Difference>,
}

/// A draft that is none any more; without a deal it is out of reach altogether.
#[derive(Clone, PartialEq)]
pub(super) struct Lost(pub(super) Option<Deal>);

/// What the form hands to its keeper.
pub(super) struct Charge {
    pub(super) draft: Draft,
    pub(super) form: FormState,
    pub(super) unsent: Unsent,
    /// Whether it was taken from the shelf.
    pub(super) is_resumed: bool,
    /// The vendor registers for a partner, who has to be chosen first.
    pub(super) on_behalf: bool,
    /// Called with the deal when it was submitted.
    pub(super) done: Callback<Deal>,
    /// Opens another page.
    pub(super) go: Callback<String>,
}

/// The draft's place on the server, and on this device.
#[derive(Clone, Copy)]
pub(super) struct Keeper {
    pub(super) draft: Draft,
    pub(super) form: FormState,
    pub(super) open: StoredValue<Open>,
    pub(super) kept: RwSignal<Kept>,
    pub(super) id: RwSignal<Option<DealId>>,
    /// An approved deal is changed in one step, never while typing.
    pub(super) amends: bool,
    pub(super) unsent: StoredValue<Unsent>,
    /// The name of what is kept, for the banner that leaves it out.
    pub(super) key: StoredValue<String>,
    /// The texts that the server has.
    pub(super) known: StoredValue<Typed>,
    pub(super) shelf: StoredValue<Shelf>,
    pub(super) submit: StoredValue<bool>,
    /// It went out of the form's hands: what is still typed is no draft any more.
    pub(super) gone: StoredValue<bool>,
    /// Counts up when the server is reached again.
    pub(super) back: RwSignal<u32>,
    pub(super) apart: RwSignal<Option<Apart>>,
    pub(super) lost: RwSignal<Option<Lost>>,
    pub(super) done: Callback<Deal>,
    pub(super) tries: StoredValue<u32>,
    go: Callback<String>,
    on_behalf: bool,
    busy: StoredValue<bool>,
    pub(super) again: StoredValue<bool>,
    turn: StoredValue<u32>,
}

macro_rules! filled {
    ($verb:expr, $ask:expr) => {{
        let (mut verb, ask) = ($verb, $ask);
        verb.customer = ask.customer;
        verb.products = ask.products;
        verb.value = ask.value;
        verb.value_kind = ask.value_kind;
        verb.expected_close = ask.expected_close;
        verb.partner_role = ask.partner_role;
        verb.evidence = ask.evidence;
        verb.notes = ask.notes;
        verb.sales_stage = ask.sales_stage;
        verb.use_case = ask.use_case;
        verb.competitor = ask.competitor;
        verb.incumbent = ask.incumbent;
        verb.tender_reference = ask.tender_reference;
        verb.source = ask.source;
        verb
    }};
}
pub(super) use filled;

impl Keeper {
    pub(super) fn new(charge: Charge) -> Self {
        let Charge { draft, form, unsent, is_resumed, on_behalf, done, go } = charge;
        let deal = unsent.base.as_ref();
        let known = match deal {
            Some(deal) => texts_of(Some(deal), Some(deal.program), draft.currency.get_untracked()),
            None if is_resumed => Typed::default(),
            None => unsent.typed.clone(),
        };
        let kept = match (is_resumed, unsent.submit) {
            (false, _) => Kept::Untouched,
            (true, false) => Kept::Here,
            (true, true) => Kept::Queued,
        };
        Self {
            draft,
            form,
            open: StoredValue::new(Open::of(deal)),
            kept: RwSignal::new(kept),
            id: RwSignal::new(deal.map(|deal| deal.id)),
            amends: deal.is_some_and(|deal| matches!(deal.status, Status::Approved)),
            key: StoredValue::new(unsent.key.clone()),
            known: StoredValue::new(known),
            shelf: StoredValue::new(Shelf::mine()),
            submit: StoredValue::new(unsent.submit),
            unsent: StoredValue::new(unsent),
            gone: StoredValue::new(false),
            back: RwSignal::new(0),
            apart: RwSignal::new(None),
            lost: RwSignal::new(None),
            done,
            tries: StoredValue::new(0),
            go,
            on_behalf,
            busy: StoredValue::new(false),
            again: StoredValue::new(false),
            turn: StoredValue::new(0),
        }
    }

    /// Whether the form is still there, with something to keep.
    pub(super) fn is_alive(self) -> bool {
        !self.gone.try_get_value().unwrap_or(true)
    }

    /// Puts what is typed on the shelf, or takes it off when the server has all of it; whether it is safe.
    pub(super) fn keep(self) -> bool {
        if self.amends || !self.is_alive() {
            return false;
        }
        let typed = untrack(|| self.draft.typed());
        let submit = self.submit.get_value();
        let is_known = self.known.with_value(|known| *known == typed);
        self.unsent.update_value(|unsent| {
            if unsent.typed != typed {
                unsent.typed = typed;
                unsent.at = kit::present();
            }
            unsent.submit = submit;
        });
        self.shelf.with_value(|shelf| {
            self.unsent.with_value(|unsent| {
                if is_known && !submit && unsent.creation.is_none() {
                    shelf.remove(&unsent.key);
                    return true;
                }
                shelf.put(unsent)
            })
        })
    }

    /// Whether the server could make a draft of what is typed.
    fn is_enough(self) -> bool {
        let has_partner = untrack(|| !self.on_behalf || self.draft.partner_id().is_some());
        let is_created = self.unsent.with_value(|unsent| unsent.base.is_some());
        is_created || has_partner && untrack(|| self.draft.is_begun())
    }

    /// Something was typed: it is kept here at once; whether it is to be sent when typing rests.
    pub(super) fn typed(self) -> bool {
        if self.amends || !self.is_alive() {
            return false;
        }
        self.keep();
        let asked = self.kept.get_untracked() == Kept::Asked;
        if !self.is_enough() || asked {
            return false;
        }
        if !self.kept.get_untracked().is_away() {
            self.kept.set(Kept::Waiting);
        }
        true
    }

    /// Sends what is typed, and with `submit` the deal itself. While something is on its way it is remembered.
    pub(super) fn send(self, submit: bool) {
        if !self.is_alive() {
            return;
        }
        if submit {
            self.submit.set_value(true);
        }
        self.keep();
        if self.kept.get_untracked() == Kept::Asked {
            return;
        }
        if submit {
            self.form.pending.set(true);
        }
        if self.busy.get_value() {
            self.again.set_value(true);
            return;
        }
        self.busy.set_value(true);
        leptos::task::spawn_local(async move {
            loop {
                self.again.try_set_value(false);
                let goes_on = self.round().await;
                let more = self.again.try_get_value().unwrap_or(false);
                if !goes_on || !more || !self.is_alive() {
                    break;
                }
            }
            self.busy.try_set_value(false);
        });
    }

    /// Goes on by itself: with what was taken from the shelf, and whenever the browser is online again. In an effect.
    pub(super) fn go_on(self, is_resumed: bool) {
        kit::on_online(move || {
            self.tries.try_set_value(0);
            self.back.try_update(|back| *back += 1);
            if self.kept.try_get_untracked().is_some_and(Kept::is_away) {
                self.send(false);
            }
        });
        // What is left behind with this form is sent by whoever is there: see `Waiting`.
        on_cleanup(kit::put_here);
        if is_resumed && (self.is_enough() || self.submit.get_value()) {
            self.send(false);
        } else if is_resumed {
            self.tell(Kept::Untouched);
        }
    }

    /// The server was not reached: it stays here, and is sent again after a while.
    pub(super) fn later(self, wait: Option<u32>) {
        if !self.is_alive() {
            return;
        }
        let _ = self.form.pending.try_set(false);
        let kept = match (self.keep(), self.submit.get_value()) {
            (false, _) => Kept::Unkept,
            (true, false) => Kept::Here,
            (true, true) => Kept::Queued,
        };
        self.tell(kept);
        self.unsent.with_value(|unsent| address(&kit::paths::unsent(&unsent.key)));
        let tries = self.tries.get_value();
        self.tries.set_value(tries + 1);
        let mine = self.turn.get_value() + 1;
        self.turn.set_value(mine);
        set_timeout(
            move || {
                let is_away = self.kept.try_get_untracked().is_some_and(Kept::is_away);
                if is_away && self.turn.try_get_value() == Some(mine) {
                    self.send(false);
                }
            },
            std::time::Duration::from_secs(u64::from(wait.unwrap_or_else(|| wait_s(tries)))),
        );
    }

    /// Says how what is typed is kept; what is said already is not said again.
    pub(super) fn tell(self, kept: Kept) {
        if self.kept.try_get_untracked().is_some_and(|now| now != kept) {
            let _ = self.kept.try_set(kept);
        }
    }

    /// It is not to be registered yet.
    pub(super) fn take_back(self) {
        self.submit.set_value(false);
        self.keep();
        self.tell(Kept::Here);
    }

    /// Goes on from the draft's newest version, with the person's choice of texts.
    pub(super) fn settle(self, choices: &[Difference]) {
        let Some(Apart { theirs, .. }) = self.apart.get_untracked() else { return };
        let there = self.texts_of(&theirs);
        let mine = untrack(|| self.draft.typed());
        let texts = self.open.with_value(|open| merged(&mine, &there, choices, |part| open.has(part)));
        self.rebase(&theirs);
        self.draft.write(&texts);
        self.apart.set(None);
        self.kept.set(Kept::Waiting);
        self.send(false);
    }

    /// All fields that differ from one side.
    pub(super) fn settle_by(self, take: Take) {
        let apart = self.apart.with_untracked(|apart| apart.as_ref().map(|apart| apart.differences.clone()));
        let all = apart.into_iter().flatten().map(|one| Difference { take, ..one });
        self.settle(&all.collect::<Vec<_>>());
    }

    /// What is typed becomes a registration of its own, on a form of its own.
    pub(super) fn anew(self) {
        self.keep();
        let fresh = self.unsent.with_value(|unsent| unsent.anew(kit::fresh_key(), kit::present()));
        self.gone.set_value(true);
        let put = self.shelf.with_value(|shelf| {
            let put = shelf.put(&fresh);
            if put {
                self.key.with_value(|key| shelf.remove(key));
            }
            put
        });
        if put {
            self.go.run(kit::paths::unsent(&fresh.key));
        } else {
            self.gone.set_value(false);
        }
    }

    /// What is typed is not wanted any more.
    pub(super) fn discard(self) {
        self.gone.set_value(true);
        self.shelf.with_value(|shelf| self.key.with_value(|key| shelf.remove(key)));
        self.go.run(kit::paths::DEALS.to_owned());
    }

    /// Goes on from another version of the draft.
    pub(super) fn rebase(self, deal: &Deal) {
        self.draft.rebase(deal.claim());
        let texts = self.texts_of(deal);
        self.known.try_set_value(texts);
        self.unsent.try_update_value(|unsent| unsent.acknowledge(deal.clone()));
    }

    /// The texts of a deal, as this form would show it.
    pub(super) fn texts_of(self, deal: &Deal) -> Typed {
        texts_of(Some(deal), Some(deal.program), self.draft.currency.get_untracked())
    }
}

/// Gives the page another address, so that loading it again finds what was typed.
pub(super) fn address(path: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(path));
    }
}
