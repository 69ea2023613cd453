//! Landing pages: whole, small, without script, to be read and filled by everybody.
use super::*;

fn sent() -> FormState {
    FormState {
        action: "/l/harbor-abc123".to_owned(),
        hidden: vec![("token".to_owned(), "\"x\"".to_owned())],
        ..FormState::default()
    }
}

fn drawn(form: &FormState) -> String {
    page(&everything(), &setting(), form, "bm9uY2U=")
}

#[test]
fn a_page_is_whole_and_asks_for_nothing_from_elsewhere() {
    let page = drawn(&sent());
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">"));
    assert!(
        page.contains("<style nonce=\"bm9uY2U=\">") && page.contains("@media(prefers-color-scheme:dark)")
    );
    for never in ["<script", " style\u{3d}", "url(", "@import", "<iframe", "onclick", "{{", "**"] {
        assert!(!page.contains(never), "{never}");
    }
    for said in [
        "<title>Hello: three steps for your company · Brückner IT GmbH</title>",
        "<meta name=\"description\" content=\"What changes in March &amp; why\">",
        "<link rel=\"canonical\" href=\"https://partners.example/l/harbor-abc123\">",
        "<meta property=\"og:image\" content=\"https://partners.example/l/harbor-abc123/motif/waves.png\">",
        "<meta property=\"og:locale\" content=\"en\">",
        "<h1>Three steps for your company</h1>",
        "<footer><p>Harbor is a mark of Harbor Inc.</p><p>Brückner IT GmbH<br>Hafenstraße 12<br>34125 Kassel<br>",
        "Powered with Harbor",
        "<time datetime=\"2027-03-11T15:00:00+01:00\"><strong>Thursday, 11 March 2027</strong>",
    ] {
        assert!(page.contains(said), "{said}\n{page}");
    }
    assert_eq!(page.matches("<h1>").count(), 1);
    assert!(page.len() < 20_000, "{}", page.len());
}

#[test]
fn every_field_has_a_label_and_says_what_fills_it() {
    let page = drawn(&sent());
    for (name, fill) in [
        ("first_name", "given-name"),
        ("last_name", "family-name"),
        ("email", "email"),
        ("company", "organization"),
        ("field-0", "off"),
    ] {
        assert!(page.contains(&format!("<label for=\"{name}\">")), "{name}");
        assert!(page.contains(&format!("name=\"{name}\" autocomplete=\"{fill}\"")), "{name}");
    }
    assert!(page.contains("<form method=\"post\" action=\"/l/harbor-abc123\"><input type=\"hidden\" name=\"token\" value=\"&quot;x&quot;\">"));
    assert!(page.contains("type=\"checkbox\" id=\"consent\" name=\"consent\" value=\"yes\" required>"));
    assert!(page.contains("<div class=\"h\" aria-hidden=\"true\"><label for=\"homepage\">"));
    assert!(page.contains("name=\"homepage\" tabindex=\"-1\" autocomplete=\"off\""));
    // What leads to the page leads to its form here.
    assert!(page.contains("<a class=\"b\" href=\"#form\">See the steps</a>"));
}

#[test]
fn what_is_wrong_is_said_above_and_at_its_field() {
    let of = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let form = FormState {
        values: [of("email", "<x>\"@"), of("consent", "yes")].into(),
        errors: [of("email", "This is no address."), of("", "Try <again>.")].into(),
        ..sent()
    };
    let page = drawn(&form);
    assert!(page.contains("role=\"alert\" tabindex=\"-1\" autofocus><ul><li><a href=\"#email\">This is no address.</a></li><li>Try &lt;again&gt;.</li></ul>"), "{page}");
    assert!(
        page.contains("aria-invalid=\"true\" aria-describedby=\"email-x\"")
            && page.contains("<p class=\"x\" id=\"email-x\">")
    );
    assert!(page.contains("value=\"&lt;x&gt;&quot;@\"") && page.contains(" required checked>"));
    assert!(!drawn(&sent()).contains("aria-invalid="));
}

#[test]
fn thanks_stand_in_the_form_s_place() {
    let page = drawn(&FormState { sent: true, ..sent() });
    assert!(
        page.contains("role=\"status\"><p>Thank you. We write within a day.</p>") && !page.contains("<form")
    );
}

#[test]
fn a_page_from_right_to_left_says_so_and_a_nonce_is_one_word() {
    let setting = Setting { language: "ar-EG".to_owned(), right_to_left: true, ..setting() };
    let page = page(&everything(), &setting, &sent(), "a\"><script>");
    assert!(page.contains("<html lang=\"ar-EG\" dir=\"rtl\">") && page.contains("content=\"ar_EG\""));
    assert!(page.contains("<style nonce=\"ascript\">") && !page.contains("<script"));
    assert!(page.contains("<bdi>+49 561 123456</bdi>"));
}
