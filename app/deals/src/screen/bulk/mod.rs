//! Deciding on several deals at once: what can be chosen, what is sent, and what became of it, with a moment to undo.
mod bar;
mod dialog;
mod outcome;

use std::time::Duration;

use base::{DealId, Problem};
use kit::Toasts;
use leptos::prelude::*;

pub(super) use bar::bar;
pub(super) use dialog::dialog;
pub(super) use outcome::outcome;

use crate::model::{Bulk, BulkAction, BulkId, BulkItem, DealRow, ItemState, Refused};
use crate::t;
use crate::verbs::{BulkDeal, DecideDeals, GetBulk, UndoBulk};

/// For how long the server holds a decision: a little longer than the toast offers to undo it.
const HELD_SECONDS: u32 = 12;
/// When it is looked up what became of it: the server's jobs have had their turn by then.
const FOLLOWED: Duration = Duration::from_millis(14_500);

/// What list, queue and board share; it outlives an answer that is asked anew.
#[derive(Clone, Copy)]
pub(super) struct Hands {
    pub(super) picked: RwSignal<Vec<DealId>>,
    /// The rows that are shown: which versions were seen, and by which names.
    pub(super) seen: RwSignal<Vec<DealRow>>,
    /// What waits for a word in the dialog.
    asked: RwSignal<Option<(BulkAction, Vec<DealRow>)>>,
    /// What was refused last.
    refused: RwSignal<Vec<BulkItem>>,
    busy: RwSignal<bool>,
    /// Counts up when something was decided here, so that the page asks anew.
    pub(super) moved: RwSignal<u32>,
    toasts: Option<Toasts>,
}

impl Hands {
    pub(super) fn new() -> Self {
        Self {
            picked: RwSignal::new(Vec::new()),
            seen: RwSignal::new(Vec::new()),
            asked: RwSignal::new(None),
            refused: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
            moved: RwSignal::new(0),
            toasts: use_context::<Toasts>(),
        }
    }

    /// Picks a deal, or lets go of it.
    pub(super) fn toggle(self, id: DealId) {
        self.picked.update(|picked| match picked.iter().position(|one| *one == id) {
            Some(place) => {
                picked.remove(place);
            }
            None => picked.push(id),
        });
    }

    /// Picks everything that is shown between two deals, both with it.
    pub(super) fn pick_range(self, from: DealId, to: DealId) {
        let shown: Vec<DealId> = self.seen.with_untracked(|seen| seen.iter().map(|row| row.id).collect());
        let at = |id: DealId| shown.iter().position(|one| *one == id);
        let (Some(one), Some(other)) = (at(from), at(to)) else { return self.toggle(to) };
        self.picked.update(|picked| {
            for id in &shown[one.min(other)..=one.max(other)] {
                if !picked.contains(id) {
                    picked.push(*id);
                }
            }
        });
    }

    /// Picks everything that is shown, or lets go of all of it.
    pub(super) fn pick_all(self, on: bool) {
        let shown = self.seen.with_untracked(|seen| seen.iter().map(|row| row.id).collect());
        self.picked.set(if on { shown } else { Vec::new() });
    }

    /// The rows that are picked, in the order in which they are shown.
    pub(super) fn picked_rows(self) -> Vec<DealRow> {
        let picked = self.picked.get_untracked();
        self.seen.with_untracked(|seen| seen.iter().filter(|row| picked.contains(&row.id)).cloned().collect())
    }

    /// Decides on rows, after a word where one is needed.
    pub(super) fn decide(self, action: BulkAction, rows: Vec<DealRow>) {
        if rows.is_empty() || self.busy.get_untracked() {
            return;
        }
        self.refused.set(Vec::new());
        if needs_words(action) {
            self.asked.set(Some((action, rows)));
        } else {
            self.send(DecideDeals::new(action, deals(&rows)), Callback::new(|_| ()));
        }
    }

    /// Sends a decision; `failed` is told why it was not taken at all.
    fn send(self, ask: DecideDeals, failed: Callback<Problem>) {
        self.busy.set(true);
        let ask = DecideDeals { undo_seconds: Some(HELD_SECONDS), ..ask };
        leptos::task::spawn_local(async move {
            let answer = kit::ask(ask).await;
            let _ = self.busy.try_set(false);
            match answer {
                Ok(bulk) => {
                    let _ = self.asked.try_set(None);
                    self.told(&bulk);
                }
                Err(problem) => {
                    if self.asked.try_get_untracked().flatten().is_none() {
                        self.fail(&problem);
                    }
                    let _ = failed.try_run(problem);
                }
            }
        });
    }

