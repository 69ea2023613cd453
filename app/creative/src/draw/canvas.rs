//! A picture under way: SVG of our own without a word of anybody's in it, letters as outlines, logos laid on top.
use std::fmt::Write as _;

use palette::Rgb;
use resvg::tiny_skia::{IntSize, Pixmap, PixmapPaint, Transform};
use resvg::usvg::{Options, Tree};

use super::letters::{Fitted, LEADING, Weight, fit};
use crate::text::one_line;

/// Largest side of a logo that is drawn, in pixels.
const LARGEST: u32 = 2_000;

/// A rectangle: left, top, width, height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area(pub(super) f32, pub(super) f32, pub(super) f32, pub(super) f32);

/// Where something stands in its area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    Start,
    Middle,
    End,
}

impl At {
    fn shift(self, free: f32) -> f32 {
        match self {
            Self::Start => 0.0,
            Self::Middle => free / 2.0,
            Self::End => free,
        }
    }
}

/// A picture under way.
pub(super) struct Canvas {
    size: (u32, u32),
    svg: String,
    logos: Vec<(Pixmap, i32, i32)>,
}

impl Canvas {
    pub(super) fn new(size: (u32, u32), ground: &str) -> Self {
        let mut canvas = Self { size, svg: String::new(), logos: Vec::new() };
        canvas.rect(Area(0.0, 0.0, size.0 as f32, size.1 as f32), 0.0, ground);
        canvas
    }

    /// Elements of SVG, of our own making.
    pub(super) fn raw(&mut self, elements: &str) {
        self.svg.push_str(elements);
    }

    pub(super) fn rect(&mut self, Area(x, y, width, height): Area, radius: f32, colour: &str) {
        let _ = write!(
            self.svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius:.1}\" fill=\"{colour}\"/>"
        );
    }

    /// Lines in an area, from its top; the height that they took.
    pub(super) fn text(
        &mut self,
        text: &str,
        weight: Weight,
        area: Area,
        (most, least): (f32, f32),
        colour: &str,
        at: (At, At),
    ) -> f32 {
        let Fitted { lines, size } = fit(&one_line(text), weight, (area.2, area.3), most, least);
        let height = lines.len() as f32 * size * LEADING;
        let mut top = area.1 + at.1.shift(area.3 - height);
        for line in &lines {
            let left = area.0 + at.0.shift(area.2 - weight.width(line, size));
            let path = weight.outline(line, left, top + size * 1.02, size);
            let _ = write!(self.svg, "<path fill=\"{colour}\" d=\"{path}\"/>");
            top += size * LEADING;
        }
        height
    }

    /// A logo within an area, its name where there is none.
    pub(super) fn logo(&mut self, png: Option<&[u8]>, name: &str, area: Area, ink: &str, at: At) {
        let Some(scaled) = png.and_then(|png| scaled(png, area.2, area.3)) else {
            let most = area.3 * 0.55;
            self.text(name, Weight::Bold, area, (most, most.min(9.0)), ink, (at, At::Middle));
            return;
        };
        let (width, height) = (scaled.width() as f32, scaled.height() as f32);
        let left = area.0 + at.shift(area.2 - width);
        let top = area.1 + At::Middle.shift(area.3 - height);
        self.logos.push((scaled, left.round() as i32, top.round() as i32));
    }

    /// The picture as PNG; the same bytes each time.
    pub(super) fn png(self) -> Vec<u8> {
        let (width, height) = self.size;
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">{}</svg>",
            self.svg
        );
        let tree = Tree::from_str(&svg, &Options::default()).expect("the SVG is of our own making");
        let mut pixels = Pixmap::new(width, height).expect("a picture has a size");
        resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        for (logo, left, top) in &self.logos {
            pixels.draw_pixmap(
                *left,
                *top,
                logo.as_ref(),
                &PixmapPaint::default(),
                Transform::identity(),
                None,
            );
        }
        pixels.encode_png().expect("a picture of ours is written")
    }
}

/// A PNG made to fit into a box, enlarged at most to twice its size; none when it cannot be read.
pub(super) fn scaled(png: &[u8], width: f32, height: f32) -> Option<Pixmap> {
    let side = |at: usize| png.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    let (wide, high) = (side(16)?, side(20)?);
    if wide == 0 || high == 0 || wide > LARGEST || high > LARGEST {
        return None;
    }
    let picture = Pixmap::decode_png(png).ok()?;
    let scale = (width / wide as f32).min(height / high as f32).min(2.0);
    let of = |side: u32| ((side as f32 * scale).round() as u32).max(1);
    averaged(&picture, of(wide), of(high))
}

/// A picture at another size: each new pixel is the mean of what it covers, so that thin lines stay.
fn averaged(picture: &Pixmap, width: u32, height: u32) -> Option<Pixmap> {
    let (wide, high) = (picture.width() as usize, picture.height() as usize);
    let spans = |old: usize, new: u32| -> Vec<(usize, usize)> {
        let step = old as f64 / f64::from(new);
        let of = |n: u32| {
            let from = (f64::from(n) * step).floor() as usize;
            let to = (f64::from(n + 1) * step).ceil() as usize;
            (from.min(old - 1), to.clamp(from + 1, old.max(from + 1)).min(old).max(from.min(old - 1) + 1))
        };
        (0..new).map(of).collect()
    };
    let (columns, rows) = (spans(wide, width), spans(high, height));
    let old = picture.data();
    let mut new = Vec::with_capacity(width as usize * height as usize * 4);
    for (top, bottom) in &rows {
        for (left, right) in &columns {
            let mut sum = [0_u32; 4];
            for y in *top..*bottom {
                for pixel in old[(y * wide + left) * 4..(y * wide + right) * 4].chunks_exact(4) {
                    for (sum, channel) in sum.iter_mut().zip(pixel) {
                        *sum += u32::from(*channel);
                    }
                }
            }
            let count = ((bottom - top) * (right - left)) as u32;
            new.extend(sum.map(|sum| ((sum + count / 2) / count) as u8));
        }
    }
    Pixmap::from_vec(new, IntSize::from_wh(width, height)?)
}

/// A colour with a share of another one that shines through, as attributes.
pub(super) fn veil(colour: &str, part: f32) -> String {
    let colour = colour.parse::<Rgb>().unwrap_or(Rgb::BLACK);
    format!("fill=\"{colour}\" fill-opacity=\"{part:.2}\"")
}
