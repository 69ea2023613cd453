//! SQL of segments: conditions for whoever reads by enrollments, and what a vendor's partners can be told apart by.
use base::db::{Bind, Tx};
use base::{OrganizationId, Problem, UserId};
use sqlx::types::Uuid;

use crate::{ChannelManager, PartnerType, Segment, Segments, Tier};

/// How many territories and people are offered.
const OFFERED: i64 = 200;

/// The conditions on an enrollment `e`; `place` takes a value and gives its place.
pub fn conditions(segment: &Segment, mut place: impl FnMut(Bind) -> String) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(brand) = segment.brand {
        all.push(of_brand("e.program_id", &place(Bind::Id(brand.0))));
    }
    if let Some(tier) = segment.tier {
        all.push(format!("e.tier = {}", place(Bind::Text(tier.as_str().to_owned()))));
    }
    if let Some(kind) = segment.partner_type {
        let place = place(Bind::Text(format!("% {} %", kind.as_str())));
        all.push(format!("' ' || e.partner_types || ' ' like {place}"));
    }
    if let Some(territory) = &segment.territory {
        all.push(format!("e.territory = {}", place(Bind::Text(territory.clone()))));
    }
    if let Some(manager) = segment.channel_manager {
        all.push(format!("e.channel_manager_id = {}", place(Bind::Id(manager.0))));
    }
    all
}

/// The condition that a column holds a program of a brand.
#[must_use]
pub fn of_brand(column: &str, place: &str) -> String {
    format!("{column} in (select p.id from program p where p.brand_id = {place})")
}

/// The condition that the record `r`, which has a program and a partner, lies in a segment; none where nothing is said.
pub fn holds(segment: &Segment, r: &str, mut place: impl FnMut(Bind) -> String) -> Option<String> {
    if !segment.is_of_partners() {
        return segment.brand.map(|brand| of_brand(&format!("{r}.program_id"), &place(Bind::Id(brand.0))));
    }
    let conditions = conditions(segment, place).join(" and ");
    Some(format!(
        "exists (select 1 from enrollment e
                 where e.partner_id = {r}.partner_id and e.program_id = {r}.program_id and {conditions})"
    ))
}

/// What a vendor's partners can be told apart by.
pub(in crate::server) async fn segments(tx: &mut Tx, vendor: OrganizationId) -> Result<Segments, Problem> {
    const KINDS: &str = "select distinct tier, partner_types from enrollment where vendor_id = $1";
    const TERRITORIES: &str = "
        select distinct territory from enrollment where vendor_id = $1 and territory is not null
        order by territory limit $2";
    const MANAGERS: &str = "
        select distinct u.id, u.name from enrollment e join person u on u.id = e.channel_manager_id
        where e.vendor_id = $1 order by u.name, u.id limit $2";
    let (kinds, territories, managers) = base::on!(tx, |conn| {
        let kinds: Vec<(String, String)> = sqlx::query_as(KINDS).bind(vendor.0).fetch_all(&mut *conn).await?;
        let territories: Vec<String> =
            sqlx::query_scalar(TERRITORIES).bind(vendor.0).bind(OFFERED).fetch_all(&mut *conn).await?;
        let managers: Vec<(Uuid, String)> =
            sqlx::query_as(MANAGERS).bind(vendor.0).bind(OFFERED).fetch_all(conn).await?;
        (kinds, territories, managers)
    });
    let has_tier = |tier: &Tier| kinds.iter().any(|(known, _)| known == tier.as_str());
    let has_type =
        |kind: &PartnerType| kinds.iter().any(|(_, types)| types.split(' ').any(|one| one == kind.as_str()));
    Ok(Segments {
        tiers: Tier::ALL.iter().copied().filter(has_tier).collect(),
        partner_types: PartnerType::ALL.iter().copied().filter(has_type).collect(),
        territories,
        channel_managers: managers
            .into_iter()
            .map(|(id, name)| ChannelManager { id: UserId(id), name })
            .collect(),
    })
}
