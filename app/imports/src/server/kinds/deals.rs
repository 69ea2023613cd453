//! Registrations: known by a reference or by what they say; drafts first, submitted afterwards where that is asked for.
use base::db::Tx;
use base::{FieldError, OrganizationId, Problem};
use csv::StringRecord;
use customers::rules::name_key;
use deals::server::{Taken, take_row};
use deals::{Amount, Evidence, LineAsk, RegisterDeal};
use programs::server::products_of;

use super::{Line, Outcome, Target, reason};
use crate::rules::{DealLine, Found, KnownNames, Reason, deal};
use crate::server::store::{self, Tally};

/// Whom and what the rows of a batch may name.
struct Known {
    partners: KnownNames<OrganizationId>,
    /// The ways in which a product is asked for: its id, or a family's name.
    products: KnownNames<usize>,
    asked: Vec<String>,
}

pub(super) async fn take(
    tx: &mut Tx,
    target: &Target,
    rows: &[(u64, StringRecord)],
) -> Result<Tally, Problem> {
    let mut tally = Tally::default();
    let currency = target.program.currency;
    let lines = target.read(rows, &mut tally, |cells| deal(cells, currency));
    let known = known(tx, target).await?;
    for Line { number, record, values } in lines {
        let mut reasons = Vec::new();
        let partner = known.partner(target, number, &values, &mut tally, &mut reasons);
        let products = known.products(number, &values, &mut tally, &mut reasons);
        if !reasons.is_empty() {
            tally.reject(number, record, reasons);
            continue;
        }
        let submits = values.submit.unwrap_or(target.submits);
        let reference = values.reference.clone();
        let ask = asked(target, partner, products, values);
        match take_row(tx, &target.parts, &target.actor, &reference, ask).await {
            Ok(row) => {
                tally.count(match row.taken {
                    Taken::Created => Outcome::Created,
                    Taken::Updated => Outcome::Updated,
                    Taken::Unchanged => Outcome::Unchanged,
                });
                if submits && row.is_draft {
                    tally.submits.push((number, row.deal));
                }
            }
            Err(problem) => tally.reject(number, record, told(problem)?),
        }
    }
    Ok(tally)
}

async fn known(tx: &mut Tx, target: &Target) -> Result<Known, Problem> {
    let all = products_of(tx, target.vendor).await?;
    let sold = all
        .into_iter()
        .filter(|product| product.active && product.brand.is_none_or(|brand| brand == target.program.brand));
    let (mut names, mut asked) = (Vec::new(), Vec::new());
    for product in sold {
        let place = asked.len();
        asked.push(product.id.to_string());
        names.push((place, product.name.clone()));
        if name_key(&product.sku) != name_key(&product.name) {
            names.push((place, product.sku.clone()));
        }
        if asked.iter().all(|known| *known != product.family) {
            names.push((asked.len(), product.family.clone()));
            asked.push(product.family);
        }
    }
    Ok(Known {
        partners: KnownNames::new(store::partners(tx, target.vendor).await?),
        products: KnownNames::new(names),
        asked,
    })
}

impl Known {
    /// The partner's own, or the one that the vendor's row names.
    fn partner(
        &self,
        target: &Target,
        line: u64,
        row: &DealLine,
        tally: &mut Tally,
        reasons: &mut Vec<Reason>,
    ) -> Option<OrganizationId> {
        let Some(name) = row.partner.as_deref() else {
            if target.partner.is_none() {
                reasons.push(reason("required", "partner", ""));
            }
            return target.partner;
        };
        match (self.partners.find(name), target.partner) {
            // A partner learns of no other one, not even that there is one.
            (Found::One(found, _), Some(own)) if found == own => Some(own),
            (_, Some(_)) => {
                reasons.push(reason("not_yours", "partner", name));
                None
            }
            (Found::One(found, respelt), None) => {
                if let Some(used) = respelt {
                    tally.correct(line, "partner", name, &used);
                }
                Some(found)
            }
            (Found::Several, None) => {
                reasons.push(reason("ambiguous", "partner", name));
                None
            }
            (Found::Nobody, None) => {
                reasons.push(reason("unknown", "partner", name));
                None
            }
        }
    }

    fn products(
        &self,
        line: u64,
        row: &DealLine,
        tally: &mut Tally,
        reasons: &mut Vec<Reason>,
    ) -> Vec<LineAsk> {
        let mut lines = Vec::new();
        for name in &row.products {
            match self.products.find(name) {
                Found::One(place, respelt) => {
                    if let Some(used) = respelt {
                        tally.correct(line, "product", name, &used);
                    }
                    let product = self.asked.get(place).cloned().unwrap_or_default();
                    lines.push(LineAsk { product, quantity: row.quantity, amount: None });
                }
                Found::Several => reasons.push(reason("ambiguous", "product", name)),
                Found::Nobody => reasons.push(reason("unknown", "product", name)),
            }
        }
        lines
    }
}

fn asked(
    target: &Target,
    partner: Option<OrganizationId>,
    products: Vec<LineAsk>,
    row: DealLine,
) -> RegisterDeal {
    RegisterDeal {
        partner,
        customer: Some(row.customer),
        products: (!products.is_empty()).then_some(products),
        value: row.value.map(Amount::from),
        value_kind: row.value_kind,
        expected_close: row.expected_close,
        partner_role: row.partner_role,
        evidence: row.evidence.map(|(kind, on, note)| vec![Evidence { kind, on, note }]),
        notes: row.notes,
        sales_stage: row.sales_stage,
        use_case: row.use_case,
        competitor: row.competitor,
        incumbent: row.incumbent,
        tender_reference: row.tender_reference,
        source: row.source,
        ..RegisterDeal::new(target.program.id)
    }
}

/// A problem of one row as reasons; one of the whole store stays a problem.
fn told(problem: Problem) -> Result<Vec<Reason>, Problem> {
    match problem {
        Problem::Invalid { errors } => {
            let one = |error: FieldError| reason(&error.code, &error.field, "");
            Ok(errors.into_iter().map(one).collect())
        }
        Problem::Refused { code, .. } | Problem::Forbidden { code, .. } => {
            Ok(vec![reason(&code, "line", "")])
        }
        Problem::NotFound => Ok(vec![reason("not_found", "line", "")]),
        other => Err(other),
    }
}
