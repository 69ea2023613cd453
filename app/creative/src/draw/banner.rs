//! Banners and the pictures of posts: both logos on a light plate, the headline on the brand's colour, a button, a motif.
use super::canvas::{Area, At, Canvas};
use super::inline::{As, Links};
use super::letters::Weight;
use super::mail_parts::{LIGHT, worn};
use super::scene::Scene;

use super::{Ink, Post, Setting, Template, flat, motif};
use crate::text::one_line;
use crate::{Content, Motif, Part, Picture};

pub use crate::files::BANNERS;

/// The picture of a post, in pixels.
const POST: (u32, u32) = (1_200, 630);

/// A banner as PNG in one of [`BANNERS`], with both logos. Words that the typeface has no letters for (Arabic) are left out.
#[must_use]
pub fn banner(content: &Content, setting: &Setting, size: (u32, u32)) -> Vec<u8> {
    let scene = Scene::new(content, setting);
    let find = |of: fn(&Part) -> Option<&str>| flat(content).into_iter().find_map(|block| of(&block.part));
    let headline = find(|part| match part {
        Part::Heading { text } => Some(text),
        _ => None,
    });
    let words = find(|part| match part {
        Part::Text { text } => Some(text),
        _ => None,
    });
    let label = find(|part| match part {
        Part::Button { label, .. } | Part::Form { label, .. } => Some(label),
        _ => None,
    });
    let said = Said {
        headline: read(&scene, headline.unwrap_or(&content.subject)),
        words: read(&scene, words.unwrap_or_default()),
        label: read(&scene, label.unwrap_or_default()),
    };
    drawn(&scene, &said, size)
}

/// A post for networks; the link to the landing page stands at its end.
#[must_use]
pub fn post(content: &Content, setting: &Setting) -> Post {
    let scene = Scene::new(content, setting);
    let mut links = Links::default();
    let mut text = String::new();
    for block in flat(content) {
        if let Part::Text { text: words } | Part::Heading { text: words } = &block.part {
            let pieces = scene.prose_text(words, &mut links);
            text.push_str(&Template(pieces.0).plain(&links.0, false));
            text.push('\n');
        }
    }
    let text = format!("{}\n\n{}", text.trim(), setting.landing_url).trim().to_owned();
    let said = Said {
        headline: read(&scene, &content.subject),
        words: read(&scene, &content.summary),
        label: String::new(),
    };
    Post { text, picture: drawn(&scene, &said, POST) }
}

/// What a picture says.
struct Said {
    headline: String,
    words: String,
    label: String,
}

fn read(scene: &Scene<'_>, text: &str) -> String {
    let mut links = Links::default();
    let pieces = scene.line(text, As::Text, &mut links);
    one_line(&Template(pieces.0).plain(&links.0, false))
}

fn drawn(scene: &Scene<'_>, said: &Said, size: (u32, u32)) -> Vec<u8> {
    let ink = worn(&scene.setting.brand.light, LIGHT);
    let (width, height) = (size.0.clamp(60, 2_400) as f32, size.1.clamp(60, 2_400) as f32);
    let canvas = Canvas::new((width as u32, height as u32), &ink.ground);
    let mut poster = Poster { scene, said, ink, canvas, width, height, motif: motif_of(scene.content) };
    if width > height * 3.0 {
        poster.flat();
    } else if height > width * 2.0 {
        poster.tall();
    } else {
        poster.wide();
    }
    poster.canvas.png()
}

fn motif_of(content: &Content) -> Motif {
    let drawn = flat(content).into_iter().find_map(|block| match &block.part {
        Part::Image { picture: Picture::Drawn { motif }, .. } => Some(*motif),
        _ => None,
    });
    drawn.unwrap_or(Motif::Waves)
}

struct Poster<'a> {
    scene: &'a Scene<'a>,
    said: &'a Said,
    ink: Ink,
    canvas: Canvas,
    width: f32,
    height: f32,
    motif: Motif,
}

