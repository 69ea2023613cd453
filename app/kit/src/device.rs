//! What stays in this browser: texts in drawers of the people who use it, and whether it is connected.
use std::fmt::Display;

use leptos::ev;
use leptos::prelude::*;

use crate::t;

/// What every name of ours starts with.
const HOUSE: &str = "rialto:";
/// Says whose drawers are to be emptied as soon as they have really left.
const LEAVING: &str = "rialto-leaving";
/// Says for which person, organisation and program the browser stands now: all its tabs have one session.
const PLACE: &str = "rialto-place";
/// What the name of a text starts with that is nowhere but in this browser.
pub const UNSENT: &str = "draft:";

/// One person's drawer in this browser, for one organisation. On the server it is empty and keeps nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawer(String);

impl Drawer {
    /// The drawer of a person in an organisation.
    #[must_use]
    pub fn of(user: impl Display, organization: impl Display) -> Self {
        Self(format!("{}{organization}:", of_user(&user.to_string())))
    }

    /// Keeps a text under a name; whether that was possible.
    #[must_use]
    pub fn put(&self, name: &str, text: &str) -> bool {
        // Whoever keeps something new has not left, whatever they asked for before.
        if name.starts_with(UNSENT) {
            local::remove(LEAVING);
        }
        local::put(&format!("{}{name}", self.0), text)
    }

    /// The text under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        local::get(&format!("{}{name}", self.0))
    }

    /// Throws a text away.
    pub fn remove(&self, name: &str) {
        local::remove(&format!("{}{name}", self.0));
    }

    /// All names that start so.
    #[must_use]
    pub fn names(&self, start: &str) -> Vec<String> {
        let whole = format!("{}{start}", self.0);
        let all = local::names().into_iter().filter(|name| name.starts_with(&whole));
        all.map(|name| name[self.0.len()..].to_owned()).collect()
    }
}

fn of_user(user: &str) -> String {
    format!("{HOUSE}{user}:")
}

/// How many texts of a person are nowhere but in this browser, of all their organisations.
#[must_use]
pub fn unsent(user: impl Display) -> i64 {
    let drawers = of_user(&user.to_string());
    let is_unsent = |name: &&String| {
        let name = name.strip_prefix(&drawers).and_then(|rest| rest.split_once(':'));
        name.is_some_and(|(_organization, name)| name.starts_with(UNSENT))
    };
    local::names().iter().filter(is_unsent).count() as i64
}

/// Somebody asks to be signed out; whether they want that still when it costs what only this browser has.
///
/// Their drawers are emptied when the next page shows that they have left. Not at once, because without a network they
/// stay signed in, and would have lost what waits to be sent.
#[must_use]
pub fn leave(user: impl Display) -> bool {
    let unsent = unsent(&user);
    let leaves = unsent == 0 || window().confirm_with_message(&t::leave_unsent(unsent)).unwrap_or(true);
    if leaves {
        local::put(LEAVING, &user.to_string());
    }
    leaves
}

/// A page of somebody's was opened, or of nobody's.
pub fn arrive(user: Option<String>) {
    let Some(left) = local::get(LEAVING) else { return };
    if user.as_ref() != Some(&left) {
        let drawers = of_user(&left);
        local::names().iter().filter(|name| name.starts_with(&drawers)).for_each(|name| local::remove(name));
    }
    local::remove(LEAVING);
}

/// Whether the browser says that it has no connection. When it says that it has one, that may be wrong.
#[must_use]
pub fn is_surely_offline() -> bool {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    return web_sys::window().is_some_and(|window| !window.navigator().on_line());
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    false
}

/// Calls when the browser comes online, for as long as the present owner lives. Call it in an effect.
pub fn on_online(heard: impl Fn() + 'static) {
    let listener = window_event_listener(ev::online, move |_| heard());
    on_cleanup(move || listener.remove());
}

/// Calls when another tab has put something into a drawer or taken it out. Call it in an effect.
pub fn on_put_elsewhere(heard: impl Fn() + 'static) {
    let listener = window_event_listener(ev::storage, move |_| heard());
    on_cleanup(move || listener.remove());
}

/// Lets those of this page that listen for other tabs look, too: browsers tell only the others.
pub fn put_here() {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new("storage")) {
        let _ = window.dispatch_event(&event);
    }
}

/// Says to all tabs of this browser what they stand for now.
pub fn stand_at(place: &str) {
    if place_here().as_deref() != Some(place) {
        local::put(PLACE, place);
    }
}

/// What the tabs of this browser stand for, as the last of them said that came to another place.
#[must_use]
pub fn place_here() -> Option<String> {
    local::get(PLACE)
}

/// Calls when the page can be seen again after it could not, for as long as the present owner lives: it was in another
/// tab, or comes back from the history. Call it in an effect.
pub fn on_seen(heard: impl Fn() + 'static) {
    let visibility = ev::Custom::<leptos::web_sys::Event>::new("visibilitychange");
    let listener = window_event_listener(visibility, move |_| {
        if !document().hidden() {
            heard();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Loads an address anew. In the browser only.
pub fn load(path: &str) {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_href(path);
    }
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    let _ = path;
}

/// The browser's storage for this address. It may be switched off, or full.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
mod local {
    fn storage() -> Option<web_sys::Storage> {
        web_sys::window()?.local_storage().ok().flatten()
    }

    pub(super) fn put(name: &str, text: &str) -> bool {
        storage().is_some_and(|storage| storage.set_item(name, text).is_ok())
    }

    pub(super) fn get(name: &str) -> Option<String> {
        storage()?.get_item(name).ok().flatten()
    }

    pub(super) fn remove(name: &str) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(name);
        }
    }

    pub(super) fn names() -> Vec<String> {
        let Some(storage) = storage() else { return Vec::new() };
        let count = storage.length().unwrap_or(0);
        (0..count).filter_map(|place| storage.key(place).ok().flatten()).collect()
    }
}

#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
mod local {
    pub(super) fn put(_: &str, _: &str) -> bool {
        false
    }

    pub(super) fn get(_: &str) -> Option<String> {
        None
    }

    pub(super) fn remove(_: &str) {}

    pub(super) fn names() -> Vec<String> {
        Vec::new()
    }
}
