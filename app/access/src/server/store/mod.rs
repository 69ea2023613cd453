//! SQL of people, memberships, sessions, keys and invitations; nothing else writes these tables.
mod keys;
mod members;
mod people;
mod programs;
mod sessions;

pub(super) use keys::*;
pub(super) use members::*;
pub(super) use people::*;
pub(super) use programs::{brand, only_brand, programs};
pub(super) use sessions::*;
