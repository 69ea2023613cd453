//! What differs between two themes, field by field.
use base::Currency;
use kit::Voice;
use kit::catalogue::{Locale, NOUNS};
use palette::Rgb;

use crate::model::{Density, Font, Theme};
use crate::pictures::{PictureHash, PictureUse};

/// A field of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Colour,
    Accent,
    Tint,
    Radius,
    Scale,
    Density,
    Font,
    SignInTitle,
    SignInText,
    Footer,
    /// One of the links below pages, counted from 1.
    Link(usize),
    MailHeader,
    MailFooter,
    SenderName,
    ReplyTo,
    Locale,
    Currency,
    Picture(PictureUse),
    /// What is said for a form of a noun.
    OwnWord(Locale, &'static str),
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Colour(Rgb),
    /// A second colour that is found by the first.
    Found,
    Number(u8),
    Percent(u8),
    Density(Density),
    Font(Font),
    Text(String),
    Picture(PictureUse, PictureHash),
    Locale(Locale),
    Currency(Currency),
    /// It says nothing.
    Nothing,
}

/// One field that is not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub field: Field,
    pub from: Value,
    pub to: Value,
}

/// What differs, in the order of the fields.
#[must_use]
pub fn differences(from: &Theme, to: &Theme) -> Vec<Difference> {
    let (before, after) = (values(from), values(to));
    let of = |all: &[(Field, Value)], field: Field| {
        all.iter().find(|(known, _)| *known == field).map_or(Value::Nothing, |(_, value)| value.clone())
    };
    let mut fields: Vec<Field> = before.iter().map(|(field, _)| *field).collect();
    let at =
        fields.iter().rposition(|field| matches!(field, Field::Link(_))).map_or(fields.len(), |at| at + 1);
    // Links that only the second has stand behind those of the first.
    let new: Vec<Field> =
        after.iter().map(|(field, _)| *field).filter(|field| !fields.contains(field)).collect();
    drop(fields.splice(at..at, new));
    let each =
        fields.into_iter().map(|field| Difference { field, from: of(&before, field), to: of(&after, field) });
    each.filter(|one| one.from != one.to).collect()
}

