//! The text part of an e-mail: the same words in the same order, for programs and people that show no HTML.
use super::inline::{As, Links};
use super::mail::has_footer;
use super::scene::{Scene, shown};
use super::template::Pieces;
use super::when::{self, When};
use super::{Slot, Template, flat};
use crate::text::one_line;
use crate::{Part, Target};

/// A mail as text.
pub(super) fn text(scene: &Scene<'_>, links: &mut Links) -> Template {
    let mut out = Pieces::default();
    for block in flat(scene.content) {
        let part = part(scene, &block.part, links);
        if !part.is_blank() || part.0.iter().any(|piece| matches!(piece, super::Piece::Slot(_))) {
            out.add(&part);
            out.raw("\n");
        }
    }
    if !has_footer(&scene.content.blocks) {
        out.add(&footer(scene, "", links));
    }
    Template(out.0)
}

fn part(scene: &Scene<'_>, part: &Part, links: &mut Links) -> Pieces {
    let mut out = Pieces::default();
    match part {
        Part::Heading { text } => {
            out.add(&scene.line(text, As::Text, links));
            out.raw("\n");
        }
        Part::Text { text } => out.add(&scene.prose_text(text, links)),
        Part::Button { label, target } => button(scene, label, target, links, &mut out),
        Part::Form { label, .. } => button(scene, label, &Target::LandingPage, links, &mut out),
        Part::Quote { text, by } => {
            out.add(&scene.prose_text(text, links));
            if !by.trim().is_empty() {
                out.raw("— ");
                out.add(&scene.line(by, As::Text, links));
                out.raw("\n");
            }
        }
        Part::PartnerCard => card(scene, &mut out),
        Part::Event { starts, minutes, place } => {
            if let Some(when) = When::read(starts, *minutes) {
                out.raw(&format!("{}\n{}\n", when::day(&when, &scene.setting.language), when::time(&when)));
                out.add(&scene.line(place, As::Text, links));
                out.raw("\n");
                if let Some(url) = scene.address(&Target::Calendar) {
                    out.raw(&format!("{}: ", scene.setting.words.add_to_calendar));
                    out.add(&links.place(&url));
                    out.raw("\n");
                }
            }
        }
        Part::Divider => out.raw("----\n"),
        Part::Footer { text } => out.add(&footer(scene, text, links)),
        Part::Image { .. } | Part::Columns { .. } => {}
    }
    out
}

fn button(scene: &Scene<'_>, label: &str, target: &Target, links: &mut Links, out: &mut Pieces) {
    let Some(url) = scene.address(target).filter(|_| !label.trim().is_empty()) else { return };
    out.add(&scene.line(label, As::Text, links));
    out.raw(": ");
    out.add(&links.place(&url));
    out.raw("\n");
}

fn card(scene: &Scene<'_>, out: &mut Pieces) {
    let card = scene.card();
    let lines = [
        &card.name,
        &card.about,
        &card.signed_by,
        &card.signed_as,
        &card.phone,
        &card.email,
        &shown(&card.website).to_owned(),
    ];
    for line in lines.map(|line| one_line(line)).iter().filter(|line| !line.is_empty()) {
        out.raw(&format!("{line}\n"));
    }
}

fn footer(scene: &Scene<'_>, text: &str, links: &mut Links) -> Pieces {
    let (setting, card) = (scene.setting, scene.card());
    let mut out = Pieces::default();
    out.raw("-- \n");
    out.add(&scene.prose_text(text, links));
    let mut lines = vec![format!("{} {}", setting.words.sent_by, card.name)];
    lines.extend(card.address.lines().map(str::to_owned));
    lines.extend(setting.brand.footer.iter().cloned());
    for line in lines.iter().map(|line| one_line(line)).filter(|line| !line.is_empty()) {
        out.raw(&format!("{line}\n"));
    }
    let words = Some(setting.words.unsubscribe.as_str()).filter(|words| !words.is_empty());
    out.raw(&format!("{}: ", words.unwrap_or("Unsubscribe")));
    out.slot(Slot::Unsubscribe);
    out.raw("\n");
    out
}
