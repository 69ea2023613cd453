//! What can be taken along of a campaign: posts, banners, papers, the code that leads to its page.
use kit::{Card, paths};
use leptos::prelude::*;

use super::state::Desk;
use crate::screen::parts::is_vendor;
use crate::t;

/// The files of a campaign that is out; the vendor sees them at any time.
pub(super) fn card(desk: Desk) -> AnyView {
    let list = move || {
        desk.of.with(|of| {
            if !of.campaign.state.is_public() && !is_vendor() {
                return None;
            }
            let id = of.campaign.id;
            let files: Vec<_> = of
                .assets
                .iter()
                .flat_map(|asset| asset.kind.files().into_iter().map(move |file| (asset, file)))
                .map(|(asset, file)| {
                    let href = paths::campaign_file(id, &asset.key, &file);
                    let (name, taken) = (asset.name.clone(), file.clone());
                    view! { <li class="line wrap"><a class="link" href=href rel="external" download=taken>{file}</a><span class="muted small">{name}</span></li> }
                })
                .collect();
            (!files.is_empty())
                .then(|| view! { <Card title=t::files()><ul class="stack gap-8">{files.into_iter().collect_view()}</ul></Card> })
        })
    };
    list.into_any()
}
