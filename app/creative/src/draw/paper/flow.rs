//! Blocks down the page: words that wrap, lists, two columns, quotes.
use super::super::Ink;
use super::super::canvas::Area;
use super::super::letters::{Weight, lines};
use super::super::scene::{Scene, shown};
use super::super::when::{self, When};
use super::{Stroke, line};
use crate::text::{Paragraph, Run, paragraphs};
use crate::{Block, Part, Target};

/// Line height for a size of 1.
const LEADING: f32 = 1.42;

/// What is filled from the top.
pub(super) struct Flow<'a> {
    scene: &'a Scene<'a>,
    ink: &'a Ink,
    size: f32,
    pub(super) area: Area,
    /// How far down it is filled, from the page's upper edge.
    pub(super) at: f32,
    strokes: Vec<Stroke>,
    headings: usize,
}

/// A word in one or more weights, without spaces in it.
type Word = Vec<(Weight, String)>;

impl<'a> Flow<'a> {
    pub(super) fn new(scene: &'a Scene<'a>, ink: &'a Ink, size: f32, area: Area) -> Self {
        Self { scene, ink, size, area, at: area.1, strokes: Vec::new(), headings: 0 }
    }

    /// What is on the page; what would be below its area is left out.
    pub(super) fn finished(self) -> Vec<Stroke> {
        let end = self.area.1 + self.area.3;
        let within = |stroke: &Stroke| match stroke {
            Stroke::Words { y, .. } => *y <= end,
            Stroke::Bar { area, .. } | Stroke::Logo { area, .. } | Stroke::Link { area, .. } => {
                area.1 + area.3 <= end + 4.0
            }
        };
        self.strokes.into_iter().filter(within).collect()
    }

    pub(super) fn blocks(&mut self, blocks: &[Block], top: bool) {
        for block in blocks {
            self.part(&block.part, top);
        }
    }

    fn part(&mut self, part: &Part, top: bool) {
        match part {
            Part::Heading { text } => {
                self.headings += 1;
                // The first stands on the band.
                if !(top && self.headings == 1) {
                    self.heading(&line(self.scene, text));
                }
            }
            Part::Text { text } => self.prose(text, 0.0, self.ink.text.clone()),
            Part::Quote { text, by } => {
                let from = self.at;
                self.prose(text, 14.0, self.ink.text.clone());
                let by = line(self.scene, by);
                if !by.is_empty() {
                    self.at -= self.size * 0.4;
                    self.prose(&by.replace(['*', '[', '{'], " "), 14.0, self.ink.muted.clone());
                }
                let height = self.at - from - self.size * 0.5;
                let area = Area(self.area.0, from, 3.0, height.max(0.0));
                self.strokes.push(Stroke::Bar { area, colour: self.ink.accent.clone() });
            }
            Part::Event { starts, minutes, place } => self.event(starts, *minutes, place),
            Part::Columns { left, right } if top => self.columns(left, right),
            Part::Button { label, target: target @ (Target::Url { .. } | Target::Partner) } => {
                if let Some(url) = self.scene.address(target) {
                    let label = line(self.scene, label);
                    self.one(
                        Weight::Bold,
                        &format!("{label}: {}", shown(&url)),
                        self.size,
                        &self.ink.text.clone(),
                    );
                }
            }
            Part::Divider => {
                let area = Area(self.area.0, self.at + 4.0, self.area.2, 0.7);
                self.strokes.push(Stroke::Bar { area, colour: self.ink.line.clone() });
                self.at += 12.0;
            }
            // Card, code and legal line stand at the foot of the page.
            Part::Image { .. }
            | Part::Button { .. }
            | Part::Columns { .. }
            | Part::PartnerCard
            | Part::Form { .. }
            | Part::Footer { .. } => {}
        }
    }

    fn columns(&mut self, left: &[Block], right: &[Block]) {
        let gap = 24.0;
        let whole = self.area;
        let width = (whole.2 - gap) / 2.0;
        let (top, mut lowest) = (self.at, self.at);
        for (n, blocks) in [left, right].into_iter().enumerate() {
            self.at = top;
            self.area = Area(whole.0 + (width + gap) * n as f32, whole.1, width, whole.3);
            self.blocks(blocks, false);
            lowest = lowest.max(self.at);
        }
        self.area = whole;
        self.at = lowest;
    }

    fn heading(&mut self, text: &str) {
        self.at += self.size * 0.5;
        self.one(Weight::Bold, text, self.size * 1.25, &self.ink.accent.clone());
    }

