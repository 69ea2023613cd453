//! What mails about messages say, in the reader's language.
use base::mail::Mail;
use base::{Parts, UserId};
use kit::catalogue::speaking_to;
use kit::letter::{Item, Letter};
use kit::paths;

use super::link;
use super::store::{Face, Owed, Summary};
use crate::screen::words;
use crate::t;

/// Messages of a summary that are written out.
const SHOWN: usize = 25;

/// The face of mails that belong to no brand.
fn house() -> Face {
    Face { name: "Rialto".to_owned(), hue: 262, chroma_milli: 170, from: None, host: None }
}

/// One message.
pub(super) fn instant(parts: &Parts, owed: &Owed) -> Mail {
    let reader = &owed.reader;
    speaking_to(reader.locale, &reader.time_zone, || {
        let notice = &owed.notice;
        let face = owed.face.clone().unwrap_or_else(house);
        let heading = words::sentence(notice);
        let lines = [words::note(notice), words::next_step(&notice.kind).to_owned()];
        let letter = Letter {
            language: reader.locale.tag(),
            brand: face.name.clone(),
            hue: face.hue,
            chroma_milli: face.chroma_milli,
            heading: heading.clone(),
            lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
            items: Vec::new(),
            button: Some((
                words::button(notice).to_owned(),
                link::of_notice(parts, face.host.as_deref(), notice.id),
            )),
            foot: vec![
                (t::mail_why(&owed.organization_name), String::new()),
                (t::mail_change().to_owned(), link::of_choices(parts)),
            ],
        };
        Mail {
            id: notice.id.to_string(),
            to: reader.to.clone(),
            from: face.from,
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
pub(super) fn summary(parts: &Parts, user: UserId, summary: &Summary) -> Mail {
    let Summary { reader, owed, batch } = summary;
    speaking_to(reader.locale, &reader.time_zone, || {
        let face = owed.iter().find_map(|one| one.face.clone()).unwrap_or_else(house);
        let several = owed.iter().any(|one| one.organization_name != owed[0].organization_name);
        let items: Vec<Item> = owed
            .iter()
            .take(SHOWN)
            .map(|one| {
                let place = several.then(|| one.organization_name.clone());
                let note = [Some(words::note(&one.notice)), place];
                let note: Vec<String> = note.into_iter().flatten().filter(|part| !part.is_empty()).collect();
                Item {
                    title: words::sentence(&one.notice),
                    note: note.join(" · "),
                    url: link::of_notice(
                        parts,
                        one.face.as_ref().and_then(|face| face.host.as_deref()),
                        one.notice.id,
                    ),
                }
            })
            .collect();
        let count = owed.len() as i64;
        let more = owed.len().saturating_sub(SHOWN) as i64;
        let heading = t::daily_subject(count);
        let stop = link::to_unsubscribe(parts, user);
        let letter = Letter {
            language: reader.locale.tag(),
            brand: face.name.clone(),
            hue: face.hue,
            chroma_milli: face.chroma_milli,
            heading: heading.clone(),
            lines: (more > 0).then(|| t::daily_more(more)).into_iter().collect(),
            items,
            button: Some((t::daily_button().to_owned(), link::url(parts, paths::INBOX))),
            foot: vec![
                (t::daily_why().to_owned(), String::new()),
                (t::mail_change().to_owned(), link::of_choices(parts)),
                (t::daily_stop().to_owned(), stop.clone()),
            ],
        };
        Mail {
            id: format!("daily-{}", base::encode_suffix(*batch)),
            to: reader.to.clone(),
            from: face.from,
            subject: heading,
            text: letter.text(),
            html: letter.html(),
            files: Vec::new(),
            unsubscribe: Some(stop),
            at: parts.clock().now(),
        }
    })
}
