//! The design system: one component a file, messages, formats, and how screens ask and stay fresh.
pub mod ask;
mod asked;
mod banner;
mod beside;
mod button;
mod card;
mod carried;
pub mod catalogue;
pub mod chart;
pub mod colour;
#[cfg(test)]
mod contrast;
mod csv;
mod device;
mod dialog;
mod dressing;
mod edited;
mod emblem;
mod empty;
mod face;
mod field;
mod focus;
mod footer;
pub mod format;
#[cfg(any(feature = "ssr", debug_assertions))]
pub mod gallery;
mod glue;
mod host;
mod icon;
mod identity;
#[cfg(feature = "ssr")]
mod ink;
mod kept;
mod keys;
#[cfg(feature = "ssr")]
pub mod letter;
pub mod live;
mod menu;
mod pager;
pub mod paths;
mod peek;
mod progress;
mod record;
mod save;
mod screen;
mod segmented;
mod skeleton;
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
mod stream;
mod table;
mod tag;
mod tile;
mod toast;
mod tone;
mod trouble;
mod upload;
mod verb_form;
mod verdict;
mod voice;
mod when;
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
mod wire;
mod worker;
mod zone;

crate::texts!();

pub use ask::{Ask, ask, ask_under, fresh_key};
pub use asked::{Answer, Asked, gathered, resource, shown};
pub use banner::*;
pub use beside::beside;
pub use button::*;
pub use card::*;
pub use carried::Json;
pub use csv::{CSV_MARK, csv_amount, csv_line};
pub use device::{
    Drawer, UNSENT, arrive, is_surely_offline, leave, load, on_online, on_put_elsewhere, on_seen, place_here,
    put_here, stand_at, unsent,
};
pub use dialog::*;
pub use dressing::*;
pub use edited::{Edited, shown_to_edit};
pub use emblem::*;
pub use empty::*;
pub use face::*;
pub use field::*;
pub use focus::{bring_into_view, return_focus};
pub use footer::*;
pub use glue::*;
pub use host::OwnHost;
pub use icon::*;
pub use identity::*;
pub use kept::read_text;
pub use keys::{on_key, press};
pub use menu::*;
pub use pager::*;
pub use paths::is_local;
pub use peek::*;
pub use progress::*;
pub use record::*;
pub use save::save_file;
pub use screen::*;
pub use segmented::*;
pub use skeleton::*;
pub use table::*;
pub use tag::*;
pub use tile::*;
pub use toast::*;
pub use tone::*;
pub use trouble::*;
pub use upload::{send_chosen, send_kept};
pub use verb_form::{FormState, SentForm, VerbForm, verb_action};
pub use verdict::*;
pub use voice::*;
pub use when::*;
pub use worker::help_offline;
pub use zone::*;
