//! Writes what is on the page as a PDF file: A4 with three millimetres of bleed around it.
use miniz_oxide::deflate::compress_to_vec_zlib;
use palette::Rgb;
use pdf_writer::types::{ActionType, AnnotationType};
use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};

use super::super::canvas::{Area, scaled};
use super::super::letters::Weight;
use super::face::Used;
use super::{PAGE, Stroke};

/// What is cut off around the page, in points: 3 mm.
pub(super) const BLEED: f32 = 8.5;

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const ABOUT: Ref = Ref::new(3);
const SHEET: Ref = Ref::new(4);
const TEXT: Ref = Ref::new(5);
const PLAIN: Ref = Ref::new(10);
const BOLD: Ref = Ref::new(20);
/// Two objects a picture from here on, then links.
const PICTURES: i32 = 30;
/// Pixels of a logo for each point: 216 in an inch.
const FINE: f32 = 3.0;

struct Picture {
    width: u32,
    height: u32,
    colours: Vec<u8>,
    opacity: Vec<u8>,
}

/// The file.
pub(super) fn file(strokes: Vec<Stroke>, title: &str, language: &str) -> Vec<u8> {
    let (mut plain, mut bold) = (Used::new(Weight::Plain), Used::new(Weight::Bold));
    let (mut content, mut pictures, mut links) = (Content::new(), Vec::new(), Vec::new());
    let mut colour_now = String::new();
    for stroke in strokes {
        match stroke {
            Stroke::Words { x, y, size, weight, colour, text } => {
                set_colour(&mut content, &colour, &mut colour_now);
                let (name, glyphs) = match weight {
                    Weight::Plain => (Name(b"P"), plain.glyphs(&text)),
                    Weight::Bold => (Name(b"B"), bold.glyphs(&text)),
                };
                let (x, y) = (x + BLEED, PAGE.1 - y + BLEED);
                content.begin_text().set_font(name, size).next_line(x, y).show(Str(&glyphs)).end_text();
            }
            Stroke::Bar { area, colour } => {
                set_colour(&mut content, &colour, &mut colour_now);
                let Rect { x1, y1, x2, y2 } = rect(area);
                content.rect(x1, y1, x2 - x1, y2 - y1).fill_nonzero();
            }
            Stroke::Logo { png, area, right } => {
                let Some(picture) = picture(&png, area) else { continue };
                let (width, height) = (picture.width as f32 / FINE, picture.height as f32 / FINE);
                let x = area.0 + if right { area.2 - width } else { 0.0 };
                let at = rect(Area(x, area.1 + (area.3 - height) / 2.0, width, height));
                let name = format!("I{}", pictures.len());
                content.save_state().transform([width, 0.0, 0.0, height, at.x1, at.y1]);
                content.x_object(Name(name.as_bytes())).restore_state();
                pictures.push(picture);
            }
            Stroke::Link { area, url } => links.push((rect(area), url)),
        }
    }
    let mut pdf = Pdf::new();
    let mut catalog = pdf.catalog(CATALOG);
    catalog.pages(PAGES).lang(TextStr(language));
    catalog.viewer_preferences().display_doc_title(true);
    catalog.finish();
    pdf.document_info(ABOUT).title(TextStr(title)).creator(TextStr("Rialto"));
    pdf.pages(PAGES).kids([SHEET]).count(1);
    plain.write(&mut pdf, PLAIN);
    bold.write(&mut pdf, BOLD);
    let picture_at = |n: usize| Ref::new(PICTURES + 2 * n as i32);
    let link_at = |n: usize| Ref::new(PICTURES + 2 * pictures.len() as i32 + n as i32);
    let mut sheet = pdf.page(SHEET);
    let whole = Rect::new(0.0, 0.0, PAGE.0 + 2.0 * BLEED, PAGE.1 + 2.0 * BLEED);
    let cut = Rect::new(BLEED, BLEED, PAGE.0 + BLEED, PAGE.1 + BLEED);
    sheet.parent(PAGES).media_box(whole).bleed_box(whole).trim_box(cut).crop_box(cut).contents(TEXT);
    sheet.annotations((0..links.len()).map(link_at));
    let mut resources = sheet.resources();
    resources.fonts().pair(Name(b"P"), PLAIN).pair(Name(b"B"), BOLD);
    let mut named = resources.x_objects();
    for n in 0..pictures.len() {
        named.pair(Name(format!("I{n}").as_bytes()), picture_at(n));
    }
    named.finish();
    resources.finish();
    sheet.finish();
    pdf.stream(TEXT, &compress_to_vec_zlib(&content.finish(), 4)).filter(Filter::FlateDecode);
    for (n, picture) in pictures.iter().enumerate() {
        let (at, mask) = (picture_at(n), Ref::new(picture_at(n).get() + 1));
        let (width, height) = (picture.width as i32, picture.height as i32);
        let colours = compress_to_vec_zlib(&picture.colours, 3);
        let mut image = pdf.image_xobject(at, &colours);
        image.width(width).height(height).bits_per_component(8).s_mask(mask).filter(Filter::FlateDecode);
        image.color_space().device_rgb();
        image.finish();
        let opacity = compress_to_vec_zlib(&picture.opacity, 3);
        let mut image = pdf.image_xobject(mask, &opacity);
        image.width(width).height(height).bits_per_component(8).filter(Filter::FlateDecode);
        image.color_space().device_gray();
    }
    for (n, (area, url)) in links.iter().enumerate() {
        let mut link = pdf.annotation(link_at(n));
        link.subtype(AnnotationType::Link).rect(*area);
        link.border(0.0, 0.0, 0.0, None);
        link.action().action_type(ActionType::Uri).uri(Str(url.as_bytes()));
    }
    pdf.finish()
}

fn set_colour(content: &mut Content, colour: &str, now: &mut String) {
    if colour != now {
        let [red, green, blue] =
            colour.parse::<Rgb>().unwrap_or(Rgb::BLACK).channels().map(|channel| f32::from(channel) / 255.0);
        content.set_fill_rgb(red, green, blue);
        colour.clone_into(now);
    }
}

/// An area of the page as PDF counts: from the lower left edge of the bleed.
fn rect(Area(x, y, width, height): Area) -> Rect {
    let (left, top) = (x + BLEED, PAGE.1 - y + BLEED);
    Rect::new(left, top - height, left + width, top)
}

fn picture(png: &[u8], area: Area) -> Option<Picture> {
    let pixels = scaled(png, area.2 * FINE, area.3 * FINE)?;
    let (mut colours, mut opacity) = (Vec::new(), Vec::new());
    for pixel in pixels.pixels() {
        let pixel = pixel.demultiply();
        colours.extend([pixel.red(), pixel.green(), pixel.blue()]);
        opacity.push(pixel.alpha());
    }
    Some(Picture { width: pixels.width(), height: pixels.height(), colours, opacity })
}
