//! Every finding: what brings it about, and what does not.
use super::*;
use crate::draw::tests::{block, button, card, email, everything, text};
use crate::{Picture, Token};

fn rules() -> BrandRules {
    BrandRules {
        banned: vec!["number one".to_owned()],
        legal_line: "Harbor is a mark of Harbor Inc.".to_owned(),
        link_hosts: vec!["harbor.example".to_owned()],
        ..BrandRules::default()
    }
}

fn found_by(asset: &Asset, content: &Content, card: &PartnerCard, rules: &BrandRules) -> Vec<Found> {
    check(asset, "en", content, card, rules)
}

fn of(content: &Content, card: &PartnerCard, rules: &BrandRules) -> Vec<Finding> {
    let asset = email(content.clone());
    found_by(&asset, content, card, rules).into_iter().map(|found| found.finding).collect()
}

/// What is found in a mail that is right but for one more block.
fn with(part: Part) -> Vec<Finding> {
    let mut content = everything();
    content.blocks.push(block("more", part));
    of(&content, &card(), &rules())
}

fn with_text(words: &str) -> Vec<Finding> {
    with(text(words))
}

#[test]
fn a_mail_that_is_right_has_no_findings() {
    assert_eq!(of(&everything(), &card(), &rules()), []);
}

#[test]
fn a_logo_is_there_and_large_enough() {
    let bare = PartnerCard { logo: None, logo_size: (0, 0), ..card() };
    assert_eq!(of(&everything(), &bare, &rules()), [Finding::LogoMissing]);
    let free = BrandRules { logo_needed: false, ..rules() };
    assert_eq!(of(&everything(), &bare, &free), []);
    for (size, small) in
        [((640, 128), false), ((640, 60), true), ((60, 60), true), ((80, 80), false), ((79, 79), true)]
    {
        let found = of(&everything(), &PartnerCard { logo_size: size, ..card() }, &rules());
        assert_eq!(found == [Finding::LogoSmall], small, "{size:?}: {found:?}");
    }
}

#[test]
fn white_words_can_be_read_on_the_partner_s_colour() {
    for (colour, low) in [
        ("", false),
        ("#0b6e4f", false),
        ("#767676", false),
        ("#777777", true),
        ("#ffcc00", true),
        ("red", true),
    ] {
        let found = of(&everything(), &PartnerCard { colour: colour.to_owned(), ..card() }, &rules());
        assert_eq!(found == [Finding::LowContrast], low, "{colour}: {found:?}");
    }
    // Where the colour is not worn it does not matter.
    let mut plain = everything();
    plain.blocks.retain(|block| !matches!(block.id.as_str(), "card" | "own"));
    assert_eq!(of(&plain, &PartnerCard { colour: "#ffcc00".to_owned(), ..card() }, &rules()), []);
}

#[test]
fn banned_phrases_are_found_wherever_they_hide() {
    for words in [
        "We are NUMBER ONE.",
        "number\none",
        "**number** one",
        "[number one](https://harbor.example)",
        "number {{company|one}}",
        "num\u{200b}ber one",
        "- Number  one",
    ] {
        assert_eq!(with_text(words), [Finding::BannedPhrase], "{words}");
    }
    assert_eq!(with_text("A number, one of many. Number ones."), []);
    let mut content = everything();
    content.subject = "Number one for you".to_owned();
    assert_eq!(of(&content, &card(), &rules()), [Finding::BannedPhrase]);
    let about = PartnerCard { about: "The number one in Kassel".to_owned(), ..card() };
    assert_eq!(of(&everything(), &about, &rules()), [Finding::BannedPhrase]);
}

