//! What a mail looks like: one heading, a few lines, one button; as plain text and as HTML without tables.
//!
//! The text comes from the caller in the reader's language; everything is escaped here.
use std::collections::BTreeMap;
use std::fmt::Write as _;

use base::mail::Address;

use crate::catalogue::{Exchanged, Locale};
#[cfg(feature = "ssr")]
use crate::catalogue::{OwnWords, speaking_as};
use crate::{Voice, paragraphs};

pub use crate::ink::{Ink, LetterFace};

/// Whose letters they are: a brand's, or those of the house itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// The name and the colours.
    pub worn: LetterFace,
    /// None: the installation's own sender.
    pub from: Option<Address>,
    pub reply_to: Option<Address>,
    /// One line below the name; may be empty.
    pub header: String,
    /// Paragraphs at the end; may be empty.
    pub footer: String,
    /// By language: what the brand calls things.
    pub words: BTreeMap<String, Exchanged>,
}

/// What is kept of a brand: its own sender, and what its published theme says, as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub sender_name: Option<String>,
    pub sender_email: Option<String>,
    pub voice: Option<String>,
}

impl Face {
    /// Of letters that belong to no brand.
    #[must_use]
    pub fn house(name: &str) -> Self {
        Self {
            worn: LetterFace::house(name),
            from: None,
            reply_to: None,
            header: String::new(),
            footer: String::new(),
            words: BTreeMap::new(),
        }
    }

    /// Says something to somebody in the brand's words.
    #[cfg(feature = "ssr")]
    pub fn speaking_to<T>(&self, locale: Locale, time_zone: &str, words: impl FnOnce() -> T) -> T {
        let own = self.words.get(locale.tag()).and_then(|own| OwnWords::of(locale, own));
        speaking_as(own, locale, time_zone, words)
    }

    /// Of a brand's letters. They carry its name, or the one it chose; whether its address may be the sender is for the
    /// one that sends to say.
    #[must_use]
    pub fn of_brand(worn: LetterFace, kept: Kept) -> Self {
        let voice: Voice =
            kept.voice.and_then(|voice| serde_json::from_str(&voice).ok()).unwrap_or(Voice::SILENT);
        let chosen = Some(voice.sender_name).filter(|name| !name.is_empty()).or(kept.sender_name);
        let sender = chosen.unwrap_or_else(|| worn.name.clone());
        let reply_to =
            (!voice.reply_to.is_empty()).then(|| Address { name: sender.clone(), email: voice.reply_to });
        let from = Some(Address { name: sender, email: kept.sender_email.unwrap_or_default() });
        Self {
            worn,
            from,
            reply_to,
            header: voice.mail_header,
            footer: voice.mail_footer,
            words: voice.words,
        }
    }

    /// An empty letter with this face.
    #[must_use]
    pub fn letter(&self, language: Locale) -> Letter {
        Letter {
            language: language.tag(),
            face: self.worn.clone(),
            header: self.header.clone(),
            footer: paragraphs(&self.footer),
            ..Letter::default()
        }
    }
}

/// One line of a list, with where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub title: String,
    /// Below the title; may be empty.
    pub note: String,
    pub url: String,
}

/// A mail's content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// BCP 47 tag of its language.
    pub language: &'static str,
    /// Whose letter it is, and what it wears.
    pub face: LetterFace,
    /// Below the name; may be empty.
    pub header: String,
    pub heading: String,
    /// Paragraphs below the heading.
    pub lines: Vec<String>,
    pub items: Vec<Item>,
    /// What it says and where it leads.
    pub button: Option<(String, String)>,
    /// Paragraphs below the line, each with where it leads; an empty address leads nowhere.
    pub foot: Vec<(String, String)>,
    /// What the brand says at the end, in paragraphs.
    pub footer: Vec<String>,
}

