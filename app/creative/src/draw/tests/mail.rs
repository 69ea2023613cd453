//! E-mails: what mail programs can show, in both modes and directions, filled for each person.
use super::*;

#[test]
fn a_mail_keeps_to_what_mail_programs_know() {
    let (html, text) = filled(&mail(&everything(), &setting()));
    let lower = html.to_lowercase();
    for never in [
        "display:flex",
        "display:grid",
        "<script",
        "<link",
        "@import",
        "<form",
        "position:",
        "fonts.googleapis",
        "~~",
    ] {
        assert!(!lower.contains(never), "{never}");
    }
    assert!(html.len() < MOST_BYTES, "{}", html.len());
    assert!(html.contains("max-width:600px"));
    assert!(html.contains("@media (prefers-color-scheme:dark)") && html.contains("name=\"color-scheme\""));
    assert!(html.contains("lang=\"en\"") && html.contains("dir=\"ltr\""));
    // Buttons are cells of tables with the brand's colour on both.
    assert!(html.contains("bgcolor=\"#155eef\""), "{html}");
    assert!(html.contains("bgcolor=\"#0b6e4f\""), "the partner's own button wears its colour");
    assert!(
        text.contains("Hi Anna,")
            && text.contains("- one\n- two\n")
            && text.contains("See the steps: https://")
    );
    assert!(text.contains("Unsubscribe: https://partners.example/m/u/tok"));
}

#[test]
fn in_the_dark_every_ground_is_dark_but_that_of_the_logos() {
    let (html, _) = filled(&mail(&everything(), &setting()));
    let dark = &html[html.find("@media (prefers-color-scheme:dark)").unwrap()..];
    // What has a light ground in its place, by the class of its section, has a dark one in the sheet.
    let mut classes = std::collections::BTreeSet::new();
    for part in html.split("<div").filter(|part| part.contains("background-color:#")) {
        let tag = &part[..part.find('>').unwrap()];
        if let Some((_, rest)) = tag.split_once("class=\"") {
            classes.insert(rest[..rest.find('"').unwrap()].to_owned());
        }
    }
    assert_eq!(classes.iter().map(String::as_str).collect::<Vec<_>>(), ["c", "l", "o", "s"]);
    for class in ["c", "o", "s"] {
        assert!(dark.contains(&format!(".{class},.{class}>table{{background:#")), "{class}");
    }
    assert!(!dark.contains(".l,.l>table") && dark.contains(".l td{color:#101828 !important}"));
}

#[test]
fn every_picture_has_words_and_both_logos_are_at_the_top() {
    let (html, _) = filled(&mail(&everything(), &setting()));
    let pictures: Vec<_> = html.split("<img").skip(1).map(|rest| &rest[..rest.find('>').unwrap()]).collect();
    assert_eq!(pictures.len(), 5, "{pictures:?}");
    assert!(pictures.iter().all(|one| one.contains("alt=\"")));
    assert!(pictures[0].contains("/media/beef/logo.png") && pictures[0].contains("alt=\"Harbor\""));
    assert!(pictures[0].contains("width=\"192\""), "{}", pictures[0]);
    assert!(
        pictures[1].contains("/media/c0ffee/logo.png") && pictures[1].contains("alt=\"Brückner IT GmbH\"")
    );
    assert!(html.contains("src=\"https://partners.example/media/ab12/hero.jpg\""));
    assert!(html.contains("alt=\"A &quot;desk&quot;\""));
    assert!(html.contains("src=\"https://partners.example/l/harbor-abc123/motif/waves.png\""));
    let bare = Setting { partner_logo_url: String::new(), ..setting() };
    assert!(filled(&mail(&everything(), &bare)).0.contains("<strong>Brückner IT GmbH</strong>"));
}

