//! The fields of a block, by what it is.
use creative::{Block, Motif, Part, Picture, Target};
use kit::{Choice, SelectField, TextArea, TextField};
use leptos::prelude::*;

use super::block::path_of;
use super::state::{Desk, bound, bound_lines, lines};
use super::tree::{self, Place};
use super::{blocks, preview};
use crate::t;
use crate::words::motif_words;

/// A field of one block.
#[derive(Clone, Copy)]
pub(super) struct Field {
    desk: Desk,
    id: StoredValue<String>,
    /// Its name among the fields of a block's part.
    name: &'static str,
}

impl Field {
    fn read<T: 'static>(self, read: fn(&Part) -> Option<T>) -> Option<T> {
        let of = |content: &creative::Content| {
            self.id.with_value(|id| tree::find(content, id).and_then(|(block, _)| read(&block.part)))
        };
        self.desk.with_open(of).flatten()
    }

    fn write(self, change: impl FnOnce(&mut Block)) {
        self.desk.edit_block(&self.id.get_value(), self.name, change);
    }

    fn fault(self) -> MaybeProp<String> {
        MaybeProp::derive(move || {
            let path = path_of(self.desk, &self.id.get_value());
            self.desk.fault(&format!("{path}.part.{}", self.name))
        })
    }

    /// The id of its control.
    fn control(self) -> String {
        format!("block-{}-{}", self.id.get_value(), self.name)
    }
}

pub(super) fn fields(desk: Desk, id: String, kind: &'static str) -> AnyView {
    let stored = StoredValue::new(id.clone());
    let field = move |name| Field { desk, id: stored, name };
    match kind {
        "heading" => line(field("text"), t::field_text(), 200, text_of, put_text),
        "text" => area(field("text"), t::field_text(), (5_000, 4), text_of, put_text),
        "quote" => view! {
            {area(field("text"), t::field_text(), (1_000, 2), text_of, put_text)}
            {line(field("by"), t::field_by(), 200, |part| match part { Part::Quote { by, .. } => Some(by.clone()), _ => None },
                |part, text| if let Part::Quote { by, .. } = part { *by = text })}
        }
        .into_any(),
        "footer" => area(field("text"), t::field_text(), (1_000, 2), text_of, put_text),
        "image" => image(field("picture"), field("alt")),
        "button" => view! {
            {line(field("label"), t::field_label(), 60, label_of, put_label)}
            {target(field("target"))}
        }
        .into_any(),
        "columns" => view! {
            <div class="kit-columns">
                <div class="stack gap-12">{blocks::list(desk, Place::Left(id.clone()))}</div>
                <div class="stack gap-12">{blocks::list(desk, Place::Right(id))}</div>
            </div>
        }
        .into_any(),
        "partner_card" => view! { <p class="muted small">{t::partner_card_note()}</p> }.into_any(),
        "form" => form(field),
        "event" => event(field),
        _ => ().into_any(),
    }
}

fn text_of(part: &Part) -> Option<String> {
    match part {
        Part::Heading { text } | Part::Text { text } | Part::Quote { text, .. } | Part::Footer { text } => {
            Some(text.clone())
        }
        _ => None,
    }
}

fn put_text(part: &mut Part, new: String) {
    if let Part::Heading { text } | Part::Text { text } | Part::Quote { text, .. } | Part::Footer { text } =
        part
    {
        *text = new;
    }
}

fn label_of(part: &Part) -> Option<String> {
    match part {
        Part::Button { label, .. } | Part::Form { label, .. } => Some(label.clone()),
        _ => None,
    }
}

fn put_label(part: &mut Part, new: String) {
    if let Part::Button { label, .. } | Part::Form { label, .. } = part {
        *label = new;
    }
}

fn line(
    field: Field,
    label: &'static str,
    most: u32,
    read: fn(&Part) -> Option<String>,
    write: fn(&mut Part, String),
) -> AnyView {
    let text = bound(field.desk, move |_| field.read(read));
    let typed = Callback::new(move |text: String| field.write(|block| write(&mut block.part, text)));
    view! { <TextField name=field.name id=field.control() label=label bind=text on_input=typed error=field.fault() maxlength=most/> }
        .into_any()
}

fn area(
    field: Field,
    label: &'static str,
    (most, rows): (u32, u32),
    read: fn(&Part) -> Option<String>,
    write: fn(&mut Part, String),
) -> AnyView {
    let text = bound(field.desk, move |_| field.read(read));
    let typed = Callback::new(move |text: String| field.write(|block| write(&mut block.part, text)));
    view! { <TextArea name=field.name id=field.control() label=label bind=text on_input=typed error=field.fault() maxlength=most rows=rows/> }
        .into_any()
}

