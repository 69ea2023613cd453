//! A typeface in a PDF: turns words into glyphs, and keeps only the glyphs that were used.
use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Finish as _, Name, Pdf, Rect, Ref, Str};
use subsetter::GlyphRemapper;
use ttf_parser::GlyphId;

use super::super::letters::Weight;

/// How a CID is turned into a glyph: not at all.
const SYSTEM: SystemInfo = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// A typeface, with what of it was used.
pub(super) struct Used {
    weight: Weight,
    remapper: GlyphRemapper,
    letters: BTreeMap<u16, (char, GlyphId)>,
}

impl Used {
    pub(super) fn new(weight: Weight) -> Self {
        Self { weight, remapper: GlyphRemapper::new(), letters: BTreeMap::new() }
    }

    /// A text as two bytes a glyph.
    pub(super) fn glyphs(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(text.len() * 2);
        for letter in text.chars() {
            let glyph = self.weight.glyph(letter);
            let place = self.remapper.remap(glyph.0);
            self.letters.entry(place).or_insert((letter, glyph));
            bytes.extend(place.to_be_bytes());
        }
        bytes
    }

    /// Writes the font with five objects from `first` on.
    pub(super) fn write(&self, pdf: &mut Pdf, first: Ref) {
        let at = |n: i32| Ref::new(first.get() + n);
        let (name, data) = match self.weight {
            Weight::Plain => ("RIALTO+NotoSans", ttf_noto_sans::REGULAR),
            Weight::Bold => ("RIALTO+NotoSans-Bold", ttf_noto_sans::BOLD),
        };
        let (face, name) = (self.weight.face(), Name(name.as_bytes()));
        let em = 1000.0 / f32::from(face.units_per_em());
        let data = subsetter::subset(data, 0, &self.remapper).expect("the typeface is whole");
        pdf.type0_font(first)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(at(1))
            .to_unicode(at(3));
        let mut font = pdf.cid_font(at(1));
        font.subtype(CidFontType::Type2).base_font(name).system_info(SYSTEM).font_descriptor(at(2));
        font.default_width(0.0).cid_to_gid_map_predefined(Name(b"Identity"));
        let mut list = font.widths();
        for (place, (_, glyph)) in &self.letters {
            list.same(*place, *place, self.weight.advance(*glyph) * 1000.0);
        }
        list.finish();
        font.finish();
        let bounds = face.global_bounding_box();
        let edge = |units: i16| f32::from(units) * em;
        pdf.font_descriptor(at(2))
            .name(name)
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(edge(bounds.x_min), edge(bounds.y_min), edge(bounds.x_max), edge(bounds.y_max)))
            .italic_angle(0.0)
            .ascent(edge(face.ascender()))
            .descent(edge(face.descender()))
            .cap_height(edge(face.capital_height().unwrap_or_default()))
            .stem_v(80.0)
            .font_file2(at(4));
        let mut letters = UnicodeCmap::new(Name(b"Letters"), SYSTEM);
        for (place, (letter, _)) in &self.letters {
            letters.pair(*place, *letter);
        }
        pdf.cmap(at(3), &letters.finish());
        pdf.stream(at(4), &data).pair(Name(b"Length1"), data.len() as i32);
    }
}
