//! The form of a landing page: what was typed, made harmless, and what is wrong with it.
use std::collections::BTreeMap;

use base::words;

use super::spam;

/// Names of the form's fields.
pub const FIRST_NAME: &str = "first_name";
/// See [`FIRST_NAME`].
pub const LAST_NAME: &str = "last_name";
/// See [`FIRST_NAME`].
pub const EMAIL: &str = "email";
/// See [`FIRST_NAME`].
pub const COMPANY: &str = "company";
/// The box by which a person agrees.
pub const CONSENT: &str = "consent";
/// A field that people do not see.
pub const TRAP: &str = "homepage";
/// When the page was drawn, under our seal.
pub const SEAL: &str = "seal";

/// The field of the n-th question of the form's own, from 0.
#[must_use]
pub fn question(place: usize) -> String {
    format!("field-{place}")
}

words! {
    /// What is wrong with a field.
    Fault {
        Required = "required",
        TooLong = "too_long",
        NotAnEmail = "not_an_email",
        /// Links where none belong.
        Links = "links",
        /// The person did not agree.
        NotAgreed = "not_agreed",
    }
}

/// Letters of a name, at most.
const NAME: usize = 80;
/// Letters of an address, at most (RFC 5321).
const ADDRESS: usize = 254;
/// Letters of a company's name, at most.
const COMPANY_NAME: usize = 200;
/// Letters of an answer, at most.
const ANSWER: usize = 1_000;

/// What was typed, without what cannot be seen: line ends and other controls are spaces, marks that turn the direction of
/// writing are gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub company: String,
    /// To the form's own questions, in their order.
    pub answers: Vec<String>,
    /// Whether the person agreed to what stands there.
    pub agreed: bool,
    /// Empty when people sent it.
    pub trap: String,
    pub seal: String,
}

/// Reads the pairs of a form that asks so many questions of its own. Of a name that comes twice the first counts; what the
/// form does not ask is left out.
#[must_use]
pub fn read(pairs: &[(String, String)], questions: usize) -> Filled {
    let typed = |name: &str| {
        let found = pairs.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| clean(value)).unwrap_or_default()
    };
    Filled {
        first_name: typed(FIRST_NAME),
        last_name: typed(LAST_NAME),
        email: typed(EMAIL),
        company: typed(COMPANY),
        answers: (0..questions).map(|place| typed(&question(place))).collect(),
        agreed: !typed(CONSENT).is_empty(),
        trap: typed(TRAP),
        seal: typed(SEAL),
    }
}

