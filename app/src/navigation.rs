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
            place(paths::KITS, t::kits, lucide::LuMegaphone),
            place(paths::CAMPAIGNS, t::campaigns, lucide::LuRocket),
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
            place(paths::CAMPAIGNS, t::campaigns, lucide::LuRocket),
            place(paths::AUDIENCES, t::audiences, lucide::LuContact),
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

/// Pages beside the places that show whatever the place they stand in has.
const EVERYWHERE: [&str; 9] = [
    paths::PROFILE,
    paths::PEOPLE,
    paths::INBOX,
    paths::MAIL_CHOICES,
    paths::CALENDAR,
    paths::EXPLORE,
    paths::VIEWS,
    paths::SUPPRESSED,
    paths::SENDERS,
];
const AT_VENDORS: [&str; 6] =
    [paths::WALL, paths::RATES, paths::SCORECARD, paths::LEAD_RULES, paths::LEAD_PINS, paths::DUPLICATES];

/// Whether a page makes sense in another organisation or program, for somebody of that side and role: the start, lists
/// and boards do; a record or a form is of the place that it was opened in.
#[must_use]
pub fn stays(path: &str, side: Side, role: Option<Role>) -> bool {
    let is_place = || work(side).into_iter().chain(running(side, role)).any(|place| place.path == path);
    path == paths::HOME
        || EVERYWHERE.contains(&path)
        || side == Side::Vendor && AT_VENDORS.contains(&path)
        || is_place()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_stay_and_records_do_not() {
        let partner = |path: &str| stays(path, Side::Partner, Some(Role::Sales));
        let vendor = |path: &str| stays(path, Side::Vendor, Some(Role::ChannelManager));
        for path in ["/", "/deals", "/inbox", "/program", "/explore"] {
            assert!(partner(path) && vendor(path), "{path}");
        }
        for path in [
            "/deals/deal_1",
            "/deals/new",
            "/leads/lead_1",
            "/brands/brand_1",
            "/goals/goal_1",
            "/kits/kit_1",
        ] {
            assert!(!partner(path) && !vendor(path), "{path}");
        }
    }

    #[test]
    fn what_the_other_side_or_role_does_not_have_is_left() {
        assert!(stays("/overview", Side::Vendor, None) && !stays("/overview", Side::Partner, None));
        assert!(stays("/wall", Side::Vendor, None) && !stays("/wall", Side::Partner, None));
        assert!(stays("/activity", Side::Partner, Some(Role::PartnerOwner)));
        assert!(!stays("/activity", Side::Partner, Some(Role::Sales)));
    }
}
