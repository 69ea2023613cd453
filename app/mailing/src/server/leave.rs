//! The way out: whoever has had a mail says by its link that they want no more, from this partner, this brand or at all.
use base::db::Tx;
use base::events::{self, Happened};
use base::{Actor, MessageId, OrganizationId, Parts, Problem};
use kit::catalogue::Locale;
use serde_json::json;
use sqlx::types::Uuid;

use super::store::Kept;
use super::store_seen::{self, Known};
use super::store_suppression::{self, Circle, New};
use crate::model::{SuppressedId, SuppressionReason, SuppressionScope};

/// What the page about a message shows.
pub(super) struct Leaver {
    pub(super) address: String,
    pub(super) brand: String,
    pub(super) partner: String,
    /// For whom the address is not written to now.
    pub(super) left: Vec<SuppressionScope>,
    pub(super) locale: Option<Locale>,
}

pub(super) fn circle(step: &Kept) -> Circle {
    Circle { vendor: step.vendor, brand: step.brand, partner: step.partner }
}

/// The id that a scope is of.
pub(super) fn scope_id(step: &Kept, scope: SuppressionScope) -> Uuid {
    match scope {
        SuppressionScope::Global => step.vendor.0,
        SuppressionScope::Brand => step.brand.0,
        SuppressionScope::Partner => step.partner.0,
    }
}

/// Who a message went to and from whom.
pub(super) async fn look(tx: &mut Tx, message: MessageId) -> Result<Option<Leaver>, Problem> {
    let Some(known) = store_seen::find(tx, message).await? else { return Ok(None) };
    let brand = programs::server::brand(tx, known.step.brand).await?;
    let partner = name(tx, known.step.partner).await?;
    let left = store_suppression::scopes_of(tx, circle(&known.step), &known.hash).await?;
    Ok(Some(Leaver {
        address: known.address,
        brand: brand.map_or_else(String::new, |brand| brand.name),
        partner,
        left,
        locale: Locale::named(&known.step.language),
    }))
}

async fn name(tx: &mut Tx, id: OrganizationId) -> Result<String, Problem> {
    let found = partners::server::partner_in(tx, id, base::Scope::System).await?;
    Ok(found.map_or_else(String::new, |partner| partner.name))
}

/// The reader of a message wants no more, from the partner, the brand, or any of the vendor's. Again changes nothing. False
/// when there is no such message.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn unsubscribe(
    tx: &mut Tx,
    parts: &Parts,
    message: MessageId,
    scope: SuppressionScope,
) -> Result<bool, Problem> {
    let Some(known) = store_seen::find(tx, message).await? else { return Ok(false) };
    let now = parts.clock().now();
    let new = New {
        id: SuppressedId(parts.id(now)),
        scope,
        scope_id: scope_id(&known.step, scope),
        address: known.address.clone(),
        reason: SuppressionReason::Unsubscribed,
        vendor: Some(known.step.vendor),
        partner: Some(known.step.partner),
        message: Some(message),
        by_name: String::new(),
    };
    if store_suppression::insert(tx, &new, now).await? {
        store_seen::unsubscribed(tx, message, &known, now).await?;
        tell(tx, parts, "mailing.unsubscribed", (message, &known), scope.as_str()).await?;
    }
    Ok(true)
}

/// Takes that back, as far as it was asked for by this message's link.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn resubscribe(tx: &mut Tx, parts: &Parts, message: MessageId) -> Result<bool, Problem> {
    let Some(known) = store_seen::find(tx, message).await? else { return Ok(false) };
    if store_suppression::undo(tx, message).await? > 0 {
        store_seen::resubscribed(tx, message, &known).await?;
        tell(tx, parts, "mailing.resubscribed", (message, &known), "").await?;
    }
    Ok(true)
}

/// Appends an event about a message.
pub(super) async fn tell(
    tx: &mut Tx,
    parts: &Parts,
    kind: &'static str,
    (message, known): (MessageId, &Known),
    reason: &str,
) -> Result<(), Problem> {
    let happened = happened(kind, (message, known.recipient), &known.step, reason);
    events::append(tx, parts, &Actor::system(), happened).await.map(drop)
}

/// What happened to a message: about its campaign, by ids alone.
pub(super) fn happened(
    kind: &'static str,
    (message, recipient): (MessageId, base::RecipientId),
    step: &Kept,
    reason: &str,
) -> Happened {
    Happened {
        vendor: step.vendor,
        kind,
        subject: step.campaign.to_string(),
        program: Some(step.program),
        partner: Some(step.partner),
        keys: vec!["mailing".to_owned(), step.campaign.to_string()],
        data: json!({ "campaign": step.campaign, "step": step.step, "message": message, "recipient": recipient,
            "reason": reason }),
    }
}