/// One line of what can be seen.
#[must_use]
pub fn clean(text: &str) -> String {
    let seen = text.chars().filter(|letter| !is_unseen(*letter));
    let plain: String = seen.map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks without a shape that change how the rest is shown. Those that join letters stay: languages need them.
const fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

impl Filled {
    /// What is wrong, by field.
    #[must_use]
    pub fn faults(&self) -> BTreeMap<String, Fault> {
        let mut faults = BTreeMap::new();
        let mut look = |field: &str, fault: Option<Fault>| {
            if let Some(fault) = fault {
                faults.insert(field.to_owned(), fault);
            }
        };
        look(FIRST_NAME, needed(&self.first_name).or_else(|| name(&self.first_name, NAME)));
        look(LAST_NAME, needed(&self.last_name).or_else(|| name(&self.last_name, NAME)));
        look(EMAIL, needed(&self.email).or_else(|| address(&self.email)));
        look(COMPANY, needed(&self.company).or_else(|| name(&self.company, COMPANY_NAME)));
        for (place, answer) in self.answers.iter().enumerate() {
            let links = spam::has_many_links(answer).then_some(Fault::Links);
            look(&question(place), longer(answer, ANSWER).or(links));
        }
        look(CONSENT, (!self.agreed).then_some(Fault::NotAgreed));
        faults
    }

    /// What stands in the fields when the form is shown again, by field.
    #[must_use]
    pub fn values(&self) -> BTreeMap<String, String> {
        let own = self.answers.iter().enumerate().map(|(place, answer)| (question(place), answer.clone()));
        let agreed = self.agreed.then(|| (CONSENT.to_owned(), "yes".to_owned()));
        let known = [
            (FIRST_NAME, &self.first_name),
            (LAST_NAME, &self.last_name),
            (EMAIL, &self.email),
            (COMPANY, &self.company),
        ];
        known
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .chain(own)
            .chain(agreed)
            .collect()
    }

    /// First and last name in one.
    #[must_use]
    pub fn name(&self) -> String {
        clean(&format!("{} {}", self.first_name, self.last_name))
    }
}

fn needed(text: &str) -> Option<Fault> {
    text.is_empty().then_some(Fault::Required)
}

fn longer(text: &str, most: usize) -> Option<Fault> {
    (text.chars().count() > most).then_some(Fault::TooLong)
}

fn name(text: &str, most: usize) -> Option<Fault> {
    longer(text, most).or_else(|| spam::has_link(text).then_some(Fault::Links))
}

/// An address to which a mail can go: like the one that people sign in with, and of a host with a dot in it.
fn address(text: &str) -> Option<Fault> {
    if text.len() > ADDRESS {
        return Some(Fault::TooLong);
    }
    let (local, host) = text.split_once('@').unwrap_or_default();
    let odd = |letter: char| letter.is_whitespace() || "<>(),;:\\\"[]".contains(letter);
    let is_host = host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty());
    let is_local = (1..=64).contains(&local.len());
    let is_one = is_local && is_host && !host.contains('@') && !text.contains(odd);
    (!is_one).then_some(Fault::NotAnEmail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn ada() -> Vec<(String, String)> {
        pairs(&[
            ("first_name", " Ada "),
            ("last_name", "Arndt"),
            ("email", "ada@arndt.example"),
            ("company", "Arndt & Co"),
            ("field-1", "In\r\nMay"),
            ("consent", "yes"),
        ])
    }

    #[test]
    fn what_is_typed_is_read_as_one_line_of_what_is_seen() {
        let filled = read(&ada(), 2);
        assert_eq!(filled.first_name, "Ada");
        assert_eq!(filled.answers, ["", "In May"]);
        assert_eq!(filled.faults(), BTreeMap::new());
        assert_eq!(filled.name(), "Ada Arndt");
        let twice = pairs(&[("email", "a@b.test"), ("email", "c@d.test"), ("role", "admin")]);
        assert_eq!(read(&twice, 0).email, "a@b.test");
        assert_eq!(clean("a\0b\u{202e}c\u{200b}d\te"), "a bcd e");
        assert_eq!(clean("می\u{200c}خواهم"), "می\u{200c}خواهم", "joiners are letters of a language");
    }

    #[test]
    fn every_fault_is_told_at_its_field() {
        let empty = read(&[], 1).faults();
        let needed: Vec<_> = empty.keys().map(String::as_str).collect();
        assert_eq!(needed, ["company", "consent", "email", "first_name", "last_name"]);
        assert_eq!(empty.values().filter(|fault| **fault == Fault::Required).count(), 4);
        assert_eq!(empty[CONSENT], Fault::NotAgreed);
        let long = "x".repeat(1_001);
        let odd = pairs(&[
            ("first_name", "http://x.test"),
            ("last_name", &long),
            ("email", "ada"),
            ("company", "www.x.test"),
            ("field-0", &long),
            ("consent", "yes"),
        ]);
        let faults: Vec<_> = read(&odd, 1).faults().into_values().collect();
        assert_eq!(faults, [Fault::Links, Fault::NotAnEmail, Fault::TooLong, Fault::Links, Fault::TooLong]);
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn the_fields_are_called_as_they_are_drawn() {
        use creative::draw;
        assert_eq!((TRAP, CONSENT, question(3)), (draw::HONEYPOT, draw::CONSENT, draw::field_name(3)));
    }

    #[test]
    fn addresses_are_those_that_a_mail_can_go_to() {
        for good in ["a@b.test", "a.b+c@d-e.example.org", "ü@bücher.example", "o'neill@x.test"] {
            assert_eq!(address(good), None, "{good}");
        }
        for odd in [
            "a",
            "@b.test",
            "a@",
            "a@b",
            "a@b.",
            "a@.b",
            "a@b@c.test",
            "a b@c.test",
            "a@b.test,c@d.test",
            "<a@b.test>",
        ] {
            assert_eq!(address(odd), Some(Fault::NotAnEmail), "{odd}");
        }
        assert_eq!(address(&format!("a@{}.test", "b".repeat(300))), Some(Fault::TooLong));
    }

    proptest! {
        #[test]
        fn whatever_comes_is_read_without_controls(name in "\\PC*|[\u{0}-\u{1f}]*", value in ".*") {
            let filled = read(&[(name, value.clone()), ("first_name".to_owned(), value)], 3);
            prop_assert!(!filled.first_name.chars().any(|letter| letter.is_control() || is_unseen(letter)));
            let _ = filled.faults();
        }
    }
}