/// A motif, or a wide picture of the brand.
fn image(picture: Field, alt: Field) -> AnyView {
    let chosen = bound(picture.desk, move |_| {
        picture.read(|part| match part {
            Part::Image { picture: Picture::Drawn { motif }, .. } => Some(motif.as_str().to_owned()),
            Part::Image { picture: Picture::Uploaded { hash }, .. } => Some(hash.clone()),
            _ => None,
        })
    });
    let uploaded = use_context::<preview::Heroes>();
    let choices = Signal::derive(move || {
        let drawn = Motif::ALL.iter().map(|motif| Choice::new(motif.as_str(), motif_words(*motif)));
        let mut all: Vec<Choice> = drawn.collect();
        let mut heroes = uploaded.map(|heroes| heroes.0.get()).unwrap_or_default();
        // One that was removed from the brand stays chosen here until another one is.
        let now = chosen.get();
        if now.len() == 64 && !heroes.contains(&now) {
            heroes.push(now);
        }
        let named = heroes
            .into_iter()
            .enumerate()
            .map(|(place, hash)| Choice::new(hash, t::picture_number(place + 1)));
        all.extend(named);
        all
    });
    let picked = Callback::new(move |text: String| {
        picture.write(|block| {
            if let Part::Image { picture, .. } = &mut block.part {
                *picture = match Motif::parse(&text) {
                    Some(motif) => Picture::Drawn { motif },
                    None => Picture::Uploaded { hash: text },
                };
            }
        });
    });
    let read = |part: &Part| match part {
        Part::Image { alt, .. } => Some(alt.clone()),
        _ => None,
    };
    let write = |part: &mut Part, text: String| {
        if let Part::Image { alt, .. } = part {
            *alt = text;
        }
    };
    let words = bound(alt.desk, move |_| alt.read(read));
    let typed = Callback::new(move |text: String| alt.write(|block| write(&mut block.part, text)));
    view! {
        <SelectField name="picture" id=picture.control() label=t::field_picture() help=t::picture_help() choices=choices bind=chosen on_input=picked/>
        <TextField name="alt" id=alt.control() label=t::field_alt() help=t::alt_help() bind=words on_input=typed error=alt.fault() optional=true maxlength=300/>
    }
    .into_any()
}

/// Where a button leads.
fn target(field: Field) -> AnyView {
    let kind = bound(field.desk, move |_| {
        field.read(|part| match part {
            Part::Button { target, .. } => Some(target_kind(target).to_owned()),
            _ => None,
        })
    });
    let choices: Vec<Choice> = [
        ("landing_page", t::to_landing_page()),
        ("partner", t::to_partner()),
        ("calendar", t::to_calendar()),
        ("url", t::to_url()),
    ]
    .into_iter()
    .map(Choice::from)
    .collect();
    let put = move |new: Target| {
        field.write(|block| {
            if let Part::Button { target, .. } = &mut block.part {
                *target = new;
            }
        });
    };
    let picked = Callback::new(move |text: String| {
        put(match text.as_str() {
            "partner" => Target::Partner,
            "calendar" => Target::Calendar,
            "url" => Target::Url { url: "https://".to_owned() },
            _ => Target::LandingPage,
        });
    });
    let url = bound(field.desk, move |_| {
        field.read(|part| match part {
            Part::Button { target: Target::Url { url }, .. } => Some(url.clone()),
            _ => None,
        })
    });
    let typed = Callback::new(move |url: String| put(Target::Url { url }));
    let is_url = Memo::new(move |_| kind.get() == "url");
    let id = field.control();
    let address = move || {
        let id = format!("{id}-url");
        is_url.get().then(|| {
            view! { <TextField name="url" id=id label=t::field_url() help=t::url_help() kind="url" bind=url on_input=typed error=field.fault() maxlength=300/> }
        })
    };
    view! {
        <SelectField name="target" id=field.control() label=t::field_target() choices=choices bind=kind on_input=picked/>
        {address}
    }
    .into_any()
}

const fn target_kind(target: &Target) -> &'static str {
    match target {
        Target::LandingPage => "landing_page",
        Target::Partner => "partner",
        Target::Calendar => "calendar",
        Target::Url { .. } => "url",
    }
}

