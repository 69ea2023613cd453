//! Why a picture is not taken.
use std::fmt;

/// Why a picture is not taken. Each has a stable code; screens put it into the reader's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    /// More than [`crate::MOST_BYTES`].
    TooManyBytes,
    /// It is something else; what it looks like.
    Kind(&'static str),
    /// More pixels, or longer sides, than are decoded.
    TooLarge {
        width: u32,
        height: u32,
    },
    TooSmall {
        width: u32,
        height: u32,
    },
    /// It has several frames.
    Moving,
    /// It ends early, or is not what it says it is.
    Broken,
    /// Decoding it would take too long.
    Costly,
    /// Scripts, attributes that start scripts, addresses that are scripts.
    SvgScript,
    /// It names something outside of the file.
    SvgReference,
    /// HTML or another language inside.
    SvgForeign,
    /// Document types, entities and processing instructions.
    SvgDeclaration,
    /// Words that need a font.
    SvgText,
    /// A picture inside of the drawing.
    SvgPicture,
    /// A size that cannot be drawn.
    SvgSize,
    /// Too many elements, too deep, too often repeated, or effects that take too long.
    SvgCostly,
}

impl Refusal {
    /// One of each, for tables and tests.
    pub const ALL: [Self; 16] = [
        Self::Empty,
        Self::TooManyBytes,
        Self::Kind("unknown"),
        Self::TooLarge { width: 0, height: 0 },
        Self::TooSmall { width: 0, height: 0 },
        Self::Moving,
        Self::Broken,
        Self::Costly,
        Self::SvgScript,
        Self::SvgReference,
        Self::SvgForeign,
        Self::SvgDeclaration,
        Self::SvgText,
        Self::SvgPicture,
        Self::SvgSize,
        Self::SvgCostly,
    ];

    /// Stable and `snake_case`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "picture_empty",
            Self::TooManyBytes => "picture_too_many_bytes",
            Self::Kind(_) => "picture_kind",
            Self::TooLarge { .. } => "picture_too_large",
            Self::TooSmall { .. } => "picture_too_small",
            Self::Moving => "picture_moving",
            Self::Broken => "picture_broken",
            Self::Costly => "picture_costly",
            Self::SvgScript => "svg_script",
            Self::SvgReference => "svg_reference",
            Self::SvgForeign => "svg_foreign",
            Self::SvgDeclaration => "svg_declaration",
            Self::SvgText => "svg_text",
            Self::SvgPicture => "svg_picture",
            Self::SvgSize => "svg_size",
            Self::SvgCostly => "svg_costly",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::Empty => "The file is empty.",
            Self::TooManyBytes => "A picture may have up to 2 MB.",
            Self::Kind(looks) => {
                return write!(f, "Send a PNG, JPEG, WebP or SVG file; this looks like {looks}.");
            }
            Self::TooLarge { width, height } => {
                return write!(
                    f,
                    "The picture is {width} by {height} pixels; up to 8,000 a side and 16 million in all are taken."
                );
            }
            Self::TooSmall { width, height } => {
                return write!(f, "The picture is {width} by {height} pixels; it needs 16 on each side.");
            }
            Self::Moving => "The picture moves; save one frame of it.",
            Self::Broken => "The picture cannot be read; save it again and try once more.",
            Self::Costly => "The picture takes too long to decode; save it again without progressive steps.",
            Self::SvgScript => "The drawing holds a script; save it without.",
            Self::SvgReference => "The drawing names something outside of the file; put everything into it.",
            Self::SvgForeign => "The drawing holds HTML or another language; save it as plain SVG.",
            Self::SvgDeclaration => {
                "The drawing holds a document type, an entity or an instruction; save it as plain SVG."
            }
            Self::SvgText => "The drawing holds words; turn them into paths.",
            Self::SvgPicture => "The drawing holds a picture of pixels; send that picture itself, as PNG.",
            Self::SvgSize => "The drawing has a size that cannot be drawn.",
            Self::SvgCostly => {
                "The drawing is too elaborate: fewer elements, and no patterns or effects besides shadows and blur."
            }
        };
        f.write_str(words)
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_a_code_and_a_sentence_of_its_own() {
        let codes: std::collections::BTreeSet<_> = Refusal::ALL.iter().map(|one| one.code()).collect();
        let words: std::collections::BTreeSet<_> = Refusal::ALL.iter().map(ToString::to_string).collect();
        assert_eq!((codes.len(), words.len()), (Refusal::ALL.len(), Refusal::ALL.len()));
    }
}
