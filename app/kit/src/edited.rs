//! Editors of what others may change meanwhile: nothing that is typed is taken off the page by somebody else's change.
use leptos::either::Either;
use leptos::prelude::*;

use crate::asked::{Answer, Asked, Come};
use crate::banner::Banner;
use crate::button::{Button, Size};
use crate::t;
use crate::tone::Tone;

/// Whether something in the editor was changed and is not kept yet. The editor's parts find it by context.
#[derive(Clone, Copy, Debug)]
pub struct Edited(RwSignal<bool>);

impl Edited {
    /// Something was changed. What is typed in fields is noticed without this.
    pub fn note(self) {
        if self.0.try_get_untracked() == Some(false) {
            self.0.set(true);
        }
    }

    /// All of it was kept, or given up.
    pub fn settle(self) {
        let _ = self.0.try_set(false);
    }
}

/// Which of the answers that have come is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Gate {
    /// How many have come.
    come: u32,
    /// Counts up with each that is shown.
    shown: u32,
    /// Whether the latest waits behind what is edited.
    waits: bool,
}

impl Gate {
    fn next(self, come: u32, edited: bool) -> Self {
        let is_new = come != self.come || self.waits;
        Self { come, shown: self.shown + u32::from(is_new && !edited), waits: is_new && edited }
    }
}

/// Like [`crate::shown`], for an editor: while something is edited a later answer waits behind a notice.
pub fn shown_to_edit<T: Answer>(
    asked: Asked<T>,
    waiting: impl Fn() -> AnyView + Send + Sync + 'static,
    done: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView {
    let edited = Edited(RwSignal::new(false));
    provide_context(edited);
    let body = move || {
        // The same answer once more is nothing new, and one that did not come is no reason to take the editor away.
        let come = Memo::new(move |before: Option<&Come>| {
            let before = before.cloned().unwrap_or_default();
            match asked.text() {
                Some(text) => before.told(text),
                None => before,
            }
        });
        let gate = Memo::new(move |before: Option<&Gate>| {
            let (come, edited) = (come.with(|come| come.count), edited.0.get());
            before.map_or(Gate { come, ..Gate::default() }, |gate| gate.next(come, edited))
        });
        let shown = Memo::new(move |_| gate.get().shown);
        let waits = Memo::new(move |_| gate.get().waits);
        let done = done.clone();
        let view = move || {
            // Built anew each time: a field that somebody typed in keeps what it has while it is the same element.
            let anew = shown.get() % 2 == 1;
            let answer = untrack(move || asked.get())?;
            let view = answer.map_or_else(crate::problem_view, &done);
            Some(if anew { Either::Left(view) } else { Either::Right(view) })
        };
        view! {
            {move || waits.get().then(notice)}
            {view}
        }
    };
    view! {
        <div class="edited" on:input=move |_| edited.note()>
            <Transition fallback=waiting>{body()}</Transition>
        </div>
    }
    .into_any()
}

fn notice() -> AnyView {
    let edited = use_context::<Edited>();
    let show = move |_| {
        if let Some(edited) = edited {
            edited.settle();
        }
    };
    let end = view! { <Button size=Size::Small on_click=show>{t::show_theirs()}</Button> }.into_any();
    view! { <Banner tone=Tone::Warn announce=true end=end>{t::changed_meanwhile()}</Banner> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::Gate;

    #[test]
    fn an_answer_waits_while_something_is_edited_and_is_shown_once_after_it() {
        let first = Gate::default().next(1, false);
        assert_eq!(
            first,
            Gate { come: 1, shown: 1, waits: false },
            "what comes while nothing is edited is shown"
        );
        let typing = first.next(1, true);
        assert_eq!(typing, first);
        let changed = typing.next(2, true);
        assert_eq!(changed, Gate { come: 2, shown: 1, waits: true });
        assert_eq!(changed.next(3, true), Gate { come: 3, shown: 1, waits: true });
        let kept = changed.next(2, false);
        assert_eq!(kept, Gate { come: 2, shown: 2, waits: false });
        assert_eq!(kept.next(2, true).next(2, false), kept);
    }
}
