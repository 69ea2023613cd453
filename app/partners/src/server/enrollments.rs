//! Enrollments: listed, made, changed.
use base::db::Tx;
use base::events::{self, Happened};
use base::http::Perform;
use base::{Actor, EnrollmentId, OrganizationId, Page, Parts, Problem, Scope, UserId, page_rows};
use serde_json::json;

use super::store;
use crate::{
    ChangeEnrollment, ChannelManager, CreateEnrollment, Do, Enrollment, EnrollmentStatus, ListEnrollments,
    PartnerType, Tier,
};

impl Perform for ListEnrollments {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Enrollment>, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        let limit = page_rows(self.limit);
        let (rows, total) = store::list_enrollments(&mut tx, &self, actor.scope(), limit).await?;
        Ok(Page::cut(rows, limit, total, |enrollment| enrollment.id.to_string()))
    }
}

impl Perform for CreateEnrollment {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Enrollment, Problem> {
        Do::Enroll.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let vendor = actor_.organization()?;
                let known = store::find_partner(tx, self.partner, Scope::Vendor(vendor)).await?;
                known.ok_or_else(|| Problem::field("partner", "unknown", "You have no such partner."))?;
                enroll(tx, &parts_, &actor_, vendor, self).await
            })
            .await
    }
}

/// Enrolls a partner in a vendor's program within a unit of work.
///
/// # Errors
/// `Invalid` when the program or the channel manager is not the vendor's; `Refused` (`already_enrolled`).
pub async fn enroll(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    vendor: OrganizationId,
    asked: CreateEnrollment,
) -> Result<Enrollment, Problem> {
    let program = programs::server::program_in(tx, asked.program, Scope::Vendor(vendor)).await?;
    let program = program.ok_or_else(|| Problem::field("program", "unknown", "There is no such program."))?;
    let partner = organizations::server::find(tx, asked.partner).await?.ok_or(Problem::NotFound)?;
    let now = parts.clock().now();
    let made = Enrollment {
        id: EnrollmentId(parts.id(now)),
        vendor,
        vendor_name: program.vendor_name,
        program: program.id,
        program_name: program.name,
        partner: partner.id,
        partner_name: partner.name,
        status: asked.status.unwrap_or(EnrollmentStatus::Active),
        tier: asked.tier.unwrap_or(Tier::Registered),
        partner_types: tidy(asked.partner_types),
        territory: words(asked.territory),
        channel_manager: manager(tx, vendor, asked.channel_manager).await?,
        joined_at: now,
        version: 1,
    };
    store::insert_enrollment(tx, &made).await?;
    announce(tx, parts, actor, "partner.enrolled", &made).await?;
    Ok(made)
}

impl Perform for ChangeEnrollment {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Enrollment, Problem> {
        Do::ChangeEnrollment.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let old =
                    store::find_enrollment(tx, self.id, actor_.scope()).await?.ok_or(Problem::NotFound)?;
                if self.version.is_some_and(|seen| seen != old.version) {
                    return Err(Problem::Stale);
                }
                let chosen = manager(tx, old.vendor, self.channel_manager).await?;
                let changed = Enrollment {
                    status: self.status.map_or(Ok(old.status), |next| old.status.to(next))?,
                    tier: self.tier.unwrap_or(old.tier),
                    partner_types: self.partner_types.map_or(old.partner_types, tidy),
                    territory: if self.territory.is_some() { words(self.territory) } else { old.territory },
                    channel_manager: chosen.or(old.channel_manager),
                    version: old.version + 1,
                    ..old
                };
                store::update_enrollment(tx, &changed).await?;
                announce(tx, &parts_, &actor_, "enrollment.changed", &changed).await?;
                Ok(changed)
            })
            .await
    }
}

/// Takes over what a file says of an enrollment; what it does not say stays.
pub(super) async fn take_over(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    old: Enrollment,
    territory: Option<&str>,
    channel_manager: Option<UserId>,
) -> Result<(), Problem> {
    let chosen = manager(tx, old.vendor, channel_manager).await?;
    let changed = Enrollment {
        territory: territory.map(str::to_owned).or(old.territory),
        channel_manager: chosen.or(old.channel_manager),
        version: old.version + 1,
        ..old
    };
    store::update_enrollment(tx, &changed).await?;
    announce(tx, parts, actor, "enrollment.changed", &changed).await
}

/// Each type once, in the order of [`PartnerType::ALL`].
fn tidy(mut types: Vec<PartnerType>) -> Vec<PartnerType> {
    types.sort_unstable();
    types.dedup();
    types
}

/// A text without white space around it; none when nothing is left.
fn words(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

async fn manager(
    tx: &mut Tx,
    vendor: OrganizationId,
    id: Option<UserId>,
) -> Result<Option<ChannelManager>, Problem> {
    let Some(id) = id else { return Ok(None) };
    let name = store::member_name(tx, vendor, id).await?;
    let name =
        name.ok_or_else(|| Problem::field("channel_manager", "unknown", "Choose one of your people."))?;
    Ok(Some(ChannelManager { id, name }))
}

async fn announce(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    kind: &'static str,
    enrollment: &Enrollment,
) -> Result<(), Problem> {
    let happened = Happened {
        vendor: enrollment.vendor,
        kind,
        subject: enrollment.id.to_string(),
        program: Some(enrollment.program),
        partner: Some(enrollment.partner),
        keys: vec!["partners".to_owned(), enrollment.partner.to_string()],
        data: json!({
            "status": enrollment.status,
            "tier": enrollment.tier,
            "partner_types": enrollment.partner_types,
            "territory": enrollment.territory,
            "channel_manager": enrollment.channel_manager.as_ref().map(|manager| manager.id),
        }),
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}
