//! Landing pages: one HTML document with its sheet in it, which works without script.
use std::fmt::Write as _;

use super::inline::{As, Links, Prose};
use super::mail_parts::{DARK, LIGHT, worn};
use super::scene::{Scene, between, callable, colour, language, shown, writable};
use super::template::{Pieces, escape};
use super::when::{self, When};
use super::{FormState, Ink, Setting, Template, flat, page_form};
use crate::text::one_line;
use crate::{Block, Content, Part, Target, drawn_size};

const SHEET: &str = include_str!("page.css");

/// A landing page as a whole HTML document with its one sheet in a `<style nonce>`; works without script.
#[must_use]
pub fn page(content: &Content, setting: &Setting, form: &FormState, nonce: &str) -> String {
    let scene = Scene::new(content, setting);
    let mut page = Page { scene: &scene, form, headings: 0, forms: 0 };
    let (tag, dir) = (language(&setting.language), if setting.right_to_left { "rtl" } else { "ltr" });
    let head = page.head(nonce);
    let logos = page.logos();
    let body = page.blocks(&content.blocks, true);
    let footer = page.footer();
    format!(
        "<!doctype html>\n<html lang=\"{tag}\" dir=\"{dir}\"><head>{head}</head><body><header>{logos}</header>\
         <main>{body}</main><footer>{footer}</footer></body></html>\n"
    )
}

pub(super) struct Page<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) form: &'a FormState,
    headings: usize,
    pub(super) forms: usize,
}

