//! A campaign as it would go out, looked at: every piece in its language.
use base::Problem;
use base::db::Tx;
use creative::check::{Found, check};
use creative::{Asset, PartnerCard};
use kits::{KitVersion, KitVersionState};

use crate::model::Campaign;
use crate::rules::Refusal;

/// The version of the kit that a campaign is made of.
pub(super) async fn version_of(tx: &mut Tx, campaign: &Campaign) -> Result<KitVersion, Problem> {
    let missing = || Problem::internal(format!("{} has no kit", campaign.id));
    kits::server::version(tx, campaign.kit, campaign.kit_version).await?.ok_or_else(missing)
}

/// The same, unless it was called back.
pub(super) async fn good_version_of(tx: &mut Tx, campaign: &Campaign) -> Result<KitVersion, Problem> {
    let version = version_of(tx, campaign).await?;
    match version.state {
        KitVersionState::Recalled => Err(Refusal::KitRecalled.into()),
        KitVersionState::Published | KitVersionState::Superseded => Ok(version),
    }
}

/// The languages of a kit, in the order of the alphabet.
pub(super) fn languages(assets: &[Asset]) -> Vec<String> {
    let all = assets.iter().flat_map(|asset| asset.languages.keys().cloned());
    all.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

/// The language in which an asset is drawn for a campaign: the campaign's where it has that one.
pub(super) fn language_of<'a>(asset: &'a Asset, wanted: &'a str) -> &'a str {
    if asset.languages.contains_key(wanted) {
        wanted
    } else {
        asset.languages.keys().next().map_or(wanted, String::as_str)
    }
}

/// What is wrong with all pieces of a campaign.
pub(super) fn look(campaign: &Campaign, version: &KitVersion, card: &PartnerCard) -> Vec<Found> {
    let mut found = Vec::new();
    for asset in &version.assets {
        let language = language_of(asset, &campaign.language);
        if let Some(content) = campaign.overrides.applied(asset, language) {
            found.extend(check(asset, language, &content, card, &version.rules));
        }
    }
    found
}
