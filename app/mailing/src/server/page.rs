//! The page behind the way out of a mail: plain HTML that needs no script, in the language of the mail.
use kit::catalogue::{Locale, speaking_to};

use super::leave::Leaver;
use crate::model::SuppressionScope;
use crate::t;

/// Layout alone: colours are the device's own, which are right in light and dark.
const STYLE: &str = ":root{color-scheme:light dark}body{margin:0;font:1rem/1.5 system-ui,sans-serif;background:Canvas;\
    color:CanvasText}main{max-inline-size:34rem;margin-inline:auto;padding:2.5rem 1.25rem}h1{font-size:1.5rem;\
    line-height:1.25;margin-block:.5rem 1rem}fieldset{border:1px solid;border-radius:8px;padding:.75rem 1rem;margin:0 0 1rem}\
    label{display:flex;gap:.75rem;padding-block:.5rem;align-items:baseline}button{font:inherit;font-weight:600;\
    padding:.7rem 1.25rem;border:1px solid;border-radius:8px;cursor:pointer;min-block-size:2.75rem}\
    p{overflow-wrap:anywhere}button:focus-visible,input:focus-visible{outline:3px solid Highlight;outline-offset:2px}";

/// The page for whoever has a link, before and after they used it. `nonce` is the style's.
pub(super) fn leaving(of: &Leaver, locale: Locale, nonce: &str) -> String {
    speaking_to(locale, "UTC", || {
        let (brand, partner, address) = (escaped(&of.brand), escaped(&of.partner), escaped(&of.address));
        let said = of.left.iter().max_by_key(|scope| width(**scope));
        let head = match said {
            Some(scope) => {
                let what = match scope {
                    SuppressionScope::Partner => t::left_partner(&address, &partner),
                    SuppressionScope::Brand => t::left_brand(&address, &brand),
                    SuppressionScope::Global => t::left_all(&address),
                };
                let undo = t::leave_undo();
                format!(
                    "<h1>{}</h1><p role=\"status\">{what}</p><form method=\"post\"><input type=\"hidden\" name=\"undo\" \
                     value=\"1\"><button>{undo}</button></form>",
                    t::left_title()
                )
            }
            None => format!("<h1>{}</h1><p>{}</p>", t::leave_title(), t::leave_lead(&address)),
        };
        let choices = [
            (SuppressionScope::Partner, t::leave_partner(&partner)),
            (SuppressionScope::Brand, t::leave_brand(&brand)),
            (SuppressionScope::Global, t::leave_all().to_owned()),
        ];
        let open: Vec<String> = choices
            .into_iter()
            .filter(|(scope, _)| said.is_none_or(|said| width(*scope) > width(*said)))
            .enumerate()
            .map(|(place, (scope, words))| {
                let checked = if place == 0 { " checked" } else { "" };
                format!(
                    "<label><input type=\"radio\" name=\"scope\" value=\"{}\"{checked}><span>{words}</span></label>",
                    scope.as_str()
                )
            })
            .collect();
        let form = if open.is_empty() {
            String::new()
        } else {
            let legend = if said.is_none() { t::leave_legend() } else { t::leave_more() };
            let button = t::leave_button();
            format!(
                "<form method=\"post\"><fieldset><legend>{legend}</legend>{}</fieldset><button>{button}</button></form>",
                open.concat()
            )
        };
        document(locale, nonce, t::leave_title(), &format!("<p>{brand}</p>{head}{form}"))
    })
}

/// The page for a link that is none of ours.
pub(super) fn nothing(locale: Locale, nonce: &str) -> String {
    speaking_to(locale, "UTC", || {
        let (title, advice) = (t::no_link_title(), t::no_link_advice());
        document(locale, nonce, title, &format!("<h1>{title}</h1><p>{advice}</p>"))
    })
}

/// How many people's mails a scope ends.
const fn width(scope: SuppressionScope) -> u8 {
    match scope {
        SuppressionScope::Partner => 0,
        SuppressionScope::Brand => 1,
        SuppressionScope::Global => 2,
    }
}

fn document(locale: Locale, nonce: &str, title: &str, body: &str) -> String {
    let (language, direction) = (locale.tag(), locale.direction());
    format!(
        "<!DOCTYPE html><html lang=\"{language}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\">\
         <title>{title}</title><link rel=\"icon\" href=\"data:,\"><style nonce=\"{nonce}\">{STYLE}</style></head><body>\
         <main>{body}</main></body></html>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_offers_what_is_left_to_end_in_every_language() {
        for locale in Locale::ALL {
            let page = |left: &[SuppressionScope]| {
                let leaver = Leaver {
                    address: "<a>@b.example".into(),
                    brand: "Aurora & Co".into(),
                    partner: "\"Alpine\"".into(),
                    left: left.to_vec(),
                    locale: Some(locale),
                };
                leaving(&leaver, locale, "n0")
            };
            let open = page(&[]);
            assert_eq!(open.matches("type=\"radio\"").count(), 3, "{open}");
            assert_eq!(open.matches(" checked").count(), 1);
            assert!(
                !open.contains("<a>") && !open.contains("<script") && open.contains("Aurora &amp; Co"),
                "{open}"
            );
            let left = page(&[SuppressionScope::Partner]);
            assert!(left.contains("name=\"undo\"") && left.matches("type=\"radio\"").count() == 2, "{left}");
            let all = page(&[SuppressionScope::Partner, SuppressionScope::Global]);
            assert!(all.contains("name=\"undo\"") && !all.contains("radio"), "{all}");
            assert!(nothing(locale, "n0").contains(&format!("lang=\"{}\"", locale.tag())));
        }
    }
}
