//! How a vendor's partners use its kits.
use base::Page;
use kit::{Card, Cell, CellKind, Column, LeadLink, Table, TableRow, When, paths};
use leptos::prelude::*;

use super::parts::number;
use crate::model::CampaignAdoption;
use crate::t;

/// Nothing where no partner made a campaign.
pub(super) fn card(page: Page<CampaignAdoption>) -> AnyView {
    if page.items.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        Column::new(t::col_partner()),
        Column::num(t::col_campaigns()),
        Column::num(t::col_launched()),
        Column::num(t::col_sent()),
        Column::num(t::col_clicked()),
        Column::num(t::col_leads()),
        Column::tight(t::col_last()),
    ];
    let rows = page.items.into_iter().map(row).collect_view();
    view! {
        <Card title=t::adoption() flush=true id="adoption">
            <Table columns=columns label=t::adoption()>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn row(of: CampaignAdoption) -> AnyView {
    let href = format!("{}?partner={}", paths::CAMPAIGNS, of.partner);
    let [campaigns, launched, sent, clicked, leads] =
        [of.campaigns, of.launched, of.sent, of.clicked, of.leads].map(number);
    let last = of.last_at.map(|at| view! { <When at=at/> });
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead><LeadLink href=href title=of.partner_name note=String::new()/></Cell>
            <Cell kind=CellKind::Num label=t::col_campaigns()>{campaigns}</Cell>
            <Cell kind=CellKind::Num label=t::col_launched()>{launched}</Cell>
            <Cell kind=CellKind::Num label=t::col_sent()>{sent}</Cell>
            <Cell kind=CellKind::Num label=t::col_clicked()>{clicked}</Cell>
            <Cell kind=CellKind::Num label=t::col_leads()>{leads}</Cell>
            <Cell label=t::col_last()><span class="small">{last}</span></Cell>
        </TableRow>
    }
    .into_any()
}
