//! What a brand says: on the sign-in page, below every page, in mails; and what its new people and programs begin with.
use base::Currency;
use kit::catalogue::Locale;
use kit::{BrandLink, Button, Choice, MOST_LINKS, SelectField, Size, TextArea, TextField, Voice, lucide};
use leptos::prelude::*;

use super::controls::bound;
use super::state::Studio;
use crate::t;

/// A text of a brand's voice: its name in the file, and how it is read and written.
#[derive(Clone, Copy)]
struct Text {
    name: &'static str,
    read: fn(&Voice) -> &str,
    write: fn(&mut Voice) -> &mut String,
}

macro_rules! text {
    ($field:ident) => {
        Text { name: stringify!($field), read: |voice| &voice.$field, write: |voice| &mut voice.$field }
    };
}

pub(super) fn words(studio: Studio) -> AnyView {
    view! {
        <fieldset class="stack gap-16">
            <legend class="h3">{t::on_sign_in()}</legend>
            {line(studio, text!(sign_in_title), t::sign_in_title(), None, 80)}
            {lines(studio, text!(sign_in_text), t::sign_in_text(), t::plain_text_help())}
        </fieldset>
        <fieldset class="stack gap-16">
            <legend class="h3">{t::below_pages()}</legend>
            {line(studio, text!(footer), t::footer_text(), None, 200)}
            {links(studio)}
        </fieldset>
        <fieldset class="stack gap-16">
            <legend class="h3">{t::in_mails()}</legend>
            {line(studio, text!(mail_header), t::mail_header(), Some(t::mail_header_help()), 120)}
            {lines(studio, text!(mail_footer), t::mail_footer(), t::plain_text_help())}
            {line(studio, text!(sender_name), t::sender_name(), Some(t::sender_name_help()), 120)}
            {line(studio, text!(reply_to), t::reply_to(), Some(t::reply_to_help()), 254)}
        </fieldset>
        <fieldset class="stack gap-16">
            <legend class="h3">{t::to_begin_with()}</legend>
            {locale(studio)}
            {currency(studio)}
        </fieldset>
    }
    .into_any()
}

/// A signal in step with a text, what writes it, and what is wrong with it.
fn wired(studio: Studio, text: Text) -> (RwSignal<String>, Callback<String>, MaybeProp<String>) {
    let now = bound(studio, move |theme| (text.read)(&theme.voice).to_owned());
    let heard = Callback::new(move |typed: String| {
        studio.change(text.name, |theme| *(text.write)(&mut theme.voice) = typed.replace('\r', ""));
    });
    let field = format!("voice.{}", text.name);
    (now, heard, MaybeProp::derive(move || studio.fault(&field)))
}

fn line(studio: Studio, text: Text, label: &'static str, help: Option<&'static str>, most: u32) -> AnyView {
    let (now, heard, error) = wired(studio, text);
    let id = format!("voice-{}", text.name);
    let kind = if text.name == "reply_to" { "email" } else { "text" };
    match help {
        Some(help) => view! { <TextField name=text.name id=id kind=kind label=label help=help bind=now error=error on_input=heard optional=true maxlength=most autocomplete="off"/> }.into_any(),
        None => view! { <TextField name=text.name id=id kind=kind label=label bind=now error=error on_input=heard optional=true maxlength=most autocomplete="off"/> }.into_any(),
    }
}

fn lines(studio: Studio, text: Text, label: &'static str, help: &'static str) -> AnyView {
    let (now, heard, error) = wired(studio, text);
    let id = format!("voice-{}", text.name);
    view! { <TextArea name=text.name id=id label=label help=help bind=now error=error on_input=heard optional=true maxlength=500 rows=3/> }
        .into_any()
}

/// Up to six links, one below the other.
fn links(studio: Studio) -> AnyView {
    let count = Memo::new(move |_| studio.theme.with(|theme| theme.voice.links.len()));
    // With every link that comes or goes all rows are new: what was typed into one must not stay in its field for another.
    let turns = Memo::new(move |before: Option<&(u32, usize)>| {
        let count = count.get();
        before.map_or((0, count), |(turn, was)| (turn + u32::from(*was != count), count))
    });
    let places = move || {
        let (turn, count) = turns.get();
        (0..count).map(move |place| (turn, place)).collect::<Vec<_>>()
    };
    let add = move |_| studio.change("", |theme| theme.voice.links.push(BrandLink::default()));
    let full = MaybeProp::derive(move || (count.get() >= MOST_LINKS).then(|| t::most_links().to_owned()));
    view! {
        <ol class="stack gap-16 legal-links">
            <For each=places key=|place| *place let:place>{link(studio, place.1)}</For>
        </ol>
        <div class="actions"><Button size=Size::Small icon=lucide::LuPlus refused=full on_click=add>{t::add_link()}</Button></div>
    }
    .into_any()
}

