//! What is in hand on the board: the card that is moved, where it may go, and what is said about it.
use base::{DealId, Problem};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::access::Do;
use crate::model::{BoardGroup, BulkAction, Deal, DealRow, Held, Move};
use crate::screen::bulk::Hands;
use crate::screen::parts::name_of;
use crate::t;
use crate::verbs::GetDeal;

/// A card in hand.
#[derive(Clone)]
pub(super) struct Grabbed {
    pub(super) row: DealRow,
    /// What can be done with it, and why not; none until it was asked for.
    pub(super) moves: Option<Vec<Move>>,
    /// The column that the arrow keys point at.
    target: Option<BoardGroup>,
    /// Whether the keyboard holds it.
    by_key: bool,
}

/// Where a column stands to the card in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    Open,
    Closed,
    /// The keyboard points at it.
    Aimed,
}

impl Stands {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Aimed => "aimed",
        }
    }
}

/// What the board's parts share; it outlives an answer that is asked anew.
#[derive(Clone, Copy)]
pub(in crate::screen) struct Desk {
    pub(super) hands: Hands,
    pub(super) held: RwSignal<Vec<Held>>,
    grabbed: RwSignal<Option<Grabbed>>,
    /// The card whose targets are listed.
    pub(super) listed: RwSignal<Option<Grabbed>>,
    /// What a screen reader is told.
    pub(super) said: RwSignal<String>,
    go: StoredValue<Callback<String>>,
}

impl Desk {
    pub(in crate::screen) fn new(hands: Hands, held: RwSignal<Vec<Held>>) -> Self {
        let navigate = use_navigate();
        let go = Callback::new(move |href: String| navigate(&href, Default::default()));
        Self {
            hands,
            held,
            grabbed: RwSignal::new(None),
            listed: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            go: StoredValue::new(go),
        }
    }

    /// Whether a card is the one in hand.
    pub(super) fn holds(self, id: DealId) -> bool {
        self.grabbed.with(|grabbed| grabbed.as_ref().is_some_and(|grabbed| grabbed.row.id == id))
    }

    /// Takes a card; where it may go is asked for now.
    pub(super) fn grab(self, row: DealRow, by_key: bool) {
        let name = name_of(&row.customer_name);
        self.said.set(if by_key { t::board_grabbed(&name) } else { String::new() });
        self.grabbed.set(Some(Grabbed { row: row.clone(), moves: None, target: None, by_key }));
        leptos::task::spawn_local(async move {
            let moves = moves(&row).await;
            let is_held = self
                .grabbed
                .try_update(|grabbed| match grabbed {
                    Some(grabbed) if grabbed.row.id == row.id => {
                        grabbed.moves = moves.ok();
                        true
                    }
                    _ => false,
                })
                .unwrap_or_default();
            if is_held && by_key {
                let _ = self.said.try_set(self.targets_words());
            }
        });
    }

    pub(super) fn let_go(self) {
        if let Some(grabbed) =
            self.grabbed.try_update(Option::take).flatten().filter(|grabbed| grabbed.by_key)
        {
            self.said.set(t::board_dropped(name_of(&grabbed.row.customer_name)));
        }
    }

    /// Lists where a card may go.
    pub(super) fn list(self, row: DealRow) {
        self.listed.set(Some(Grabbed { row: row.clone(), moves: None, target: None, by_key: false }));
        leptos::task::spawn_local(async move {
            match moves(&row).await {
                Ok(moves) => {
                    let _ = self.listed.try_update(|listed| {
                        if let Some(listed) = listed.as_mut().filter(|listed| listed.row.id == row.id) {
                            listed.moves = Some(moves);
                        }
                    });
                }
                Err(problem) => {
                    let _ = self.listed.try_set(None);
                    let _ = self.said.try_set(kit::sentence(&problem));
                }
            }
        });
    }

    /// Where a column stands to the card in hand; none while no card is in hand or nothing is known of it.
    pub(super) fn stands(self, group: BoardGroup) -> Option<Stands> {
        self.grabbed.with(|grabbed| {
            let grabbed = grabbed.as_ref()?;
            let moves = grabbed.moves.as_deref()?;
            if BoardGroup::of(grabbed.row.status) == group {
                return None;
            }
            Some(if actions_to(moves, group).is_empty() {
                Stands::Closed
            } else if grabbed.target == Some(group) {
                Stands::Aimed
            } else {
                Stands::Open
            })
        })
    }

