//! What drawings must hold, with a brand and a partner that are complete.
mod hostile;
mod mail;
mod page;
mod paper;
mod pictures;

use std::collections::BTreeMap;

use super::*;
use crate::{Asset, AssetKind, Block, Content, Motif, Part, PartnerCard, Picture, Target, Zone};

/// The colours of a page of day.
pub(crate) fn light() -> Ink {
    ink(["#ffffff", "#101828", "#475467", "#d0d5dd", "#155eef", "#ffffff", "#155eef"])
}

fn dark() -> Ink {
    ink(["#0c111d", "#f5f5f6", "#94969c", "#333741", "#84adff", "#0c111d", "#84adff"])
}

fn ink(of: [&str; 7]) -> Ink {
    let [ground, text, muted, line, accent, on_accent, link] = of.map(str::to_owned);
    Ink { ground, text, muted, line, accent, on_accent, link }
}

/// A card that says everything.
pub(crate) fn card() -> PartnerCard {
    PartnerCard {
        name: "Brückner IT GmbH".to_owned(),
        logo: Some("c0ffee".to_owned()),
        logo_size: (480, 120),
        colour: "#0b6e4f".to_owned(),
        about: "Systemhaus in Kassel. 40 people, 20 years.".to_owned(),
        address: "Hafenstraße 12\n34125 Kassel".to_owned(),
        phone: "+49 561 123456".to_owned(),
        email: "hallo@brueckner-it.example".to_owned(),
        website: "https://www.brueckner-it.example".to_owned(),
        action_url: String::new(),
        signed_by: "Jana Brückner".to_owned(),
        signed_as: "Managing Director".to_owned(),
    }
}

/// A setting that has everything.
pub(crate) fn setting() -> Setting {
    let word = |text: &str| text.to_owned();
    Setting {
        brand: BrandFace {
            name: word("Harbor"),
            light: light(),
            dark: dark(),
            radius: 8,
            logo_url: word("https://partners.example/media/beef/logo.png"),
            logo_size: (320, 80),
            logo: None,
            footer: vec![word("Harbor Inc., Rotterdam")],
        },
        card: card(),
        partner_logo_url: word("https://partners.example/media/c0ffee/logo.png"),
        partner_logo: None,
        language: word("en"),
        right_to_left: false,
        base_url: word("https://partners.example"),
        landing_url: word("https://partners.example/l/harbor-abc123"),
        calendar_url: word("https://partners.example/l/harbor-abc123/event.ics"),
        motif_base: word("https://partners.example/l/harbor-abc123/motif"),
        words: Words {
            unsubscribe: word("Unsubscribe"),
            sent_by: word("Sent by"),
            call: word("Call"),
            write: word("Write"),
            visit: word("Visit"),
            first_name: word("First name"),
            last_name: word("Last name"),
            email: word("E-mail"),
            company: word("Company"),
            required: word("required"),
            add_to_calendar: word("Add to calendar"),
            powered_with: word("Powered with"),
        },
    }
}

pub(crate) fn block(id: &str, part: Part) -> Block {
    Block { id: id.to_owned(), zone: Zone::Locked, part }
}

pub(crate) fn text(words: &str) -> Part {
    Part::Text { text: words.to_owned() }
}

pub(crate) fn button(label: &str, target: Target) -> Part {
    Part::Button { label: label.to_owned(), target }
}

/// A content with one block of every kind.
pub(crate) fn everything() -> Content {
    let word = |text: &str| text.to_owned();
    let image = Part::Image { picture: Picture::Drawn { motif: Motif::Waves }, alt: word("Waves") };
    let uploaded = Part::Image { picture: Picture::Uploaded { hash: word("ab12") }, alt: word("A \"desk\"") };
    let form = Part::Form {
        label: word("Send it"),
        fields: vec![word("How many people?")],
        consent: word("I agree. See [privacy](https://www.brueckner-it.example/privacy)."),
        thanks: word("Thank you. We write within a day."),
    };
    let event = Part::Event { starts: word("2027-03-11T15:00:00+01:00"), minutes: 45, place: word("Online") };
    let quote = Part::Quote { text: word("It **works**."), by: word("A. Moreau, Lumen") };
    let other = Target::Url { url: word("https://docs.harbor.example/a?b=1&c=2") };
    Content {
        subject: word("{{first_name|Hello}}: three steps for {{company|your company}}"),
        other_subject: word("Three steps"),
        summary: word("What changes in March & why"),
        blocks: vec![
            block("image", image),
            block("head", Part::Heading { text: word("Three steps for {{company|your company}}") }),
            block(
                "text",
                text(
                    "Hi {{first_name|there}},\n\n- one\n- **two**\n\nread [this](https://docs.harbor.example/x)",
                ),
            ),
            block("button", button("See the steps", Target::LandingPage)),
            block(
                "columns",
                Part::Columns {
                    left: vec![block("left", text("Left")), block("up", uploaded)],
                    right: vec![block("right", button("Read", other))],
                },
            ),
            block("quote", quote),
            block("line", Part::Divider),
            block("event", event),
            block("form", form),
            block("own", button("Talk to us", Target::Partner)),
            block("card", Part::PartnerCard),
            block("foot", Part::Footer { text: word("Harbor is a mark of Harbor Inc.") }),
        ],
    }
}

pub(crate) fn email(content: Content) -> Asset {
    let languages = BTreeMap::from([("en".to_owned(), content)]);
    Asset { key: "email-1".to_owned(), kind: AssetKind::Email, name: "E-mail".to_owned(), day: 0, languages }
}

/// A mail as Anna of R&D gets it: HTML, text.
pub(crate) fn filled(mail: &Mail) -> (String, String) {
    let values = Values::from([
        (crate::Token::FirstName, "Anna".to_owned()),
        (crate::Token::Company, "R&D <b>".to_owned()),
    ]);
    let link = |n: u16| format!("https://partners.example/m/c/{n}?a=1&b=2");
    let personal = Personal {
        values: &values,
        link: &link,
        unsubscribe: "https://partners.example/m/u/tok",
        opened: "https://partners.example/m/o/tok",
    };
    (mail.html.fill(&personal, true), mail.text.fill(&personal, false))
}

/// A logo of one colour as PNG.
pub(crate) fn logo(width: u32, height: u32, [red, green, blue]: [u8; 3]) -> Vec<u8> {
    let mut pixels = resvg::tiny_skia::Pixmap::new(width, height).unwrap();
    pixels.fill(resvg::tiny_skia::Color::from_rgba8(red, green, blue, 255));
    pixels.encode_png().unwrap()
}

/// The setting with both logos as bytes: the brand's blue, the partner's green.
pub(crate) fn with_logos() -> Setting {
    let mut setting = setting();
    setting.brand.logo = Some(logo(320, 80, [21, 94, 239]));
    setting.partner_logo = Some(logo(480, 120, [11, 110, 79]));
    setting
}
