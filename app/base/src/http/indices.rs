//! Lists of a form, whose places may have gaps.
use std::collections::{BTreeMap, BTreeSet};

/// The pairs of a form with the places of each list counted from 0 without gaps, their order kept: a browser sends
/// of a list of choices only those that were taken, so `take[7]=phone` may be the first and only one of its list.
pub(super) fn without_gaps(pairs: &[String]) -> Vec<String> {
    let pairs: Vec<(String, &str)> = pairs.iter().map(|pair| split(pair)).collect();
    let mut places: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for (name, _) in &pairs {
        for (list, place) in lists(name) {
            places.entry(list).or_default().insert(place);
        }
    }
    pairs.iter().map(|(name, rest)| format!("{}{rest}", counted(name, &places))).collect()
}

/// A pair's name, its brackets as such, and what follows it.
fn split(pair: &str) -> (String, &str) {
    let (name, rest) = pair.split_at(pair.find('=').unwrap_or(pair.len()));
    let name = [("%5B", "["), ("%5b", "["), ("%5D", "]"), ("%5d", "]")]
        .iter()
        .fold(name.to_owned(), |name, (coded, plain)| name.replace(coded, plain));
    (name, rest)
}

/// The lists in a name, outermost first, each with the place in it: `rows[3][tags][0]` is in place 3 of `rows` and in
/// place 0 of `rows[3][tags]`.
fn lists(name: &str) -> impl Iterator<Item = (&str, u64)> {
    name.match_indices('[').filter_map(|(at, _)| {
        let (place, _) = name[at + 1..].split_once(']')?;
        Some((&name[..at], place.parse().ok()?))
    })
}

fn counted(name: &str, places: &BTreeMap<&str, BTreeSet<u64>>) -> String {
    let mut counted = String::with_capacity(name.len());
    let mut written = 0;
    for (list, place) in lists(name) {
        let before = places.get(list).map_or(0, |places| places.range(..place).count());
        let after = list.len() + name[list.len()..].find(']').unwrap_or_default();
        counted.push_str(&name[written..=list.len()]);
        counted.push_str(&before.to_string());
        written = after;
    }
    counted.push_str(&name[written..]);
    counted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::without_gaps;

    fn read(pairs: &[&str]) -> Vec<String> {
        without_gaps(&pairs.iter().map(|pair| (*pair).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn gaps_close_and_the_order_stays() {
        assert_eq!(read(&["take[7]=phone"]), ["take[0]=phone"]);
        assert_eq!(read(&["take%5B9%5D=b", "take%5b7%5d=a"]), ["take[1]=b", "take[0]=a"]);
        assert_eq!(
            read(&["rows[3][tags][5]=x", "rows[3][name]=n", "rows[10][tags][1]=y", "id=1"]),
            ["rows[0][tags][0]=x", "rows[0][name]=n", "rows[1][tags][0]=y", "id=1"]
        );
        assert_eq!(
            read(&["a[]=1", "a[b]=2", "a[=3", "[4]", "x=[7]"]),
            ["a[]=1", "a[b]=2", "a[=3", "[0]", "x=[7]"]
        );
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_read_without_panic(pairs in prop::collection::vec("[a\\[\\]=0-9%5BD]{0,12}", 0..6)) {
            let once = without_gaps(&pairs);
            prop_assert_eq!(once.len(), pairs.len());
            prop_assert_eq!(without_gaps(&once), once);
        }
    }
}
