//! What approved deals hold. A unique rule of the database lets one deal have a customer, whatever the code believes.
use base::db::{Tx, violates};
use base::{DealId, Problem};
use matching::keys;

use crate::model::Deal;
use crate::rules::{Refusal, profile};

/// The keys that stand for a deal's customer: registrable domain and registration number; where neither is known, the
/// name with the country.
fn customer_keys(deal: &Deal) -> Vec<String> {
    let profile = profile(&deal.claim());
    let all = keys(&profile);
    let strong = all
        .iter()
        .map(matching::BlockingKey::as_str)
        .filter(|key| key.starts_with("d:") || key.starts_with("r:"));
    let strong: Vec<String> = strong.map(str::to_owned).collect();
    if !strong.is_empty() {
        return strong;
    }
    let name =
        all.iter().map(matching::BlockingKey::as_str).find(|key| key.starts_with("w:")).unwrap_or("w:");
    vec![format!("{name}|{}", profile.country().unwrap_or_default())]
}

/// Takes the customer for a deal, in each of its product families.
///
/// # Errors
/// `Refused` (`rival_protected`) when another deal has it.
pub(in crate::server) async fn take_holds(tx: &mut Tx, deal: &Deal) -> Result<(), Problem> {
    const SQL: &str = "
        insert into deal_hold (vendor_id, brand_id, family, customer_key, deal_id) values ($1, $2, $3, $4, $5)";
    for family in deal.claim().families() {
        for key in customer_keys(deal) {
            let held = base::execute!(
                tx,
                sqlx::query(SQL)
                    .bind(deal.vendor.0)
                    .bind(deal.brand.0)
                    .bind(&family)
                    .bind(&key)
                    .bind(deal.id.0)
            );
            match held {
                Ok(_) => {}
                Err(error)
                    if violates(
                        &error,
                        "deal_hold.vendor_id, deal_hold.brand_id, deal_hold.family, deal_hold.customer_key",
                        "deal_hold_pkey",
                    ) =>
                {
                    return Err(Refusal::RivalProtected.into());
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(())
}

/// Lets go of everything a deal holds.
pub(in crate::server) async fn drop_holds(tx: &mut Tx, deal: DealId) -> Result<(), Problem> {
    base::execute!(tx, sqlx::query("delete from deal_hold where deal_id = $1").bind(deal.0))?;
    Ok(())
}

/// Takes what is free of the customer for a deal; what somebody else has stays theirs. For a deal that shares the
/// customer and moves up when its holder leaves.
pub(in crate::server) async fn take_free_holds(tx: &mut Tx, deal: &Deal) -> Result<(), Problem> {
    const SQL: &str = "
        insert into deal_hold (vendor_id, brand_id, family, customer_key, deal_id) values ($1, $2, $3, $4, $5)
        on conflict (vendor_id, brand_id, family, customer_key) do nothing";
    for family in deal.claim().families() {
        for key in customer_keys(deal) {
            base::execute!(
                tx,
                sqlx::query(SQL)
                    .bind(deal.vendor.0)
                    .bind(deal.brand.0)
                    .bind(&family)
                    .bind(&key)
                    .bind(deal.id.0)
            )?;
        }
    }
    Ok(())
}