#[test]
fn people_differ_only_in_their_places() {
    let mail = mail(&everything(), &setting());
    let (html, text) = filled(&mail);
    assert!(html.contains("Hi Anna,") && html.contains("R&amp;D &lt;b&gt;") && !html.contains("R&D <b>"));
    assert!(text.contains("Three steps for R&D <b>"), "{text}");
    let none = Values::new();
    let personal = Personal { values: &none, link: &|_| String::new(), unsubscribe: "u", opened: "o" };
    assert_eq!(mail.subject.fill(&personal, false), "Hello: three steps for your company");
    assert!(mail.html.fill(&personal, true).contains("Hi there,"));
    let odd = Values::from([(crate::Token::FirstName, " A\r\nBcc: x@y.example\u{202e} ".to_owned())]);
    let personal = Personal { values: &odd, ..personal };
    assert_eq!(mail.subject.fill(&personal, false), "A Bcc: x@y.example: three steps for your company");
    assert_eq!(mail.other_subject.map(|other| other.fill(&personal, false)).as_deref(), Some("Three steps"));
}

#[test]
fn links_are_counted_once_and_lead_through_the_counter() {
    let mail = mail(&everything(), &setting());
    assert_eq!(
        mail.links,
        [
            "https://docs.harbor.example/x",
            "https://partners.example/l/harbor-abc123",
            "https://docs.harbor.example/a?b=1&c=2",
            "https://partners.example/l/harbor-abc123/event.ics",
            "https://www.brueckner-it.example",
        ]
    );
    let (html, text) = filled(&mail);
    for n in 0..5 {
        assert!(html.contains(&format!("href=\"https://partners.example/m/c/{n}?a=1&amp;b=2\"")), "{n}");
        assert!(n == 4 || text.contains(&format!("https://partners.example/m/c/{n}?a=1&b=2")), "{n}");
    }
    assert!(!html.contains("href=\"https://docs.harbor"), "no link goes around the counter");
    assert!(
        html.contains("href=\"tel:+49561123456\"")
            && html.contains("href=\"mailto:hallo@brueckner-it.example\"")
    );
}

#[test]
fn a_mail_ends_with_law_address_and_a_way_out() {
    let (html, _) = filled(&mail(&everything(), &setting()));
    let end = &html[html.find("Harbor is a mark").unwrap()..];
    for said in [
        "Sent by Brückner IT GmbH<br>Hafenstraße 12<br>34125 Kassel<br>Harbor Inc., Rotterdam",
        "href=\"https://partners.example/m/u/tok\"",
    ] {
        assert!(end.contains(said), "{end}");
    }
    assert!(end.contains("src=\"https://partners.example/m/o/tok\" width=\"1\" height=\"1\" alt=\"\""));
    let mut bare = everything();
    bare.blocks.retain(|block| block.id != "foot");
    let (html, text) = filled(&mail(&bare, &setting()));
    assert!(html.contains("/m/u/tok") && text.contains("/m/u/tok"), "whatever the kit forgot");
}

#[test]
fn from_right_to_left_everything_begins_at_the_right() {
    let setting = Setting { language: "ar".to_owned(), right_to_left: true, ..setting() };
    let (html, _) = filled(&mail(&everything(), &setting));
    assert!(html.contains("lang=\"ar\"") && html.contains("dir=\"rtl\""));
    assert!(html.contains("direction:rtl") && html.contains("border-right:3px solid"));
    assert!(html.contains("text-align:right") && html.contains("الخميس"));
    let odd = Setting { language: "en\" onload=\"x".to_owned(), ..setting };
    assert!(!filled(&mail(&everything(), &odd)).0.contains("onload"));
}

#[test]
fn what_is_seen_beside_the_subject_is_hidden_in_the_mail() {
    let (html, _) = filled(&mail(&everything(), &setting()));
    let preview = html.find("What changes in March &amp; why").expect("the summary");
    let open = html[..preview].rfind("<div").unwrap();
    assert!(html[open..preview].contains("display:none"));
    assert!(html[..preview].contains("<title>Anna: three steps for R&amp;D &lt;b&gt;</title>"));
}

#[test]
fn a_mail_is_the_same_each_time_and_can_be_kept() {
    let one = mail(&everything(), &setting());
    assert_eq!(one, mail(&everything(), &setting()));
    let kept = serde_json::to_string(&one).unwrap();
    assert_eq!(serde_json::from_str::<Mail>(&kept).unwrap(), one);
}
