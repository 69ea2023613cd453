//! What a picture is used for, and the forms that each use needs.
use std::panic::catch_unwind;

use image::RgbaImage;
use image::imageops::{self, FilterType};
use sha2::{Digest, Sha256};

use crate::{Kind, MOST_BYTES, Refusal, encode, fit, raster, svg};

/// What a picture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Name and sign in one, in a row, on light grounds.
    Logo,
    /// The same on dark grounds.
    LogoDark,
    /// The sign alone, square.
    Mark,
    /// The sign at the size of letters.
    Favicon,
    /// A wide picture at the head of a page.
    Hero,
}

/// The kind of a form: what this program writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    Png,
    Jpeg,
}

impl Media {
    /// As in `Content-Type`.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// One form of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// `logo.png`, `192.png`, `hero.jpg`.
    pub name: &'static str,
    pub media: Media,
    pub width: u32,
    pub height: u32,
    pub bytes: Vec<u8>,
}

/// A picture that was made harmless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// SHA-256 over its forms, in hexadecimal: the same picture for the same use has the same name.
    pub hash: String,
    /// What was sent.
    pub kind: Kind,
    /// The size that was sent, in pixels; of a drawing the size it says it has, rounded.
    pub width: u32,
    pub height: u32,
    /// The first is the one to show.
    pub forms: Vec<Form>,
}

impl Picture {
    /// What all forms take, in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.forms.iter().map(|form| form.bytes.len() as u64).sum()
    }
}

/// How large a form is.
#[derive(Clone, Copy)]
enum Size {
    /// Within a box, never enlarged.
    Within(u32, u32),
    /// In the middle of a square that can be seen through.
    Square(u32),
}

type Plan = (&'static str, Media, Size);

const LOGO: &[Plan] = &[("logo.png", Media::Png, Size::Within(640, 128))];
const MARK: &[Plan] = &[
    ("192.png", Media::Png, Size::Square(192)),
    ("512.png", Media::Png, Size::Square(512)),
    ("64.png", Media::Png, Size::Square(64)),
    ("48.png", Media::Png, Size::Square(48)),
    ("32.png", Media::Png, Size::Square(32)),
];
const FAVICON: &[Plan] =
    &[("48.png", Media::Png, Size::Square(48)), ("32.png", Media::Png, Size::Square(32))];
const HERO: &[Plan] = &[
    ("hero.jpg", Media::Jpeg, Size::Within(1600, 1600)),
    ("hero-small.jpg", Media::Jpeg, Size::Within(800, 800)),
];

impl Use {
    pub const ALL: [Self; 5] = [Self::Logo, Self::LogoDark, Self::Mark, Self::Favicon, Self::Hero];

    const fn plans(self) -> &'static [Plan] {
        match self {
            Self::Logo | Self::LogoDark => LOGO,
            Self::Mark => MARK,
            Self::Favicon => FAVICON,
            Self::Hero => HERO,
        }
    }

    /// The names of all its forms, the one to show first.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.plans().iter().map(|(name, ..)| *name)
    }

    /// The largest box that any form needs.
    fn most(self) -> (u32, u32) {
        let sizes = self.plans().iter().map(|(_, _, size)| match size {
            Size::Within(width, height) => (*width, *height),
            Size::Square(side) => (*side, *side),
        });
        sizes.fold((1, 1), |most, size| (most.0.max(size.0), most.1.max(size.1)))
    }
}

/// Makes a file harmless and gives the forms of a use. Takes up to some seconds of a processor: not for a thread that others
/// wait for.
///
/// # Errors
/// Why it is not taken.
pub fn take(bytes: &[u8], what: Use) -> Result<Picture, Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::TooManyBytes);
    }
    let kind = Kind::of(bytes)?;
    // Decoders and the drawing of effects are other people's work: one that gives up takes nobody along.
    catch_unwind(|| drawn(bytes, kind, what)).unwrap_or(Err(Refusal::Broken))
}

fn drawn(bytes: &[u8], kind: Kind, what: Use) -> Result<Picture, Refusal> {
    let (size, picture) = if kind == Kind::Svg {
        let drawing = svg::Drawing::read(bytes)?;
        (drawing.size(), drawing.draw(what.most())?)
    } else {
        let picture = raster::decode(bytes, kind)?.into_rgba8();
        (picture.dimensions(), picture)
    };
    let forms = what.plans().iter().map(|plan| form(&picture, *plan)).collect::<Result<Vec<_>, _>>()?;
    let mut hash = Sha256::new();
    for form in &forms {
        hash.update(form.name);
        hash.update((form.bytes.len() as u64).to_be_bytes());
        hash.update(&form.bytes);
    }
    Ok(Picture { hash: hex::encode(hash.finalize()), kind, width: size.0, height: size.1, forms })
}

fn form(picture: &RgbaImage, (name, media, size): Plan) -> Result<Form, Refusal> {
    let drawn = match size {
        Size::Within(width, height) => {
            resized(picture, fit::within(picture.dimensions(), (width, height), false))
        }
        Size::Square(side) => squared(picture, side),
    };
    let bytes = match media {
        Media::Png => encode::png(&drawn)?,
        Media::Jpeg => encode::jpeg(&drawn)?,
    };
    Ok(Form { name, media, width: drawn.width(), height: drawn.height(), bytes })
}

/// The picture in the middle of a square.
pub(crate) fn squared(picture: &RgbaImage, side: u32) -> RgbaImage {
    let inner = resized(picture, fit::within(picture.dimensions(), (side, side), true));
    let mut square = RgbaImage::new(side, side);
    let (x, y) = ((side - inner.width()) / 2, (side - inner.height()) / 2);
    imageops::overlay(&mut square, &inner, i64::from(x), i64::from(y));
    square
}

/// Resized as light would be: with the colours of pixels that cannot be seen left out of it.
pub(crate) fn resized(picture: &RgbaImage, (width, height): (u32, u32)) -> RgbaImage {
    if picture.dimensions() == (width, height) {
        return picture.clone();
    }
    let mut weighed = picture.clone();
    for pixel in weighed.pixels_mut() {
        let alpha = u16::from(pixel.0[3]);
        for colour in &mut pixel.0[..3] {
            *colour = (u16::from(*colour) * alpha / 255) as u8;
        }
    }
    let mut resized = imageops::resize(&weighed, width, height, FilterType::CatmullRom);
    for pixel in resized.pixels_mut() {
        let alpha = u16::from(pixel.0[3]);
        for colour in &mut pixel.0[..3] {
            *colour = (u16::from(*colour) * 255).checked_div(alpha).unwrap_or(0).min(255) as u8;
        }
    }
    resized
}
