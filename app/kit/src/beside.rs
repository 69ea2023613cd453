//! Facts beside each other in one line, apart by a middle dot.
use crate::catalogue::{Locale, locale};

/// Joins what is not empty. Where one reads from right to left each fact keeps its own direction, so that a number and an
/// amount that stand side by side are not taken for one run of text.
#[must_use]
pub fn beside(facts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    joined(facts, locale())
}

fn joined(facts: impl IntoIterator<Item = impl AsRef<str>>, language: Locale) -> String {
    let isolated = language.direction() == "rtl";
    let mut out = String::new();
    for fact in facts {
        let fact = fact.as_ref();
        if fact.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str(" · ");
        }
        if isolated {
            // First strong isolate, pop directional isolate (Unicode Standard Annex 9).
            out.push('\u{2068}');
            out.push_str(fact);
            out.push('\u{2069}');
        } else {
            out.push_str(fact);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_joined_and_keep_their_direction_in_arabic() {
        let facts = ["LD-1055", "", "€16,000"];
        assert_eq!(joined(facts, Locale::En), "LD-1055 · €16,000");
        assert_eq!(joined(facts, Locale::Ar), "\u{2068}LD-1055\u{2069} · \u{2068}€16,000\u{2069}");
        assert_eq!(joined([""; 0], Locale::Ar), "");
    }
}
