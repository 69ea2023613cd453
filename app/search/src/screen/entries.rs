//! What the palette offers: places, actions, and the records that were found.
use access::Theme;
use base::Side;
use kit::{Drawing, lucide, paths};

use crate::t;
use crate::verbs::{Found, FoundKind};

/// What choosing an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Run {
    Go(String),
    Wear(Theme),
    ShowKeys,
}

/// Under which heading an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Records,
    Places,
    Actions,
}

impl Group {
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Records => t::records(),
            Self::Places => t::places(),
            Self::Actions => t::actions(),
        }
    }
}

/// One line of the palette.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) group: Group,
    pub(super) icon: Drawing,
    pub(super) label: String,
    pub(super) note: String,
    pub(super) run: Run,
}

/// A place with the letter that leads there after `g`.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub(super) path: &'static str,
    pub(super) label: fn() -> &'static str,
    pub(super) icon: Drawing,
    pub(super) letter: char,
}

const fn way(path: &'static str, label: fn() -> &'static str, icon: Drawing, letter: char) -> Way {
    Way { path, label, icon, letter }
}

/// The places of a side, with the letters that the navigation uses.
pub(super) fn ways(side: Option<Side>) -> Vec<Way> {
    let mut all = match side {
        Some(Side::Vendor) => vec![
            way(paths::OVERVIEW, t::overview, lucide::LuChartColumn, 'o'),
            way(paths::QUEUE, t::queue, lucide::LuListChecks, 'q'),
            way(paths::PARTNERS, t::partners, lucide::LuUsers, 'p'),
            way(paths::IMPORTS, t::imports, lucide::LuUpload, 'm'),
        ],
        Some(Side::Partner) => vec![way(paths::HOME, t::home, lucide::LuHouse, 'h')],
        None => return vec![way(paths::PROFILE, t::profile, lucide::LuUser, 'u')],
    };
    all.extend([
        way(paths::DEALS, t::deals, lucide::LuHandshake, 'd'),
        way(paths::LEADS, t::leads, lucide::LuSend, 'l'),
        way(paths::OPPORTUNITIES, t::opportunities, lucide::LuTarget, 'c'),
        way(paths::PROGRAM, t::program, lucide::LuScale, 'r'),
        way(paths::INBOX, t::inbox, lucide::LuInbox, 'i'),
        way(paths::ACTIVITY, t::activity, lucide::LuHistory, 'a'),
        way(paths::API_KEYS, t::api_keys, lucide::LuKeyRound, 'k'),
        way(paths::PROFILE, t::profile, lucide::LuUser, 'u'),
    ]);
    all
}

/// Everything that needs no look-up.
pub(super) fn fixed(side: Option<Side>) -> Vec<Entry> {
    let go = |group, icon, label: &str, note: String, path: &str| Entry {
        group,
        icon,
        label: label.to_owned(),
        note,
        run: Run::Go(path.to_owned()),
    };
    let mut all = vec![go(Group::Actions, lucide::LuPlus, t::register(), String::new(), paths::REGISTER)];
    if side == Some(Side::Vendor) {
        all.push(go(Group::Actions, lucide::LuPlus, t::new_lead(), String::new(), paths::NEW_LEAD));
        all.push(go(Group::Places, lucide::LuListChecks, t::lead_rules(), String::new(), paths::LEAD_RULES));
        all.push(go(Group::Places, lucide::LuTarget, t::lead_pins(), String::new(), paths::LEAD_PINS));
    }
    if side.is_some() {
        let places = [
            (lucide::LuChartNoAxesCombined, t::explore(), paths::EXPLORE),
            (lucide::LuBookmark, t::saved_views(), paths::VIEWS),
            (lucide::LuGoal, t::goals(), paths::GOALS),
        ];
        all.extend(places.map(|(icon, label, path)| go(Group::Places, icon, label, String::new(), path)));
    }
    all.extend(
        ways(side)
            .into_iter()
            .map(|way| go(Group::Places, way.icon, (way.label)(), format!("g {}", way.letter), way.path)),
    );
    let wear = |theme, icon, label: &str| Entry {
        group: Group::Actions,
        icon,
        label: label.to_owned(),
        note: String::new(),
        run: Run::Wear(theme),
    };
    all.extend([
        wear(Theme::Light, lucide::LuSun, t::theme_light()),
        wear(Theme::Dark, lucide::LuMoon, t::theme_dark()),
        wear(Theme::System, lucide::LuMonitor, t::theme_system()),
        Entry {
            group: Group::Actions,
            icon: lucide::LuKeyboard,
            label: t::keys_title().to_owned(),
            note: "?".to_owned(),
            run: Run::ShowKeys,
        },
    ]);
    all
}