impl Letter {
    /// The plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut parts = vec![self.heading.clone()];
        parts.extend(self.lines.iter().cloned());
        for item in &self.items {
            let note = if item.note.is_empty() { String::new() } else { format!("\n  {}", item.note) };
            parts.push(format!("- {}{note}\n  {}", item.title, item.url));
        }
        if let Some((words, url)) = &self.button {
            parts.push(format!("{words}:\n{url}"));
        }
        // The sign by which mail programs know a signature (RFC 3676, section 4.3).
        let foot = self
            .foot
            .iter()
            .map(|(words, url)| if url.is_empty() { words.clone() } else { format!("{words}:\n{url}") });
        let header = Some(self.header.clone()).filter(|header| !header.is_empty());
        let signed = std::iter::once(format!("-- \n{}", self.face.name)).chain(header).chain(foot);
        parts.push(signed.chain(self.footer.iter().cloned()).collect::<Vec<_>>().join("\n"));
        parts.join("\n\n") + "\n"
    }

    /// Whose letter it is, for the HTML: the logo, which says the name where pictures are not shown, or the name.
    fn name(&self) -> String {
        let name = escaped(&self.face.name);
        match &self.face.logo {
            Some(logo) => format!(
                "<img class=\"logo\" src=\"{}\" alt=\"{name}\" height=\"32\" style=\"display:inline-block;height:32px;\
                 width:auto;max-width:280px;border:0;vertical-align:middle\">",
                escaped(logo)
            ),
            None => name,
        }
    }

    /// The HTML: styles stand at the elements, as many mail programs drop sheets. The one sheet is for those that are dark.
    #[must_use]
    pub fn html(&self) -> String {
        let Ink { ground, text, muted, line, accent, on_accent, link } = &self.face.light;
        let mut body = String::new();
        let header = match self.header.as_str() {
            "" => String::new(),
            header => {
                format!("<br><span style=\"font-size:13px;font-weight:400\">{}</span>", escaped(header))
            }
        };
        let _ = write!(
            body,
            "<p class=\"name\" style=\"margin:0 0 24px;padding:0 0 12px;border-bottom:3px solid {accent};font-weight:600\">{}{header}</p>\
             <h1 style=\"margin:0 0 16px;font-size:20px;line-height:1.3\">{}</h1>",
            self.name(),
            escaped(&self.heading)
        );
        for words in &self.lines {
            let _ = write!(body, "<p style=\"margin:0 0 16px\">{}</p>", escaped(words));
        }
        if !self.items.is_empty() {
            body.push_str("<ul style=\"margin:0 0 16px;padding:0 0 0 20px\">");
            for Item { title, note, url } in &self.items {
                let note = if note.is_empty() { String::new() } else { format!("<br>{}", escaped(note)) };
                let _ = write!(
                    body,
                    "<li style=\"margin:0 0 12px\"><a class=\"link\" href=\"{}\" style=\"font-weight:600;color:{link}\">{}</a>{note}</li>",
                    escaped(url),
                    escaped(title)
                );
            }
            body.push_str("</ul>");
        }
        if let Some((words, url)) = &self.button {
            let _ = write!(
                body,
                "<p style=\"margin:24px 0\"><a class=\"button\" href=\"{}\" style=\"display:inline-block;padding:12px 20px;\
                 border-radius:6px;background-color:{accent};color:{on_accent};font-weight:600;text-decoration:none\">{}</a></p>",
                escaped(url),
                escaped(words)
            );
        }
        let _ = write!(
            body,
            "<div class=\"foot\" style=\"margin:32px 0 0;padding:12px 0 0;border-top:1px solid {line};color:{muted};font-size:13px\">",
        );
        for (words, url) in &self.foot {
            let words = escaped(words);
            let words = if url.is_empty() {
                words
            } else {
                format!("<a class=\"link\" href=\"{}\" style=\"color:{link}\">{words}</a>", escaped(url))
            };
            let _ = write!(body, "<p style=\"margin:0 0 8px\">{words}</p>");
        }
        for words in &self.footer {
            let _ = write!(body, "<p style=\"margin:0 0 8px\">{}</p>", escaped(words));
        }
        body.push_str("</div>");
        format!(
            "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"supported-color-schemes\" content=\"light dark\">\n<style>{}</style>\n\
             <title>{}</title>\n</head>\n<body class=\"ground\" style=\"margin:0;padding:24px;background-color:{ground};color:{text};\
             font-family:system-ui,sans-serif;font-size:16px;line-height:1.5\">\n\
             <main style=\"max-width:560px;margin:0 auto\">{body}</main>\n</body>\n</html>\n",
            self.language,
            Locale::choose(self.language).direction(),
            self.face.dark_sheet(),
            escaped(&self.heading)
        )
    }
}