fn values(theme: &Theme) -> Vec<(Field, Value)> {
    let Voice {
        sign_in_title,
        sign_in_text,
        footer,
        links,
        mail_header,
        mail_footer,
        sender_name,
        reply_to,
        locale,
        currency,
        words,
    } = &theme.voice;
    let mut all = vec![
        (Field::Colour, Value::Colour(theme.colour)),
        (Field::Accent, theme.accent.map_or(Value::Found, Value::Colour)),
        (Field::Tint, Value::Number(theme.tint)),
        (Field::Radius, Value::Number(theme.radius)),
        (Field::Scale, Value::Percent(theme.scale)),
        (Field::Density, Value::Density(theme.density)),
        (Field::Font, Value::Font(theme.font)),
        (Field::SignInTitle, text(sign_in_title)),
        (Field::SignInText, text(sign_in_text)),
        (Field::MailHeader, text(mail_header)),
        (Field::MailFooter, text(mail_footer)),
        (Field::SenderName, text(sender_name)),
        (Field::ReplyTo, text(reply_to)),
        (Field::Locale, locale.map_or(Value::Nothing, Value::Locale)),
        (Field::Currency, currency.map_or(Value::Nothing, Value::Currency)),
        (Field::Footer, text(footer)),
    ];
    let links = links
        .iter()
        .zip(1..)
        .map(|(link, place)| (Field::Link(place), Value::Text(format!("{}: {}", link.label, link.url))));
    all.extend(links);
    for purpose in PictureUse::ALL {
        let hash = theme.picture(*purpose);
        all.push((
            Field::Picture(*purpose),
            hash.map_or(Value::Nothing, |hash| Value::Picture(*purpose, hash.clone())),
        ));
    }
    for language in Locale::ALL {
        let Some(own) = words.get(language.tag()) else { continue };
        let forms = NOUNS.iter().flat_map(|noun| noun.forms(language));
        let said = forms.filter_map(|form| Some((*form, own.get(*form)?)));
        all.extend(said.map(|(form, word)| (Field::OwnWord(language, form), text(word))));
    }
    all
}

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Nothing } else { Value::Text(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use kit::BrandLink;
    use serde_json::{Value as Json, json};

    use super::*;

    fn whole() -> Theme {
        let link = BrandLink { label: "Imprint".into(), url: "https://example.com/imprint".into() };
        Theme {
            accent: Some(Rgb::BLACK),
            tint: 10,
            radius: 1,
            scale: 110,
            density: Density::Compact,
            font: Font::Classic,
            voice: Voice {
                sign_in_title: "Welcome".into(),
                sign_in_text: "To partners".into(),
                footer: "Aurora Inc.".into(),
                links: vec![link],
                mail_header: "For partners".into(),
                mail_footer: "1 Main Street".into(),
                sender_name: "Aurora".into(),
                reply_to: "help@aurora.example".into(),
                locale: Some(Locale::De),
                currency: Some(Currency::CHF),
                words: [("en".to_owned(), [("partner".to_owned(), "agent".to_owned())].into())].into(),
            },
            logo: Some(hash("a")),
            logo_dark: Some(hash("b")),
            mark: Some(hash("c")),
            favicon: Some(hash("d")),
            hero: Some(hash("e")),
            ..Theme::of(Rgb::BLACK)
        }
    }

    fn hash(digit: &str) -> PictureHash {
        digit.repeat(64).parse().unwrap()
    }

    #[test]
    fn the_same_theme_differs_in_nothing() {
        assert!(differences(&whole(), &whole()).is_empty());
    }

    #[test]
    fn one_change_is_one_line() {
        let to = Theme { radius: 9, ..whole() };
        let wanted = Difference { field: Field::Radius, from: Value::Number(1), to: Value::Number(9) };
        assert_eq!(differences(&whole(), &to), [wanted]);
        let to = Theme { accent: None, ..whole() };
        let wanted = Difference { field: Field::Accent, from: Value::Colour(Rgb::BLACK), to: Value::Found };
        assert_eq!(differences(&whole(), &to), [wanted]);
        let mut to = whole();
        to.voice.links.push(BrandLink { label: "Terms".into(), url: "https://example.com/terms".into() });
        let wanted = Difference {
            field: Field::Link(2),
            from: Value::Nothing,
            to: Value::Text("Terms: https://example.com/terms".into()),
        };
        assert_eq!(differences(&whole(), &to), std::slice::from_ref(&wanted));
        let back = Difference { from: wanted.to, to: wanted.from, ..wanted };
        assert_eq!(differences(&to, &whole()), [back]);
    }

    /// A field that is added to themes and forgotten here would be published without being told.
    #[test]
    fn no_field_of_the_file_is_left_out() {
        let file = serde_json::to_value(whole()).unwrap();
        let usual = Theme::of(Rgb::new(1, 2, 3));
        let usual_file = serde_json::to_value(&usual).unwrap();
        let mut seen = 0;
        for (name, value) in file.as_object().unwrap() {
            if name == "format" {
                continue;
            }
            let parts: Vec<(String, Json)> = match value.as_object() {
                Some(parts) => parts.iter().map(|(part, value)| (part.clone(), value.clone())).collect(),
                None => vec![(String::new(), value.clone())],
            };
            for (part, value) in parts {
                let mut changed = usual_file.clone();
                if part.is_empty() {
                    changed[name] = value;
                } else {
                    changed[name] = json!({ part.as_str(): value });
                }
                let changed: Theme = serde_json::from_value(changed).unwrap();
                assert_eq!(differences(&usual, &changed).len(), 1, "{name} {part}");
                seen += 1;
            }
        }
        assert_eq!(seen, 23);
    }
}
