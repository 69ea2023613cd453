//! A campaign as it is stored.
use base::{AudienceId, BrandId, CampaignId, KitId, OrganizationId, Problem, ProgramId, Timestamp};
use sqlx::FromRow;
use sqlx::types::Uuid;

use super::of_json;
use crate::model::{Campaign, CampaignRow, CampaignState};

pub(super) const FROM: &str = "
    select c.id, c.vendor_id, c.program_id, p.name as program_name, c.brand_id, b.name as brand_name, c.partner_id,
           o.name as partner_name, c.kit_id, c.kit_version, c.kit_name, c.name, c.language, c.overrides, c.card,
           c.audience_id, a.name as audience_name,
           (select count(*) from audience_contact x where x.audience_id = c.audience_id) as audience_size,
           c.state, c.before_state, c.send_at, c.time_zone, c.quiet, c.slug, c.asked_at, c.decision, c.recall_reason,
           c.launched_at, c.sent_at, c.created_by_name, c.created_at, c.changed_at, c.version
    from campaign c join program p on p.id = c.program_id join brand b on b.id = c.brand_id
    join organization o on o.id = c.partner_id left join audience a on a.id = c.audience_id";

#[derive(FromRow)]
pub(super) struct Row {
    id: Uuid,
    vendor_id: Uuid,
    program_id: Uuid,
    program_name: String,
    brand_id: Uuid,
    brand_name: String,
    partner_id: Uuid,
    partner_name: String,
    kit_id: Uuid,
    kit_version: i64,
    kit_name: String,
    name: String,
    language: String,
    overrides: String,
    card: Option<String>,
    audience_id: Option<Uuid>,
    audience_name: Option<String>,
    audience_size: i64,
    state: String,
    before_state: Option<String>,
    send_at: Option<i64>,
    time_zone: String,
    quiet: i64,
    slug: String,
    asked_at: Option<i64>,
    decision: Option<String>,
    recall_reason: String,
    launched_at: Option<i64>,
    sent_at: Option<i64>,
    created_by_name: String,
    created_at: i64,
    changed_at: i64,
    version: i64,
}

pub(super) fn state(id: CampaignId, text: &str) -> Result<CampaignState, Problem> {
    CampaignState::parse(text).ok_or_else(|| Problem::internal(format!("{id} is {text}")))
}

/// A campaign, and whether its card is its own.
pub(in crate::server) struct Found {
    pub(in crate::server) campaign: Campaign,
    /// Kept with it; otherwise the partner's card of today stands in.
    pub(in crate::server) has_card: bool,
}

impl TryFrom<Row> for Found {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let id = CampaignId(row.id);
        let before = row.before_state.as_deref().map(|text| state(id, text)).transpose()?;
        let has_card = row.card.is_some();
        let campaign = Campaign {
            id,
            vendor: OrganizationId(row.vendor_id),
            program: ProgramId(row.program_id),
            program_name: row.program_name,
            brand: BrandId(row.brand_id),
            brand_name: row.brand_name,
            partner: OrganizationId(row.partner_id),
            partner_name: row.partner_name,
            kit: KitId(row.kit_id),
            kit_version: row.kit_version as u32,
            kit_name: row.kit_name,
            name: row.name,
            language: row.language,
            overrides: of_json(&row.overrides)?,
            card: row.card.as_deref().map(of_json).transpose()?.unwrap_or_default(),
            audience: row.audience_id.map(AudienceId),
            audience_name: row.audience_name,
            audience_size: row.audience_size as u64,
            state: state(id, &row.state)?,
            before,
            send_at: row.send_at.map(Timestamp),
            time_zone: row.time_zone,
            quiet: row.quiet != 0,
            slug: row.slug,
            asked_at: row.asked_at.map(Timestamp),
            decision: row.decision.as_deref().map(of_json).transpose()?,
            recall_reason: row.recall_reason,
            launched_at: row.launched_at.map(Timestamp),
            sent_at: row.sent_at.map(Timestamp),
            created_by_name: row.created_by_name,
            created_at: Timestamp(row.created_at),
            changed_at: Timestamp(row.changed_at),
            version: row.version as u32,
        };
        Ok(Self { campaign, has_card })
    }
}

/// A line of the list, with the key it is sorted by.
#[derive(FromRow)]
pub(super) struct Line {
    id: Uuid,
    name: String,
    kit_id: Uuid,
    kit_name: String,
    program_id: Uuid,
    program_name: String,
    brand_name: String,
    partner_id: Uuid,
    partner_name: String,
    language: String,
    state: String,
    audience_size: i64,
    send_at: Option<i64>,
    asked_at: Option<i64>,
    changed_at: i64,
    pub(super) place: i64,
}

pub(super) const LINE: &str = "
    select c.id, c.name, c.kit_id, c.kit_name, c.program_id, p.name as program_name, b.name as brand_name, c.partner_id,
           o.name as partner_name, c.language, c.state,
           (select count(*) from audience_contact x where x.audience_id = c.audience_id) as audience_size,
           c.send_at, c.asked_at, c.changed_at, c.place
    from campaign c join program p on p.id = c.program_id join brand b on b.id = c.brand_id
    join organization o on o.id = c.partner_id";

impl TryFrom<Line> for CampaignRow {
    type Error = Problem;
    fn try_from(line: Line) -> Result<Self, Problem> {
        let id = CampaignId(line.id);
        Ok(Self {
            id,
            name: line.name,
            kit: KitId(line.kit_id),
            kit_name: line.kit_name,
            program: ProgramId(line.program_id),
            program_name: line.program_name,
            brand_name: line.brand_name,
            partner: OrganizationId(line.partner_id),
            partner_name: line.partner_name,
            language: line.language,
            state: state(id, &line.state)?,
            audience_size: line.audience_size as u64,
            send_at: line.send_at.map(Timestamp),
            asked_at: line.asked_at.map(Timestamp),
            changed_at: Timestamp(line.changed_at),
            sent: 0,
            clicked: 0,
            leads: 0,
        })
    }
}
