//! The parts of an e-mail as MJML: sections of one or two columns; every word stands behind a mark.
use std::fmt::Write as _;

use super::inline::{As, Links, Prose};
use super::mail::{WIDTH, attribute, has_footer, opened};
use super::scene::{Scene, between, callable, colour, shown, writable};
use super::template::{Marks, Pieces, escape};
use super::when::{self, When};
use super::{Ink, Slot};
use crate::{Block, Part, PartnerCard, Picture, Target, drawn_size};

/// A mail under way.
pub(super) struct Sheet<'a, 'b> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) links: &'b mut Links,
    pub(super) marks: Marks,
    pub(super) light: Ink,
    pub(super) dark: Ink,
    /// Around the mail, by mode.
    pub(super) outer: String,
    pub(super) dark_outer: String,
    headings: usize,
}

/// Colours that are colours, those of a plain page where a brand has none.
pub(super) fn worn(ink: &Ink, other: [&str; 7]) -> Ink {
    Ink {
        ground: colour(&ink.ground, other[0]),
        text: colour(&ink.text, other[1]),
        muted: colour(&ink.muted, other[2]),
        line: colour(&ink.line, other[3]),
        accent: colour(&ink.accent, other[4]),
        on_accent: colour(&ink.on_accent, other[5]),
        link: colour(&ink.link, other[6]),
    }
}

pub(super) const LIGHT: [&str; 7] =
    ["#ffffff", "#111827", "#4b5563", "#d1d5db", "#1d4ed8", "#ffffff", "#1d4ed8"];
pub(super) const DARK: [&str; 7] =
    ["#111827", "#f3f4f6", "#9ca3af", "#374151", "#93c5fd", "#111827", "#93c5fd"];

impl<'a, 'b> Sheet<'a, 'b> {
    pub(super) fn new(scene: &'a Scene<'a>, links: &'b mut Links) -> Self {
        let brand = &scene.setting.brand;
        let (light, dark) = (worn(&brand.light, LIGHT), worn(&brand.dark, DARK));
        let outer = between(&light.ground, &light.line, 0.35);
        let dark_outer = between(&dark.ground, &dark.line, 0.45);
        Self { scene, links, marks: Marks::default(), light, dark, outer, dark_outer, headings: 0 }
    }

