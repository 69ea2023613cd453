//! Laws of what is in a kit: those that a draft keeps, and those that hold when it is published.
use std::collections::BTreeSet;

use base::{FieldError, Problem, Timestamp};
use creative::{Asset, AssetKind, Block, Content, Part, Target, Zone};

use crate::model::KitContent;

/// Variants of a choice at most.
pub const MOST_VARIANTS: usize = 8;
/// Characters at most that a partner may be let write.
pub const MOST_WRITTEN: u16 = 2_000;

/// What of a block a partner may be let change: a choice or own words replace its words, the partner's own data stands in
/// its place.
#[must_use]
pub fn fits(part: &Part, zone: &Zone) -> bool {
    match zone {
        Zone::Locked => true,
        Zone::Choice { .. } | Zone::Text { .. } => part.words().is_some(),
        Zone::Partner => matches!(part, Part::PartnerCard | Part::Button { .. } | Part::Footer { .. }),
    }
}

/// What is wrong with a draft so that it cannot be kept: keys that are there twice, blocks where none may be, zones that do
/// not fit. What is merely not finished is none of it.
#[must_use]
pub fn drafted(content: &KitContent) -> Vec<FieldError> {
    let mut found = Found::default();
    let mut keys = BTreeSet::new();
    for (place, asset) in content.assets.iter().enumerate() {
        let at = format!("assets[{place}]");
        if !keys.insert(&asset.key) {
            found.at(format!("{at}.key"), "taken", "Another piece of the kit has this key.");
        }
        for (language, content) in &asset.languages {
            let at = format!("{at}.languages.{language}");
            if !is_language(language) {
                found.at(at.clone(), "not_a_language", "Give a language tag like en or pt-BR.");
            }
            let mut ids = BTreeSet::new();
            each(content, &at, &mut |at, block, is_inner| found.of_draft(at, block, is_inner, &mut ids));
        }
    }
    found.0
}

/// What keeps a draft from being published, besides what [`drafted`] finds.
#[must_use]
pub fn publishable(content: &KitContent) -> Vec<FieldError> {
    let mut found = Found(drafted(content));
    if content.assets.is_empty() {
        found.at("assets".to_owned(), "required", "Add at least one piece.");
    }
    for (place, asset) in content.assets.iter().enumerate() {
        for (language, content) in &asset.languages {
            let at = format!("assets[{place}].languages.{language}");
            found.of_content(asset, content, &at);
            each(content, &at, &mut |at, block, _| found.of_block(at, block));
        }
    }
    found.0
}

