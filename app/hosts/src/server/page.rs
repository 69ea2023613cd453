//! Pages without the app: for a name that is nobody's, and for somebody who has nothing under a name.
use kit::catalogue::{Locale, speaking_to};
use kit::paths;

use crate::t;

/// What a page says to somebody who is signed in and has no program of the brand whose name was asked.
pub struct Closed<'a> {
    pub locale: Locale,
    /// `light` or `dark`; anything else is the device's choice.
    pub theme: &'a str,
    pub brand: &'a str,
    /// Who is signed in.
    pub email: &'a str,
    /// Where their programs are.
    pub elsewhere: &'a str,
    /// The style sheet.
    pub css: &'a str,
    /// What the brand wears, for the style element with this nonce.
    pub face: &'a str,
    pub nonce: &'a str,
}

/// The page for somebody who has nothing here. A plain page in the brand's face, with the ways out.
#[must_use]
pub fn closed(of: &Closed<'_>) -> String {
    speaking_to(of.locale, "UTC", || {
        let (brand, elsewhere) = (escaped(of.brand), escaped(of.elsewhere));
        let (title, advice) = (t::closed_title(&brand), t::closed_advice(&brand, escaped(of.email)));
        let (go, out, sign_in) = (t::closed_go(), t::closed_sign_out(), paths::SIGN_IN);
        let body = format!(
            "<p class=\"strong\">{brand}</p><h1>{title}</h1><p class=\"muted\">{advice}</p>\
             <p><a class=\"button primary\" href=\"{elsewhere}\">{go}</a></p>\
             <form method=\"post\" action=\"/api/v1/session/end\"><input type=\"hidden\" name=\"_next\" value=\"{sign_in}\">\
             <button class=\"button\">{out}</button></form>"
        );
        let style = format!("<style nonce=\"{}\">{}</style>", of.nonce, of.face);
        document(of.locale, of.theme, of.css, &style, &title, &body)
    })
}

/// The page for a name that is nobody's. It names no brand.
#[must_use]
pub fn unknown(locale: Locale, css: &str) -> String {
    speaking_to(locale, "UTC", || {
        let (title, advice) = (t::unknown_title(), t::unknown_advice());
        document(locale, "", css, "", title, &format!("<h1>{title}</h1><p class=\"muted\">{advice}</p>"))
    })
}

fn document(locale: Locale, theme: &str, css: &str, style: &str, title: &str, body: &str) -> String {
    let (language, direction) = (locale.tag(), locale.direction());
    let theme =
        if matches!(theme, "light" | "dark") { format!(" data-theme=\"{theme}\"") } else { String::new() };
    format!(
        "<!DOCTYPE html><html lang=\"{language}\" dir=\"{direction}\"{theme}><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title>\
         <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"{css}\">{style}</head><body>\
         <main class=\"alone\" id=\"main\"><div class=\"panel\">{body}</div></main></body></html>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_say_what_to_do_in_every_language_and_let_nothing_in() {
        for locale in Locale::ALL {
            let html = closed(&Closed {
                locale,
                theme: "dark",
                brand: "Acme <b>",
                email: "\"sam\"@alpine.example",
                elsewhere: "https://partners.example/?a=1&b=2",
                css: "/pkg/x.css",
                face: ":root{--hue:1}",
                nonce: "abc",
            });
            assert!(html.contains("Acme &lt;b&gt;") && !html.contains("<b>"), "{html}");
            assert!(html.contains("href=\"https://partners.example/?a=1&amp;b=2\""), "{html}");
            assert!(html.contains("<style nonce=\"abc\">:root{--hue:1}</style>"), "{html}");
            assert!(html.contains("data-theme=\"dark\"") && !html.contains("<script"), "{html}");
            let html = unknown(locale, "/pkg/x.css");
            assert!(
                html.contains(&format!("lang=\"{}\"", locale.tag())) && !html.contains("<style"),
                "{html}"
            );
        }
    }
}
