//! Drawings: screened, counted, then drawn into pixels. What is not drawn is gone with the file.
mod count;
mod screen;
mod style;

use image::RgbaImage;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::roxmltree::{Document, Error, ParsingOptions};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use crate::kind::text;
use crate::{Refusal, fit};

/// Nodes of XML that are read: elements, texts, comments.
const MOST_NODES: u32 = 40_000;
/// A drawing may say it is this large; it is drawn at our size.
const MOST_UNITS: f32 = 100_000.0;

/// A drawing that may be drawn.
pub(crate) struct Drawing {
    tree: Tree,
    weight: count::Weight,
}

impl Drawing {
    /// Reads and screens.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let text = without_plain_doctype(text(bytes).ok_or(Refusal::Broken)?);
        let options =
            ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        let document = Document::parse_with_options(&text, options).map_err(|error| match error {
            Error::DtdDetected => Refusal::SvgDeclaration,
            Error::NodesLimitReached => Refusal::SvgCostly,
            _ => Refusal::Broken,
        })?;
        screen::screen(&document)?;
        let weight = count::weigh(&document)?;
        let tree = Tree::from_xmltree(&document, &options_of_ours()).map_err(|error| match error {
            resvg::usvg::Error::InvalidSize => Refusal::SvgSize,
            resvg::usvg::Error::ElementsLimitReached => Refusal::SvgCostly,
            _ => Refusal::Broken,
        })?;
        let size = tree.size();
        let drawable = |side: f32| side.is_finite() && side > 0.0 && side <= MOST_UNITS;
        if !drawable(size.width()) || !drawable(size.height()) {
            return Err(Refusal::SvgSize);
        }
        Ok(Self { tree, weight })
    }

    /// The size it says it has, in whole pixels.
    pub(crate) fn size(&self) -> (u32, u32) {
        let size = self.tree.size();
        (size.width().round().max(1.0) as u32, size.height().round().max(1.0) as u32)
    }

    /// Draws it as large as it fits into a box.
    pub(crate) fn draw(&self, most: (u32, u32)) -> Result<RgbaImage, Refusal> {
        let size = self.tree.size();
        // Drawings have no pixels that could get coarse.
        let shape = ((size.width() * 1000.0).ceil() as u32, (size.height() * 1000.0).ceil() as u32);
        let (width, height) = fit::within(shape, most, true);
        self.weight.allows(width, height)?;
        let mut pixels = Pixmap::new(width, height).ok_or(Refusal::SvgSize)?;
        let scale = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
        resvg::render(&self.tree, scale, &mut pixels.as_mut());
        RgbaImage::from_raw(width, height, pixels.take_demultiplied()).ok_or(Refusal::Broken)
    }
}

/// No pictures inside, neither as data nor by address; no fonts are there to be named.
fn options_of_ours() -> Options<'static> {
    Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}

/// Programs write `<!DOCTYPE svg PUBLIC …>` into files by habit: it declares nothing and is dropped. One with declarations
/// of its own stays, and is refused.
fn without_plain_doctype(text: &str) -> std::borrow::Cow<'_, str> {
    let plain = text.find("<!DOCTYPE").and_then(|start| {
        let end = start + text[start..].find('>')?;
        (!text[start..end].contains('[')).then_some((start, end + 1))
    });
    plain.map_or(text.into(), |(start, end)| [&text[..start], &text[end..]].concat().into())
}
