//! Links that show a theme to whoever has them.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, Page, Parts, Problem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::publish::announce;
use super::{brand_of, store_links};
use crate::model::{NewThemeLink, SharedTheme, ThemeLink, ThemeLinkId};
use crate::rules;
use crate::verbs::{EndThemeLink, ListThemeLinks, MakeThemeLink, OpenThemeLink};

/// Links of a brand that live at once.
const MOST: u64 = 20;

/// SHA-256 of a token. Tokens are 256 random bits: no salt or slow hash is needed.
pub(super) type TokenHash = [u8; 32];

fn token_hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

impl Perform for ListThemeLinks {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<ThemeLink>, Problem> {
        let mut tx = parts.db().read().await?;
        let brand = brand_of(&mut tx, actor, self.id).await?;
        Ok(Page::whole(store_links::living(&mut tx, brand.id, parts.clock().now()).await?))
    }
}

impl Perform for MakeThemeLink {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<NewThemeLink, Problem> {
        let mut random = [0; 32];
        parts.chance().fill(&mut random);
        let token = URL_SAFE_NO_PAD.encode(random);
        let hash = token_hash(&token);
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let brand = brand_of(tx, &actor_, self.id).await?;
            super::pictures::known(tx, &brand, &self.theme).await?;
            let now = parts_.clock().now();
            store_links::forget_old(tx, brand.id, now).await?;
            if store_links::count(tx, brand.id).await? >= MOST {
                return Err(Problem::refused("too_many_links", "There are 20 links already. End one first."));
            }
            let link = ThemeLink {
                id: ThemeLinkId(parts_.id(now)),
                brand: brand.id,
                colour: self.theme.colour.to_string(),
                made_at: now,
                made_by_name: actor_.name.clone(),
                expires_at: now + rules::LINK_LIVES,
            };
            store_links::add(tx, &link, &hash, &self.theme).await?;
            let data = json!({ "link": link.id, "expires_at": link.expires_at });
            announce(tx, &parts_, &actor_, "brand.theme_link_made", &brand, data).await?;
            Ok((link, hex::encode(hash)))
        };
        let (link, kept) = parts.db().write(work).await?;
        if kept != hex::encode(hash) {
            // The answer of an idempotency key that was used before; its address was never kept.
            return Err(Problem::refused(
                "secret_was_shown",
                "This address was made by an earlier request, and is not kept. Make a new one.",
            ));
        }
        let base_url = parts.settings().base_url.trim_end_matches('/');
        Ok(NewThemeLink { link, url: format!("{base_url}{}", kit::paths::preview(&token)) })
    }
}

impl Perform for EndThemeLink {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<ThemeLink, Problem> {
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let brand = brand_of(tx, &actor_, self.id).await?;
            let ended = store_links::end(tx, brand.id, self.link).await?.ok_or(Problem::NotFound)?;
            let data = json!({ "link": ended.id });
            announce(tx, &parts_, &actor_, "brand.theme_link_ended", &brand, data).await?;
            Ok(ended)
        };
        parts.db().write(work).await
    }
}

impl Perform for OpenThemeLink {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<SharedTheme, Problem> {
        opened(parts, &self.token).await?.ok_or(Problem::NotFound)
    }
}

async fn opened(parts: &Parts, token: &str) -> Result<Option<SharedTheme>, Problem> {
    let mut tx = parts.db().read().await?;
    store_links::opened(&mut tx, &token_hash(token), parts.clock().now()).await
}

/// What the page at an address shows, if it is the address of a link that lives.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn shared_by(parts: &Parts, path: &str) -> Result<Option<SharedTheme>, Problem> {
    match path.strip_prefix("/preview/") {
        Some(token) => opened(parts, token.trim_end_matches('/')).await,
        None => Ok(None),
    }
}