/// For text and for attributes in double quotes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            language: "en",
            face: LetterFace::house("Aurora"),
            header: String::new(),
            heading: "<Acme> & Co needs more information".into(),
            lines: vec!["Your place in line is kept.".into()],
            items: vec![Item {
                title: "Acme".into(),
                note: "DR-1".into(),
                url: "https://x.example/1".into(),
            }],
            button: Some(("Complete it".into(), "https://x.example/?a=1&b=\"2\"".into())),
            foot: vec![("Change what you are sent".into(), "https://x.example/profile".into())],
            footer: Vec::new(),
        }
    }

    #[test]
    fn the_text_can_be_read_and_followed_without_html() {
        assert_eq!(
            letter().text(),
            "<Acme> & Co needs more information\n\nYour place in line is kept.\n\n- Acme\n  DR-1\n  https://x.example/1\n\n\
             Complete it:\nhttps://x.example/?a=1&b=\"2\"\n\n-- \nAurora\nChange what you are sent:\nhttps://x.example/profile\n"
        );
    }

    #[test]
    fn nothing_that_somebody_typed_becomes_markup() {
        let html = letter().html();
        assert!(html.contains("&lt;Acme&gt; &amp; Co"), "{html}");
        assert!(html.contains("href=\"https://x.example/?a=1&amp;b=&quot;2&quot;\""), "{html}");
        assert!(!html.contains("<Acme>") && !html.contains("<table"), "{html}");
    }

    #[test]
    fn a_letter_is_light_at_its_elements_and_dark_where_a_sheet_is_read() {
        let (html, face) = (letter().html(), LetterFace::house("Aurora"));
        assert!(
            html.contains(&format!("background-color:{};color:{};", face.light.accent, face.light.on_accent))
        );
        assert!(html.contains(&format!(".button{{background:{}!important}}", face.dark.accent)), "{html}");
        assert_ne!(face.light.accent, face.dark.accent);
    }

    #[test]
    fn a_logo_stands_in_place_of_the_name_and_says_it() {
        let logo = "https://x.example/media/0f/logo.png?a=1&b=2".to_owned();
        let face = LetterFace { logo: Some(logo), ..LetterFace::house("Aurora <one>") };
        let (html, text) = (Letter { face, ..letter() }.html(), letter().text());
        let src = "src=\"https://x.example/media/0f/logo.png?a=1&amp;b=2\" alt=\"Aurora &lt;one&gt;\"";
        assert!(html.contains(src) && !html.contains("font-weight:600\">Aurora"), "{html}");
        assert!(text.contains("-- \nAurora"), "{text}");
    }

    #[test]
    fn a_brand_speaks_in_its_letters() {
        let voice = Voice {
            mail_header: "Partners <first>".into(),
            mail_footer: "Aurora Inc.\n\n1 Main Street".into(),
            sender_name: "Aurora Partners".into(),
            reply_to: "help@aurora.example".into(),
            ..Voice::default()
        };
        let kept = Kept { voice: serde_json::to_string(&voice).ok(), ..Kept::default() };
        let face = Face::of_brand(LetterFace::house("Aurora"), kept);
        let address = |email: &str| Some(Address { name: "Aurora Partners".into(), email: email.into() });
        assert_eq!((face.from.clone(), face.reply_to.clone()), (address(""), address("help@aurora.example")));
        let spoken = Letter { heading: "Hello".into(), ..face.letter(Locale::De) };
        assert_eq!(spoken.text(), "Hello\n\n-- \nAurora\nPartners <first>\nAurora Inc.\n1 Main Street\n");
        let html = spoken.html();
        assert!(html.contains("lang=\"de\"") && html.contains("Partners &lt;first&gt;"), "{html}");
        assert!(html.contains(">1 Main Street</p>"), "{html}");
        // A brand that never said anything is named by its own name.
        let silent = Face::of_brand(LetterFace::house("Aurora"), Kept::default());
        assert_eq!(silent.from, Some(Address { name: "Aurora".into(), email: String::new() }));
        assert_eq!((silent.reply_to, silent.header, silent.footer), (None, String::new(), String::new()));
    }
}
