//! What other slices ask of one person: who is not written to, what somebody was sent, and to forget them.
use std::collections::HashSet;

use base::db::Tx;
use base::{BrandId, CampaignId, OrganizationId, Problem, Timestamp};
use serde::Serialize;

use super::{store_person, store_suppression};
use crate::rules::key;

/// For whom a list of suppressions holds. What is left out is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circle {
    pub vendor: Option<OrganizationId>,
    pub brand: Option<BrandId>,
    pub partner: OrganizationId,
}

/// One mail to a person, as the person may ask to see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MessageRecord {
    pub campaign: CampaignId,
    /// Counted from 0.
    pub step: u16,
    pub state: String,
    pub sent_at: Option<Timestamp>,
    pub opened_at: Option<Timestamp>,
    pub clicked_at: Option<Timestamp>,
    pub unsubscribed_at: Option<Timestamp>,
}

/// Which of these addresses are not written to within a circle, in lower case.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn suppressed_among(
    tx: &mut Tx,
    circle: Circle,
    addresses: &[String],
) -> Result<HashSet<String>, Problem> {
    let hashed: Vec<(String, String)> = addresses
        .iter()
        .map(|address| (hex::encode(store_suppression::hash(address)), key(address)))
        .collect();
    let hashes: Vec<String> = hashed.iter().map(|(hash, _)| hash.clone()).collect();
    // Ids are never the same: the partner's own stands in for what is not looked at.
    let of = store_suppression::Circle {
        vendor: circle.vendor.unwrap_or(circle.partner),
        brand: circle.brand.unwrap_or(BrandId(circle.partner.0)),
        partner: circle.partner,
    };
    let found = store_suppression::among(tx, of, &hashes).await?;
    Ok(hashed.into_iter().filter(|(hash, _)| found.contains(hash)).map(|(_, address)| address).collect())
}

/// What a partner's campaigns sent to a person, newest first.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn messages_to(
    tx: &mut Tx,
    partner: OrganizationId,
    email: &str,
) -> Result<Vec<MessageRecord>, Problem> {
    store_person::messages(tx, partner, &hex::encode(store_suppression::hash(email))).await
}

/// Forgets a person in the mails of a partner's campaigns: what was sent names nobody any more, what waits is not sent. That
/// they want no mail is kept by a hash of the address alone. Gives how many mails were touched.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn forget(tx: &mut Tx, partner: OrganizationId, email: &str) -> Result<u64, Problem> {
    store_person::forget(tx, partner, &hex::encode(store_suppression::hash(email))).await
}