    /// Why the card in hand cannot go to a column.
    pub(super) fn why_not(self, group: BoardGroup) -> Option<String> {
        if self.stands(group) != Some(Stands::Closed) {
            return None;
        }
        self.grabbed.with(|grabbed| why_not(grabbed.as_ref()?.moves.as_deref()?, group))
    }

    /// Whether a card may be dropped on a column.
    pub(super) fn over(self, group: BoardGroup) -> bool {
        matches!(untrack(|| self.stands(group)), Some(Stands::Open | Stands::Aimed))
    }

    pub(super) fn drop_on(self, group: BoardGroup) {
        let grabbed = self.grabbed.try_update(Option::take).flatten();
        if let Some(grabbed) = grabbed {
            self.move_to(grabbed, group);
        }
    }

    /// Points the keyboard at the next column that the card may go to.
    pub(super) fn aim(self, forward: bool) {
        let aimed = self.grabbed.try_update(|grabbed| {
            let grabbed = grabbed.as_mut()?;
            let moves = grabbed.moves.as_deref()?;
            let here = BoardGroup::of(grabbed.row.status);
            let all: Vec<BoardGroup> = BoardGroup::ALL
                .iter()
                .copied()
                .filter(|group| *group == here || !actions_to(moves, *group).is_empty())
                .collect();
            let at = all.iter().position(|group| *group == grabbed.target.unwrap_or(here))?;
            let next = if forward { (at + 1).min(all.len() - 1) } else { at.saturating_sub(1) };
            grabbed.target = Some(all[next]).filter(|group| *group != here);
            Some((all[next], all[next] == here))
        });
        if let Some((group, is_here)) = aimed.flatten() {
            let words = group.words();
            self.said.set(if is_here { t::board_here(words) } else { t::board_over(words) });
        }
    }

    /// Drops the card where the keyboard points.
    pub(super) fn drop_here(self) {
        match self.grabbed.with_untracked(|grabbed| grabbed.as_ref().and_then(|grabbed| grabbed.target)) {
            Some(group) => self.drop_on(group),
            None => self.let_go(),
        }
    }

    fn move_to(self, grabbed: Grabbed, group: BoardGroup) {
        let actions = actions_to(grabbed.moves.as_deref().unwrap_or_default(), group);
        match actions.as_slice() {
            [] => {}
            [only] => self.make(&grabbed.row, *only, group),
            // Several ways lead there: the person says which.
            _ => self.listed.set(Some(grabbed)),
        }
    }

    /// Makes a move: here where a decision can be taken back, else where its words are asked for.
    pub(super) fn make(self, row: &DealRow, action: Do, group: BoardGroup) {
        self.listed.set(None);
        self.said.set(t::board_moved(name_of(&row.customer_name), group.words()));
        match BulkAction::of(action) {
            Some(bulk) => self.hands.decide(bulk, vec![row.clone()]),
            None => self.go.with_value(|go| go.run(super::elsewhere(row.id, action))),
        }
    }

    fn targets_words(self) -> String {
        let words = self.grabbed.with_untracked(|grabbed| {
            let moves = grabbed.as_ref()?.moves.as_deref()?;
            let open = BoardGroup::ALL.iter().filter(|group| !actions_to(moves, **group).is_empty());
            Some(open.map(|group| group.words()).collect::<Vec<_>>().join(", "))
        });
        match words.filter(|words| !words.is_empty()) {
            Some(words) => t::board_targets(words),
            None => t::board_no_targets().to_owned(),
        }
    }
}

async fn moves(row: &DealRow) -> Result<Vec<Move>, Problem> {
    let deal: Deal = kit::ask(GetDeal { id: row.id }).await?;
    Ok(deal.moves)
}

/// What leads to a column and can be done now.
pub(super) fn actions_to(moves: &[Move], group: BoardGroup) -> Vec<Do> {
    let leads = |step: &&Move| step.refused.is_none() && BoardGroup::reached_by(step.action).contains(&group);
    moves.iter().filter(leads).map(|step| step.action).collect()
}

/// Why nothing leads to a column.
pub(super) fn why_not(moves: &[Move], group: BoardGroup) -> Option<String> {
    let mut leading = moves.iter().filter(|step| BoardGroup::reached_by(step.action).contains(&group));
    match leading.next() {
        Some(step) => step.refused.as_ref().map(crate::Refused::words),
        None => Some(t::board_not_yours().to_owned()),
    }
}
