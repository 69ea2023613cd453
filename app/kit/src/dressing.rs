//! All that a page has of its brand: what another brand is put on with in the page that is open.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::Exchanged;
use crate::{BrandFace, Emblem};

/// Style, pictures and words of a brand. One small answer of the server, which never changes under its address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dressing {
    /// Custom properties for `:root`.
    pub css: String,
    pub face: BrandFace,
    pub emblem: Emblem,
    pub icons: PageIcons,
    /// By language: what the brand calls things.
    pub words: BTreeMap<String, Exchanged>,
}

/// Addresses of what stands in a tab, on a start screen, and in the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageIcons {
    pub favicon: String,
    /// Its media type.
    pub kind: String,
    pub touch: String,
    pub manifest: String,
}

impl Default for PageIcons {
    fn default() -> Self {
        Self {
            favicon: "/favicon.svg".to_owned(),
            kind: "image/svg+xml".to_owned(),
            touch: "/apple-touch-icon.png".to_owned(),
            manifest: "/site.webmanifest".to_owned(),
        }
    }
}

impl Dressing {
    /// Of a brand that has no published theme, or whose theme could not be had.
    #[must_use]
    pub fn of_hue(name: &str, hue: u16, chroma_milli: u16) -> Self {
        let face = BrandFace { name: name.to_owned(), ..BrandFace::default() };
        Self { css: crate::hue_alone(hue, chroma_milli), face, ..Self::default() }
    }

    /// Whether the page says things as this brand does; with other words it must be made anew. In the browser.
    #[must_use]
    pub fn speaks_as_the_page(&self) -> bool {
        let own = self.words.get(crate::catalogue::locale().tag());
        let page = crate::catalogue::words_of_page();
        own.unwrap_or(&Exchanged::new()) == page.as_ref().unwrap_or(&Exchanged::new())
    }

    /// Puts everything on that lies outside of the views. In the browser only.
    pub fn put_on(&self) {
        crate::wear(&self.css);
        #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
        self.mark_page();
    }

    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    fn mark_page(&self) -> Option<()> {
        let page = web_sys::window()?.document()?;
        self.emblem.mark_page();
        let PageIcons { favicon, kind, touch, manifest } = &self.icons;
        for (relation, address) in [("icon", favicon), ("apple-touch-icon", touch), ("manifest", manifest)] {
            let Ok(Some(link)) = page.query_selector(&format!("head>link[rel='{relation}']")) else {
                continue;
            };
            if relation == "icon" {
                let _ = link.set_attribute("type", kind);
            }
            let _ = link.set_attribute("href", address);
        }
        Some(())
    }
}
