//! Performs the verbs, and says what the pages of a brand carry.
mod campaign;
mod face;
mod links;
mod media;
mod pictures;
mod publish;
mod schedule;
mod store;
mod store_links;
mod store_pictures;
mod store_waiting;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_pictures;
mod upload;
mod website;

use base::db::{Migrations, Tx};
use base::http::{Mounted, Perform, mounted};
use base::jobs::{JobKind, job};
use base::{Actor, BrandId, Page, Parts, Problem, page_rows};
use programs::{Brand, Do};

pub use self::pictures::upload;
pub use media::media_routes;
pub use upload::{openapi, routes};

use crate::model::{BrandTheme, Theme, ThemePreset, ThemeTokens, ThemeVersion};
use crate::pictures::{ListBrandPictures, RemoveBrandPicture};
use crate::rules;
use crate::verbs::*;
pub use campaign::{CampaignFace, CampaignLogo, campaign_face};
pub use face::{PaperFace, letter_face, openapi as face_openapi, paper_face, routes as face_routes};
pub use links::shared_by;
use schedule::PublishDue;

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();
/// What can be asked over the wire.
pub const VERBS: &[Mounted] = &[
    mounted::<GetTheme>(),
    mounted::<GetThemeTokens>(),
    mounted::<KeepThemeDraft>(),
    mounted::<DiscardThemeDraft>(),
    mounted::<PublishTheme>(),
    mounted::<RollBackTheme>(),
    mounted::<ListThemeVersions>(),
    mounted::<ListThemePresets>(),
    mounted::<ScheduleTheme>(),
    mounted::<TakeBackTheme>(),
    mounted::<PublishScheduledTheme>(),
    mounted::<ListThemeLinks>(),
    mounted::<MakeThemeLink>(),
    mounted::<EndThemeLink>(),
    mounted::<OpenThemeLink>(),
    mounted::<ListBrandPictures>(),
    mounted::<RemoveBrandPicture>(),
    mounted::<ProposeFromWebsite>(),
];
/// The jobs of this slice.
pub const JOBS: &[JobKind] = &[job::<PublishDue>()];

/// The style that the pages of a brand carry; none while nothing is published for it.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn face(parts: &Parts, brand: BrandId) -> Result<Option<String>, Problem> {
    let mut tx = parts.db().read().await?;
    store::css(&mut tx, brand).await
}

/// The theme that a brand wears; none while nothing is published for it.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn worn(parts: &Parts, brand: BrandId) -> Result<Option<Theme>, Problem> {
    let mut tx = parts.db().read().await?;
    Ok(store::current(&mut tx, brand).await?.map(|version| version.theme))
}

/// A brand that the actor may dress.
async fn brand_of(tx: &mut Tx, actor: &Actor, id: BrandId) -> Result<Brand, Problem> {
    Do::EditBrand.by(actor)?;
    programs::server::brand_in(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)
}

/// What the brand wears without a published theme.
fn plain(brand: &Brand) -> Theme {
    Theme::of(rules::colour_of(brand.hue, brand.chroma))
}

async fn theme_of(tx: &mut Tx, brand: &Brand) -> Result<BrandTheme, Problem> {
    let published = store::current(tx, brand.id).await?;
    let worn = published.as_ref().map_or_else(|| plain(brand), |version| version.theme.clone());
    let number = published.as_ref().map_or(0, |version| version.number);
    let kept = store::draft(tx, brand.id).await?;
    let (draft, based_on, changed_at, changed_by_name, version) = match kept {
        Some(kept) => {
            (kept.theme, kept.based_on, Some(kept.changed_at), Some(kept.changed_by_name), kept.version)
        }
        None => (worn.clone(), number, None, None, 0),
    };
    Ok(BrandTheme {
        brand: brand.id,
        brand_name: brand.name.clone(),
        worn,
        published,
        draft,
        based_on,
        changed_at,
        changed_by_name,
        version,
        scheduled: store_waiting::find(tx, brand.id).await?.map(|waiting| waiting.schedule),
    })
}

impl Perform for ListThemePresets {
    async fn perform(self, _: &Parts, actor: &Actor) -> Result<Page<ThemePreset>, Problem> {
        Do::Read.by(actor)?;
        Ok(Page::whole(rules::presets()))
    }
}

impl Perform for GetTheme {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BrandTheme, Problem> {
        let mut tx = parts.db().read().await?;
        let brand = brand_of(&mut tx, actor, self.id).await?;
        theme_of(&mut tx, &brand).await
    }
}

impl Perform for GetThemeTokens {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<ThemeTokens, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        let brand =
            programs::server::brand_in(&mut tx, self.id, actor.scope()).await?.ok_or(Problem::NotFound)?;
        let worn = store::current(&mut tx, brand.id).await?;
        Ok(rules::tokens(&worn.map_or_else(|| plain(&brand), |version| version.theme)))
    }
}

impl Perform for ListThemeVersions {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<ThemeVersion>, Problem> {
        let mut tx = parts.db().read().await?;
        let brand = brand_of(&mut tx, actor, self.id).await?;
        let unknown = || Problem::field("cursor", "unknown", "This is not a cursor that this list gave.");
        let before =
            self.cursor.as_deref().map(|text| text.parse::<u32>().map_err(|_| unknown())).transpose()?;
        let limit = page_rows(self.limit);
        let (rows, total) = store::versions(&mut tx, brand.id, before, limit).await?;
        Ok(Page::cut(rows, limit, total, |last: &ThemeVersion| last.number.to_string()))
    }
}
