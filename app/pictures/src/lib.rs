//! Pictures from strangers, made harmless: what comes in is told apart by its content, measured before it is decoded, drawn
//! anew, and only the drawing is kept. Nothing of the file that was sent is ever handed out.
//!
//! Pure: no files, no network, no clock. The way through it:
//!
//! 1. [`Kind::of`] sniffs what a file really is; names and declared types count for nothing.
//! 2. A picture of pixels is measured and decoded within limits; a drawing (SVG) is screened, counted and drawn.
//! 3. [`take`] gives the forms that a [`Use`] needs, each encoded by this program, without metadata.
//!
//! [`monogram`] draws the icon of a brand that has no picture, [`on_ground`] puts a mark on a colour for the icons that
//! must not be seen through.
mod bare;
mod capitals;
mod encode;
mod fit;
mod forms;
mod ground;
mod jpeg;
mod kind;
mod monogram;
mod raster;
mod refusal;
mod svg;

pub use capitals::capitals;
pub use forms::{Form, Media, Picture, Use, take};
pub use ground::{Icon, on_ground};
pub use kind::Kind;
pub use monogram::{initial, monogram, monogram_icon};
pub use refusal::Refusal;

/// A colour, as red, green and blue.
pub type Colour = [u8; 3];

/// The largest file that is looked at, in bytes.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;
/// The longest side of a picture of pixels.
pub const MOST_SIDE: u32 = 8_000;
/// The most pixels of a picture: 16 million, a square of 4,000.
pub const MOST_PIXELS: u64 = 16_000_000;
/// The shortest side: what is smaller is a dot.
pub const LEAST_SIDE: u32 = 16;
/// What decoding may take of memory, in bytes.
const MOST_MEMORY: u64 = 192 * 1024 * 1024;
