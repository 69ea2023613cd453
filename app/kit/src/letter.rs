//! What a mail looks like: one heading, a few lines, one button; as plain text and as HTML without tables.
//!
//! The text comes from the caller in the reader's language; everything is escaped here.
use std::fmt::Write as _;

pub use crate::ink::{Ink, LetterFace};

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
    pub heading: String,
    /// Paragraphs below the heading.
    pub lines: Vec<String>,
    pub items: Vec<Item>,
    /// What it says and where it leads.
    pub button: Option<(String, String)>,
    /// Paragraphs below the line, each with where it leads; an empty address leads nowhere.
    pub foot: Vec<(String, String)>,
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
        parts.push(
            std::iter::once(format!("-- \n{}", self.face.name)).chain(foot).collect::<Vec<_>>().join("\n"),
        );
        parts.join("\n\n") + "\n"
    }

    /// The HTML: styles stand at the elements, as many mail programs drop sheets. The one sheet is for those that are dark.
    #[must_use]
    pub fn html(&self) -> String {
        let Ink { ground, text, muted, line, accent, on_accent, link } = &self.face.light;
        let mut body = String::new();
        let _ = write!(
            body,
            "<p class=\"name\" style=\"margin:0 0 24px;padding:0 0 12px;border-bottom:3px solid {accent};font-weight:600\">{}</p>\
             <h1 style=\"margin:0 0 16px;font-size:20px;line-height:1.3\">{}</h1>",
            escaped(&self.face.name),
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
        body.push_str("</div>");
        format!(
            "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"supported-color-schemes\" content=\"light dark\">\n<style>{}</style>\n\
             <title>{}</title>\n</head>\n<body class=\"ground\" style=\"margin:0;padding:24px;background-color:{ground};color:{text};\
             font-family:system-ui,sans-serif;font-size:16px;line-height:1.5\">\n\
             <main style=\"max-width:560px;margin:0 auto\">{body}</main>\n</body>\n</html>\n",
            self.language,
            crate::catalogue::Locale::choose(self.language).direction(),
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
            heading: "<Acme> & Co needs more information".into(),
            lines: vec!["Your place in line is kept.".into()],
            items: vec![Item {
                title: "Acme".into(),
                note: "DR-1".into(),
                url: "https://x.example/1".into(),
            }],
            button: Some(("Complete it".into(), "https://x.example/?a=1&b=\"2\"".into())),
            foot: vec![("Change what you are sent".into(), "https://x.example/profile".into())],
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
}
