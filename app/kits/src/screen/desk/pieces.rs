//! The kit's name and what it is for; its pieces in their order; the languages of the one that is open.
use creative::{Asset, AssetKind, Topic};
use kit::catalogue::Locale;
use kit::{Button, Choice, Icon, Kind, SelectField, Size, TextArea, TextField, Toasts, lucide};
use leptos::prelude::*;

use super::state::{Desk, bound};
use super::tree;
use crate::screen::parts::{kind_icon, language_name};
use crate::t;
use crate::words::{kind_words, topic_words};

/// Languages that can be added besides those we speak ourselves.
const OTHERS: [&str; 9] = ["it", "nl", "pl", "pt", "pt-BR", "sv", "ja", "tr", "he"];

pub(super) fn about(desk: Desk) -> AnyView {
    let name = bound(desk, |desk| Some(desk.content.with(|content| content.name.clone())));
    let about = bound(desk, |desk| Some(desk.content.with(|content| content.about.clone())));
    let topic = bound(desk, |desk| Some(desk.content.with(|content| content.topic.as_str().to_owned())));
    let topics: Vec<Choice> =
        Topic::ALL.iter().map(|one| Choice::new(one.as_str(), topic_words(*one))).collect();
    let named = Callback::new(move |text: String| desk.change("name", |content| content.name = text));
    let told = Callback::new(move |text: String| desk.change("about", |content| content.about = text));
    let chosen = Callback::new(move |text: String| {
        if let Some(topic) = Topic::parse(&text) {
            desk.change("topic", |content| content.topic = topic);
        }
    });
    let (wrong_name, wrong_about) =
        (MaybeProp::derive(move || desk.fault("name")), MaybeProp::derive(move || desk.fault("about")));
    view! {
        <TextField name="name" id="kit-name" label=t::field_name() bind=name on_input=named error=wrong_name required=true maxlength=120/>
        <TextArea name="about" id="kit-about" label=t::field_about() help=t::about_help() bind=about on_input=told error=wrong_about optional=true maxlength=600 rows=2/>
        <SelectField name="topic" id="kit-topic" label=t::field_topic() choices=topics bind=topic on_input=chosen/>
    }
    .into_any()
}

/// The pieces, and a way to add one.
pub(super) fn pieces(desk: Desk) -> AnyView {
    let keys = move || {
        desk.content.with(|content| content.assets.iter().map(|asset| asset.key.clone()).collect::<Vec<_>>())
    };
    let none = move || desk.content.with(|content| content.assets.is_empty());
    let kinds: Vec<Choice> =
        AssetKind::ALL.iter().map(|one| Choice::new(one.as_str(), kind_words(*one))).collect();
    let kind = RwSignal::new(AssetKind::Email.as_str().to_owned());
    let add = move |_| {
        let Some(kind) = AssetKind::parse(&kind.get_untracked()) else { return };
        let open = desk.language.get_untracked();
        let language = if open.is_empty() { kit::catalogue::locale().tag().to_owned() } else { open };
        let asset = desk
            .content
            .with_untracked(|content| tree::fresh_asset(&content.assets, kind, kind_words(kind), &language));
        let key = asset.key.clone();
        desk.change("", |content| content.assets.push(asset));
        desk.open(&key);
    };
    let fault = move || desk.fault("assets").map(|words| view! { <p class="fault">{words}</p> });
    view! {
        <div class="stack gap-12">
            {move || none().then(|| view! { <p class="muted">{t::no_pieces()}</p> })}
            <ul class="kit-piece-list" role="list">
                <For each=keys key=|key| key.clone() let:key>{piece(desk, key)}</For>
            </ul>
            {fault}
            <div class="kit-add">
                <SelectField name="new_kind" id="new-piece" label=t::add_piece() choices=kinds bind=kind/>
                <Button size=Size::Small icon=lucide::LuPlus on_click=add id="add-piece">{t::add()}</Button>
            </div>
        </div>
    }
    .into_any()
}

fn with_piece<T>(desk: Desk, key: &str, read: impl FnOnce(&Asset) -> T) -> Option<T> {
    desk.content.with(|content| content.assets.iter().find(|asset| asset.key == key).map(read))
}

