//! The Merkle tree of RFC 6962 (section 2.1): heads, inclusion and consistency proofs, and how to check them.
use sha2::{Digest, Sha256};

/// SHA-256.
pub type Hash = [u8; 32];

/// The hash of an entry.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash of two subtrees.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The head of a tree without entries.
#[must_use]
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// A complete subtree: it covers the entries `place << level` up to `(place + 1) << level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    pub level: u32,
    pub place: u64,
}

/// The complete subtrees that make up entries `from..to`, left to right. `from` must be a multiple of the
/// largest power of two below `to - from`, as it is for every subtree of the RFC.
#[must_use]
pub fn cover(from: u64, to: u64) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut at = from;
    while at < to {
        let level = (to - at).ilog2();
        nodes.push(Node { level, place: at >> level });
        at += 1 << level;
    }
    nodes
}

/// The head over subtrees given left to right, largest first.
fn fold(peaks: &[Hash]) -> Option<Hash> {
    let (last, rest) = peaks.split_last()?;
    Some(rest.iter().rev().fold(*last, |right, left| node_hash(left, &right)))
}

/// The right edge of a growing tree: its complete subtrees, left to right. All that appending needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peaks {
    size: u64,
    hashes: Vec<Hash>,
}

impl Peaks {
    /// As stored by [`Peaks::to_bytes`]; `None` when the bytes are not those of a tree of that size.
    #[must_use]
    pub fn read(size: u64, bytes: &[u8]) -> Option<Self> {
        let (hashes, rest) = bytes.as_chunks::<32>();
        let fits = rest.is_empty() && hashes.len() == size.count_ones() as usize;
        fits.then(|| Self { size, hashes: hashes.to_vec() })
    }

    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.hashes.concat()
    }

    /// How many entries the tree has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds an entry; gives the subtrees above it that it completed, lowest first.
    pub fn push(&mut self, leaf: Hash) -> Vec<(Node, Hash)> {
        let mut completed = Vec::new();
        let mut hash = leaf;
        for level in 1..=self.size.trailing_ones() {
            // There is one peak for every one in the size, so there is one to take here.
            let Some(left) = self.hashes.pop() else { break };
            hash = node_hash(&left, &hash);
            completed.push((Node { level, place: self.size >> level }, hash));
        }
        self.hashes.push(hash);
        self.size += 1;
        completed
    }

    /// The head of the tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        fold(&self.hashes).unwrap_or_else(empty_root)
    }

    /// The inclusion proof of the entry that would be added next, in the tree that it would make.
    #[must_use]
    pub fn path_of_next(&self) -> Vec<Hash> {
        self.hashes.iter().rev().copied().collect()
    }
}

/// The subtrees whose heads make up a proof, each as `from..to`.
pub type Ranges = Vec<(u64, u64)>;

/// What the inclusion proof of an entry is made of: `PATH(index, D[size])` of the RFC, section 2.1.1. Empty
/// unless `index < size`.
#[must_use]
pub fn inclusion(index: u64, size: u64) -> Ranges {
    let mut path = Vec::new();
    let (mut from, mut to) = (0, size);
    while index < size && to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            path.push((middle, to));
            to = middle;
        } else {
            path.push((from, middle));
            from = middle;
        }
    }
    path.reverse();
    path
}

/// What the proof is made of that a tree of `old` entries grew into one of `new`: `PROOF(old, D[new])` of the
/// RFC, section 2.1.2. Empty unless `0 < old < new`.
#[must_use]
pub fn consistency(old: u64, new: u64) -> Ranges {
    let mut path = Vec::new();
    if old == 0 || old >= new {
        return path;
    }
    let (mut from, mut to) = (0, new);
    while old != to {
        let middle = from + split(to - from);
        if old <= middle {
            path.push((middle, to));
            to = middle;
        } else {
            path.push((from, middle));
            from = middle;
        }
    }
    // The old tree itself needs no telling when it is one subtree of the new one, counted from the start.
    if from > 0 {
        path.push((from, to));
    }
    path.reverse();
    path
}

/// The largest power of two below `count`; `count` is at least 2.
const fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

/// Makes a proof of its ranges with the heads of complete subtrees; `None` when one is not known.
pub fn resolve(ranges: &[(u64, u64)], known: impl Fn(Node) -> Option<Hash>) -> Option<Vec<Hash>> {
    let head = |&(from, to): &(u64, u64)| {
        fold(&cover(from, to).into_iter().map(&known).collect::<Option<Vec<_>>>()?)
    };
    ranges.iter().map(head).collect()
}

/// The head that an inclusion proof leads to (RFC 9162, section 2.1.3.2); `None` when the proof does not have
/// the shape that index and size ask for.
#[must_use]
pub fn root_of_inclusion(leaf: Hash, index: u64, size: u64, path: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut place, mut last, mut hash) = (index, size - 1, leaf);
    for sibling in path {
        if last == 0 {
            return None;
        }
        if place % 2 == 1 || place == last {
            hash = node_hash(sibling, &hash);
            while place.is_multiple_of(2) && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}

/// Whether a tree of `old` entries with `old_root` is the beginning of one of `new` entries with `new_root`
/// (RFC 9162, section 2.1.4.2).
#[must_use]
pub fn is_consistent(old: u64, new: u64, old_root: &Hash, new_root: &Hash, path: &[Hash]) -> bool {
    if old > new {
        return false;
    }
    if old == new {
        return old_root == new_root && path.is_empty();
    }
    if old == 0 {
        return *old_root == empty_root() && path.is_empty();
    }
    let whole = old.is_power_of_two().then_some(old_root);
    let mut steps = whole.into_iter().chain(path);
    let Some(first) = steps.next() else { return false };
    let (mut place, mut last) = (old - 1, new - 1);
    while place % 2 == 1 {
        place >>= 1;
        last >>= 1;
    }
    let (mut was, mut is) = (*first, *first);
    for step in steps {
        if last == 0 {
            return false;
        }
        if place % 2 == 1 || place == last {
            was = node_hash(step, &was);
            is = node_hash(step, &is);
            while place.is_multiple_of(2) && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            is = node_hash(&is, step);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && was == *old_root && is == *new_root
}