impl Page<'_> {
    fn head(&self, nonce: &str) -> String {
        let (setting, content) = (self.scene.setting, self.scene.content);
        let title = self.line(&content.subject);
        let about = self.line(&content.summary);
        let card = escape(&one_line(&setting.card.name)).into_owned();
        let nonce: String =
            nonce.chars().filter(|c| c.is_ascii_alphanumeric() || "+/=-_".contains(*c)).collect();
        let url = self.scene.address(&Target::LandingPage).unwrap_or_default();
        let url = escape(&url);
        let picture = flat(content).into_iter().find_map(|block| match &block.part {
            Part::Image { picture, alt } => Some((self.scene.picture(picture)?, alt)),
            _ => None,
        });
        let mut out = String::from(
            "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
        );
        let named = if card.is_empty() { title.clone() } else { format!("{title} · {card}") };
        let _ = write!(out, "<title>{named}</title><meta name=\"color-scheme\" content=\"light dark\">");
        if !about.is_empty() {
            let _ = write!(
                out,
                "<meta name=\"description\" content=\"{about}\"><meta property=\"og:description\" content=\"{about}\">"
            );
        }
        if !url.is_empty() {
            let _ = write!(
                out,
                "<link rel=\"canonical\" href=\"{url}\"><meta property=\"og:url\" content=\"{url}\">"
            );
        }
        let locale = language(&setting.language).replace('-', "_");
        let _ = write!(
            out,
            "<meta property=\"og:type\" content=\"website\"><meta property=\"og:title\" content=\"{title}\">\
             <meta property=\"og:site_name\" content=\"{card}\"><meta property=\"og:locale\" content=\"{locale}\">"
        );
        if let Some((picture, alt)) = picture {
            let (picture, alt) = (escape(&picture).into_owned(), escape(&one_line(alt)).into_owned());
            let _ = write!(
                out,
                "<meta property=\"og:image\" content=\"{picture}\"><meta property=\"og:image:alt\" content=\"{alt}\">\
                 <meta name=\"twitter:card\" content=\"summary_large_image\">"
            );
        }
        let _ = write!(out, "<style nonce=\"{nonce}\">{}</style>", self.sheet());
        out
    }

    fn sheet(&self) -> String {
        let brand = &self.scene.setting.brand;
        let (light, dark) = (worn(&brand.light, LIGHT), worn(&brand.dark, DARK));
        let (partner, on_partner) = self.scene.partner_colours();
        let vars = |ink: &Ink, part: f32| {
            let Ink { ground, text, muted, line, accent, on_accent, link } = ink;
            let soft = between(ground, line, part);
            format!(
                "--ground:{ground};--text:{text};--muted:{muted};--line:{line};--accent:{accent};--on-accent:{on_accent};\
                 --link:{link};--soft:{soft}"
            )
        };
        let radius = brand.radius.min(28);
        format!(
            ":root{{color-scheme:light dark;--radius:{radius}px;--partner:{partner};--on-partner:{on_partner};--plate:{};\
             --on-plate:{};{}}}@media(prefers-color-scheme:dark){{:root{{{}}}}}{}",
            light.ground,
            colour(&light.text, "#111827"),
            vars(&light, 0.22),
            vars(&dark, 0.4),
            SHEET.replace('\n', "")
        )
    }

    fn logos(&self) -> String {
        let setting = self.scene.setting;
        let logo = |url: &str, size, name: &str| {
            let name = escape(&one_line(name)).into_owned();
            if url.is_empty() {
                return format!("<strong>{name}</strong>");
            }
            let (width, height) = drawn_size(size);
            format!("<img src=\"{}\" alt=\"{name}\" width=\"{width}\" height=\"{height}\">", escape(url))
        };
        let brand = logo(&setting.brand.logo_url, setting.brand.logo_size, &setting.brand.name);
        brand + &logo(&setting.partner_logo_url, setting.card.logo_size, &setting.card.name)
    }

    fn written(pieces: Pieces, links: &Links) -> String {
        Template(pieces.0).plain(&links.0, true)
    }

    /// Words of one line as HTML without links and bold, fit for attributes.
    fn line(&self, text: &str) -> String {
        let mut links = Links::default();
        let pieces = self.scene.line(text, As::Text, &mut links);
        escape(&Template(pieces.0).plain(&links.0, false)).into_owned()
    }

    fn marked(&self, text: &str) -> String {
        let mut links = Links::default();
        let pieces = self.scene.line(text, As::Html { link: "" }, &mut links);
        Self::written(pieces, &links)
    }

    pub(super) fn prose(&self, text: &str) -> String {
        let mut links = Links::default();
        let pieces = self.scene.prose(text, Prose::default(), &mut links);
        Self::written(pieces, &links)
    }

    fn blocks(&mut self, blocks: &[Block], top: bool) -> String {
        let mut out = String::new();
        for block in blocks {
            out.push_str(&self.part(&block.part, top));
        }
        out
    }

    fn part(&mut self, part: &Part, top: bool) -> String {
        match part {
            Part::Heading { text } => {
                let words = self.marked(text);
                if words.is_empty() {
                    return String::new();
                }
                self.headings += 1;
                let tag = if self.headings == 1 { "h1" } else { "h2" };
                format!("<{tag}>{words}</{tag}>")
            }
            Part::Text { text } => self.prose(text),
            Part::Image { picture, alt } => {
                let Some(url) = self.scene.picture(picture) else { return String::new() };
                let (url, alt) = (escape(&url).into_owned(), escape(&one_line(alt)).into_owned());
                let size = matches!(picture, crate::Picture::Drawn { .. });
                let size = if size { " width=\"1200\" height=\"600\"" } else { "" };
                format!("<img class=\"w\" src=\"{url}\" alt=\"{alt}\"{size}>")
            }
            // On the page itself what leads to it leads to its form.
            Part::Button { label, target: Target::LandingPage } => self.button(label, "#form", "b"),
            Part::Button { label, target } => match self.scene.address(target) {
                Some(url) => self.button(label, &url, if *target == Target::Partner { "b p" } else { "b" }),
                None => String::new(),
            },
            Part::Columns { left, right } if top => {
                let (left, right) = (self.blocks(left, false), self.blocks(right, false));
                format!("<div class=\"k\"><div>{left}</div><div>{right}</div></div>")
            }
            Part::Quote { text, by } => {
                let by = self.marked(by);
                let by = if by.is_empty() { by } else { format!("<figcaption>{by}</figcaption>") };
                format!("<figure><blockquote>{}</blockquote>{by}</figure>", self.prose(text))
            }
            Part::PartnerCard => self.card(),
            Part::Form { label, fields, consent, thanks } => {
                page_form::form(self, label, fields, consent, thanks)
            }
            Part::Event { starts, minutes, place } => self.event(starts, *minutes, place),
            Part::Divider => "<hr>".to_owned(),
            // Columns stand in no columns; the footer stands below all.
            Part::Columns { .. } | Part::Footer { .. } => String::new(),
        }
    }

    fn button(&self, label: &str, url: &str, class: &str) -> String {
        let label = self.line(label);
        if label.is_empty() {
            return String::new();
        }
        format!("<p><a class=\"{class}\" href=\"{}\">{label}</a></p>", escape(url))
    }

    fn event(&self, starts: &str, minutes: u16, place: &str) -> String {
        let Some(when) = When::read(starts, minutes) else { return String::new() };
        let day = escape(&when::day(&when, &self.scene.setting.language)).into_owned();
        let mut out = format!(
            "<p class=\"e\"><time datetime=\"{}\"><strong>{day}</strong><br>{}</time>",
            when.starts.to_rfc3339(),
            when::time(&when)
        );
        let place = self.marked(place);
        if !place.is_empty() {
            let _ = write!(out, "<br>{place}");
        }
        if let Some(url) = self.scene.address(&Target::Calendar) {
            let words = escape(&self.scene.setting.words.add_to_calendar).into_owned();
            let _ = write!(out, "<br><a href=\"{}\">{words}</a>", escape(&url));
        }
        out + "</p>"
    }

    fn card(&self) -> String {
        let (setting, card) = (self.scene.setting, self.scene.card());
        let of = |text: &str| escape(&one_line(text)).into_owned();
        let mut out = format!("<section class=\"c\"><h2>{}</h2>", of(&card.name));
        if !card.about.trim().is_empty() {
            let _ = write!(out, "<p>{}</p>", of(&card.about));
        }
        if !card.signed_by.trim().is_empty() {
            let comma = if card.signed_as.trim().is_empty() { "" } else { ", " };
            let _ = write!(out, "<p>{}{comma}{}</p>", of(&card.signed_by), of(&card.signed_as));
        }
        let words = &setting.words;
        let ways = [
            (&words.call, callable(&card.phone), card.phone.clone()),
            (&words.write, writable(&card.email), card.email.clone()),
            (
                &words.visit,
                self.scene.address(&Target::Url { url: card.website.clone() }),
                shown(&card.website).to_owned(),
            ),
        ];
        let ways: String = ways
            .into_iter()
            .filter_map(|(name, url, text)| {
                let url = url?;
                Some(format!(
                    "<li>{} <a href=\"{}\"><bdi>{}</bdi></a></li>",
                    of(name),
                    escape(&url),
                    of(&text)
                ))
            })
            .collect();
        if !ways.is_empty() {
            let _ = write!(out, "<ul>{ways}</ul>");
        }
        out + "</section>"
    }

    fn footer(&self) -> String {
        let (setting, card) = (self.scene.setting, self.scene.card());
        let legal: String = flat(self.scene.content)
            .into_iter()
            .filter_map(|block| match &block.part {
                Part::Footer { text } => Some(self.prose(text)),
                _ => None,
            })
            .collect();
        let mut lines = vec![card.name.clone()];
        lines.extend(card.address.lines().map(str::to_owned));
        lines.extend(setting.brand.footer.iter().cloned());
        if !setting.brand.name.trim().is_empty() {
            lines.push(format!("{} {}", setting.words.powered_with, setting.brand.name));
        }
        let lines: Vec<_> = lines.iter().map(|line| one_line(line)).filter(|line| !line.is_empty()).collect();
        let lines: Vec<_> = lines.iter().map(|line| escape(line)).collect();
        format!("{legal}<p>{}</p>", lines.join("<br>"))
    }
}
