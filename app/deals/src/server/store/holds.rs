//! What approved deals hold. A unique rule of the database lets one deal have a customer, whatever the code believes.
use base::db::{Tx, violates};
use base::{DealId, Problem};
use customers::server::matcher;
use matching::{BlockingKey, identities};

use crate::model::Deal;
use crate::rules::{Refusal, company, profile};

/// The keys that stand for a deal's customer: registrable domains and registration number; where neither is known, its
/// names with the country. With those it is known by besides, so that two deals under two names of one company meet.
async fn customer_keys(tx: &mut Tx, deal: &Deal) -> Result<Vec<String>, Problem> {
    let claim = deal.claim();
    let matcher = matcher(tx, deal.vendor, &company(&claim.customer)).await?;
    let profile = profile(&claim, &matcher);
    let country = profile.country().unwrap_or_default();
    let key = |key: BlockingKey| if key.is_exact() { String::from(key) } else { format!("{key}|{country}") };
    let keys: Vec<String> = identities(&profile).into_iter().map(key).collect();
    Ok(if keys.is_empty() { vec![format!("w:|{country}")] } else { keys })
}

/// Takes the customer for a deal, in each of its product families.
///
/// # Errors
/// `Refused` (`rival_protected`) when another deal has it.
pub(in crate::server) async fn take_holds(tx: &mut Tx, deal: &Deal) -> Result<(), Problem> {
    const SQL: &str = "
        insert into deal_hold (vendor_id, brand_id, family, customer_key, deal_id) values ($1, $2, $3, $4, $5)";
    let keys = customer_keys(tx, deal).await?;
    for family in deal.claim().families() {
        for key in &keys {
            let held = base::execute!(
                tx,
                sqlx::query(SQL)
                    .bind(deal.vendor.0)
                    .bind(deal.brand.0)
                    .bind(&family)
                    .bind(key)
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
    let keys = customer_keys(tx, deal).await?;
    for family in deal.claim().families() {
        for key in &keys {
            base::execute!(
                tx,
                sqlx::query(SQL)
                    .bind(deal.vendor.0)
                    .bind(deal.brand.0)
                    .bind(&family)
                    .bind(key)
                    .bind(deal.id.0)
            )?;
        }
    }
    Ok(())
}
