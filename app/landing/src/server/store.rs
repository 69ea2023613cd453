//! Visits by day, and which pages are open. Leads are those of the slice `leads`.
use base::db::Tx;
use base::{BrandId, CampaignId, Date, Problem, Timestamp};
use sqlx::types::Uuid;

use crate::model::VisitDay;
use crate::rules::visits::Counted;

/// Adds what was counted.
pub(super) async fn add(tx: &mut Tx, counts: &[(CampaignId, Date, Counted)]) -> Result<(), Problem> {
    const SQL: &str = "
        insert into landing_day (campaign_id, on_date, visits, visitors) values ($1, $2, $3, $4)
        on conflict (campaign_id, on_date) do update
        set visits = landing_day.visits + excluded.visits, visitors = landing_day.visitors + excluded.visitors";
    for (campaign, day, counted) in counts {
        base::execute!(
            tx,
            sqlx::query(SQL)
                .bind(campaign.0)
                .bind(day.to_string())
                .bind(counted.visits as i64)
                .bind(counted.visitors as i64)
        )?;
    }
    Ok(())
}

/// Visits of a campaign by day, the latest first, at most so many days.
pub(super) async fn days(tx: &mut Tx, campaign: CampaignId, most: i64) -> Result<Vec<VisitDay>, Problem> {
    const SQL: &str = "
        select on_date, visits, visitors from landing_day where campaign_id = $1 order by on_date desc limit $2";
    let rows: Vec<(String, i64, i64)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(campaign.0).bind(most).fetch_all(conn).await)?;
    let day = |(on, visits, visitors): (String, i64, i64)| {
        let on: Date = on.parse().map_err(|_| Problem::internal(format!("a day of {campaign} is {on}")))?;
        Ok(VisitDay { on, visits: visits as u64, visitors: visitors as u64 })
    };
    rows.into_iter().map(day).collect()
}

/// Visits and visitors of a campaign in all.
pub(super) async fn total(tx: &mut Tx, campaign: CampaignId) -> Result<(u64, u64), Problem> {
    const SQL: &str = "
        select cast(coalesce(sum(visits), 0) as bigint), cast(coalesce(sum(visitors), 0) as bigint)
        from landing_day where campaign_id = $1";
    let (visits, visitors): (i64, i64) =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(campaign.0).fetch_one(conn).await)?;
    Ok((visits as u64, visitors as u64))
}

/// A page that everybody may see.
pub(super) struct OpenPage {
    pub(super) brand: BrandId,
    pub(super) slug: String,
    pub(super) changed_at: Timestamp,
}

/// Pages that everybody may see, the newest first, as many as a sitemap holds; of one brand, or of all. Campaigns are read,
/// never written.
pub(super) async fn open_pages(tx: &mut Tx, brand: Option<BrandId>) -> Result<Vec<OpenPage>, Problem> {
    const SQL: &str = "
        select brand_id, slug, changed_at from campaign
        where launched_at is not null and state in ('sending', 'paused', 'sent') and ($1 = 0 or brand_id = $2)
        order by id desc limit 50000";
    let (one, id) = (i64::from(brand.is_some()), brand.map_or(Uuid::nil(), |brand| brand.0));
    let rows: Vec<(Uuid, String, i64)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(one).bind(id).fetch_all(conn).await)?;
    let page = |(brand, slug, at)| OpenPage { brand: BrandId(brand), slug, changed_at: Timestamp(at) };
    Ok(rows.into_iter().map(page).collect())
}
