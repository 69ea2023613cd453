//! Proposes a palette from a website: reads its page, its manifest and some of its style sheets, under guard.
mod html;
mod read;
#[cfg(test)]
mod tests;

use base::http::{Perform, set_header};
use base::limit::Class;
use base::{Actor, Parts, Problem};
use futures::future::{join, join_all};
use outbound::{Outbound, Refusal, Url, Wanted};

use super::brand_of;
use crate::model::WebsiteProposals;
use crate::verbs::ProposeFromWebsite;

const PAGE: Wanted<'static> =
    Wanted { types: &["text/html", "application/xhtml+xml"], most: 3 * 1024 * 1024 };
const SHEET: Wanted<'static> = Wanted { types: &["text/css"], most: 1024 * 1024 };
const MANIFEST: Wanted<'static> =
    Wanted { types: &["application/manifest+json", "application/json", "text/json"], most: 128 * 1024 };
/// How many style sheets are read.
const SHEETS: usize = 4;

impl Perform for ProposeFromWebsite {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<WebsiteProposals, Problem> {
        brand_of(&mut parts.db().read().await?, actor, self.id).await?;
        let sender = actor.user.map_or_else(
            || actor.organization().map(|id| id.to_string()).unwrap_or_default(),
            |user| user.to_string(),
        );
        let left = parts.limiter().take(Class::Fetch, &sender, parts.clock().now())?;
        for (name, value) in &left {
            set_header(name.clone(), value.clone());
        }
        gather(parts.outbound(), &with_scheme(&self.url)).await.map_err(problem)
    }
}

/// People write `www.example.com`.
fn with_scheme(text: &str) -> String {
    let text = text.trim();
    if text.contains("://") { text.to_owned() } else { format!("https://{text}") }
}

/// What is wrong with the address is a fault of its field; what is wrong with the website is a refusal.
fn problem(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::NotAnAddress | Refusal::Port | Refusal::Private => {
            Problem::field("url", refusal.code(), refusal.to_string())
        }
        _ => Problem::refused(refusal.code(), refusal.to_string()),
    }
}

/// Reads the page first, then all that it names at once. What of that does not come is left out.
async fn gather(outbound: &Outbound, url: &str) -> Result<WebsiteProposals, Refusal> {
    let page = outbound.fetch(url, PAGE).await?;
    let mut site = read::site(&page.text());
    let base = site.base.as_deref().and_then(|base| page.url.join(base).ok());
    let base = base.unwrap_or_else(|| page.url.clone());
    let absolute =
        |address: &String| base.join(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let sheets: Vec<Url> = site.sheets.iter().filter_map(absolute).take(SHEETS).collect();
    let sheets = join_all(sheets.iter().map(|url| outbound.fetch(url.as_str(), SHEET)));
    let manifest = async {
        let url = site.manifest.as_ref().and_then(absolute)?;
        outbound.fetch(url.as_str(), MANIFEST).await.ok()
    };
    let (sheets, manifest) = join(sheets, manifest).await;
    let mut css = site.style.clone();
    for sheet in sheets.into_iter().flatten() {
        css.push('\n');
        css.push_str(&sheet.text());
    }
    let (colour, name) = manifest.map(|manifest| read::manifest(&manifest.text())).unwrap_or_default();
    let colours = read::propose(&site, colour.as_deref(), &css);
    let logos = site.logos.iter().filter_map(absolute).map(String::from).collect();
    Ok(WebsiteProposals { address: page.url.into(), name: site.name.take().or(name), colours, logos })
}
