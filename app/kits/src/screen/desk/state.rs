//! What the editor holds: the kit being made, which piece of it is open, and whether it is kept.
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::{FieldError, KitId, Problem};
use creative::{Asset, Block, Content};
use leptos::prelude::*;

use super::tree::{self, Place};
use crate::model::{Kit, KitContent, WholeKit};
use crate::rules;
use crate::verbs::KeepKitDraft;
use crate::words::fault_words;

/// Changes that can be taken back.
const STEPS: usize = 100;
/// How long nothing moves before the draft is kept.
const CALM: Duration = Duration::from_millis(900);

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

/// A draft that is not on the server, with the version that it follows.
type Unkept = Arc<Mutex<Option<(KitContent, Option<u32>)>>>;

/// The editor of one kit.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) id: KitId,
    pub(super) kit: RwSignal<Kit>,
    pub(super) content: RwSignal<KitContent>,
    pub(super) kept: RwSignal<Kept>,
    /// Key of the piece that is open.
    pub(super) piece: RwSignal<String>,
    pub(super) language: RwSignal<String>,
    /// Whether what is needed to publish is asked for at the fields.
    pub(super) strict: RwSignal<bool>,
    /// Counts what the server has kept: previews are drawn anew.
    pub(super) round: RwSignal<u32>,
    faults: Memo<Vec<FieldError>>,
    past: RwSignal<Vec<KitContent>>,
    future: RwSignal<Vec<KitContent>>,
    /// Which field moved last: what is typed into it is one step.
    last: StoredValue<String>,
    moves: StoredValue<u32>,
    keeping: StoredValue<bool>,
    unkept: StoredValue<Unkept>,
    /// The editor's own scope, which outlives each of its blocks.
    scope: StoredValue<Owner>,
}

/// What keeps a draft from being kept.
fn faults_of(content: &KitContent) -> Vec<FieldError> {
    let mut all = match base::check_fields(content) {
        Err(Problem::Invalid { errors }) => errors,
        _ => Vec::new(),
    };
    all.extend(rules::drafted(content));
    all
}

impl Desk {
    pub(super) fn new(of: &WholeKit) -> Self {
        let content = RwSignal::new(of.content.clone());
        let strict = RwSignal::new(false);
        let faults = Memo::new(move |_| {
            content.with(|content| {
                let mut all = faults_of(content);
                if strict.get() {
                    all.extend(rules::publishable(content));
                }
                all
            })
        });
        let (id, unkept) = (of.kit.id, Unkept::default());
        let left = Arc::clone(&unkept);
        on_cleanup(move || {
            let left = left.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some((content, version)) = left.filter(|(content, _)| faults_of(content).is_empty()) {
                leptos::task::spawn_local(async move {
                    let _ = kit::ask(KeepKitDraft { id, content, version }).await;
                });
            }
        });
        let first = of.content.assets.first();
        let reader = kit::catalogue::locale().tag();
        let language = first.map(|asset| tree::language_in(asset, reader)).unwrap_or_default();
        Self {
            id,
            kit: RwSignal::new(of.kit.clone()),
            content,
            kept: RwSignal::new(Kept::Yes),
            piece: RwSignal::new(first.map(|asset| asset.key.clone()).unwrap_or_default()),
            language: RwSignal::new(language),
            strict,
            round: RwSignal::new(0),
            faults,
            past: RwSignal::default(),
            future: RwSignal::default(),
            last: StoredValue::new(String::new()),
            scope: StoredValue::new(Owner::current().unwrap_or_default()),
            moves: StoredValue::new(0),
            keeping: StoredValue::new(false),
            unkept: StoredValue::new(unkept),
        }
    }

    /// Whether the page was left: what comes later has nothing here to change.
    pub(super) fn is_gone(self) -> bool {
        self.content.try_with_untracked(|_| ()).is_none()
    }