/// Letters and digits in parts of up to eight, the first of two or three letters (BCP 47, as far as kits need it).
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().is_some_and(|part| {
        (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    first
        && tag.len() <= 20
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Visits every block with its path, those in columns too.
fn each<'a>(content: &'a Content, at: &str, visit: &mut dyn FnMut(&str, &'a Block, bool)) {
    for (place, block) in content.blocks.iter().enumerate() {
        let at = format!("{at}.blocks[{place}]");
        visit(&at, block, false);
        if let Part::Columns { left, right } = &block.part {
            for (side, blocks) in [("left", left), ("right", right)] {
                for (place, block) in blocks.iter().enumerate() {
                    visit(&format!("{at}.part.{side}[{place}]"), block, true);
                }
            }
        }
    }
}

#[derive(Default)]
struct Found(Vec<FieldError>);

impl Found {
    fn at(&mut self, field: String, code: &'static str, message: &str) {
        self.0.push(FieldError::new(field, code, message));
    }

    fn of_draft<'a>(&mut self, at: &str, block: &'a Block, is_inner: bool, ids: &mut BTreeSet<&'a str>) {
        if !ids.insert(&block.id) {
            self.at(format!("{at}.id"), "taken", "Another block has this id.");
        }
        if is_inner {
            if matches!(block.part, Part::Columns { .. }) {
                self.at(format!("{at}.part"), "nested", "Columns hold no columns.");
            }
            // Blocks at the top are checked with the content that they are in.
            if let Err(Problem::Invalid { errors }) = base::check_fields(block) {
                let inner = errors
                    .into_iter()
                    .map(|error| FieldError { field: format!("{at}.{}", error.field), ..error });
                self.0.extend(inner);
            }
        }
        if !fits(&block.part, &block.zone) {
            self.at(format!("{at}.zone"), "zone", "A block of this kind cannot be opened in this way.");
        }
        match &block.zone {
            Zone::Choice { variants } if variants.len() > MOST_VARIANTS => {
                self.at(format!("{at}.zone"), "too_many", "Give at most eight variants.");
            }
            Zone::Text { max } if !(1..=MOST_WRITTEN).contains(max) => {
                self.at(
                    format!("{at}.zone"),
                    "out_of_range",
                    "Let partners write between 1 and 2,000 characters.",
                );
            }
            _ => {}
        }
        if let Part::Event { minutes, .. } = &block.part
            && !(15..=10_080).contains(minutes)
        {
            self.at(
                format!("{at}.part.minutes"),
                "out_of_range",
                "An event takes between 15 minutes and a week.",
            );
        }
    }

    fn of_content(&mut self, asset: &Asset, content: &Content, at: &str) {
        if content.subject.trim().is_empty() {
            self.at(format!("{at}.subject"), "required", "This field is needed.");
        }
        if content.blocks.is_empty() {
            self.at(format!("{at}.blocks"), "required", "Add at least one block.");
        }
        let mut has_event = false;
        each(content, at, &mut |_, block, _| has_event |= matches!(block.part, Part::Event { .. }));
        if asset.kind == AssetKind::Invitation && !has_event {
            self.at(
                format!("{at}.blocks"),
                "event_missing",
                "An invitation needs a block that says when and where.",
            );
        }
    }

    fn of_block(&mut self, at: &str, block: &Block) {
        let empty = match &block.part {
            Part::Heading { text } | Part::Text { text } | Part::Quote { text, .. } => {
                text.trim().is_empty().then_some("text")
            }
            Part::Button { label, .. } | Part::Form { label, .. } => {
                label.trim().is_empty().then_some("label")
            }
            _ => None,
        };
        if let Some(field) = empty {
            self.at(format!("{at}.part.{field}"), "required", "This field is needed.");
        }
        match &block.part {
            Part::Button { target: Target::Url { url }, .. } if !url.starts_with("https://") => {
                self.at(
                    format!("{at}.part.target"),
                    "not_https",
                    "Give an address that begins with https://.",
                );
            }
            Part::Event { starts, .. } if Timestamp::parse(starts).is_none() => {
                self.at(format!("{at}.part.starts"), "not_a_date", "Give a date and a time.");
            }
            Part::Form { consent, .. } if consent.trim().is_empty() => {
                self.at(format!("{at}.part.consent"), "required", "Say what a person agrees to.");
            }
            _ => {}
        }
        if let Zone::Choice { variants } = &block.zone
            && (variants.is_empty() || variants.iter().any(|variant| variant.trim().is_empty()))
        {
            self.at(format!("{at}.zone"), "required", "Give at least one variant, and words for each.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use creative::{BrandRules, Topic};

    fn block(id: &str, part: Part, zone: Zone) -> Block {
        Block { id: id.into(), zone, part }
    }

    fn heading(id: &str, text: &str) -> Block {
        block(id, Part::Heading { text: text.into() }, Zone::Locked)
    }

    fn kit(kind: AssetKind, blocks: Vec<Block>) -> KitContent {
        let content = Content { subject: "Hello".into(), blocks, ..Content::default() };
        let asset = Asset {
            key: "piece-1".into(),
            kind,
            name: "Piece".into(),
            day: 0,
            languages: [("en".to_owned(), content)].into(),
        };
        KitContent {
            name: "Kit".into(),
            about: String::new(),
            topic: Topic::Webinar,
            assets: vec![asset],
            rules: BrandRules::default(),
        }
    }

    fn codes(errors: &[FieldError]) -> Vec<(&str, &str)> {
        errors.iter().map(|error| (error.field.as_str(), error.code.as_ref())).collect()
    }

    #[test]
    fn a_draft_may_be_unfinished_and_not_torn() {
        let unfinished = kit(AssetKind::Email, vec![heading("a", "")]);
        assert_eq!(codes(&drafted(&unfinished)), []);
        assert_eq!(
            codes(&publishable(&unfinished)),
            [("assets[0].languages.en.blocks[0].part.text", "required")]
        );
        let columns = Part::Columns { left: vec![heading("a", "B")], right: Vec::new() };
        let twice = kit(AssetKind::Email, vec![heading("a", "A"), block("b", columns, Zone::Locked)]);
        assert_eq!(codes(&drafted(&twice)), [("assets[0].languages.en.blocks[1].part.left[0].id", "taken")]);
    }

    #[test]
    fn what_is_in_columns_is_checked_too() {
        let long = heading("b", &"x".repeat(201));
        let columns = Part::Columns { left: Vec::new(), right: vec![long] };
        let found = drafted(&kit(AssetKind::Email, vec![block("a", columns, Zone::Locked)]));
        assert_eq!(codes(&found), [("assets[0].languages.en.blocks[0].part.right[0].part.text", "invalid")]);
    }

    #[test]
    fn zones_open_what_they_can() {
        assert!(fits(&Part::PartnerCard, &Zone::Partner));
        assert!(!fits(&Part::Divider, &Zone::Text { max: 5 }));
        let odd = kit(AssetKind::Email, vec![block("a", Part::Divider, Zone::Text { max: 0 })]);
        let at = "assets[0].languages.en.blocks[0].zone";
        assert_eq!(codes(&drafted(&odd)), [(at, "zone"), (at, "out_of_range")]);
        let choice = Zone::Choice { variants: vec![" ".into()] };
        let empty = kit(AssetKind::Email, vec![block("a", Part::Heading { text: "A".into() }, choice)]);
        assert_eq!(codes(&publishable(&empty)), [(at, "required")]);
    }

    #[test]
    fn an_invitation_says_when() {
        let without = kit(AssetKind::Invitation, vec![heading("a", "Come")]);
        assert_eq!(codes(&publishable(&without)), [("assets[0].languages.en.blocks", "event_missing")]);
        let event = Part::Event { starts: "soon".into(), minutes: 5, place: String::new() };
        let odd = kit(AssetKind::Invitation, vec![block("a", event, Zone::Locked)]);
        let at = "assets[0].languages.en.blocks[0].part";
        assert_eq!(
            codes(&publishable(&odd)),
            [(&*format!("{at}.minutes"), "out_of_range"), (&*format!("{at}.starts"), "not_a_date")]
        );
    }

    #[test]
    fn languages_are_tags() {
        for fine in ["en", "pt-BR", "zh-Hans-CN", "fil"] {
            assert!(is_language(fine), "{fine}");
        }
        for odd in ["", "EN", "e", "en-", "en_GB", "english"] {
            assert!(!is_language(odd), "{odd}");
        }
    }
}