    /// Where lines begin.
    pub(super) const fn start(&self) -> &'static str {
        if self.scene.setting.right_to_left { "right" } else { "left" }
    }

    const fn end(&self) -> &'static str {
        if self.scene.setting.right_to_left { "left" } else { "right" }
    }

    const fn direction(&self) -> &'static str {
        if self.scene.setting.right_to_left { "rtl" } else { "ltr" }
    }

    /// All sections.
    pub(super) fn body(&mut self, blocks: &[Block]) -> String {
        let mut out = self.head();
        let mut open = String::new();
        for block in blocks {
            match &block.part {
                Part::Columns { left, right } => {
                    self.close(&mut open, &mut out);
                    let columns: String = [left, right]
                        .map(|blocks| format!("<mj-column>{}</mj-column>", self.parts(blocks)))
                        .concat();
                    out.push_str(&self.section("s", &self.light.ground, "4px 0", &columns));
                }
                Part::PartnerCard => {
                    self.close(&mut open, &mut out);
                    let card = self.card();
                    let ground = between(&self.light.ground, &self.light.line, 0.2);
                    let column = format!("<mj-column>{card}</mj-column>");
                    out.push_str(&self.section("c", &ground, "16px 0", &column));
                }
                Part::Footer { text } => {
                    self.close(&mut open, &mut out);
                    out.push_str(&self.footer(text));
                }
                part => open.push_str(&self.part(part)),
            }
        }
        self.close(&mut open, &mut out);
        if !has_footer(blocks) {
            // Nobody is written to without a way to end it, whatever the kit says.
            out.push_str(&self.footer(""));
        }
        out.push_str(&opened(&mut self.marks));
        out
    }

    fn close(&self, open: &mut String, out: &mut String) {
        if !open.is_empty() {
            let column = format!("<mj-column>{open}</mj-column>");
            out.push_str(&self.section("s", &self.light.ground, "8px 0", &column));
            open.clear();
        }
    }

    fn section(&self, class: &str, ground: &str, padding: &str, inside: &str) -> String {
        format!(
            "<mj-section css-class=\"{class}\" background-color=\"{ground}\" padding=\"{padding}\" direction=\"{}\">{inside}</mj-section>",
            self.direction()
        )
    }

    /// Both logos; names where there are none.
    fn head(&mut self) -> String {
        let (setting, start, end) = (self.scene.setting, self.start(), self.end());
        let brand = self.logo(&setting.brand.logo_url, setting.brand.logo_size, &setting.brand.name, start);
        let partner = self.logo(&setting.partner_logo_url, setting.card.logo_size, &setting.card.name, end);
        let inside =
            format!("<mj-group><mj-column>{brand}</mj-column><mj-column>{partner}</mj-column></mj-group>");
        self.section("l", &self.light.ground, "16px 0", &inside)
    }

    fn logo(&mut self, url: &str, size: (u32, u32), name: &str, align: &str) -> String {
        if url.is_empty() {
            let mut pieces = Pieces::default();
            pieces.raw(&format!("<strong>{}</strong>", escape(&crate::text::one_line(name))));
            let mark = self.marks.mark(pieces);
            return format!("<mj-text align=\"{align}\" font-size=\"18px\">{mark}</mj-text>");
        }
        let (src, alt) = (self.marks.mark(attribute(url)), self.marks.mark(attribute(name)));
        let (width, _) = drawn_size(size);
        format!(
            "<mj-image src=\"{src}\" alt=\"{alt}\" width=\"{width}px\" align=\"{align}\" padding=\"8px 24px\"/>"
        )
    }

    fn parts(&mut self, blocks: &[Block]) -> String {
        blocks.iter().map(|block| self.part(&block.part)).collect()
    }

    fn part(&mut self, part: &Part) -> String {
        match part {
            Part::Heading { text } => self.heading(text),
            Part::Text { text } => {
                let prose = self.prose(text);
                self.text("t", &prose)
            }
            Part::Image { picture, alt } => self.image(picture, alt),
            Part::Button { label, target } => self.button(label, target),
            Part::Quote { text, by } => self.quote(text, by),
            Part::PartnerCard => self.card(),
            Part::Form { label, .. } => self.button(label, &Target::LandingPage),
            Part::Event { starts, minutes, place } => self.event(starts, *minutes, place),
            Part::Divider => format!(
                "<mj-divider css-class=\"d\" border-width=\"1px\" border-color=\"{}\" padding=\"12px 24px\"/>",
                self.light.line
            ),
            Part::Footer { text } => self.legal(text),
            // There are none in columns; what is there all the same stands below each other.
            Part::Columns { left, right } => format!("{}{}", self.parts(left), self.parts(right)),
        }
    }

    fn link(&self) -> String {
        format!(" style=\"color:{};text-decoration:underline\"", self.light.link)
    }

    fn prose(&mut self, text: &str) -> Pieces {
        let link = self.link();
        let on = Prose {
            p: " style=\"margin:0 0 12px\"",
            ul: " style=\"margin:0 0 12px;padding:0 22px\"",
            li: " style=\"margin:0 0 6px\"",
            link: &link,
        };
        self.scene.prose(text, on, self.links)
    }

    fn line(&mut self, text: &str) -> Pieces {
        let link = self.link();
        self.scene.line(text, As::Html { link: &link }, self.links)
    }

    fn text(&mut self, class: &str, pieces: &Pieces) -> String {
        if pieces.is_blank() {
            return String::new();
        }
        format!("<mj-text css-class=\"{class}\">{}</mj-text>", self.marks.mark(pieces.clone()))
    }

    fn heading(&mut self, text: &str) -> String {
        let words = self.line(text);
        if words.is_blank() {
            return String::new();
        }
        self.headings += 1;
        let (tag, size) = if self.headings == 1 { ("h1", 26) } else { ("h2", 20) };
        let mut pieces = Pieces::default();
        let color = &self.light.text;
        pieces.raw(&format!(
            "<{tag} style=\"margin:0;font-size:{size}px;line-height:1.25;font-weight:700;color:{color}\">"
        ));
        pieces.add(&words);
        pieces.raw(&format!("</{tag}>"));
        format!("<mj-text css-class=\"t\" padding=\"14px 24px 6px\">{}</mj-text>", self.marks.mark(pieces))
    }

    fn image(&mut self, picture: &Picture, alt: &str) -> String {
        let Some(url) = self.scene.picture(picture) else { return String::new() };
        let (src, alt) = (self.marks.mark(attribute(&url)), self.marks.mark(attribute(alt)));
        let radius = self.scene.setting.brand.radius.min(16);
        let width = WIDTH - 48;
        format!("<mj-image src=\"{src}\" alt=\"{alt}\" width=\"{width}px\" border-radius=\"{radius}px\"/>")
    }

    fn button(&mut self, label: &str, target: &Target) -> String {
        let words = self.line(label);
        let Some(url) = self.scene.address(target).filter(|_| !words.is_blank()) else {
            return String::new();
        };
        let (class, ground, ink) = match target {
            Target::Partner => {
                let (ground, ink) = self.scene.partner_colours();
                ("q", ground, ink)
            }
            _ => ("b", self.light.accent.clone(), self.light.on_accent.clone()),
        };
        let place = self.links.place(&url);
        let (href, label) = (self.marks.mark(place), self.marks.mark(words));
        let radius = self.scene.setting.brand.radius.min(28);
        format!(
            "<mj-button css-class=\"{class}\" href=\"{href}\" background-color=\"{ground}\" color=\"{ink}\" \
             border-radius=\"{radius}px\">{label}</mj-button>"
        )
    }

    fn quote(&mut self, text: &str, by: &str) -> String {
        let (prose, by) = (self.prose(text), self.line(by));
        if prose.is_blank() {
            return String::new();
        }
        let mut pieces = Pieces::default();
        pieces.raw(&format!(
            "<div style=\"border-{}:3px solid {};padding:2px 16px;font-style:italic\">",
            self.start(),
            self.light.accent
        ));
        pieces.add(&prose);
        if !by.is_blank() {
            pieces.raw(&format!(
                "<p style=\"margin:0;font-style:normal;font-size:14px;color:{}\">",
                self.light.muted
            ));
            pieces.add(&by);
            pieces.raw("</p>");
        }
        pieces.raw("</div>");
        self.text("t", &pieces)
    }

    fn event(&mut self, starts: &str, minutes: u16, place: &str) -> String {
        let Some(when) = When::read(starts, minutes) else { return String::new() };
        let place = self.line(place);
        let day = when::day(&when, &self.scene.setting.language);
        let mut pieces = Pieces::default();
        pieces.raw(&format!(
            "<p style=\"margin:0\"><strong>{}</strong><br>{}",
            escape(&day),
            when::time(&when)
        ));
        if !place.is_blank() {
            pieces.raw("<br>");
            pieces.add(&place);
        }
        if let Some(url) = self.scene.address(&Target::Calendar) {
            pieces.raw("<br><a href=\"");
            pieces.add(&self.links.place(&url));
            let words = &self.scene.setting.words.add_to_calendar;
            pieces.raw(&format!("\"{}>{}</a>", self.link(), escape(words)));
        }
        pieces.raw("</p>");
        self.text("t", &pieces)
    }

    fn card(&mut self) -> String {
        let card = self.scene.card();
        let (ground, _) = self.scene.partner_colours();
        let mut pieces = Pieces::default();
        pieces.raw(&format!("<div style=\"border-{}:4px solid {ground};padding:0 16px\">", self.start()));
        pieces.raw(&format!(
            "<p style=\"margin:0 0 4px\"><strong>{}</strong></p>",
            escape(&crate::text::one_line(&card.name))
        ));
        if !card.about.trim().is_empty() {
            let about = escape(&crate::text::one_line(&card.about)).into_owned();
            pieces.raw(&format!("<p style=\"margin:0 0 8px\">{about}</p>"));
        }
        if !card.signed_by.trim().is_empty() {
            let by = [&card.signed_by, &card.signed_as].map(|text| crate::text::one_line(text));
            let by = by.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(", ");
            pieces.raw(&format!("<p style=\"margin:0 0 8px\">{}</p>", escape(&by)));
        }
        let ways = self.ways(card);
        if !ways.0.is_empty() {
            pieces.raw("<p style=\"margin:0\">");
            pieces.add(&ways);
            pieces.raw("</p>");
        }
        pieces.raw("</div>");
        self.text("t", &pieces)
    }

    fn ways(&mut self, card: &PartnerCard) -> Pieces {
        let ways = [
            callable(&card.phone).map(|url| (url, card.phone.clone())),
            writable(&card.email).map(|url| (url, card.email.clone())),
            self.scene
                .address(&Target::Url { url: card.website.clone() })
                .map(|url| (url, shown(&card.website).to_owned())),
        ];
        let (mut pieces, link) = (Pieces::default(), self.link());
        for (n, (url, words)) in ways.into_iter().flatten().enumerate() {
            pieces.raw(if n > 0 { "<br><a href=\"" } else { "<a href=\"" });
            pieces.add(&self.links.place(&url));
            pieces.raw(&format!(
                "\"{link}><span dir=\"ltr\">{}</span></a>",
                escape(&crate::text::one_line(&words))
            ));
        }
        pieces
    }

    fn footer(&mut self, text: &str) -> String {
        let legal = self.legal(text);
        let outer = self.outer.clone();
        self.section("o", &outer, "16px 0", &format!("<mj-column>{legal}</mj-column>"))
    }

    /// The legal line, who sent it from where, the brand's own lines, the way to end it.
    fn legal(&mut self, text: &str) -> String {
        let mut pieces = self.prose(text);
        let (setting, card) = (self.scene.setting, self.scene.card());
        let mut lines = Vec::new();
        if !card.name.trim().is_empty() {
            lines.push(format!("{} {}", setting.words.sent_by, card.name).trim().to_owned());
        }
        lines.extend(card.address.lines().map(str::to_owned));
        lines.extend(setting.brand.footer.iter().cloned());
        let mut written = String::new();
        for line in lines.iter().map(|line| crate::text::one_line(line)).filter(|line| !line.is_empty()) {
            let _ = write!(written, "{}{}", if written.is_empty() { "" } else { "<br>" }, escape(&line));
        }
        pieces.raw(&format!("<p style=\"margin:0 0 12px\">{written}</p>"));
        pieces.raw("<p style=\"margin:0\"><a href=\"");
        pieces.slot(Slot::Unsubscribe);
        let words = Some(setting.words.unsubscribe.as_str()).filter(|words| !words.is_empty());
        pieces.raw(&format!("\"{}>{}</a></p>", self.link(), escape(words.unwrap_or("Unsubscribe"))));
        let mark = self.marks.mark(pieces);
        format!("<mj-text css-class=\"m\" font-size=\"13px\" color=\"{}\">{mark}</mj-text>", self.light.muted)
    }
}