    fn leave_behind(self, unkept: Option<(KitContent, Option<u32>)>) {
        self.unkept.with_value(|left| *left.lock().unwrap_or_else(PoisonError::into_inner) = unkept);
    }

    /// What is wrong with a field, by its path, in words.
    pub(super) fn fault(self, path: &str) -> Option<String> {
        self.faults.with(|faults| faults.iter().find(|fault| fault.field == path).map(fault_words))
    }

    /// What is wrong with fields of the piece and language that are open: how many there are in others besides.
    pub(super) fn faults(self) -> Memo<Vec<FieldError>> {
        self.faults
    }

    /// The piece that is open.
    pub(super) fn asset(self) -> Option<Asset> {
        let key = self.piece.get();
        self.content.with(|content| content.assets.iter().find(|asset| asset.key == key).cloned())
    }

    /// The same, for once.
    pub(super) fn asset_untracked(self) -> Option<Asset> {
        untrack(move || self.asset())
    }

    /// What the open piece says in the open language.
    pub(super) fn with_open<T>(self, read: impl FnOnce(&Content) -> T) -> Option<T> {
        let (key, language) = (self.piece.get(), self.language.get());
        self.content.with(|content| {
            let asset = content.assets.iter().find(|asset| asset.key == key)?;
            asset.languages.get(&language).map(read)
        })
    }

    /// The same, for once.
    pub(super) fn with_open_untracked<T>(self, read: impl FnOnce(&Content) -> T) -> Option<T> {
        untrack(move || self.with_open(read))
    }

    /// Where the open content lies among the fields: `assets[0].languages.en`.
    pub(super) fn path(self) -> String {
        let (key, language) = (self.piece.get(), self.language.get());
        let place = self.content.with(|content| content.assets.iter().position(|asset| asset.key == key));
        format!("assets[{}].languages.{language}", place.unwrap_or_default())
    }

    /// Changes the open content as one step with other changes of the same field.
    pub(super) fn edit(self, field: &str, change: impl FnOnce(&mut Content)) {
        let (key, language) = (self.piece.get_untracked(), self.language.get_untracked());
        self.change(&format!("{key} {language} {field}"), |content| {
            let asset = content.assets.iter_mut().find(|asset| asset.key == key);
            if let Some(open) = asset.and_then(|asset| asset.languages.get_mut(&language)) {
                change(open);
            }
        });
    }

    /// Changes one block of the open content.
    pub(super) fn edit_block(self, id: &str, field: &str, change: impl FnOnce(&mut Block)) {
        self.edit(&format!("{id} {field}"), |content| {
            if let Some(block) = tree::find_mut(content, id) {
                change(block);
            }
        });
    }

    /// Changes the blocks at a place as one step of its own.
    pub(super) fn edit_blocks(self, place: &Place, change: impl FnOnce(&mut Vec<Block>)) {
        self.edit("", |content| {
            if let Some(blocks) = tree::blocks_mut(content, place) {
                change(blocks);
            }
        });
        let _ = self.last.try_set_value(String::new());
    }

