//! Names by their rarest three-letter pieces: search-as-you-type and fuzzy look-up in memory, a million names and more.
//!
//! One slip spoils at most four neighbouring pieces of a name, so a name one slip away holds one of any five. A query
//! looks at the names that hold one of its five rarest and measures them in full: the cost grows with what is rare, not
//! with what is stored.

use crate::similarity::{dice, jaro_winkler, trigrams};
use std::collections::HashMap;

/// Pieces that a slip can spoil, and one.
const RAREST: usize = 5;
/// Names measured in full for one query.
const MOST_MEASURED: usize = 4_000;

/// Of these, the likest by pieces whose spelling is compared too: short names share few pieces after a slip.
const MOST_SPELLED: usize = 64;

/// A name that was found, with how alike it is: mean of Dice over pieces and Jaro–Winkler, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit<I> {
    pub id: I,
    pub likeness: f64,
}

/// An index over names, as [`crate::Profile::searchable`] gives them. One name an id; a second insert replaces the first.
#[derive(Clone, Debug)]
pub struct NameIndex<I> {
    slots: Vec<Option<Indexed<I>>>,
    free: Vec<u32>,
    by_id: HashMap<I, u32>,
    by_piece: HashMap<u32, Vec<u32>>,
}

#[derive(Clone, Debug)]
struct Indexed<I> {
    id: I,
    squashed: Box<str>,
    pieces: Box<[u32]>,
}

impl<I: Copy + Eq + std::hash::Hash + Ord> NameIndex<I> {
    pub fn new() -> Self {
        Self { slots: Vec::new(), free: Vec::new(), by_id: HashMap::new(), by_piece: HashMap::new() }
    }

    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Adds a name, or puts another in its place.
    pub fn insert(&mut self, id: I, name: &str) {
        self.remove(id);
        let squashed = squashed(name).into_boxed_str();
        let pieces = trigrams(&squashed).into_boxed_slice();
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            (self.slots.len() - 1) as u32
        });
        for piece in &pieces {
            self.by_piece.entry(*piece).or_default().push(slot);
        }
        self.slots[slot as usize] = Some(Indexed { id, squashed, pieces });
        self.by_id.insert(id, slot);
    }

    /// Takes a name out; says whether it was there.
    pub fn remove(&mut self, id: I) -> bool {
        let Some(slot) = self.by_id.remove(&id) else { return false };
        let Some(indexed) = self.slots[slot as usize].take() else { return false };
        for piece in &indexed.pieces {
            if let Some(slots) = self.by_piece.get_mut(piece) {
                slots.retain(|listed| *listed != slot);
            }
        }
        self.free.push(slot);
        true
    }

    /// The `most` likest names, best first, equal ones in the order of their ids.
    pub fn query(&self, name: &str, most: usize) -> Vec<Hit<I>> {
        let asked = squashed(name);
        let pieces = trigrams(&asked);
        let found =
            self.candidates(&pieces).into_iter().filter_map(|slot| self.slots.get(slot as usize)?.as_ref());
        let mut alike: Vec<(f64, &Indexed<I>)> = found.map(|one| (dice(&one.pieces, &pieces), one)).collect();
        alike.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.id.cmp(&b.1.id)));
        alike.truncate(MOST_SPELLED.max(most));
        let hit = |(pieces, one): (f64, &Indexed<I>)| Hit {
            id: one.id,
            likeness: f64::midpoint(pieces, jaro_winkler(&one.squashed, &asked)),
        };
        let mut hits: Vec<Hit<I>> = alike.into_iter().map(hit).collect();
        hits.sort_unstable_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.id.cmp(&b.id)));
        hits.truncate(most);
        hits
    }

    /// Slots that hold one of the rarest pieces. Pieces nobody holds were spoilt by the slip and count among them.
    fn candidates(&self, asked: &[u32]) -> Vec<u32> {
        let mut lists: Vec<&[u32]> =
            asked.iter().filter_map(|piece| self.by_piece.get(piece)).map(Vec::as_slice).collect();
        lists.sort_unstable_by_key(|list| list.len());
        let absent = asked.len() - lists.len();
        let mut found: Vec<u32> = Vec::new();
        for list in lists.into_iter().take(RAREST.saturating_sub(absent).max(2)) {
            let room = MOST_MEASURED.saturating_sub(found.len());
            found.extend_from_slice(&list[..list.len().min(room)]);
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl<I: Copy + Eq + std::hash::Hash + Ord> Default for NameIndex<I> {
    fn default() -> Self {
        Self::new()
    }
}

fn squashed(name: &str) -> String {
    name.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> NameIndex<u32> {
        let mut index = NameIndex::new();
        for (id, name) in
            ["betasoloin", "betatech", "gtx pro", "bioholding", "blu ridge log"].iter().enumerate()
        {
            index.insert(id as u32, name);
        }
        index
    }

    #[test]
    fn a_misspelt_name_finds_its_own_first() {
        assert_eq!(index().query("betasolin", 3)[0].id, 0);
        assert_eq!(index().query("gtxpro", 1), [Hit { id: 2, likeness: 1.0 }]);
        assert_eq!(index().query("", 3), []);
    }

    #[test]
    fn a_removed_name_is_not_found_and_its_place_is_used_again() {
        let mut index = index();
        assert!(index.remove(0) && !index.remove(0));
        assert!(index.query("betasoloin", 5).iter().all(|hit| hit.id != 0));
        index.insert(9, "zenith");
        assert_eq!((index.len(), index.query("zenith", 1)[0].id), (5, 9));
    }

    #[test]
    fn a_second_insert_replaces_the_first() {
        let mut index = index();
        index.insert(1, "quantum");
        assert_eq!(index.len(), 5);
        assert!(index.query("betatech", 5).iter().all(|hit| hit.id != 1));
    }
}
