//! What a campaign's pieces are drawn from: content with the partner's changes, and the setting around it.
use base::db::Tx;
use base::{Parts, Problem};
use creative::draw::Setting;
use creative::{Asset, AssetKind, Content};

use super::{card, check, logo, store};
use crate::model::{Campaign, LOGO_FORM};

/// A campaign that strangers may know of, with what its landing page says.
pub struct Live {
    pub campaign: Campaign,
    /// Of its landing page; of its first piece where the kit has none.
    pub content: Content,
    pub setting: Setting,
}

/// One piece of a campaign, ready to be drawn.
pub struct Drawn {
    pub asset: Asset,
    pub content: Content,
    pub setting: Setting,
}

/// The campaign behind a public address, once it was launched, whatever became of it since: ask
/// [`crate::CampaignState::is_public`] before showing it.
///
/// # Errors
/// `Internal` when the engine or the files fail.
pub async fn published(tx: &mut Tx, parts: &Parts, slug: &str) -> Result<Option<Live>, Problem> {
    let Some(found) = store::by_slug(tx, slug).await? else { return Ok(None) };
    let campaign = card::with_card(tx, found).await?;
    if campaign.launched_at.is_none() {
        return Ok(None);
    }
    let version = check::version_of(tx, &campaign).await?;
    let page = version.assets.iter().find(|asset| asset.kind == AssetKind::LandingPage);
    let Some(asset) = page.or(version.assets.first()) else { return Ok(None) };
    let Some((content, setting)) = drawn(tx, parts, &campaign, asset).await? else { return Ok(None) };
    Ok(Some(Live { campaign, content, setting }))
}

/// One piece of a campaign by its key, with the partner's changes.
///
/// # Errors
/// `Internal` when the engine or the files fail.
pub async fn asset(
    tx: &mut Tx,
    parts: &Parts,
    campaign: &Campaign,
    key: &str,
) -> Result<Option<Drawn>, Problem> {
    let version = check::version_of(tx, campaign).await?;
    let Some(asset) = version.assets.into_iter().find(|asset| asset.key == key) else { return Ok(None) };
    let drawn = drawn(tx, parts, campaign, &asset).await?;
    Ok(drawn.map(|(content, setting)| Drawn { asset, content, setting }))
}

pub(super) async fn drawn(
    tx: &mut Tx,
    parts: &Parts,
    campaign: &Campaign,
    asset: &Asset,
) -> Result<Option<(Content, Setting)>, Problem> {
    let language = check::language_of(asset, &campaign.language);
    let Some(content) = campaign.overrides.applied(asset, language) else { return Ok(None) };
    Ok(Some((content, setting(tx, parts, campaign, language).await?)))
}

/// Where the public sees a campaign's landing page.
pub(super) fn landing_url(parts: &Parts, campaign: &Campaign) -> String {
    let base = parts.settings().base_url.trim_end_matches('/');
    format!("{base}{}", kit::paths::landing(&campaign.slug))
}

/// The brand's face with the partner's card in it.
async fn setting(
    tx: &mut Tx,
    parts: &Parts,
    campaign: &Campaign,
    language: &str,
) -> Result<Setting, Problem> {
    let mut setting = kits::server::setting(tx, parts, campaign.brand, language).await?;
    setting.landing_url = landing_url(parts, campaign);
    setting.calendar_url = format!("{}/event.ics", setting.landing_url);
    setting.motif_base = format!("{}/motif", setting.landing_url);
    setting.card = campaign.card.clone();
    if let Some(hash) = &campaign.card.logo {
        let bytes = parts.files()?.get(&logo::place(hash)).await?;
        if bytes.is_some() {
            let base = parts.settings().base_url.trim_end_matches('/');
            setting.partner_logo_url = format!("{base}{}", kit::paths::media(hash, LOGO_FORM));
        }
        setting.partner_logo = bytes;
    }
    Ok(setting)
}