fn piece(desk: Desk, key: String) -> AnyView {
    let key = StoredValue::new(key);
    let kind = untrack(|| key.with_value(|key| with_piece(desk, key, |asset| asset.kind)))
        .unwrap_or(AssetKind::Email);
    let name = Memo::new(move |_| {
        key.with_value(|key| with_piece(desk, key, |asset| asset.name.clone())).unwrap_or_default()
    });
    let day = Memo::new(move |_| {
        key.with_value(|key| with_piece(desk, key, |asset| asset.day)).unwrap_or_default()
    });
    let note = move || {
        let words = kind_words(kind);
        if kind == AssetKind::Email {
            format!("{words} · {}", t::on_day(day.get()))
        } else {
            words.to_owned()
        }
    };
    let is_open = move || key.with_value(|key| desk.piece.with(|open| open == key));
    let wrong = Memo::new(move |_| {
        let place = key.with_value(|key| {
            desk.content.with(|content| content.assets.iter().position(|asset| asset.key == *key))
        });
        let start = format!("assets[{}].", place.unwrap_or(usize::MAX));
        desk.faults().with(|faults| faults.iter().filter(|fault| fault.field.starts_with(&start)).count())
    });
    let mark = move || {
        let count = wrong.get();
        (count > 0).then(|| view! { <span class="fault small">{t::faults_here(i64::try_from(count).unwrap_or(i64::MAX))}</span> })
    };
    let shift = move |down: bool| {
        key.with_value(|key| {
            desk.change("", |content| {
                if let Some(from) = content.assets.iter().position(|asset| asset.key == *key) {
                    tree::shift(&mut content.assets, from, down);
                }
            });
        });
    };
    let toasts = use_context::<Toasts>();
    let remove = move |_| {
        let key = key.get_value();
        let found = desk.content.with_untracked(|content| {
            let place = content.assets.iter().position(|asset| asset.key == key)?;
            Some((place, content.assets[place].clone()))
        });
        let Some((place, asset)) = found else { return };
        desk.change("", |content| content.assets.retain(|asset| asset.key != key));
        let back = desk.bring_back(move || {
            if !desk.is_gone() {
                let asset = asset.clone();
                desk.change("", |content| {
                    let place = place.min(content.assets.len());
                    content.assets.insert(place, asset);
                });
            }
        });
        if let Some(toasts) = toasts {
            toasts.say_with_undo(t::piece_removed(), back);
        }
    };
    let open = move |_| key.with_value(|key| desk.open(key));
    let labels = move |words: fn(&str) -> String| words(&name.get_untracked());
    view! {
        <li>
            <button type="button" class="kit-piece" aria-pressed=move || is_open().to_string() on:click=open>
                <Icon of=kind_icon(kind)/>
                <span class="what"><span class="strong">{name}</span><span class="muted small">{note}</span>{mark}</span>
            </button>
            <span class="kit-moves">
                <Button size=Size::Small kind=Kind::Quiet icon=lucide::LuArrowUp label=labels(|name| t::move_up(name)) on_click=move |_| shift(false)/>
                <Button size=Size::Small kind=Kind::Quiet icon=lucide::LuArrowDown label=labels(|name| t::move_down(name)) on_click=move |_| shift(true)/>
                <Button size=Size::Small kind=Kind::Quiet icon=lucide::LuTrash2 label=labels(|name| t::remove_named(name)) on_click=remove/>
            </span>
        </li>
    }
    .into_any()
}

/// Name, day and languages of the piece that is open.
pub(super) fn frame(desk: Desk, key: String, kind: AssetKind) -> AnyView {
    let key = StoredValue::new(key);
    let name =
        bound(desk, move |desk| key.with_value(|key| with_piece(desk, key, |asset| asset.name.clone())));
    let day =
        bound(desk, move |desk| key.with_value(|key| with_piece(desk, key, |asset| asset.day.to_string())));
    let edit = move |field: &str, change: &dyn Fn(&mut Asset)| {
        let key = key.get_value();
        desk.change(&format!("{key} {field}"), |content| {
            if let Some(asset) = content.assets.iter_mut().find(|asset| asset.key == key) {
                change(asset);
            }
        });
    };
    let named = Callback::new(move |text: String| edit("name", &|asset| asset.name.clone_from(&text)));
    let dated = Callback::new(move |text: String| {
        if let Ok(day) = text.trim().parse::<u16>() {
            edit("day", &|asset| asset.day = day);
        }
    });
    let path = move |field: &str| {
        let place = key.with_value(|key| {
            desk.content.with(|content| content.assets.iter().position(|asset| asset.key == *key))
        });
        format!("assets[{}].{field}", place.unwrap_or_default())
    };
    let wrong_name = MaybeProp::derive(move || desk.fault(&path("name")));
    let wrong_day = MaybeProp::derive(move || desk.fault(&path("day")));
    let day = (kind == AssetKind::Email).then(|| {
        view! { <TextField name="day" id="piece-day" label=t::field_day() help=t::day_help() kind="number" bind=day on_input=dated error=wrong_day/> }
    });
    view! {
        <div class="form-row r12">
            <TextField name="piece_name" id="piece-name" label=t::field_piece_name() bind=name on_input=named error=wrong_name required=true maxlength=80/>
            {day}
        </div>
        {languages(desk)}
    }
    .into_any()
}

