//! What mails about messages say, in the reader's language.
use std::collections::BTreeMap;

use base::mail::Mail;
use base::{BrandId, Parts, UserId};
use kit::letter::{Face, Item, Letter};
use kit::paths;

use super::link;
use super::store::{Owed, Summary};
use crate::model::Notice;
use crate::screen::words;
use crate::t;

/// Messages of a summary that are written out.
const SHOWN: usize = 25;

/// Where links lead.
#[derive(Debug)]
pub(super) struct Addresses {
    /// The installation's own, or that of the only brand that the mail is about.
    pub(super) home: String,
    /// That of each brand; under none the installation's own.
    pub(super) brands: BTreeMap<Option<BrandId>, String>,
}

impl Addresses {
    fn of(&self, notice: &Notice) -> &str {
        self.brands.get(&brand_of(notice)).unwrap_or(&self.home)
    }
}

/// Whose message it is.
pub(super) fn brand_of(notice: &Notice) -> Option<BrandId> {
    notice.brand.as_ref().map(|brand| brand.id)
}

/// One message, with links under the address `at`.
pub(super) fn instant(parts: &Parts, owed: &Owed, face: &Face, at: &str) -> Mail {
    let reader = &owed.reader;
    face.speaking_to(reader.locale, &reader.time_zone, || {
        let notice = &owed.notice;
        let heading = words::sentence(notice);
        let lines = [words::note(notice), words::next_step(&notice.kind).to_owned()];
        let letter = Letter {
            heading: heading.clone(),
            lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
            button: Some((words::button(notice).to_owned(), link::of_notice(at, notice.id))),
            foot: vec![
                (t::mail_why(&owed.organization_name), String::new()),
                (t::mail_change().to_owned(), link::of_choices(at)),
            ],
            ..face.letter(reader.locale)
        };
        Mail {
            id: notice.id.to_string(),
            to: reader.to.clone(),
            from: face.from.clone(),
            reply_to: face.reply_to.clone(),
            subject: heading,
            text: letter.text(),
            html: letter.html(),
            files: Vec::new(),
            unsubscribe: None,
            at: parts.clock().now(),
        }
    })
}

/// What was not read, in one mail.
pub(super) fn summary(
    parts: &Parts,
    user: UserId,
    summary: &Summary,
    face: &Face,
    addresses: &Addresses,
) -> Mail {
    let Summary { reader, owed, batch } = summary;
    face.speaking_to(reader.locale, &reader.time_zone, || {
        let several = owed.iter().any(|one| one.organization_name != owed[0].organization_name);
        let brand = |one: &Owed| one.notice.brand.as_ref().map(|brand| brand.name.clone());
        let brands = owed.iter().any(|one| brand(one) != brand(&owed[0]));
        let items: Vec<Item> = owed
            .iter()
            .take(SHOWN)
            .map(|one| {
                let place = several.then(|| one.organization_name.clone());
                let note = [Some(words::note(&one.notice)), brand(one).filter(|_| brands), place];
                let note: Vec<String> = note.into_iter().flatten().filter(|part| !part.is_empty()).collect();
                Item {
                    title: words::sentence(&one.notice),
                    note: note.join(" · "),
                    url: link::of_notice(addresses.of(&one.notice), one.notice.id),
                }
            })
            .collect();
        let count = owed.len() as i64;
        let more = owed.len().saturating_sub(SHOWN) as i64;
        let heading = t::daily_subject(count);
        let stop = link::to_unsubscribe(parts, user);
        let letter = Letter {
            heading: heading.clone(),
            lines: (more > 0).then(|| t::daily_more(more)).into_iter().collect(),
            items,
            button: Some((t::daily_button().to_owned(), format!("{}{}", addresses.home, paths::INBOX))),
            foot: vec![
                (t::daily_why().to_owned(), String::new()),
                (t::mail_change().to_owned(), link::of_choices(&addresses.home)),
                (t::daily_stop().to_owned(), stop.clone()),
            ],
            ..face.letter(reader.locale)
        };
        Mail {
            id: format!("daily-{}", base::encode_suffix(*batch)),
            to: reader.to.clone(),
            from: face.from.clone(),
            reply_to: face.reply_to.clone(),
            subject: heading,
            text: letter.text(),
            html: letter.html(),
            files: Vec::new(),
            unsubscribe: Some(stop),
            at: parts.clock().now(),
        }
    })
}