/// What is moved, so that what is typed in one field is one step back.
const MOVES: [(&str, &str); MOST_LINKS] = [
    ("label-1", "url-1"),
    ("label-2", "url-2"),
    ("label-3", "url-3"),
    ("label-4", "url-4"),
    ("label-5", "url-5"),
    ("label-6", "url-6"),
];

fn link(studio: Studio, place: usize) -> AnyView {
    let Some((label_move, url_move)) = MOVES.get(place).copied() else { return ().into_any() };
    let of = move |read: fn(&BrandLink) -> &String| {
        bound(studio, move |theme| theme.voice.links.get(place).map(read).cloned().unwrap_or_default())
    };
    let (label, url) = (of(|link| &link.label), of(|link| &link.url));
    let write = move |control: &'static str, set: fn(&mut BrandLink, String)| {
        Callback::new(move |typed: String| {
            studio.change(control, |theme| {
                if let Some(link) = theme.voice.links.get_mut(place) {
                    set(link, typed);
                }
            });
        })
    };
    let wrote_label = write(label_move, |link, text| link.label = text);
    let wrote_url = write(url_move, |link, text| text.trim().clone_into(&mut link.url));
    // What is still empty is being written, and not wrong yet.
    let wrong = move |text: RwSignal<String>, field: &'static str| {
        MaybeProp::derive(move || {
            let path = format!("voice.links[{place}].{field}");
            text.with(|text| !text.is_empty()).then(|| studio.fault(&path)).flatten()
        })
    };
    let remove = move |_| {
        studio.change("", |theme| {
            if place < theme.voice.links.len() {
                theme.voice.links.remove(place);
            }
        });
    };
    let number = place + 1;
    let (label_id, url_id) = (format!("link-{number}-label"), format!("link-{number}-url"));
    view! {
        <li class="stack gap-8">
            <TextField name=label_id.clone() id=label_id label=t::link_label(number) bind=label error=wrong(label, "label") on_input=wrote_label maxlength=60 autocomplete="off"/>
            <TextField name=url_id.clone() id=url_id kind="url" label=t::link_url(number) placeholder="https://" bind=url error=wrong(url, "url") on_input=wrote_url maxlength=300 autocomplete="off"/>
            <div class="actions"><Button size=Size::Small icon=lucide::LuTrash2 label=t::remove_link(number) on_click=remove>{t::remove()}</Button></div>
        </li>
    }
    .into_any()
}

fn locale(studio: Studio) -> AnyView {
    let choices: Vec<Choice> =
        Locale::ALL.iter().map(|locale| Choice::new(locale.tag(), locale.own_name())).collect();
    let now = bound(studio, |theme| theme.voice.locale.map_or("", Locale::tag).to_owned());
    let heard = Callback::new(move |tag: String| {
        studio.change("locale", |theme| theme.voice.locale = Locale::named(&tag));
    });
    view! { <SelectField name="brand_locale" label=t::locale() help=t::locale_help() choices=choices bind=now empty=t::locale_none() on_input=heard/> }
        .into_any()
}

fn currency(studio: Studio) -> AnyView {
    let code = |theme: &crate::model::Theme| {
        theme.voice.currency.map(|currency| currency.code().to_owned()).unwrap_or_default()
    };
    let now = bound(studio, code);
    let wrong = RwSignal::new(false);
    let heard = Callback::new(move |typed: String| {
        let typed = typed.trim().to_uppercase();
        let currency = Currency::from_code(&typed);
        wrong.set(typed.len() >= 3 && currency.is_none());
        // Half a code is not yet one, and takes away none.
        if currency.is_some() || typed.is_empty() {
            studio.change("currency", |theme| theme.voice.currency = currency);
        }
    });
    let error = MaybeProp::derive(move || wrong.get().then(|| t::no_such_currency().to_owned()));
    view! { <TextField name="brand_currency" label=t::currency() help=t::currency_help() bind=now error=error on_input=heard optional=true maxlength=3 autocomplete="off"/> }
        .into_any()
}
