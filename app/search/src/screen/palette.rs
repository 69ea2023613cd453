//! The palette: type to find a record, a place or something to do; an ARIA combobox in the browser's own dialog.
use std::time::Duration;

use access::{Theme, UpdateProfile};
use kit::{Icon, Kbd, lucide};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::MouseEvent;
use leptos_router::hooks::use_navigate;

use super::entries::{Entry, Run, fixed, matching};
use super::finder::Finder;
use super::sheet::KeySheet;
use crate::t;
use crate::verbs::{Found, Search};

/// Typing rests for so long before records are looked up.
const REST: Duration = Duration::from_millis(120);

/// The palette and the sheet of shortcuts, once one of them was asked for.
#[component]
pub fn Palette(finder: Finder) -> impl IntoView {
    let state = State {
        open: finder.palette,
        typed: finder.typed,
        found: RwSignal::new(Vec::new()),
        at: RwSignal::new(0),
        turn: StoredValue::new(0),
    };
    let navigate = use_navigate();
    let run = Callback::new(move |what: Run| {
        state.open.set(false);
        match what {
            Run::Go(path) => navigate(&path, Default::default()),
            Run::Wear(theme) => wear(theme),
            Run::ShowKeys => finder.sheet.set(true),
        }
    });
    let all = StoredValue::new(fixed(finder.side));
    let entries = Signal::derive(move || {
        all.with_value(|all| state.found.with(|found| state.typed.with(|typed| matching(all, found, typed))))
    });
    view! {
        {dialog(state, entries, run)}
        <KeySheet open=finder.sheet side=finder.side/>
    }
}

/// What is typed and found.
#[derive(Clone, Copy)]
struct State {
    open: RwSignal<bool>,
    typed: RwSignal<String>,
    found: RwSignal<Vec<Found>>,
    at: RwSignal<usize>,
    turn: StoredValue<u32>,
}

fn dialog(state: State, entries: Signal<Vec<Entry>>, run: Callback<Run>) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let input = NodeRef::<html::Input>::new();
    let begun = StoredValue::new(state.typed.get_untracked());
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (state.open.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
                if let Some(input) = input.get_untracked() {
                    let _ = input.focus();
                    // What was typed before this was there goes on; later openings begin anew.
                    match begun.try_update_value(std::mem::take) {
                        Some(text) if !text.is_empty() => type_in(state, text),
                        _ => input.select(),
                    }
                }
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let key = move |event: KeyboardEvent| pressed(&event, state, entries, run);
    // A click beside the dialog's content hits the dialog itself.
    let beside = move |event: MouseEvent| {
        if event.target().is_some() && event.target() == event.current_target() {
            state.open.set(false);
        }
    };
    let active = move || {
        let count = entries.with(Vec::len);
        (count > 0).then(|| format!("palette-{}", state.at.get().min(count - 1)))
    };
    view! {
        <dialog
            class="dialog palette"
            aria-label=t::find()
            node_ref=node
            on:click=beside
            on:close=move |_| state.open.set(false)
        >
            <div class="ask">
                <Icon of=lucide::LuSearch/>
                <input
                    type="text"
                    role="combobox"
                    aria-label=t::find()
                    aria-expanded="true"
                    aria-controls="palette-found"
                    aria-autocomplete="list"
                    aria-activedescendant=active
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=t::placeholder()
                    node_ref=input
                    prop:value=move || state.typed.get()
                    on:input=move |event| type_in(state, event_target_value(&event))
                    on:keydown=key
                />
            </div>
            <div class="found" id="palette-found" role="listbox" aria-label=t::results()>
                {move || lines(&entries.get(), state, run)}
            </div>
            <p class="visually-hidden" role="status">
                {move || t::results_count(entries.with(|entries| entries.len() as i64))}
            </p>
            <div class="keys" aria-hidden="true">
                <span><Kbd keys="↑"/>" "<Kbd keys="↓"/>" "{t::hint_move()}</span>
                <span><Kbd keys="↵"/>" "{t::hint_open()}</span>
                <span><Kbd keys="Esc"/>" "{t::hint_close()}</span>
            </div>
        </dialog>
    }
}

fn lines(entries: &[Entry], state: State, run: Callback<Run>) -> AnyView {
    if entries.is_empty() {
        return view! { <p class="heading">{t::nothing()}</p> }.into_any();
    }
    let mut group = None;
    let mut views = Vec::with_capacity(entries.len());
    for (place, entry) in entries.iter().cloned().enumerate() {
        let heading = (group != Some(entry.group)).then(|| entry.group.heading());
        group = Some(entry.group);
        views.push(line(place, entry, heading, state, run));
    }
    views.into_any()
}

fn line(
    place: usize,
    entry: Entry,
    heading: Option<&'static str>,
    state: State,
    run: Callback<Run>,
) -> AnyView {
    let what = entry.run;
    view! {
        {heading.map(|words| view! { <div class="heading" role="presentation">{words}</div> })}
        <div
            id=format!("palette-{place}")
            role="option"
            aria-selected=move || if state.at.get() == place { "true" } else { "false" }
            on:click=move |_| run.run(what.clone())
            on:mousemove=move |_| if state.at.get_untracked() != place { state.at.set(place) }
        >
            <Icon of=entry.icon/>
            <span class="grow">{entry.label}</span>
            <span class="muted small">{entry.note}</span>
        </div>
    }
    .into_any()
}

/// Keys of the box: arrows move, Enter chooses. Esc is the dialog's own.
fn pressed(event: &KeyboardEvent, state: State, entries: Signal<Vec<Entry>>, run: Callback<Run>) {
    let count = entries.with_untracked(Vec::len);
    if count == 0 || event.is_composing() {
        return;
    }
    let at = state.at.get_untracked().min(count - 1);
    let next = match event.key().as_str() {
        "ArrowDown" => (at + 1) % count,
        "ArrowUp" => (at + count - 1) % count,
        "PageDown" => (at + 8).min(count - 1),
        "PageUp" => at.saturating_sub(8),
        "Enter" => {
            event.prevent_default();
            if let Some(entry) = entries.with_untracked(|entries| entries.get(at).cloned()) {
                run.run(entry.run);
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    state.at.set(next);
    if let Some(line) = document().get_element_by_id(&format!("palette-{next}")) {
        line.scroll_into_view_with_bool(false);
    }
}

/// Takes what was typed and looks records up once the typing rests; a late answer to an earlier question is
/// thrown away.
fn type_in(state: State, text: String) {
    state.typed.set(text.clone());
    state.at.set(0);
    let turn = state.turn.try_update_value(|turn| {
        *turn = turn.wrapping_add(1);
        *turn
    });
    if text.trim().chars().count() < 2 {
        state.found.set(Vec::new());
        return;
    }
    set_timeout(
        move || {
            if state.turn.try_get_value() != turn {
                return;
            }
            leptos::task::spawn_local(async move {
                let answer = kit::ask(Search { q: text }).await;
                if let (true, Ok(page)) = (state.turn.try_get_value() == turn, answer) {
                    let _ = state.found.try_set(page.items);
                }
            });
        },
        REST,
    );
}

/// Changes the theme at once, and for the next visit.
fn wear(theme: Theme) {
    if let Some(page) = document().document_element() {
        let _ = match theme {
            Theme::System => page.remove_attribute("data-theme"),
            Theme::Light | Theme::Dark => page.set_attribute("data-theme", theme.as_str()),
        };
    }
    leptos::task::spawn_local(async move {
        let _ = kit::ask(UpdateProfile { theme: Some(theme), ..UpdateProfile::default() }).await;
    });
}
