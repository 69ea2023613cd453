//! What the studio holds: the theme being made, what it was before, and whether it is kept.
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::{BrandId, Problem};
use leptos::prelude::*;
use palette::Palette;

use crate::model::{BrandTheme, Theme};
use crate::verbs::KeepThemeDraft;

/// Changes that can be taken back.
const STEPS: usize = 200;
/// How long nothing moves before the draft is kept.
const CALM: Duration = Duration::from_millis(700);

/// Which theme the previews wear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Draft,
    /// What is published.
    Worn,
    Both,
}

impl Shown {
    pub(super) const ALL: [Self; 3] = [Self::Draft, Self::Worn, Self::Both];
}

/// Whether the draft is on the server.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kept {
    Yes,
    Waiting,
    /// Something in it is not as it must be: it waits for that.
    Unfinished,
    /// It could not be kept; what is on the page stays there.
    No(Problem),
}

/// The studio of one brand.
#[derive(Clone, Copy)]
pub(super) struct Studio {
    pub(super) id: BrandId,
    pub(super) theme: RwSignal<Theme>,
    pub(super) palette: Memo<Palette>,
    pub(super) worn: RwSignal<Theme>,
    /// Whether a theme waits for its time.
    pub(super) waits: RwSignal<bool>,
    /// The draft's version on the server.
    pub(super) version: RwSignal<u32>,
    pub(super) kept: RwSignal<Kept>,
    pub(super) shown: RwSignal<Shown>,
    /// What is wrong with the draft.
    faults: Memo<Option<Problem>>,
    past: RwSignal<Vec<Theme>>,
    future: RwSignal<Vec<Theme>>,
    /// Which control moved last: a slider that is drawn is one step.
    last: StoredValue<&'static str>,
    moves: StoredValue<u32>,
    keeping: StoredValue<bool>,
    /// What is on the page and not on the server, for the moment in which the page is left.
    unkept: StoredValue<Unkept>,
}

/// A draft that is not on the server, with the version that it follows.
type Unkept = Arc<Mutex<Option<(Theme, Option<u32>)>>>;

impl Studio {
    pub(super) fn new(of: &BrandTheme) -> Self {
        let theme = RwSignal::new(of.draft.clone());
        let worn = RwSignal::new(of.worn.clone());
        let shown = RwSignal::new(Shown::Draft);
        // Of colours alone: what is typed elsewhere leaves the palette as it is.
        let seed = Memo::new(move |_| match shown.get() {
            Shown::Worn => worn.with(Theme::seed),
            Shown::Draft | Shown::Both => theme.with(Theme::seed),
        });
        let palette = Memo::new(move |_| Palette::of(&seed.get()));
        let faults = Memo::new(move |_| theme.with(|theme| base::check_fields(theme).err()));
        let (id, unkept) = (of.brand, Unkept::default());
        let left = Arc::clone(&unkept);
        on_cleanup(move || {
            let left = left.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some((theme, version)) = left.filter(|(theme, _)| base::check_fields(theme).is_ok()) {
                leptos::task::spawn_local(async move {
                    let _ = kit::ask(KeepThemeDraft { id, theme, version }).await;
                });
            }
        });
        Self {
            id: of.brand,
            theme,
            palette,
            worn,
            waits: RwSignal::new(of.scheduled.is_some()),
            version: RwSignal::new(of.version),
            kept: RwSignal::new(Kept::Yes),
            shown,
            faults,
            past: RwSignal::default(),
            future: RwSignal::default(),
            last: StoredValue::new(""),
            moves: StoredValue::new(0),
            keeping: StoredValue::new(false),
            unkept: StoredValue::new(unkept),
        }
    }

    /// Whether the page was left: what comes later has nothing here to change.
    pub(super) fn is_gone(self) -> bool {
        self.theme.try_with_untracked(|_| ()).is_none()
    }

    fn leave_behind(self, unkept: Option<(Theme, Option<u32>)>) {
        self.unkept.with_value(|left| *left.lock().unwrap_or_else(PoisonError::into_inner) = unkept);
    }

    /// Whether the draft is as it must be.
    pub(super) fn is_sound(self) -> bool {
        self.faults.with(Option::is_none)
    }

