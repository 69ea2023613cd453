//! What is won, lost and open by product and by partner.
use base::{Currency, OrganizationId, ProductId};
use figures::kpi;
use figures::server::{Narrowed, Sum};
use sqlx::types::Uuid;

use super::board::Frame;
use super::links::Links;
use crate::model::Share;

/// Sums of sales, told apart by their products.
fn sales(frame: &Frame) -> impl Iterator<Item = &Sum> {
    let flowed = ["opp.won", "opp.lost"].into_iter().flat_map(|metric| frame.flowed.of(metric));
    flowed.chain(frame.standing.of("opp.open"))
}

/// The products of a dashboard, each once.
pub(super) fn products_of(frame: &Frame) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = sales(frame).filter_map(|sum| Uuid::try_parse(&sum.dim).ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Products, those that brought most first. Counts take all currencies, money the one of the dashboard.
pub(super) fn products(frame: &Frame, names: &[(Uuid, String)], links: &Links<'_>) -> Vec<Share> {
    let url = |id: ProductId| links.opportunities(&format!("product={id}"));
    let row = |sum: &Sum| {
        let id = Uuid::try_parse(&sum.dim).ok();
        let name = names.iter().find(|(known, _)| Some(*known) == id).map(|(_, name)| name.clone());
        let is_counted = sum.currency == frame.currency.code();
        Narrowed {
            metric: sum.metric.clone(),
            id: id.map(ProductId),
            name,
            count: sum.count,
            sum_minor: if is_counted { sum.sum_minor } else { 0 },
        }
    };
    let rows = sales(frame).map(row).collect();
    gather(rows, frame.currency, |id| (id.to_string(), Some(url(id))))
}

/// Partners, those that brought most first.
pub(super) fn partners(
    rows: Vec<Narrowed<OrganizationId>>,
    currency: Currency,
    links: &Links<'_>,
) -> Vec<Share> {
    let url = |id: OrganizationId| links.opportunities(&format!("partner={id}"));
    gather(rows, currency, |id| (id.to_string(), Some(url(id))))
}

fn gather<Id: Copy>(
    rows: Vec<Narrowed<Id>>,
    currency: Currency,
    place_of: impl Fn(Id) -> (String, Option<String>),
) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::new();
    for row in rows {
        let (key, url) = row.id.map_or_else(|| (String::new(), None), &place_of);
        let place = shares.iter().position(|share| share.key == key).unwrap_or_else(|| {
            shares.push(share(key, row.name.clone().unwrap_or_default(), currency, url));
            shares.len() - 1
        });
        add(&mut shares[place], &row.metric, row.count, row.sum_minor);
    }
    finish(shares)
}

fn share(key: String, name: String, currency: Currency, records_url: Option<String>) -> Share {
    let currency = currency.code().to_owned();
    Share {
        key,
        name,
        won: 0,
        lost: 0,
        open: 0,
        won_minor: 0,
        open_minor: 0,
        win_rate: None,
        currency,
        records_url,
    }
}

fn add(share: &mut Share, metric: &str, count: i64, minor: i64) {
    match metric {
        "opp.won" => {
            share.won += count;
            share.won_minor += minor;
        }
        "opp.lost" => share.lost += count,
        _ => {
            share.open += count;
            share.open_minor += minor;
        }
    }
}

fn finish(mut shares: Vec<Share>) -> Vec<Share> {
    for share in &mut shares {
        share.win_rate = kpi::win_rate(share.won, share.lost);
    }
    shares.sort_by(|a, b| b.won_minor.cmp(&a.won_minor).then_with(|| a.name.cmp(&b.name)));
    shares
}