/// The entries of which each typed word begins a word, then the records that were found: records come a moment later,
/// and what is highlighted meanwhile must not move.
pub(super) fn matching(all: &[Entry], found: &[Found], typed: &str) -> Vec<Entry> {
    let typed = typed.trim().to_lowercase();
    let begins = |entry: &&Entry| {
        let label = entry.label.to_lowercase();
        typed.split_whitespace().all(|start| {
            label.split(|sign: char| !sign.is_alphanumeric()).any(|word| word.starts_with(start))
        })
    };
    let mut entries = Vec::new();
    for group in [Group::Actions, Group::Places] {
        entries.extend(all.iter().filter(|entry| entry.group == group).filter(begins).cloned());
    }
    entries.extend(found.iter().map(record));
    entries
}

fn record(found: &Found) -> Entry {
    let (icon, path, kind) = match found.kind {
        FoundKind::Deal => (lucide::LuHandshake, paths::deal(&found.id), t::deal()),
        FoundKind::Lead => (lucide::LuSend, paths::lead(&found.id), t::lead()),
        FoundKind::Partner => (lucide::LuUsers, paths::partner(&found.id), t::partner()),
        FoundKind::Opportunity => {
            let q = if found.number.is_empty() { &found.title } else { &found.number };
            (lucide::LuTarget, format!("{}?q={}", paths::OPPORTUNITIES, base::escape(q)), t::opportunity())
        }
    };
    let title = if found.title.is_empty() { found.number.clone() } else { found.title.clone() };
    let note = kit::beside([kind, &found.number]);
    Entry { group: Group::Records, icon, label: title, note, run: Run::Go(path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_leads_to_two_places() {
        for side in [Some(Side::Vendor), Some(Side::Partner), None] {
            let mut letters: Vec<char> = ways(side).iter().map(|way| way.letter).collect();
            let count = letters.len();
            letters.sort_unstable();
            letters.dedup();
            assert_eq!(letters.len(), count);
        }
    }

    #[test]
    fn every_typed_word_must_begin_a_word_of_the_label() {
        let all = fixed(Some(Side::Partner));
        let labels =
            |typed| matching(&all, &[], typed).into_iter().map(|entry| entry.label).collect::<Vec<_>>();
        assert_eq!(labels("deal reg"), [t::register()]);
        assert!(labels("zzz").is_empty() && labels("eals").is_empty());
        assert_eq!(labels("").len(), all.len());
    }

    #[test]
    fn what_is_highlighted_stays_when_records_arrive() {
        let found = Found {
            kind: FoundKind::Deal,
            id: "deal_x".into(),
            title: "Dealers Ltd".into(),
            number: "DR-7".into(),
            status: "approved".into(),
        };
        let all = fixed(Some(Side::Vendor));
        let (before, after) = (matching(&all, &[], "deal"), matching(&all, &[found], "deal"));
        assert_eq!(before[0].run, after[0].run);
        assert_eq!(after.last().map(|entry| entry.run.clone()), Some(Run::Go("/deals/deal_x".into())));
    }
}