    /// Changes the kit; changes of the same field after each other are one step back.
    pub(super) fn change(self, field: &str, change: impl FnOnce(&mut KitContent)) {
        let Some(before) = self.content.try_get_untracked() else { return };
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return;
        }
        if field.is_empty() || self.last.with_value(|last| last != field) {
            self.past.update(|past| {
                past.push(before);
                let most = past.len().saturating_sub(STEPS);
                past.drain(..most);
            });
        }
        self.last.set_value(field.to_owned());
        self.future.set(Vec::new());
        self.put(after);
    }

    /// What a toast brings back: it may be asked for when the block that it is about, with its scope, is gone.
    pub(super) fn bring_back(self, work: impl Fn() + Send + Sync + 'static) -> Callback<()> {
        self.scope.with_value(|scope| scope.with(|| Callback::new(move |()| work())))
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

    fn step(self, from: RwSignal<Vec<KitContent>>, to: RwSignal<Vec<KitContent>>) {
        let Some(content) = from.try_update(Vec::pop).flatten() else { return };
        to.update(|to| to.push(self.content.get_untracked()));
        self.last.set_value(String::new());
        self.put(content);
    }

    fn put(self, content: KitContent) {
        let version = (!self.keeping.get_value()).then(|| self.kit.with_untracked(|kit| kit.version));
        self.leave_behind(Some((content.clone(), version)));
        self.content.set(content);
        self.stand();
        self.kept.set(Kept::Waiting);
        let mine = self.moves.get_value() + 1;
        self.moves.set_value(mine);
        set_timeout(move || self.keep_if(mine), CALM);
    }

    /// What is open may be gone: then the first piece is, in a language that it has.
    fn stand(self) {
        let (key, language) = (self.piece.get_untracked(), self.language.get_untracked());
        let now = self.content.with_untracked(|content| {
            let open = content.assets.iter().find(|asset| asset.key == key).or(content.assets.first());
            open.map(|asset| (asset.key.clone(), tree::language_in(asset, &language))).unwrap_or_default()
        });
        if now.0 != key {
            self.piece.set(now.0);
        }
        if now.1 != language {
            self.language.set(now.1);
        }
    }

    /// Opens a piece, in the language that is open where it has that one.
    pub(super) fn open(self, key: &str) {
        self.piece.set(key.to_owned());
        self.stand();
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
        let content = self.content.get_untracked();
        if !faults_of(&content).is_empty() {
            self.kept.set(Kept::Unfinished);
            return;
        }
        self.keeping.set_value(true);
        let ask =
            KeepKitDraft { id: self.id, content, version: Some(self.kit.with_untracked(|kit| kit.version)) };
        leptos::task::spawn_local(async move {
            let answer = kit::ask(ask).await;
            let _ = self.keeping.try_set_value(false);
            match answer {
                Ok(of) => {
                    let _ = self.kit.try_set(of.kit);
                    let _ = self.round.try_update(|round| *round += 1);
                    if self.moves.try_get_value() == Some(mine) {
                        self.leave_behind(None);
                        let _ = self.kept.try_set(Kept::Yes);
                    }
                }
                Err(problem) => drop(self.kept.try_set(Kept::No(problem))),
            }
        });
    }

    /// It was published, recalled, retired, or the draft was thrown away: what the server has stands here.
    pub(super) fn settle(self, of: &WholeKit) {
        if self.is_gone() {
            return;
        }
        self.leave_behind(None);
        self.moves.set_value(self.moves.get_value() + 1);
        self.kit.set(of.kit.clone());
        if self.content.with_untracked(|content| *content != of.content) {
            self.content.set(of.content.clone());
            self.stand();
        }
        self.strict.set(false);
        self.kept.set(Kept::Yes);
        self.round.update(|round| *round += 1);
    }
}

/// A text of the kit that follows it.
pub(super) fn bound(
    desk: Desk,
    of: impl Fn(Desk) -> Option<String> + Send + Sync + 'static,
) -> RwSignal<String> {
    let text = RwSignal::new(untrack(|| of(desk)).unwrap_or_default());
    Effect::new(move |_| {
        // A block that was just removed is told of by what its last words were.
        if let Some(now) = of(desk)
            && text.get_untracked() != now
        {
            text.set(now);
        }
    });
    text
}

/// The same for a list that is written one entry a line: a line that is being begun stays.
pub(super) fn bound_lines(
    desk: Desk,
    of: impl Fn(Desk) -> Option<Vec<String>> + Send + Sync + 'static,
) -> RwSignal<String> {
    let text = RwSignal::new(untrack(|| of(desk)).unwrap_or_default().join("\n"));
    Effect::new(move |_| {
        if let Some(now) = of(desk)
            && lines(&text.get_untracked()) != now
        {
            text.set(now.join("\n"));
        }
    });
    text
}

/// Entries, one a line.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
