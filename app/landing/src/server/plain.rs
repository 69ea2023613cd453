//! Pages that are no campaign's: nothing here, over, not sent. They wear the portal's sheet, and no brand but that of a
//! campaign that is over.
use std::fmt::Write as _;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use campaigns::server::Live;
use kit::catalogue::{Locale, speaking_to};

use super::dress;
use super::front::text;
use crate::rules::spam::Turned;
use crate::{t, words};

/// The language of a reader who has not said more than their browser does.
fn of_reader(headers: &HeaderMap) -> Locale {
    Locale::choose(text(headers, header::ACCEPT_LANGUAGE))
}

/// There is no such page, or not under this name.
pub(super) fn nothing(headers: &HeaderMap, css: &str) -> Response {
    let locale = of_reader(headers);
    let html = speaking_to(locale, "UTC", || {
        let (title, advice) = (t::nothing_title(), t::nothing_advice());
        document(locale, css, "", title, &format!("<h1>{title}</h1><p class=\"muted\">{advice}</p>"))
    });
    send(StatusCode::NOT_FOUND, html)
}

/// What was sent could not be read as the form of a page.
pub(super) fn unreadable(status: StatusCode, headers: &HeaderMap, css: &str) -> Response {
    let locale = of_reader(headers);
    let html = speaking_to(locale, "UTC", || {
        let (title, why) = (t::not_sent(), words::of_turned(Turned::Unreadable));
        document(locale, css, "", title, &format!("<h1>{title}</h1><p>{why}</p>"))
    });
    send(status, html)
}

/// Something broke, or is busy.
pub(super) fn broken(problem: &base::Problem, headers: &HeaderMap, css: &str) -> Response {
    let locale = of_reader(headers);
    let html = speaking_to(locale, "UTC", || {
        let (title, advice) = (t::broken_title(), t::broken_advice());
        document(locale, css, "", title, &format!("<h1>{title}</h1><p class=\"muted\">{advice}</p>"))
    });
    let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = send(status, html);
    if let base::Problem::TooMany { retry_after_s } = problem {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_s));
    }
    response
}

/// A campaign that is over: whom to ask stays.
pub(super) fn ended(live: &Live, face: &str, css: &str) -> String {
    let locale = Locale::choose(&live.campaign.language);
    let card = &live.campaign.card;
    let name = if card.name.is_empty() { &live.campaign.partner_name } else { &card.name };
    speaking_to(locale, "UTC", || {
        let (title, name) = (t::ended_title(), escaped(name));
        let mut body =
            format!("<h1>{title}</h1><p>{}</p><h2>{name}</h2><ul class=\"stack gap-8\">", t::ended_advice());
        let number: String = card.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let mail = card.email.contains('@').then(|| format!("mailto:{}", card.email));
        let ways = [
            ((!number.is_empty()).then(|| format!("tel:{number}")), &card.phone),
            (mail, &card.email),
            (web(&card.website), &card.website),
        ];
        for (address, shown) in ways {
            if let Some(address) = address {
                let (address, shown) = (escaped(&address), escaped(shown));
                let _ = write!(
                    body,
                    "<li><a class=\"link break\" href=\"{address}\"><bdi>{shown}</bdi></a></li>"
                );
            }
        }
        body.push_str("</ul>");
        document(locale, css, face, title, &body)
    })
}

/// An address of the web, or none: what partners typed runs nothing.
fn web(website: &str) -> Option<String> {
    let website = website.trim();
    if website.is_empty()
        || website.starts_with('/')
        || website.chars().any(|letter| letter.is_whitespace() || letter.is_control())
    {
        return None;
    }
    let address = if website.contains(':') { website.to_owned() } else { format!("https://{website}") };
    (address.starts_with("https://") || address.starts_with("http://")).then_some(address)
}

fn document(locale: Locale, css: &str, face: &str, title: &str, body: &str) -> String {
    let (language, direction) = (locale.tag(), locale.direction());
    let face = if face.is_empty() { String::new() } else { format!("<style>{face}</style>") };
    format!(
        "<!DOCTYPE html><html lang=\"{language}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"{css}\">{face}</head><body>\
         <main class=\"alone\" id=\"main\"><div class=\"panel\">{body}</div></main></body></html>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn send(status: StatusCode, html: String) -> Response {
    let policy = dress::policy(&html);
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    if let Ok(policy) = policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_nothing_speak_the_reader_s_language() {
        for locale in Locale::ALL {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(locale.tag()));
            for response in [
                nothing(&headers, "/pkg/x.css"),
                unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE, &headers, "/pkg/x.css"),
                broken(&base::Problem::TooMany { retry_after_s: 3 }, &headers, "/pkg/x.css"),
            ] {
                assert!(response.status().is_client_error());
                assert!(
                    response.headers()[header::CONTENT_SECURITY_POLICY]
                        .to_str()
                        .unwrap()
                        .contains("default-src 'none'")
                );
            }
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert_eq!(web("alpine.example").as_deref(), Some("https://alpine.example"));
        assert_eq!(web(" https://alpine.example/a "), Some("https://alpine.example/a".to_owned()));
        for odd in ["", "javascript:alert(1)", "data:text/html,x", "alpine .example", "//x\n"] {
            assert_eq!(web(odd), None, "{odd}");
        }
    }
}