    fn event(&mut self, starts: &str, minutes: u16, place: &str) {
        let Some(when) = When::read(starts, minutes) else { return };
        let day = when::day(&when, &self.scene.setting.language);
        let text = self.ink.text.clone();
        self.one(Weight::Bold, &format!("{day}, {}", when::time(&when)), self.size * 1.1, &text);
        let place = line(self.scene, place);
        if !place.is_empty() {
            self.at -= self.size * 0.4;
            self.one(Weight::Plain, &place, self.size, &text);
        }
    }

    /// A paragraph in one weight.
    fn one(&mut self, weight: Weight, text: &str, size: f32, colour: &str) {
        if !weight.writes(text) {
            return;
        }
        for text in lines(text, self.area.2, &|text| weight.width(text, size)) {
            self.at += size * LEADING;
            let colour = colour.to_owned();
            self.strokes.push(Stroke::Words {
                x: self.area.0,
                y: self.at - size * 0.38,
                size,
                weight,
                colour,
                text,
            });
        }
        self.at += size * 0.4;
    }

    fn prose(&mut self, text: &str, indent: f32, colour: String) {
        for paragraph in paragraphs(text) {
            let (Paragraph::Lines(all) | Paragraph::List(all)) = &paragraph;
            let list = matches!(paragraph, Paragraph::List(_));
            for runs in all {
                let mut words: Vec<Word> = vec![Vec::new()];
                self.words(runs, Weight::Plain, &mut words);
                words
                    .retain(|word| !word.is_empty() && word.iter().all(|(weight, text)| weight.writes(text)));
                if list && !words.is_empty() {
                    let (x, y) = (self.area.0 + indent + 2.0, self.at + self.size * (LEADING - 0.38));
                    let mark = Stroke::Words {
                        x,
                        y,
                        size: self.size,
                        weight: Weight::Bold,
                        colour: self.ink.accent.clone(),
                        text: "•".to_owned(),
                    };
                    self.strokes.push(mark);
                }
                self.set(&words, indent + if list { 13.0 } else { 0.0 }, &colour);
                self.at += self.size * if list { 0.15 } else { 0.0 };
            }
            self.at += self.size * 0.5;
        }
    }

    /// Words in lines; a word that is wider than a line is broken.
    fn set(&mut self, words: &[Word], indent: f32, colour: &str) {
        let (size, width) = (self.size, self.area.2 - indent);
        let space = Weight::Plain.width(" ", size);
        let (mut x, mut first) = (0.0, true);
        for word in words {
            let wide: f32 = word.iter().map(|(weight, text)| weight.width(text, size)).sum();
            if first || x + space + wide > width {
                self.at += size * LEADING;
                x = 0.0;
            } else {
                x += space;
            }
            first = false;
            for (weight, text) in word {
                let pieces = if wide > width {
                    lines(text, width, &|text| weight.width(text, size))
                } else {
                    vec![text.clone()]
                };
                for (n, text) in pieces.into_iter().enumerate() {
                    if n > 0 {
                        self.at += size * LEADING;
                        x = 0.0;
                    }
                    let taken = weight.width(&text, size);
                    let at = (self.area.0 + indent + x, self.at - size * 0.38);
                    let colour = colour.to_owned();
                    self.strokes.push(Stroke::Words {
                        x: at.0,
                        y: at.1,
                        size,
                        weight: *weight,
                        colour,
                        text,
                    });
                    x += taken;
                }
            }
        }
    }

    fn words(&self, runs: &[Run], weight: Weight, into: &mut Vec<Word>) {
        for run in runs {
            match run {
                Run::Words(text) => place(text, weight, into),
                Run::Token(token, fallback) => {
                    let value = self.scene.value(*token);
                    let value = if value.is_empty() { fallback.clone().unwrap_or_default() } else { value };
                    place(&value, weight, into);
                }
                Run::Bold(inside) => self.words(inside, Weight::Bold, into),
                Run::Link(inside, url) => {
                    self.words(inside, weight, into);
                    // Paper is not clicked: the address stands behind the words.
                    place(&format!(" ({})", shown(url)), weight, into);
                }
            }
        }
    }
}

/// Adds a text to the words: to the last one until its first space.
fn place(text: &str, weight: Weight, into: &mut Vec<Word>) {
    for (n, piece) in text.split(' ').enumerate() {
        if n > 0 {
            into.push(Vec::new());
        }
        if !piece.is_empty()
            && let Some(last) = into.last_mut()
        {
            last.push((weight, piece.to_owned()));
        }
    }
}