    /// What is wrong with a field of the draft, in words.
    pub(super) fn fault(self, field: &str) -> Option<String> {
        self.faults.with(|faults| faults.as_ref()?.of_field(field).map(kit::fault_words))
    }

    /// Moves one control; moves of the same one after the other are one step back.
    pub(super) fn change(self, control: &'static str, change: impl FnOnce(&mut Theme)) {
        let Some(before) = self.theme.try_get_untracked() else { return };
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return;
        }
        if self.last.get_value() != control || control.is_empty() {
            self.past.update(|past| {
                past.push(before);
                let most = past.len().saturating_sub(STEPS);
                past.drain(..most);
            });
        }
        self.last.set_value(control);
        self.future.set(Vec::new());
        self.put(after);
    }

    /// Takes another theme, as one step.
    pub(super) fn take(self, theme: Theme) {
        let _ = self.last.try_set_value("");
        self.change("", move |now| *now = theme);
    }

    pub(super) fn can_undo(self) -> bool {
        self.past.with(|past| !past.is_empty())
    }

    pub(super) fn can_redo(self) -> bool {
        self.future.with(|future| !future.is_empty())
    }

    pub(super) fn undo(self) {
        self.step(self.past, self.future);
    }

    pub(super) fn redo(self) {
        self.step(self.future, self.past);
    }

    fn step(self, from: RwSignal<Vec<Theme>>, to: RwSignal<Vec<Theme>>) {
        let Some(theme) = from.try_update(Vec::pop).flatten() else { return };
        to.update(|to| to.push(self.theme.get_untracked()));
        self.last.set_value("");
        self.put(theme);
    }

    fn put(self, theme: Theme) {
        if self.shown.get_untracked() == Shown::Worn {
            self.shown.set(Shown::Draft);
        }
        let version = (!self.keeping.get_value()).then(|| self.version.get_untracked());
        self.leave_behind(Some((theme.clone(), version)));
        self.theme.set(theme);
        self.kept.set(Kept::Waiting);
        let mine = self.moves.get_value() + 1;
        self.moves.set_value(mine);
        set_timeout(move || self.keep_if(mine), CALM);
    }

    /// Keeps the draft unless something moved since.
    fn keep_if(self, mine: u32) {
        if self.moves.try_get_value() != Some(mine) {
            return;
        }
        if self.keeping.get_value() {
            // One at a time: each names the version that the one before it made.
            set_timeout(move || self.keep_if(mine), CALM);
            return;
        }
        if self.faults.with_untracked(Option::is_some) {
            self.kept.set(Kept::Unfinished);
            return;
        }
        self.keeping.set_value(true);
        let ask = KeepThemeDraft {
            id: self.id,
            theme: self.theme.get_untracked(),
            version: Some(self.version.get_untracked()),
        };
        leptos::task::spawn_local(async move {
            let answer = kit::ask(ask).await;
            let _ = self.keeping.try_set_value(false);
            match answer {
                Ok(of) => {
                    let _ = self.version.try_set(of.version);
                    if self.moves.try_get_value() == Some(mine) {
                        self.leave_behind(None);
                        let _ = self.kept.try_set(Kept::Yes);
                    }
                }
                Err(problem) => drop(self.kept.try_set(Kept::No(problem))),
            }
        });
    }

    /// What is worn may have changed without this page: what waited for its time was published.
    pub(super) fn learn(self, of: &BrandTheme) {
        if self.is_gone() {
            return;
        }
        if self.worn.with_untracked(|worn| *worn != of.worn) {
            self.worn.set(of.worn.clone());
        }
        if self.waits.get_untracked() != of.scheduled.is_some() {
            self.waits.set(of.scheduled.is_some());
        }
    }

    /// It was published, or the draft was thrown away: nothing is left to keep.
    pub(super) fn settle(self, of: &BrandTheme) {
        if self.is_gone() {
            return;
        }
        self.leave_behind(None);
        self.moves.set_value(self.moves.get_value() + 1);
        self.learn(of);
        self.theme.set(of.draft.clone());
        self.version.set(of.version);
        self.kept.set(Kept::Yes);
    }
}