#[test]
fn the_legal_line_stands_in_mails_pages_and_papers() {
    let other = BrandRules { legal_line: "All  rights\nreserved.".to_owned(), ..rules() };
    assert_eq!(of(&everything(), &card(), &other), [Finding::LegalLineMissing]);
    let mut content = everything();
    content.blocks.push(block("more", text("ALL rights reserved.")));
    assert_eq!(of(&content, &card(), &other), []);
    let mut asset = email(everything());
    for (kind, bound) in
        [(AssetKind::LandingPage, true), (AssetKind::OnePager, true), (AssetKind::Social, false)]
    {
        asset.kind = kind;
        let found = found_by(&asset, &everything(), &card(), &other);
        assert_eq!(found.iter().any(|one| one.finding == Finding::LegalLineMissing), bound, "{kind:?}");
    }
}

#[test]
fn links_lead_to_hosts_that_are_allowed() {
    for words in [
        "[x](https://harbor.example)",
        "[x](https://docs.harbor.example/a)",
        "[x](https://blog.brueckner-it.example)",
        "[x](mailto:a@b.example) [y](tel:+491234567)",
        "https://harbor.example/a.",
    ] {
        assert_eq!(with_text(words), [], "{words}");
    }
    for words in [
        "[x](https://evil.example)",
        "[x](https://harbor.example.evil.example)",
        "[x](https://notharbor.example)",
        "see https://evil.example now",
        "see www.evil.example",
    ] {
        assert_eq!(with_text(words), [Finding::LinkHost], "{words}");
    }
    let url = |url: &str| button("Go", Target::Url { url: url.to_owned() });
    assert_eq!(with(url("https://evil.example")), [Finding::LinkHost]);
    assert_eq!(with(url("https://shop.harbor.example")), []);
    let away = PartnerCard { action_url: "https://evil.example/x".to_owned(), ..card() };
    assert_eq!(of(&everything(), &away, &rules()), [Finding::LinkHost]);
}

#[test]
fn links_are_of_three_kinds() {
    for url in [
        "http://harbor.example",
        "javascript:alert(1",
        "//harbor.example",
        "harbor.example",
        "https://harbor.example@evil.example",
        "https://harbor.example\\@evil.example",
        "data:text/html,x",
        "https://harbor.example/{{company|x}}",
        "",
    ] {
        let found = with_text(&format!("[x]({url})"));
        assert!(found.contains(&Finding::LinkMalformed), "{url}: {found:?}");
        let found = with(button("Go", Target::Url { url: url.to_owned() }));
        assert_eq!(found, [Finding::LinkMalformed], "{url}");
    }
    let nowhere = PartnerCard { website: String::new(), ..card() };
    let mut content = everything();
    content.blocks.retain(|block| block.id != "form");
    assert_eq!(of(&content, &nowhere, &rules()), [Finding::LinkMalformed], "a button that leads nowhere");
}

#[test]
fn tokens_stand_for_something() {
    for (words, unresolved) in [
        ("{{first_name|there}} {{partner_name}} {{brand_name}} {{event_day}}", false),
        ("{{first_name}}", true),
        ("{{first_name|}}", true),
        ("{{firstname|there}}", true),
        ("{{first_name|there", true),
        ("there }}", true),
        ("{{first_name|{{company|x}}}}", true),
    ] {
        let found = with_text(words);
        assert_eq!(found.contains(&Finding::UnresolvedToken), unresolved, "{words}: {found:?}");
    }
    let silent = PartnerCard { phone: String::new(), ..card() };
    let mut content = everything();
    content.blocks.push(block("more", text("Call {{partner_phone}}")));
    assert_eq!(of(&content, &silent, &rules()), [Finding::UnresolvedToken]);
    content.blocks.retain(|block| block.id != "event" && block.id != "more");
    content.blocks.push(block("more", text("On {{event_day}}")));
    let found = found_by(&email(content.clone()), &content, &card(), &rules());
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].about.as_str(), found[0].spot.block.as_str()), (Token::EventDay.as_str(), "more"));
}

