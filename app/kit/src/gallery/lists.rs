//! Cards, rows, tables.
use leptos::prelude::*;

use crate::icon::lucide;
use crate::*;

fn answer(words: &'static str) -> AnyView {
    view! { <LinkButton href="#cards">{words}</LinkButton> }.into_any()
}

pub(super) fn cards(side: &'static str) -> AnyView {
    view! {
        <Card id=format!("needs-{side}") title=format!("Needs you, {side}") aside=view! { <Count of=3 label="3 need you" /> }.into_any() flush=true>
            <ul class="rows">
                <Row title="Helvetia Präzision: add the tender number" note="Carlos asked 2 hours ago · your place in line is kept for 4 days"
                    lead=view! { <Tag tone=Tone::Warn>"Returned"</Tag> }.into_any() end=answer("Answer") />
                <Row title="Brandt Logistik: protection ends in 6 days" note="€82,000 · one extension of 30 days left"
                    lead=view! { <Tag tone=Tone::Bad>"Expires"</Tag> }.into_any() end=answer("Extend") href="#cards" />
                <Row title="Nordwerk AG wants a demo" note="From your campaign “Ransomware check” · accept by 16:00"
                    lead=view! { <Tag tone=Tone::Accent>"Lead"</Tag> }.into_any() end=answer("Accept") />
            </ul>
        </Card>
        <Card flush=true>
            <ul class="rows">
                <Row title="Helvetia Präzisionswerke" note="Alpine Systems · €48,000" href="#cards" current=true
                    end=view! { <Tag tone=Tone::Bad>"1 h 52 min"</Tag> }.into_any() />
                <Row title="Nordlicht Logistik" note="Bluepeak · €120,000" href="#cards"
                    end=view! { <Tag tone=Tone::Warn>"3 h 20 min"</Tag> }.into_any() />
                <Row title="Stadtwerke Aurach" note="Kontor IT · €36,500" href="#cards" end=view! { <Tag>"5 h"</Tag> }.into_any() />
            </ul>
        </Card>
        <Card title="With a foot" footer=view! { <span class="muted small">"7 waiting"</span><span class="end"><Button size=Size::Small>"All of them"</Button></span> }.into_any()>
            <p class="muted">"A card holds one matter, and what can be done about it."</p>
        </Card>
    }
    .into_any()
}

const DEALS: [(&str, &str, Tone, &str, &str, &str, &str); 5] = [
    (
        "Acme Corporation",
        "DR-2046 · acme.example",
        Tone::Good,
        "Approved",
        "€48,000",
        "61 days",
        "Sam Peters",
    ),
    (
        "Brandt Logistik GmbH",
        "DR-2043 · brandt-logistik.example",
        Tone::Warn,
        "Expires soon",
        "€82,000",
        "6 days",
        "Paula Peters",
    ),
    (
        "Helvetia Präzisionswerke AG",
        "DR-2041 · helvetia-praezision.example",
        Tone::Accent,
        "In review",
        "€48,000",
        "",
        "Sam Peters",
    ),
    ("Nordlicht Logistik", "DR-2038", Tone::Bad, "Rejected", "€120,000", "", "Sam Peters"),
    ("Ostsee Klinik", "DR-2031", Tone::Neutral, "Draft", "€18,900", "", "Paula Peters"),
];

pub(super) fn tables(side: &'static str) -> AnyView {
    let href = |sort: &str| format!("?sort={sort}#tables");
    let columns = vec![
        Column::tight(""),
        Column::new("Customer").sorts("customer", "-value", href),
        Column::new("State"),
        Column::num("Value").sorts("value", "-value", href),
        Column::new("Protected"),
        Column::new("Owner"),
    ];
    let rows = DEALS
        .into_iter()
        .enumerate()
        .map(|(n, (customer, note, tone, state, value, protected, owner))| {
            let label = format!("Select {customer}");
            view! {
                <TableRow selected=n == 1 current=n == 2>
                    <Cell kind=CellKind::Pick>
                        <span class="check bare"><input type="checkbox" aria-label=label checked=n == 1 /></span>
                    </Cell>
                    <Cell kind=CellKind::Lead><LeadLink href="#tables" title=customer note=note /></Cell>
                    <Cell kind=CellKind::State><Tag tone=tone>{state}</Tag></Cell>
                    <Cell kind=CellKind::Num label="Value">{value}</Cell>
                    <Cell label="Protected" kind=if protected.is_empty() { CellKind::Spare } else { CellKind::Plain }>{protected}</Cell>
                    <Cell label="Owner"><Person name=owner /></Cell>
                </TableRow>
            }
        })
        .collect_view();
    let few = view! {
        <TableRow>
            <Cell kind=CellKind::Lead>"GTX Pro"</Cell>
            <Cell kind=CellKind::Num label="Won">"729"</Cell>
            <Cell kind=CellKind::Num label="Win rate">"64 %"</Cell>
        </TableRow>
    };
    view! {
        <div class="tools">
            <Chip label="Approved" on=true remove="#tables" />
            <span class="end"><Button size=Size::Small icon=lucide::LuDownload>"CSV"</Button></span>
        </div>
        <Card flush=true>
            <Table columns=columns label=format!("Deals, {side}") opens=true>{rows}</Table>
            <Pager label=format!("Pages, {side}") shown=5 total=8_800 first="#tables".to_owned() next="#tables".to_owned() />
        </Card>
        <BulkBar count=1_usize on_clear=|()| ()><Button size=Size::Small>"Assign"</Button></BulkBar>
        <Card title="A compact one" flush=true>
            <Table columns=vec![Column::new("Product"), Column::num("Won"), Column::num("Win rate")] label=format!("Products, {side}") compact=true wide=true>{few}</Table>
        </Card>
    }
    .into_any()
}
