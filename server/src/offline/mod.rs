//! What works without a network: the worker with this build's names in it, and the page that says that there is none.
use std::sync::Arc;

use access::Visitor;
use app::t;
use axum::extract::Request;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use kit::catalogue::{Locale, speaking_to};
use kit::paths;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::assets::Site;

const WORKER: &str = include_str!("worker.js");
/// Where the worker is: at the root, because it may only answer for what lies beside and below it.
pub(crate) const WORKER_PATH: &str = "/sw.js";
pub(crate) const OFFLINE_PATH: &str = "/offline";
/// Says on each page who it was made for.
pub(crate) const READER: &str = "x-rialto-reader";

/// Serves the worker. It is asked for anew each time, so that a new build takes over at the next page.
pub(crate) fn worker(site: &Site) -> impl Fn() -> std::future::Ready<Response> + Clone + Send + 'static {
    // The form's own, and the palette, which is on every page.
    let areas: Vec<&str> = app::area_of(paths::REGISTER).into_iter().chain(["palette"]).collect();
    let text: Arc<str> = script(&site.needed_in(&areas)).into();
    move || {
        let head =
            [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
        std::future::ready((head, text.to_string()).into_response())
    }
}

fn script(files: &[String]) -> String {
    // The worker itself is part of the build: another text, other caches.
    let mut hash = Sha256::new();
    hash.update(WORKER);
    for file in files {
        hash.update(file);
    }
    let name = hex::encode(&hash.finalize()[..8]);
    let build = json!({ "name": name, "files": files, "form": paths::REGISTER, "offline": OFFLINE_PATH });
    format!("const BUILD = {build};\n{WORKER}")
}

/// Serves the page that stands for all others when there is no network: in the visitor's language and theme, with
/// nothing of theirs, because it outlives the session.
pub(crate) fn page(css: String) -> impl Fn(Request) -> std::future::Ready<Response> + Clone + Send + 'static {
    move |request| {
        let html = request.extensions().get::<Visitor>().map(|visitor| {
            let theme = visitor.theme.as_str();
            let theme = if theme == "system" { String::new() } else { format!(" data-theme=\"{theme}\"") };
            let language = visitor.locale.tag();
            speaking_to(visitor.locale, &visitor.time_zone, || render(language, &theme, &css))
        });
        let head = [(header::CACHE_CONTROL, "no-store")];
        std::future::ready((head, Html(html.unwrap_or_default())).into_response())
    }
}

/// All texts are the catalogue's own, all names ours: there is nothing to escape.
fn render(language: &str, theme: &str, css: &str) -> String {
    let (title, advice, form, note, again) = (
        t::offline_title(),
        t::offline_advice(),
        t::offline_form(),
        t::offline_form_note(),
        t::offline_again(),
    );
    let register = paths::REGISTER;
    let direction = Locale::choose(language).direction();
    format!(
        "<!DOCTYPE html><html lang=\"{language}\" dir=\"{direction}\"{theme}><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title>\
         <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"{css}\"></head><body>\
         <main class=\"alone\" id=\"main\"><div class=\"panel\"><h1>{title}</h1><p class=\"muted\">{advice}</p>\
         <p><a class=\"button primary\" href=\"{register}\">{form}</a></p><p class=\"muted small\">{note}</p>\
         <p><a class=\"button\" href=\"\">{again}</a></p></div></main></body></html>"
    )
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn another_build_has_another_worker_with_other_caches() {
        let name = |files: &[&str]| {
            let files: Vec<String> = files.iter().map(|file| (*file).to_owned()).collect();
            script(&files).lines().next().unwrap_or_default().to_owned()
        };
        let first = name(&["/pkg/a.1.js"]);
        assert!(first.starts_with("const BUILD = {") && first.contains("/pkg/a.1.js"), "{first}");
        assert_ne!(first, name(&["/pkg/a.2.js"]));
        assert_eq!(first, name(&["/pkg/a.1.js"]));
    }

    #[test]
    fn the_page_without_a_network_speaks_both_languages_and_leads_to_the_form() {
        for locale in Locale::ALL {
            let html = speaking_to(locale, "UTC", || render(locale.tag(), "", "/pkg/x.css"));
            assert!(html.contains("href=\"/deals/new\"") && html.contains("href=\"/pkg/x.css\""), "{html}");
            assert!(html.contains(&format!("lang=\"{}\"", locale.tag())), "{html}");
            assert!(!html.contains("<script"), "{html}");
        }
    }
}
