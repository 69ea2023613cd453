//! A typeface in a PDF: measures words, turns them into glyphs, and keeps only the glyphs that were used.
use std::collections::BTreeMap;

use base::Problem;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Finish as _, Name, Pdf, Rect, Ref, Str};
use subsetter::GlyphRemapper;
use ttf_parser::GlyphId;

/// How a CID is turned into a glyph: not at all.
const SYSTEM: SystemInfo = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// A typeface, with what of it was used. It writes Latin, Greek and Cyrillic; other letters become empty boxes, the
/// attached receipt has them right.
pub(super) struct Face {
    name: &'static str,
    data: &'static [u8],
    face: ttf_parser::Face<'static>,
    used: GlyphRemapper,
    letters: BTreeMap<u16, (char, GlyphId)>,
}

impl Face {
    pub(super) fn new(name: &'static str, data: &'static [u8]) -> Result<Self, Problem> {
        let face = ttf_parser::Face::parse(data, 0).map_err(Problem::internal)?;
        Ok(Self { name, data, face, used: GlyphRemapper::new(), letters: BTreeMap::new() })
    }

    /// Width of a letter at size 1.
    fn advance(&self, glyph: GlyphId) -> f32 {
        let units = self.face.glyph_hor_advance(glyph).unwrap_or_default();
        f32::from(units) / f32::from(self.face.units_per_em())
    }

    fn glyph(&self, letter: char) -> GlyphId {
        self.face.glyph_index(letter).unwrap_or(GlyphId(0))
    }

    /// Width of a text in points.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|letter| self.advance(self.glyph(letter))).sum::<f32>() * size
    }

    /// A text as two bytes a glyph.
    pub(super) fn glyphs(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(text.len() * 2);
        for letter in text.chars() {
            let glyph = self.glyph(letter);
            let place = self.used.remap(glyph.0);
            self.letters.entry(place).or_insert((letter, glyph));
            bytes.extend(place.to_be_bytes());
        }
        bytes
    }

    /// Writes the font with five objects from `first` on.
    pub(super) fn write(&self, pdf: &mut Pdf, first: Ref) -> Result<(), Problem> {
        let at = |n: i32| Ref::new(first.get() + n);
        let name = format!("RIALTO+{}", self.name);
        let name = Name(name.as_bytes());
        let em = 1000.0 / f32::from(self.face.units_per_em());
        let data = subsetter::subset(self.data, 0, &self.used).map_err(Problem::internal)?;

        pdf.type0_font(first)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(at(1))
            .to_unicode(at(3));
        let mut font = pdf.cid_font(at(1));
        font.subtype(CidFontType::Type2).base_font(name).system_info(SYSTEM).font_descriptor(at(2));
        font.default_width(0.0).cid_to_gid_map_predefined(Name(b"Identity"));
        let widths = self.letters.iter().map(|(place, (_, glyph))| (*place, self.advance(*glyph) * 1000.0));
        let mut list = font.widths();
        for (place, width) in widths {
            list.same(place, place, width);
        }
        list.finish();
        font.finish();
        let bounds = self.face.global_bounding_box();
        let edge = |units: i16| f32::from(units) * em;
        pdf.font_descriptor(at(2))
            .name(name)
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(edge(bounds.x_min), edge(bounds.y_min), edge(bounds.x_max), edge(bounds.y_max)))
            .italic_angle(0.0)
            .ascent(edge(self.face.ascender()))
            .descent(edge(self.face.descender()))
            .cap_height(edge(self.face.capital_height().unwrap_or_default()))
            .stem_v(80.0)
            .font_file2(at(4));
        let mut letters = UnicodeCmap::new(Name(b"Letters"), SYSTEM);
        for (place, (letter, _)) in &self.letters {
            letters.pair(*place, *letter);
        }
        pdf.cmap(at(3), &letters.finish());
        pdf.stream(at(4), &data).pair(Name(b"Length1"), data.len() as i32);
        Ok(())
    }
}
