//! How a piece of a kit looks as a partner would send it.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, OrganizationId, Parts, Problem, Scope};
use creative::check::check;
use creative::draw::{self, FormState, Personal, Setting};
use creative::{Asset, AssetKind, Content, PartnerCard};
use kit::catalogue::{Locale, speaking_to};
use partners::Partner;
use tokio::sync::Semaphore;

use super::ask::{content_of, kit_of};
use super::{face, frame, store_versions};
use crate::model::{Kit, KitContent, KitPreview};
use crate::sample;
use crate::verbs::PreviewKit;

/// Pictures and papers that are drawn at once: each may take much of a processor.
static DESKS: Semaphore = Semaphore::const_new(2);
/// One pixel that is nothing: nobody is told of openings of a preview.
const NOTHING: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

/// Everything that a drawing needs.
pub(super) struct Model {
    pub(super) asset: Asset,
    pub(super) content: Content,
    pub(super) setting: Setting,
    language: String,
    rules: creative::BrandRules,
}

/// What the actor may look at.
async fn seen(tx: &mut Tx, actor: &Actor, kit: &Kit, number: Option<u32>) -> Result<KitContent, Problem> {
    let is_partner = matches!(actor.scope(), Scope::Partner(_));
    match number {
        Some(number) if !is_partner || number == kit.number => {
            let version = store_versions::find(tx, kit.id, number).await?;
            Ok(version.ok_or_else(|| unknown("number", "There is no such version."))?.content())
        }
        Some(_) => Err(unknown("number", "There is no such version.")),
        None => Ok(content_of(tx, actor, kit).await?.0),
    }
}

fn unknown(field: &str, message: &str) -> Problem {
    Problem::field(field, "unknown", message)
}

/// Whose campaign it would be: a partner looks at its own, a vendor at any partner of its programs or, without one, at a
/// sample.
async fn partner_of(
    tx: &mut Tx,
    actor: &Actor,
    partner: Option<OrganizationId>,
) -> Result<Option<Partner>, Problem> {
    let own = match actor.scope() {
        Scope::Partner(own) => Some(own),
        _ => None,
    };
    let Some(id) = partner.or(own) else { return Ok(None) };
    let found = partners::server::partner_in(tx, id, actor.scope()).await?;
    found.map(Some).ok_or_else(|| unknown("partner", "There is no such partner."))
}

/// What is known of the partner, and the sample's where nothing is.
fn card_of(partner: Option<Partner>, locale: Locale) -> PartnerCard {
    let Some(partner) = partner else { return speaking_to(locale, "UTC", sample::card) };
    let website = partner.website.filter(|website| website.starts_with("https://"));
    let website = website.unwrap_or_else(|| "https://partner.example".to_owned());
    speaking_to(locale, "UTC", || sample::named(&partner.name, &website))
}

/// Gathers what a preview is drawn from.
pub(super) async fn model(parts: &Parts, actor: &Actor, ask: &PreviewKit) -> Result<Model, Problem> {
    let mut tx = parts.db().read().await?;
    let kit = kit_of(&mut tx, actor, ask.id).await?;
    let partner = partner_of(&mut tx, actor, ask.partner).await?;
    let seen = seen(&mut tx, actor, &kit, ask.number).await?;
    let asset = seen.assets.into_iter().find(|asset| asset.key == ask.asset);
    let asset = asset.ok_or_else(|| unknown("asset", "The kit has no such piece."))?;
    let (language, content) = asset
        .languages
        .get_key_value(&ask.language)
        .or_else(|| asset.languages.iter().next())
        .map(|(language, content)| (language.clone(), content.clone()))
        .ok_or_else(|| unknown("language", "The piece says nothing in any language."))?;
    let card = card_of(partner, Locale::choose(&language));
    let mut setting = face::setting(&mut tx, parts, kit.brand, &language).await?;
    drop(tx);
    let base = std::mem::take(&mut setting.base_url);
    setting.landing_url = format!("{base}/l/preview");
    setting.calendar_url = format!("{base}/l/preview/event.ics");
    // Below the address at which the person is, whichever host name that has.
    setting.brand.logo_url = setting.brand.logo_url.replace(&base, "");
    setting.motif_base = kit::paths::kit_motifs(kit.id);
    let letter = pictures::initial(&card.name);
    let colour: themes::Rgb = setting.brand.light.accent.parse().unwrap_or(themes::Rgb::BLACK);
    let name = themes::icons::monogram_name(letter, colour);
    setting.partner_logo_url = kit::paths::media(name, "512.png");
    setting.partner_logo = pictures::monogram_icon(letter, colour.channels(), Err(512)).ok();
    setting.card = card;
    Ok(Model { asset, content, setting, language, rules: seen.rules })
}

impl Model {
    fn personal<T>(&self, links: &[String], fill: impl FnOnce(&Personal<'_>) -> T) -> T {
        let values = speaking_to(Locale::choose(&self.language), "UTC", sample::reader);
        let link = |place: u16| links.get(usize::from(place)).cloned().unwrap_or_default();
        fill(&Personal { values: &values, link: &link, unsubscribe: "#unsubscribe", opened: NOTHING })
    }

    /// Draws it; takes a processor for a while.
    pub(super) fn draw(&self) -> KitPreview {
        let (content, setting) = (&self.content, &self.setting);
        let found = check(&self.asset, &self.language, content, &setting.card, &self.rules);
        let plain = || content.subject.clone();
        let (subject, html, text) = match self.asset.kind {
            AssetKind::Email => {
                let mail = draw::mail(content, setting);
                self.personal(&mail.links, |personal| {
                    let text = mail.text.fill(personal, false);
                    (mail.subject.fill(personal, false), mail.html.fill(personal, true), text)
                })
            }
            AssetKind::LandingPage | AssetKind::Invitation | AssetKind::OnePager => {
                (plain(), draw::page(content, setting, &FormState::default(), ""), String::new())
            }
            AssetKind::Social => {
                let post = draw::post(content, setting);
                (plain(), frame::post(setting, &post, &content.subject), post.text)
            }
            AssetKind::Banner => {
                let drawn = draw::BANNERS.map(|size| (size, draw::banner(content, setting, size)));
                (plain(), frame::banners(setting, &drawn, &content.subject), String::new())
            }
        };
        KitPreview { subject, html, text, found }
    }

    /// The file that a piece becomes: what it is, its name's end, its bytes; none for what is no file.
    pub(super) fn file(&self) -> Option<(&'static str, Vec<u8>)> {
        match self.asset.kind {
            AssetKind::OnePager => Some(("application/pdf", draw::one_pager(&self.content, &self.setting))),
            AssetKind::Invitation => {
                let text = draw::invitation(&self.content, &self.setting, "preview", "20260101T000000Z")?;
                Some(("text/calendar; charset=utf-8", text.into_bytes()))
            }
            _ => None,
        }
    }
}

/// Does what takes a processor, not more than a few at once.
pub(super) async fn at_a_desk<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let desk = DESKS.acquire().await.map_err(Problem::internal)?;
    let work = move || {
        let _desk = desk;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
}

impl Perform for PreviewKit {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<KitPreview, Problem> {
        let model = model(parts, actor, &self).await?;
        at_a_desk(move || model.draw()).await
    }
}