impl Poster<'_> {
    fn brand(&mut self, area: Area, at: At) {
        let brand = &self.scene.setting.brand;
        self.canvas.logo(brand.logo.as_deref(), &brand.name, area, &self.ink.text, at);
    }

    fn partner(&mut self, area: Area, at: At) {
        let setting = self.scene.setting;
        self.canvas.logo(setting.partner_logo.as_deref(), &setting.card.name, area, &self.ink.text, at);
    }

    /// The motif within an area of the panel, at its right size and cut at the area's edges.
    fn shapes(&mut self, Area(x, y, width, height): Area) {
        let (wide, high) = (motif::SIZE.0 as f32, motif::SIZE.1 as f32);
        let scale = (width / wide).max(height / high);
        let (left, top) = (x + (width - wide * scale) / 2.0, y + (height - high * scale) / 2.0);
        let shapes = motif::shapes(self.motif, &self.ink.on_accent, &self.ink.accent);
        self.canvas.raw(&format!(
            "<clipPath id=\"m\"><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/></clipPath>\
             <g clip-path=\"url(#m)\"><g opacity=\"0.45\" transform=\"translate({left:.2} {top:.2}) scale({scale:.4})\">{shapes}</g></g>"
        ));
    }

    /// A button whose words fit, its left upper corner given; its height.
    fn button(&mut self, Area(x, y, width, height): Area) -> f32 {
        let size = height * 0.42;
        if self.said.label.is_empty() || !Weight::Bold.writes(&self.said.label) {
            return 0.0;
        }
        let words = Weight::Bold.width(&self.said.label, size);
        let taken = (words + height * 1.1).min(width);
        let radius = f32::from(self.scene.setting.brand.radius).min(height / 2.0);
        let (ground, ink) = (self.ink.on_accent.clone(), self.ink.accent.clone());
        self.canvas.rect(Area(x, y, taken, height), radius, &ground);
        let inside = Area(x + height * 0.35, y, taken - height * 0.7, height);
        self.canvas.text(
            &self.said.label,
            Weight::Bold,
            inside,
            (size, size * 0.5),
            &ink,
            (At::Middle, At::Middle),
        );
        height
    }

    /// 300 × 250, 1200 × 628: logos above, words at the left, the motif at the right where there is room.
    fn wide(&mut self) {
        let (width, height) = (self.width, self.height);
        let pad = height * 0.08;
        let plate = height * 0.23;
        let half = (width - 3.0 * pad) / 2.0;
        let logo = Area(pad, plate * 0.22, half, plate * 0.56);
        self.brand(logo, At::Start);
        self.partner(Area(2.0 * pad + half, logo.1, half, logo.3), At::End);
        let accent = self.ink.accent.clone();
        self.canvas.rect(Area(0.0, plate, width, height - plate), 0.0, &accent);
        let roomy = width >= 600.0;
        if roomy {
            self.shapes(Area(width * 0.66, plate, width * 0.34, height - plate));
        }
        let column = if roomy { width * 0.66 - 2.0 * pad } else { width - 2.0 * pad };
        let button = height * if roomy { 0.13 } else { 0.16 };
        let has_button = !self.said.label.is_empty();
        let bottom = height - pad - if has_button { button + pad * 0.7 } else { 0.0 };
        let top = plate + pad;
        let room = bottom - top;
        let has_words = !self.said.words.is_empty();
        let on_accent = self.ink.on_accent.clone();
        let headline = Area(pad, top, column, if has_words { room * 0.64 } else { room });
        let most = height * if roomy { 0.115 } else { 0.13 };
        let at = (At::Start, At::Start);
        let taken = self.canvas.text(
            &self.said.headline,
            Weight::Bold,
            headline,
            (most, height * 0.045),
            &on_accent,
            at,
        );
        if has_words {
            let gap = height * 0.02;
            let words = Area(pad, top + taken + gap, column, room - taken - gap);
            self.canvas.text(
                &self.said.words,
                Weight::Plain,
                words,
                (most * 0.52, height * 0.036),
                &on_accent,
                at,
            );
        }
        self.button(Area(pad, height - pad - button, column, button));
    }

    /// 728 × 90: the brand at the left, the partner at the right, words and a button between.
    fn flat(&mut self) {
        let (width, height) = (self.width, self.height);
        let pad = height * 0.16;
        let plate = width * 0.2;
        let accent = self.ink.accent.clone();
        self.canvas.rect(Area(plate, 0.0, width - 2.0 * plate, height), 0.0, &accent);
        self.brand(Area(pad, pad, plate - 2.0 * pad, height - 2.0 * pad), At::Middle);
        self.partner(Area(width - plate + pad, pad, plate - 2.0 * pad, height - 2.0 * pad), At::Middle);
        let (left, inside) = (plate + pad, width - 2.0 * plate - 2.0 * pad);
        let button = height * 0.4;
        let label = Weight::Bold.width(&self.said.label, button * 0.42) + button * 1.1;
        let label = if self.said.label.is_empty() { 0.0 } else { label.min(inside * 0.42) };
        let words = Area(left, pad, inside - label - if label > 0.0 { pad } else { 0.0 }, height - 2.0 * pad);
        let on_accent = self.ink.on_accent.clone();
        let at = (At::Start, At::Middle);
        self.canvas.text(
            &self.said.headline,
            Weight::Bold,
            words,
            (height * 0.26, height * 0.12),
            &on_accent,
            at,
        );
        if label > 0.0 {
            self.button(Area(left + inside - label, (height - button) / 2.0, label, button));
        }
    }

    /// 160 × 600: one below the other.
    fn tall(&mut self) {
        let (width, height) = (self.width, self.height);
        let pad = width * 0.1;
        let plate = height * 0.13;
        let column = width - 2.0 * pad;
        let accent = self.ink.accent.clone();
        self.canvas.rect(Area(0.0, plate, width, height - 2.0 * plate), 0.0, &accent);
        self.brand(Area(pad, pad, column, plate - 2.0 * pad), At::Middle);
        self.partner(Area(pad, height - plate + pad, column, plate - 2.0 * pad), At::Middle);
        let top = plate + pad;
        let motif = width * 0.62;
        let button = width * 0.24;
        let bottom = height - plate - pad - button;
        self.shapes(Area(0.0, bottom - pad - motif, width, motif));
        let room = bottom - 2.0 * pad - motif - top;
        let on_accent = self.ink.on_accent.clone();
        let at = (At::Start, At::Start);
        let has_words = !self.said.words.is_empty();
        let headline = Area(pad, top, column, if has_words { room * 0.6 } else { room });
        let taken = self.canvas.text(
            &self.said.headline,
            Weight::Bold,
            headline,
            (width * 0.16, width * 0.08),
            &on_accent,
            at,
        );
        if has_words {
            let words = Area(pad, top + taken + pad * 0.5, column, room - taken - pad * 0.5);
            self.canvas.text(
                &self.said.words,
                Weight::Plain,
                words,
                (width * 0.1, width * 0.075),
                &on_accent,
                at,
            );
        }
        self.button(Area(pad, bottom, column, button));
    }
}
