//! The places of the portal, by side, with counts for what needs the person.
use base::{Role, Side};
use kit::{Drawing, lucide, paths};

use crate::t;

/// What a place counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    Nothing,
    /// Deals waiting for the partner.
    NeedsAction,
    /// Deals waiting for a decision.
    Queue,
    /// Leads waiting for the side.
    Leads,
    /// Unread notices.
    Unread,
}

/// One place of the sidebar.
#[derive(Clone, Copy)]
pub struct Place {
    pub path: &'static str,
    pub label: fn() -> &'static str,
    pub icon: Drawing,
    pub counts: Counts,
}

const fn place(path: &'static str, label: fn() -> &'static str, icon: Drawing) -> Place {
    Place { path, label, icon, counts: Counts::Nothing }
}

const fn counting(place: Place, counts: Counts) -> Place {
    Place { counts, ..place }
}

/// Places for daily work, most used first; a phone shows the first four.
#[must_use]
pub fn work(side: Side) -> Vec<Place> {
    match side {
        Side::Vendor => vec![
            place(paths::OVERVIEW, t::overview, lucide::LuChartColumn),
            counting(place(paths::QUEUE, t::queue, lucide::LuListChecks), Counts::Queue),
            place(paths::DEALS, t::deals, lucide::LuHandshake),
            counting(place(paths::LEADS, t::leads, lucide::LuSend), Counts::Leads),
            place(paths::GOALS, t::goals, lucide::LuGoal),
            place(paths::PARTNERS, t::partners, lucide::LuUsers),
            place(paths::OPPORTUNITIES, t::opportunities, lucide::LuTarget),
            place(paths::CUSTOMERS, t::customers, lucide::LuBuilding2),
            place(paths::PROGRAM, t::program, lucide::LuScale),
        ],
        Side::Partner => vec![
            place(paths::HOME, t::home, lucide::LuHouse),
            counting(place(paths::DEALS, t::deals, lucide::LuHandshake), Counts::NeedsAction),
            counting(place(paths::LEADS, t::leads, lucide::LuSend), Counts::Leads),
            place(paths::OPPORTUNITIES, t::opportunities, lucide::LuTarget),
            place(paths::GOALS, t::goals, lucide::LuGoal),
            counting(place(paths::INBOX, t::inbox, lucide::LuInbox), Counts::Unread),
            place(paths::PROGRAM, t::program, lucide::LuScale),
        ],
    }
}

/// Places for running things, below the others.
#[must_use]
pub fn running(side: Side, role: Option<Role>) -> Vec<Place> {
    let activity = place(paths::ACTIVITY, t::activity, lucide::LuHistory);
    let keys = place(paths::API_KEYS, t::api_keys, lucide::LuKeyRound);
    match side {
        Side::Vendor => vec![
            counting(place(paths::INBOX, t::inbox, lucide::LuInbox), Counts::Unread),
            place(paths::BRANDS, t::brands, lucide::LuPalette),
            place(paths::IMPORTS, t::imports, lucide::LuUpload),
            activity,
            keys,
        ],
        // Of a partner's people only the owner reads the log.
        Side::Partner if role == Some(Role::PartnerOwner) => vec![activity, keys],
        Side::Partner => vec![keys],
    }
}
