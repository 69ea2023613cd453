//! Paper and calendar files.
use super::*;

#[test]
fn a_paper_is_one_page_with_logos_and_a_way_to_the_page() {
    let file = one_pager(&everything(), &with_logos());
    assert!(file.starts_with(b"%PDF-1.7"));
    let text = String::from_utf8_lossy(&file);
    assert_eq!(text.matches("/MediaBox").count(), 1);
    assert!(text.contains("/TrimBox") && text.contains("/BleedBox") && text.contains("/Lang"));
    assert_eq!(text.matches("/SMask").count(), 2, "two logos");
    assert!(text.contains("(https://partners.example/l/harbor-abc123)"), "the code is a link as well");
    assert!(file.len() < 120_000, "{}", file.len());
    assert_eq!(file, one_pager(&everything(), &with_logos()), "the same each time");
}

#[test]
fn a_paper_takes_what_fits() {
    let mut long = everything();
    long.blocks.push(block("long", text(&"Many words, and more of them. ".repeat(160))));
    long.blocks.push(block("longer", text(&"w".repeat(4_000))));
    long.blocks[1].part = Part::Heading { text: "W".repeat(150) };
    let file = one_pager(&long, &with_logos());
    assert_eq!(String::from_utf8_lossy(&file).matches("/MediaBox").count(), 1);
    for odd in ["\u{645}\u{631}\u{62d}\u{628}\u{627}", "", "<b>&", "\u{0}\u{202e}"] {
        let mut content = everything();
        content.subject = odd.to_owned();
        content.blocks = vec![block("a", text(odd)), block("b", Part::Heading { text: odd.to_owned() })];
        let bare = Setting { landing_url: String::new(), ..Setting::default() };
        assert!(one_pager(&content, &bare).starts_with(b"%PDF"), "{odd:?}");
    }
}

#[test]
fn a_calendar_file_is_as_the_standard_says() {
    let mut content = everything();
    content.subject = "Three steps; a, b \\ c".to_owned();
    let file = invitation(&content, &setting(), "abc-1@partners.example\r\nX:y", "20261128T120000Z").unwrap();
    assert!(file.ends_with("END:VCALENDAR\r\n"));
    assert!(!file.replace("\r\n", "").contains(['\r', '\n']), "every line ends with both");
    assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
    let whole = file.replace("\r\n ", "");
    let lines: Vec<_> = whole.split("\r\n").collect();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "UID:abc-1@partners.exampleXy",
        "DTSTAMP:20261128T120000Z",
        "DTSTART:20270311T140000Z",
        "DTEND:20270311T144500Z",
        "SUMMARY:Three steps\\; a\\, b \\\\ c",
        "LOCATION:Online",
        "URL:https://partners.example/l/harbor-abc123",
        "ORGANIZER;CN=\"Brückner IT GmbH\":mailto:hallo@brueckner-it.example",
    ] {
        assert!(lines.contains(&line), "{line}\n{file}");
    }
    let about = lines.iter().find(|line| line.starts_with("DESCRIPTION:")).unwrap();
    assert!(about.contains("Hi there\\,\\n\\n- one\\n- two\\n"), "{about}");
}

#[test]
fn letters_are_not_cut_in_folded_lines() {
    let mut content = everything();
    content.subject = "ü€😀".repeat(40);
    let file = invitation(&content, &setting(), "u", "20261128T120000Z").unwrap();
    assert!(file.split("\r\n").all(|line| line.len() <= 75));
    assert!(file.replace("\r\n ", "").contains(&format!("SUMMARY:{}", "ü€😀".repeat(40))));
}

#[test]
fn without_an_event_there_is_no_file() {
    let mut content = everything();
    content.blocks.retain(|block| block.id != "event");
    assert_eq!(invitation(&content, &setting(), "u", "20261128T120000Z"), None);
    content
        .blocks
        .push(block("event", Part::Event { starts: "soon".to_owned(), minutes: 30, place: String::new() }));
    assert_eq!(invitation(&content, &setting(), "u", "20261128T120000Z"), None);
}
