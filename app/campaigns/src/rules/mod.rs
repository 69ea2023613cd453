//! Laws, pure: states, rows of files, tests of two subjects, what was changed.
pub mod ab;
pub mod changes;
pub mod columns;
pub mod rows;
pub mod states;

pub use states::{Refusal, Step};

use creative::check::{Found, Weight};

/// The longest time ahead for which a campaign is scheduled, in days.
pub const FARTHEST_DAYS: i64 = 366;
/// How long a cancelled campaign can be brought back, in seconds.
pub const UNDO_SECONDS: i64 = 10;

/// Whether nothing in a campaign stops it.
#[must_use]
pub fn passes(found: &[Found]) -> bool {
    found.iter().all(|one| one.weight != Weight::Stops)
}

/// Whether a person of the vendor must look at it first.
#[must_use]
pub fn needs_approval(found: &[Found], always: bool) -> bool {
    always || found.iter().any(|one| one.weight == Weight::Asks)
}

/// The readable half of a public address: lower case letters, digits and hyphens, at most 40.
#[must_use]
pub fn slug_name(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => out.push(letter),
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'à' | 'á' | 'â' => out.push('a'),
            'è' | 'é' | 'ê' | 'ë' => out.push('e'),
            'í' | 'î' | 'ï' => out.push('i'),
            'ó' | 'ô' => out.push('o'),
            'ú' | 'ù' | 'û' => out.push('u'),
            'ç' => out.push('c'),
            'ñ' => out.push('n'),
            _ if !out.ends_with('-') && !out.is_empty() => out.push('-'),
            _ => {}
        }
        if out.len() >= 40 {
            break;
        }
    }
    let plain = out.trim_matches('-');
    if plain.is_empty() { "campaign".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_readable() {
        assert_eq!(slug_name("Spring: Bürø & Café 2027!"), "spring-buer-cafe-2027");
        assert_eq!(slug_name("الربيع"), "campaign");
        assert!(slug_name(&"a".repeat(90)).len() <= 42);
    }
}
