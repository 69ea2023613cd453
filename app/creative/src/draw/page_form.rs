//! The form of a landing page: labels, what is wrong above it and at each field, a field for machines alone.
use std::fmt::Write as _;

use super::page::Page;
use super::template::escape;
use crate::text::one_line;

/// The field that people do not see; whoever fills it is a machine.
pub const HONEYPOT: &str = "homepage";
/// The box by which a person agrees; it is sent as `yes`.
pub const CONSENT: &str = "consent";

/// The name of a kit's own field, counted from 0.
#[must_use]
pub fn field_name(n: usize) -> String {
    format!("field-{n}")
}

/// The form, or what is said when it was sent. A page has one: what follows is left out.
pub(super) fn form(
    page: &mut Page<'_>,
    label: &str,
    fields: &[String],
    consent: &str,
    thanks: &str,
) -> String {
    page.forms += 1;
    if page.forms > 1 {
        return String::new();
    }
    if page.form.sent {
        return format!("<section class=\"f\" id=\"form\" role=\"status\">{}</section>", page.prose(thanks));
    }
    let words = &page.scene.setting.words;
    let state = page.form;
    let own: Vec<_> = fields.iter().enumerate().map(|(n, label)| (field_name(n), label.as_str())).collect();
    let fixed = [
        ("first_name", words.first_name.as_str(), "text", "given-name"),
        ("last_name", words.last_name.as_str(), "text", "family-name"),
        ("email", words.email.as_str(), "email", "email"),
        ("company", words.company.as_str(), "text", "organization"),
    ];
    let mut out = String::from("<section class=\"f\" id=\"form\">");
    let mut known: Vec<&str> = fixed.iter().map(|(name, ..)| *name).collect();
    known.extend(own.iter().map(|(name, _)| name.as_str()));
    known.push(CONSENT);
    out.push_str(&summary(page, &known));
    let _ = write!(out, "<form method=\"post\" action=\"{}\">", escape(&state.action));
    for (name, value) in &state.hidden {
        let _ = write!(out, "<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value));
    }
    out.push_str("<div class=\"g\">");
    for (name, label, kind, fill) in fixed {
        field(page, &mut out, name, label, kind, fill, true);
    }
    for (name, label) in &own {
        field(page, &mut out, name, &one_line(label), "text", "off", false);
    }
    let _ = write!(
        out,
        "</div><div class=\"h\" aria-hidden=\"true\"><label for=\"{HONEYPOT}\">{HONEYPOT}</label>\
         <input id=\"{HONEYPOT}\" name=\"{HONEYPOT}\" tabindex=\"-1\" autocomplete=\"off\"></div>"
    );
    let ticked = if state.values.contains_key(CONSENT) { " checked" } else { "" };
    let (described, wrong) = wrong(page, CONSENT);
    // Paragraphs do not stand in labels.
    let agreed = page.prose(consent).replace("<p>", "").replace("</p>", " ");
    let _ = write!(
        out,
        "<div class=\"a\"><input type=\"checkbox\" id=\"{CONSENT}\" name=\"{CONSENT}\" value=\"yes\" required{ticked}{described}>\
         <div><label for=\"{CONSENT}\">{}</label>{wrong}</div></div>",
        agreed.trim()
    );
    let label = escape(&one_line(label)).into_owned();
    let _ = write!(out, "<button>{label}</button></form></section>");
    out
}

/// What is wrong, each leading to its field. The page is asked for anew, so it is read out from the top: no script needed.
fn summary(page: &Page<'_>, known: &[&str]) -> String {
    let errors = &page.form.errors;
    if errors.is_empty() {
        return String::new();
    }
    let first = known.iter().filter_map(|name| errors.get_key_value(*name));
    let rest = errors.iter().filter(|(name, _)| !known.contains(&name.as_str()));
    let mut out = String::from("<div class=\"n\" role=\"alert\" tabindex=\"-1\" autofocus><ul>");
    for (name, text) in first.chain(rest) {
        let text = escape(text);
        if known.contains(&name.as_str()) {
            let _ = write!(out, "<li><a href=\"#{name}\">{text}</a></li>");
        } else {
            let _ = write!(out, "<li>{text}</li>");
        }
    }
    out + "</ul></div>"
}

/// Attributes of a field and the line below it when something is wrong with it.
fn wrong(page: &Page<'_>, name: &str) -> (String, String) {
    page.form.errors.get(name).map_or_else(Default::default, |text| {
        let described = format!(" aria-invalid=\"true\" aria-describedby=\"{name}-x\"");
        (described, format!("<p class=\"x\" id=\"{name}-x\">{}</p>", escape(text)))
    })
}

fn field(page: &Page<'_>, out: &mut String, name: &str, label: &str, kind: &str, fill: &str, needed: bool) {
    let (described, wrong) = wrong(page, name);
    let value =
        page.form.values.get(name).map(|text| escape(&one_line(text)).into_owned()).unwrap_or_default();
    let words = &page.scene.setting.words;
    let (required, note) = if needed {
        (" required", format!(" <small>({})</small>", escape(&words.required)))
    } else {
        ("", String::new())
    };
    let most = if name == "email" { 254 } else { 200 };
    let _ = write!(
        out,
        "<div><label for=\"{name}\">{}{note}</label><input type=\"{kind}\" id=\"{name}\" name=\"{name}\" \
         autocomplete=\"{fill}\" maxlength=\"{most}\" value=\"{value}\"{required}{described}>{wrong}</div>",
        escape(label)
    );
}