fn form(field: impl Fn(&'static str) -> Field) -> AnyView {
    let asked = field("fields");
    let text = bound_lines(asked.desk, move |_| {
        asked.read(|part| match part {
            Part::Form { fields, .. } => Some(fields.clone()),
            _ => None,
        })
    });
    let typed = Callback::new(move |text: String| {
        asked.write(|block| {
            if let Part::Form { fields, .. } = &mut block.part {
                *fields = lines(&text);
            }
        });
    });
    let consent = |part: &Part| match part {
        Part::Form { consent, .. } => Some(consent.clone()),
        _ => None,
    };
    let thanks = |part: &Part| match part {
        Part::Form { thanks, .. } => Some(thanks.clone()),
        _ => None,
    };
    view! {
        {line(field("label"), t::field_label(), 60, label_of, put_label)}
        <TextArea name="fields" id=asked.control() label=t::field_fields() help=t::fields_help() bind=text on_input=typed error=asked.fault() optional=true rows=2/>
        {area(field("consent"), t::field_consent(), (600, 2), consent, |part, text| if let Part::Form { consent, .. } = part { *consent = text })}
        {area(field("thanks"), t::field_thanks(), (600, 2), thanks, |part, text| if let Part::Form { thanks, .. } = part { *thanks = text })}
    }
    .into_any()
}

/// The local time of an event, and its distance to UTC.
fn event(field: impl Fn(&'static str) -> Field) -> AnyView {
    let starts = field("starts");
    let read = |part: &Part| match part {
        Part::Event { starts, .. } => Some(starts.clone()),
        _ => None,
    };
    let put = move |new: String| {
        starts.write(|block| {
            if let Part::Event { starts, .. } = &mut block.part {
                *starts = new;
            }
        });
    };
    let local = bound(starts.desk, move |_| starts.read(read).map(|text| apart(&text).0));
    let offset = bound(starts.desk, move |_| starts.read(read).map(|text| apart(&text).1));
    let timed = Callback::new(move |text: String| put(joined(&text, &offset.get_untracked())));
    let shifted = Callback::new(move |text: String| put(joined(&local.get_untracked(), &text)));
    let offsets: Vec<Choice> =
        offsets().into_iter().map(|one| Choice::new(one.clone(), format!("UTC{one}"))).collect();
    let minutes = |part: &Part| match part {
        Part::Event { minutes, .. } => Some(minutes.to_string()),
        _ => None,
    };
    let place = |part: &Part| match part {
        Part::Event { place, .. } => Some(place.clone()),
        _ => None,
    };
    let long = field("minutes");
    let length = bound(long.desk, move |_| long.read(minutes));
    let lasted = Callback::new(move |text: String| {
        if let Ok(new) = text.trim().parse::<u16>() {
            long.write(|block| {
                if let Part::Event { minutes, .. } = &mut block.part {
                    *minutes = new;
                }
            });
        }
    });
    view! {
        <div class="form-row r12">
            <TextField name="starts" id=starts.control() label=t::field_starts() kind="datetime-local" bind=local on_input=timed error=starts.fault()/>
            <SelectField name="offset" id=format!("{}-offset", starts.control()) label=t::field_offset() choices=offsets bind=offset on_input=shifted/>
        </div>
        <div class="form-row r12">
            <TextField name="minutes" id=long.control() label=t::field_minutes() kind="number" bind=length on_input=lasted error=long.fault()/>
            {line(field("place"), t::field_place(), 200, place, |part, text| if let Part::Event { place, .. } = part { *place = text })}
        </div>
    }
    .into_any()
}

/// Local time and offset of a time in RFC 3339: `2026-12-03T10:00` and `+01:00`.
fn apart(text: &str) -> (String, String) {
    let local: String = text.chars().take(16).collect();
    let offset = match text.get(text.len().saturating_sub(6)..) {
        Some(offset) if text.len() > 20 && offset.starts_with(['+', '-']) => offset.to_owned(),
        _ => "+00:00".to_owned(),
    };
    (local, offset)
}

fn joined(local: &str, offset: &str) -> String {
    if local.is_empty() { String::new() } else { format!("{local}:00{offset}") }
}

/// The distances to UTC that are in use, to the hour and with the halves that people live by.
fn offsets() -> Vec<String> {
    let halves = ["-03:30", "+03:30", "+04:30", "+05:30", "+05:45", "+06:30", "+09:30"];
    let whole =
        (-12_i32..=14).map(|hours| format!("{}{:02}:00", if hours < 0 { '-' } else { '+' }, hours.abs()));
    whole.chain(halves.map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_taken_apart_and_put_together() {
        for text in ["2026-12-03T10:00:00+01:00", "2026-12-03T10:00:00-03:30"] {
            let (local, offset) = apart(text);
            assert_eq!(joined(&local, &offset), text);
            assert!(offsets().contains(&offset));
        }
        assert_eq!(apart("2026-12-03T10:00:00Z"), ("2026-12-03T10:00".to_owned(), "+00:00".to_owned()));
        assert_eq!(joined("", "+01:00"), "");
    }
}