/// The languages of the open piece: one is open; another one begins as a copy of it.
fn languages(desk: Desk) -> AnyView {
    let tags = Memo::new(move |_| {
        desk.asset().map(|asset| asset.languages.keys().cloned().collect::<Vec<_>>()).unwrap_or_default()
    });
    let all = || Locale::ALL.map(Locale::tag).into_iter().chain(OTHERS);
    let new = RwSignal::new(String::new());
    let choices = Signal::derive(move || {
        let known = tags.get();
        let free = all().filter(|tag| !known.iter().any(|one| one == tag));
        free.map(|tag| Choice::new(tag, language_name(tag))).collect::<Vec<_>>()
    });
    let buttons = move || {
        tags.get()
            .into_iter()
            .map(|tag| {
                let (name, chosen, to) = (language_name(&tag), tag.clone(), tag.clone());
                view! {
                    <button type="button" class="chip" class:on=move || desk.language.get() == chosen
                        aria-pressed={ let tag = tag.clone(); move || (desk.language.get() == tag).to_string() }
                        on:click=move |_| desk.language.set(to.clone())>{name}</button>
                }
            })
            .collect_view()
    };
    let add = move |_| {
        let tag = new.get_untracked();
        let (key, open) = (desk.piece.get_untracked(), desk.language.get_untracked());
        if tag.is_empty() {
            return;
        }
        desk.change("", |content| {
            let asset = content.assets.iter_mut().find(|asset| asset.key == key);
            if let Some(asset) = asset
                && let Some(words) = asset.languages.get(&open).cloned()
            {
                asset.languages.entry(tag.clone()).or_insert(words);
            }
        });
        desk.language.set(tag);
        new.set(String::new());
    };
    let toasts = use_context::<Toasts>();
    let remove = move |_| {
        let (key, open) = (desk.piece.get_untracked(), desk.language.get_untracked());
        let gone = desk.asset_untracked().and_then(|asset| asset.languages.get(&open).cloned());
        let Some(gone) = gone else { return };
        let (key_, open_) = (key.clone(), open.clone());
        desk.change("", |content| {
            if let Some(asset) = content.assets.iter_mut().find(|asset| asset.key == key) {
                asset.languages.remove(&open);
            }
        });
        let back = desk.bring_back(move || {
            if !desk.is_gone() {
                let gone = gone.clone();
                desk.change("", |content| {
                    if let Some(asset) = content.assets.iter_mut().find(|asset| asset.key == key_) {
                        asset.languages.insert(open_.clone(), gone);
                    }
                });
            }
        });
        if let Some(toasts) = toasts {
            toasts.say_with_undo(t::language_removed(), back);
        }
    };
    let remove_button = move || {
        (tags.with(Vec::len) > 1).then(|| {
            let label = t::remove_language(language_name(&desk.language.get()));
            view! { <Button size=Size::Small kind=Kind::Quiet icon=lucide::LuTrash2 label=label on_click=remove/> }
        })
    };
    view! {
        <div class="stack gap-8">
            <div class="line kit-languages" role="group" aria-label=t::languages()>{buttons}{remove_button}</div>
            <div class="kit-add">
                <SelectField name="new_language" id="new-language" label=t::add_language() help=t::add_language_help() choices=choices empty=t::choose_one() bind=new/>
                <Button size=Size::Small icon=lucide::LuPlus on_click=add id="add-language">{t::add()}</Button>
            </div>
        </div>
    }
    .into_any()
}