    fn told(self, bulk: &Bulk) {
        self.keep_refused(bulk);
        let (held, done) = (bulk.count(ItemState::Held), bulk.count(ItemState::Done));
        let _ = self.moved.try_update(|moved| *moved += 1);
        let Some(toasts) = self.toasts else { return };
        if held > 0 {
            let id = bulk.id;
            let ids: Vec<DealId> = items(bulk, ItemState::Held).map(|item| item.deal).collect();
            toasts.say_with_undo(bulk.action.told(count(held)), move || self.undo(id, ids.clone()));
            set_timeout(move || self.follow(id), FOLLOWED);
        } else if done > 0 {
            toasts.say(bulk.action.told(count(done)));
        }
    }

    /// What was refused stays picked, with its reason.
    fn keep_refused(self, bulk: &Bulk) {
        let refused: Vec<BulkItem> = items(bulk, ItemState::Refused).cloned().collect();
        let _ = self.picked.try_set(refused.iter().map(|item| item.deal).collect());
        let _ = self.refused.try_set(refused);
    }

    fn undo(self, id: BulkId, ids: Vec<DealId>) {
        leptos::task::spawn_local(async move {
            let undone = kit::ask(UndoBulk { id }).await;
            let _ = self.moved.try_update(|moved| *moved += 1);
            match undone {
                Ok(bulk) => {
                    let _ = self.picked.try_set(ids);
                    if let Some(toasts) = self.toasts {
                        toasts.say(t::bulk_undone(count(bulk.count(ItemState::Undone))));
                    }
                }
                Err(problem) => self.fail(&problem),
            }
        });
    }

    /// Looks up what became of decisions that were held, and tells what was refused after all.
    fn follow(self, id: BulkId) {
        leptos::task::spawn_local(async move {
            let Ok(bulk) = kit::ask(GetBulk { id }).await else { return };
            let refused = bulk.count(ItemState::Refused);
            let were_known = self.refused.try_with_untracked(Vec::len).unwrap_or_default();
            let _ = self.moved.try_update(|moved| *moved += 1);
            if refused > were_known {
                self.keep_refused(&bulk);
                if let Some(toasts) = self.toasts {
                    toasts.fail(t::bulk_refused(count(refused)));
                }
            }
        });
    }

    fn fail(self, problem: &Problem) {
        let problem = super::parts::in_words(problem.clone());
        if let Some(toasts) = self.toasts {
            toasts.fail(kit::sentence(&problem));
        }
    }
}

fn items(bulk: &Bulk, state: ItemState) -> impl Iterator<Item = &BulkItem> {
    bulk.items.iter().filter(move |item| item.state == state)
}

fn deals(rows: &[DealRow]) -> Vec<BulkDeal> {
    rows.iter().map(|row| BulkDeal { id: row.id, version: Some(row.version) }).collect()
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Whether something has to be said with it.
const fn needs_words(action: BulkAction) -> bool {
    matches!(action, BulkAction::Reject | BulkAction::Return | BulkAction::RequestExtension)
}

impl BulkItem {
    /// Why it was refused, in the reader's language.
    fn why(&self) -> String {
        let code = self.code.clone().unwrap_or_default();
        match code.as_str() {
            "stale" => t::bulk_stale().to_owned(),
            "not_found" => t::bulk_not_found().to_owned(),
            "invalid" => t::bulk_invalid().to_owned(),
            _ => Refused { code, message: self.message.clone().unwrap_or_default() }.words(),
        }
    }
}

impl BulkAction {
    /// As on its button.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Approve => t::do_approve(),
            Self::Reject => t::do_reject(),
            Self::Return => t::do_return(),
            Self::Withdraw => t::do_withdraw(),
            Self::Submit => t::do_submit(),
            Self::GrantExtension => t::do_grant_extension(),
            Self::RequestExtension => t::do_request_extension(),
        }
    }

    /// That so many were decided like this.
    fn told(self, count: i64) -> String {
        match self {
            Self::Approve => t::bulk_approved(count),
            Self::Reject => t::bulk_rejected(count),
            Self::Return => t::bulk_returned(count),
            Self::Withdraw => t::bulk_withdrawn(count),
            Self::Submit => t::bulk_submitted(count),
            Self::GrantExtension => t::bulk_extended(count),
            Self::RequestExtension => t::bulk_extension_asked(count),
        }
    }
}
