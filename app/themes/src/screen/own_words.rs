//! What the brand calls things: a word for each form that a language's texts have.
use kit::catalogue::{Locale, NOUNS, locale};
use kit::{Choice, LONGEST_WORD, SelectField, is_own_word};
use leptos::prelude::*;

use super::state::Studio;
use crate::t;

/// A language to choose, and a field for each form of its nouns.
pub(super) fn own_words(studio: Studio) -> AnyView {
    let tag = RwSignal::new(locale().tag().to_owned());
    let languages = Locale::ALL.iter().map(|one| Choice::new(one.tag(), one.own_name())).collect::<Vec<_>>();
    let fields = move || {
        let language = Locale::choose(&tag.get());
        let group = |noun: &kit::catalogue::Noun| {
            let forms = noun.forms(language).iter().map(|form| field(studio, language, form));
            view! { <div class="own-words">{forms.collect_view()}</div> }
        };
        let nouns = NOUNS.iter().filter(|noun| !noun.forms(language).is_empty());
        view! {
            <div class="stack gap-16" lang=language.tag() dir=language.direction()>{nouns.map(group).collect_view()}</div>
        }
    };
    view! {
        <p class="muted small">{t::own_words_help()}</p>
        <SelectField name="own-words-language" label=t::own_words_language() choices=languages bind=tag/>
        {fields}
    }
    .into_any()
}

fn field(studio: Studio, language: Locale, form: &'static str) -> AnyView {
    let tag = language.tag();
    let now = Memo::new(move |_| {
        studio.theme.with(|theme| {
            theme.voice.words.get(tag).and_then(|own| own.get(form)).cloned().unwrap_or_default()
        })
    });
    let wrong = RwSignal::new(false);
    let heard = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        let said = text.trim().to_owned();
        wrong.set(!said.is_empty() && !is_own_word(&said));
        if wrong.get_untracked() {
            return;
        }
        studio.change("", |theme| {
            let own = theme.voice.words.entry(tag.to_owned()).or_default();
            if said.is_empty() || said == form {
                own.remove(form);
            } else {
                own.insert(form.to_owned(), said);
            }
            theme.voice.words.retain(|_, own| !own.is_empty());
        });
    };
    let id = format!("own-{tag}-{form}");
    let fault = format!("{id}-fault");
    let described = fault.clone();
    view! {
        <div class="field">
            <label for=id.clone()>{form}</label>
            <input class="input" type="text" id=id maxlength=LONGEST_WORD.to_string() autocomplete="off" placeholder=form
                prop:value=move || now.get() on:change=heard
                aria-invalid=move || wrong.get().then_some("true")
                aria-describedby=move || wrong.get().then(|| described.clone())/>
            {move || wrong.get().then(|| view! { <p class="error" id=fault.clone() lang=locale().tag() dir=locale().direction()>{t::own_word_wrong()}</p> })}
        </div>
    }
    .into_any()
}
