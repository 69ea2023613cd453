//! Products of the program's list, however they are spelt: `GTXPro` is "GTX Pro".
use super::lines::{Kind, Line};
use super::words::{Word, bare, squashed, words};
use super::{Article, Range};

/// A product with its place, and how many of it.
pub(super) struct Named {
    pub(super) id: String,
    pub(super) span: Range<usize>,
    pub(super) quantity: Option<(u32, Range<usize>)>,
    /// How well it fits: letters off, then the longer name.
    rank: (usize, usize),
}

/// Words behind a number of pieces.
const PIECES: [&str; 28] = [
    "x",
    "×",
    "pcs",
    "pieces",
    "units",
    "unit",
    "licenses",
    "licences",
    "license",
    "licence",
    "seats",
    "users",
    "stueck",
    "stk",
    "stk.",
    "lizenzen",
    "lizenz",
    "user",
    "nutzer",
    "geraete",
    "devices",
    "nodes",
    "subscriptions",
    "mal",
    "pieces,",
    "of",
    "copies",
    "server",
];

/// The product that the text names best.
pub(super) fn find(lines: &[Line<'_>], articles: &[Article]) -> Option<Named> {
    let wanted: Vec<(usize, String)> = articles
        .iter()
        .enumerate()
        .flat_map(|(at, article)| [(at, squashed(&article.name)), (at, squashed(&article.sku))])
        .filter(|(_, name)| name.len() > 2)
        .collect();
    let mut best: Option<Named> = None;
    for line in lines.iter().filter(|line| matches!(line.kind, Kind::Text | Kind::Subject)) {
        let all: Vec<Word<'_>> = words(line.text, line.start).iter().map(bare).collect();
        for first in 0..all.len() {
            let mut text = String::new();
            for last in first..all.len().min(first + 5) {
                text.push_str(&squashed(all[last].text));
                for (at, name) in &wanted {
                    let Some(off) = distance(&text, name) else { continue };
                    let rank = (off, usize::MAX - name.len());
                    if best.as_ref().is_none_or(|best| rank < best.rank) {
                        best = Some(Named {
                            id: articles[*at].id.clone(),
                            span: all[first].start..all[last].end(),
                            quantity: quantity(&all, first, last),
                            rank,
                        });
                    }
                }
            }
        }
    }
    best
}

/// Letters that differ, if few enough for the length: none below five letters, one below nine, two above.
fn distance(text: &str, name: &str) -> Option<usize> {
    if text == name {
        return Some(0);
    }
    let length = name.chars().count();
    let most = match length {
        0..5 => return None,
        5..9 => 1,
        _ => 2,
    };
    // A number that differs is another product: `GTX 200` is not `GTX 300`.
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if digits(text) != digits(name) || text.chars().count().abs_diff(length) > most {
        return None;
    }
    let off = edits(text, name);
    (off <= most).then_some(off)
}

/// Levenshtein's distance (1966), neighbours that changed places counted as one.
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (at, row) in rows.iter_mut().enumerate() {
        row[0] = at;
    }
    for (at, cell) in rows[0].iter_mut().enumerate() {
        *cell = at;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[a.len()][b.len()]
}

/// `25 x GTX Pro`, `25 GTX Pro`, `GTX Pro x 25`, `GTX Pro, 25 licences`.
fn quantity(all: &[Word<'_>], first: usize, last: usize) -> Option<(u32, Range<usize>)> {
    let number = |word: &Word<'_>| -> Option<u32> {
        let text = word.text.trim_end_matches(['x', '×']).trim_start_matches(['x', '×']);
        let fine = !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit());
        fine.then(|| text.parse().ok()).flatten().filter(|count| (1..=100_000).contains(count))
    };
    let is_piece = |word: &Word<'_>| {
        PIECES.contains(&word.text.to_lowercase().replace('ü', "ue").replace('ä', "ae").as_str())
    };
    let mut at = first;
    for _ in 0..3 {
        let Some(before) = at.checked_sub(1).and_then(|at| all.get(at)) else { break };
        if let Some(count) = number(before).filter(|_| before.text.len() < 5 || at < first) {
            return Some((count, before.start..before.end()));
        }
        if !is_piece(before) {
            break;
        }
        at -= 1;
    }
    let (next, then) = (all.get(last + 1)?, all.get(last + 2));
    if let Some(count) = number(next)
        && (next.text.starts_with(['x', '×']) || then.is_some_and(is_piece))
    {
        return Some((count, next.start..next.end()));
    }
    if is_piece(next)
        && let Some(count) = then.and_then(number)
    {
        let word = then?;
        return Some((count, word.start..word.end()));
    }
    None
}

/// The product of a cell of a table.
pub(super) fn of_cell(text: &str, articles: &[Article]) -> Option<String> {
    let squash = squashed(text);
    let fits = |name: &str| distance(&squash, &squashed(name)).filter(|_| !squashed(name).is_empty());
    articles
        .iter()
        .filter_map(|article| {
            let off = [fits(&article.name), fits(&article.sku)].into_iter().flatten().min()?;
            Some((off, article.id.clone()))
        })
        .min_by_key(|(off, _)| *off)
        .map(|(_, id)| id)
}