#[test]
fn pictures_have_words_and_are_not_all_there_is() {
    let image =
        |alt: &str| Part::Image { picture: Picture::Uploaded { hash: "ab".to_owned() }, alt: alt.to_owned() };
    assert_eq!(with(image("")), [Finding::AltMissing]);
    assert_eq!(with(image("A desk")), []);
    let drawn = Part::Image { picture: Picture::Drawn { motif: crate::Motif::Grid }, alt: String::new() };
    assert_eq!(with(drawn), [], "decoration");
    let mut many = everything();
    many.blocks.extend((0..4).map(|n| block(&format!("more-{n}"), image("A desk"))));
    assert_eq!(of(&many, &card(), &rules()), [Finding::ImageHeavy]);
}

#[test]
fn words_that_filters_weigh_are_told_in_their_language() {
    assert_eq!(with_text("Act now!"), [Finding::SpamWords]);
    assert_eq!(with_text("React nowhere."), []);
    let mut content = everything();
    content.blocks.push(block("more", text("Jetzt kaufen, achetez maintenant, compre ahora")));
    let asset = email(content.clone());
    for (language, phrase) in
        [("de-DE", "jetzt kaufen"), ("fr", "achetez maintenant"), ("es", "compre ahora")]
    {
        let found = check(&asset, language, &content, &card(), &rules());
        assert_eq!(found.iter().map(|found| found.about.as_str()).collect::<Vec<_>>(), [phrase]);
    }
}

#[test]
fn a_mail_has_a_way_out_and_an_address() {
    let mut content = everything();
    content.blocks.retain(|block| block.id != "foot");
    assert_eq!(
        of(&content, &card(), &BrandRules { legal_line: String::new(), ..rules() }),
        [Finding::NoUnsubscribe]
    );
    let nowhere = PartnerCard { address: " \n".to_owned(), ..card() };
    assert_eq!(of(&everything(), &nowhere, &rules()), [Finding::AddressMissing]);
    let mut page = email(everything());
    page.kind = AssetKind::LandingPage;
    assert_eq!(found_by(&page, &everything(), &nowhere, &rules()), []);
}

#[test]
fn subjects_are_short_and_mails_light() {
    let mut content = everything();
    content.subject = "s".repeat(60);
    assert_eq!(of(&content, &card(), &rules()), []);
    content.other_subject = "s".repeat(61);
    assert_eq!(of(&content, &card(), &rules()), [Finding::SubjectLong]);
    let mut heavy = everything();
    heavy.blocks.extend((0..18).map(|n| block(&format!("more-{n}"), text(&"word ".repeat(999)))));
    assert_eq!(of(&heavy, &card(), &rules()), [Finding::MailHeavy]);
}

#[test]
fn the_weight_is_not_far_from_what_is_drawn() {
    let mut content = everything();
    for n in 0..8 {
        content.blocks.push(block(&format!("more-{n}"), text(&"word & words\n- one\n\n".repeat(60))));
    }
    let drawn = crate::draw::mail(&content, &crate::draw::tests::setting());
    let bytes = crate::draw::tests::filled(&drawn).0.len();
    let asset = email(content.clone());
    let (card, rules) = (card(), rules());
    let look = look::Look::new(&asset, "en", &content, &card, &rules);
    let guessed = look::weight(&look.texts(), look.blocks.len());
    assert!((bytes * 8 / 10..bytes * 14 / 10).contains(&guessed), "{guessed} of {bytes}");
}

#[test]
fn what_leads_to_a_page_needs_one() {
    let mut page = email(everything());
    page.kind = AssetKind::LandingPage;
    page.key = "page".to_owned();
    let all = |assets: &[Asset]| check_all(assets, "en", &Overrides::default(), &card(), &rules());
    assert_eq!(all(&[email(everything()), page]), []);
    let found = all(&[email(everything())]);
    let blocks: Vec<_> = found.iter().map(|found| (found.finding, found.spot.block.as_str())).collect();
    assert_eq!(blocks, [(Finding::NoLandingPage, "button"), (Finding::NoLandingPage, "form")]);
}
