//! Performs what makes campaigns and changes them.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, CampaignId, Parts, Problem};
use creative::Overrides;
use serde_json::json;

use super::case::Case;
use super::{announce, ask, card, check, store, when};
use crate::access::Do;
use crate::model::{Campaign, CampaignDesk, CampaignState};
use crate::rules::{self, Refusal, Step};
use crate::verbs::{ChangeCampaign, CreateCampaign};

/// Letters of the half of an address that is chance: no vowels, so that no words come out, and none that look alike.
const CHANCE: &[u8; 26] = b"bcdfghjkmnpqrstvwxz2345678";

fn slug(parts: &Parts, name: &str) -> String {
    let mut bytes = [0; 6];
    parts.chance().fill(&mut bytes);
    let tail: String =
        bytes.iter().map(|byte| char::from(CHANCE[usize::from(*byte) % CHANCE.len()])).collect();
    format!("{}-{tail}", rules::slug_name(name))
}

impl Perform for CreateCampaign {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Campaign, Problem> {
        let partner = Do::Make.partner(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let unknown = || Problem::field("kit", "unknown", "There is no such kit for you.");
            let kit = kits::server::open_to(tx, self.kit, actor_.scope()).await?.ok_or_else(unknown)?;
            let version = kits::server::version(tx, kit.id, kit.number).await?.ok_or_else(unknown)?;
            card::keep_first(tx, &parts_, &actor_, partner).await?;
            let languages = check::languages(&version.assets);
            let wanted = self.language.filter(|wanted| languages.contains(wanted));
            let language = wanted.or_else(|| languages.first().cloned()).ok_or_else(unknown)?;
            let zone = match actor_.user {
                Some(user) => store::zone_of(tx, user).await?,
                None => None,
            };
            let name = self.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
            let name = name.unwrap_or_else(|| version.name.clone());
            let now = parts_.clock().now();
            let campaign = Campaign {
                id: CampaignId(parts_.id(now)),
                vendor: kit.vendor,
                program: kit.program,
                program_name: kit.program_name,
                brand: kit.brand,
                brand_name: kit.brand_name,
                partner,
                partner_name: String::new(),
                kit: kit.id,
                kit_version: version.number,
                kit_name: version.name,
                slug: slug(&parts_, &name),
                name,
                language,
                overrides: Overrides::default(),
                card: creative::PartnerCard::default(),
                audience: None,
                audience_name: None,
                audience_size: 0,
                state: CampaignState::Draft,
                before: None,
                send_at: None,
                time_zone: zone.unwrap_or_else(|| "UTC".to_owned()),
                quiet: true,
                asked_at: None,
                decision: None,
                recall_reason: String::new(),
                launched_at: None,
                sent_at: None,
                created_by_name: actor_.name.clone(),
                created_at: now,
                changed_at: now,
                version: 1,
            };
            store::insert(tx, &campaign, actor_.user).await?;
            let data = json!({ "name": campaign.name, "kit": campaign.kit, "version": 1 });
            announce(tx, &parts_, &actor_, "campaign.created", (&campaign, data)).await?;
            super::campaign_in(tx, campaign.id, actor_.scope()).await?.ok_or(Problem::NotFound)
        };
        parts.db().write(work).await
    }
}

/// The most changes of one campaign, and the longest of them in characters.
const MOST: usize = 500;

/// What is changed must be open, and be said once.
fn checked(overrides: Overrides, assets: &[creative::Asset]) -> Result<Overrides, Problem> {
    if overrides.0.len() > MOST {
        return Err(Problem::field("overrides", "too_many", "A campaign takes up to 500 changes."));
    }
    if let Err(refused) = overrides.allowed_by(assets) {
        let place = |one: &creative::Refused| {
            overrides.0.iter().position(|(spot, _)| *spot == one.spot).map_or(0, |place| place)
        };
        let errors = refused
            .iter()
            .map(|one| {
                let field = format!("overrides[{}]", place(one));
                let message = format!(
                    "{} in {} ({}): {}",
                    one.spot.block,
                    one.spot.asset,
                    one.spot.language,
                    said(one.code)
                );
                base::FieldError::new(field, one.code, message)
            })
            .collect();
        return Err(Problem::Invalid { errors });
    }
    Ok(Overrides(overrides.by_spot().into_iter().map(|(spot, one)| (spot.clone(), one.clone())).collect()))
}

fn said(code: &str) -> &'static str {
    match code {
        "locked" => "the brand's own words stay.",
        "no_such_block" => "there is no such block.",
        "no_such_variant" => "there is no such choice.",
        "too_long" => "this is too long.",
        "wrong_kind" => "this block is not changed so.",
        _ => "this cannot be read.",
    }
}

impl Perform for ChangeCampaign {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<CampaignDesk, Problem> {
        Do::Make.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let mut case = Case::open(tx, &actor_, Do::Make, (self.id, self.version)).await?;
            case.step(Step::Change)?;
            let version = check::good_version_of(tx, &case.campaign).await?;
            let campaign = &mut case.campaign;
            let mut fields = Vec::new();
            if let Some(name) = self.name {
                name.trim().clone_into(&mut campaign.name);
                fields.push("name");
            }
            if let Some(language) = self.language {
                if !check::languages(&version.assets).contains(&language) {
                    return Err(Problem::field(
                        "language",
                        "unknown",
                        "The kit does not speak this language.",
                    ));
                }
                campaign.language = language;
                fields.push("language");
            }
            if let Some(overrides) = self.overrides {
                campaign.overrides = checked(overrides, &version.assets)?;
                fields.push("overrides");
            }
            if let Some(audience) = self.audience {
                let known = store::audience(tx, audience, campaign.partner).await?;
                known.ok_or_else(|| Problem::field("audience", "unknown", "There is no such audience."))?;
                campaign.audience = Some(audience);
                fields.push("audience");
            }
            if let Some(zone) = self.time_zone {
                if !when::is_zone(&zone) {
                    return Err(when::unknown_zone());
                }
                campaign.time_zone = zone;
                fields.push("time_zone");
            }
            if let Some(text) = self.send_on {
                campaign.send_at = match text.trim() {
                    "" => None,
                    text => Some(timely(when::read(text, &campaign.time_zone)?, &parts_)?),
                };
                fields.push("send_at");
            }
            if let Some(quiet) = self.quiet {
                campaign.quiet = quiet;
                fields.push("quiet");
            }
            case.store(tx, &parts_, &actor_, ("campaign.changed", json!({ "fields": fields }))).await?;
            ask::desk(tx, &parts_, &actor_, self.id).await
        };
        parts.db().write(work).await
    }
}

/// From now to a year ahead.
pub(super) fn timely(at: base::Timestamp, parts: &Parts) -> Result<base::Timestamp, Problem> {
    let now = parts.clock().now();
    if at + when::GRACE < now || at > now + base::Span::days(rules::FARTHEST_DAYS) {
        return Err(Refusal::OddTime.into());
    }
    Ok(at)
}
