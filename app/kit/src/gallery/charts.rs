//! Figures, bars and charts.
use base::{Currency, Money};
use leptos::prelude::*;

use crate::chart::*;
use crate::*;

/// 28 November 2026, 14:32:08 UTC.
const AT: base::Timestamp = base::Timestamp(1_795_876_328_000);
const WON: [f64; 11] = [8e4, 1.9e5, 3.1e5, 4e5, 5.2e5, 6.6e5, 7.4e5, 8.8e5, 1.04e6, 1.19e6, 1.284e6];

fn euro() -> impl Fn(f64) -> String + Send + Sync + 'static {
    |value| format::money_short(Money::new((value * 100.0) as i64, Currency::EUR), catalogue::locale())
}

fn count() -> impl Fn(f64) -> String + Send + Sync + 'static {
    |value| format::number(value as i64, catalogue::locale())
}

fn months() -> Vec<String> {
    (1..=12).map(|month| format::month(month, catalogue::locale()).to_owned()).collect()
}

pub(super) fn tiles(_: &'static str) -> AnyView {
    let up = || view! { <Delta words="+18 % on last year" up=Some(true) tone=Tone::Good /> }.into_any();
    let down = view! { <Delta words="−4 % on last month" up=Some(false) tone=Tone::Bad /> }.into_any();
    view! {
        <Tiles>
            <Tile label="Won this year" figure="€1.28 m" exact="€1,284,310.00" delta=up() as_of=AT href="#tiles">
                <Sparkline values=WON.to_vec() />
            </Tile>
            <Tile label="Open pipeline" figure="€2.41 m" unit="37 deals" href="#tiles">
                <StackBar title="Open pipeline by state" write=count() parts=vec![
                    Part::new("Approved", 19.0, Paint::Accent).href("#tiles"),
                    Part::new("In review", 11.0, Paint::AccentMiddle).href("#tiles"),
                    Part::new("Draft", 7.0, Paint::AccentLight).href("#tiles"),
                ] />
            </Tile>
            <Tile label="Earnings" figure="€38,460" unit="next payout, 30 Nov">
                <p class="muted">"€12,900 pending on 3 deals · "<a class="link" href="#tiles">"statement"</a></p>
            </Tile>
            <Tile label="Win rate" figure="41 %" delta=down><Sparkline values=vec![5.0, 6.0, 5.5, 7.0, 6.2, 5.8, 4.9] /></Tile>
        </Tiles>
    }
    .into_any()
}

pub(super) fn progress(_: &'static str) -> AnyView {
    view! {
        <Card title="Silver, on the way to Gold">
            <div class="stack gap-16">
                <Progress label="Revenue" value="€1.28 m of €1.50 m" share=0.856 pace=0.82 />
                <Progress label="Certified people" value="4 of 6" share=0.66 />
                <Progress label="Influenced deals" value="11 of 8" share=1.4 tone=Tone::Good />
                <Progress label="Activity" value="9 days left" share=0.2 tone=Tone::Warn />
                <p class="muted small">"Two certifications and €216,000 to go. "<a class="link" href="#progress">"What Gold gives you"</a></p>
            </div>
        </Card>
        <Card title="Importing opportunities.csv">
            <Work label="Rows" done=5_120_u64 total=Some(8_800_u64) rate=Some(1_240.0)
                counts=view! { <span>"created "<b>"4,902"</b></span><span>"rejected "<b>"218"</b></span> }.into_any()
                cancel=view! { <Button size=Size::Small>"Cancel"</Button> }.into_any() />
        </Card>
    }
    .into_any()
}

pub(super) fn lines(side: &'static str) -> AnyView {
    let goal: Vec<f64> = (1..=12).map(|month| f64::from(month) * 1.2e5).collect();
    let last: Vec<f64> = WON.iter().map(|value| value * 0.8).chain([1.1e6]).collect();
    view! {
        <Card title="Won this year" end=view! { <span class="as-of">"as of 14:32:08"</span> }.into_any()>
            <div class="stack">
                <div class="figures">
                    <Figure value="€1.284 m" />
                    <Delta words="+18 % on last year" up=None tone=Tone::Good />
                    <span class="muted small end">"goal €1.5 m · "<strong class="text-good">"4 % ahead of pace"</strong></span>
                </div>
                <LineChart id=format!("won-{side}") title="Won revenue by month against the goal" labels=months() write=euro() goal=goal
                    series=vec![Series::new("Won", WON.to_vec(), Paint::Accent)] />
            </div>
        </Card>
        <Card title="Sourced and influenced">
            <LineChart id=format!("two-{side}") title="Revenue by month" labels=months() write=euro() area=false height=Height::Tall
                series=vec![
                    Series::new("Sourced", WON.to_vec(), Paint::Palette(0)),
                    Series::new("Influenced", last, Paint::Palette(1)),
                    Series::new("Delivered", WON.iter().map(|value| value * 0.4).collect(), Paint::Palette(2)),
                ] />
        </Card>
        <Card title="Nothing yet">
            <LineChart id=format!("none-{side}") title="Revenue by month" labels=months() write=euro() height=Height::Short
                series=vec![Series::new("Won", vec![], Paint::Accent)] />
        </Card>
    }
    .into_any()
}

pub(super) fn bars(side: &'static str) -> AnyView {
    let series = vec![
        Series::new(
            "Approved",
            vec![12.0, 14.0, 9.0, 18.0, 21.0, 17.0, 24.0, 22.0, 19.0, 27.0, 31.0, 28.0],
            Paint::Accent,
        ),
        Series::new(
            "Returned",
            vec![3.0, 2.0, 4.0, 3.0, 1.0, 5.0, 2.0, 3.0, 4.0, 2.0, 3.0, 1.0],
            Paint::Palette(1),
        ),
        Series::new(
            "Rejected",
            vec![1.0, 0.0, 2.0, 1.0, 1.0, 2.0, 0.0, 1.0, 1.0, 3.0, 1.0, 2.0],
            Paint::Palette(2),
        ),
    ];
    view! {
        <Card title="Registrations by month">
            <BarChart id=format!("bars-{side}") title="Registrations by month" labels=months() write=count() series=series goal=25.0 />
        </Card>
    }
    .into_any()
}

pub(super) fn parts(side: &'static str) -> AnyView {
    let all = (0..8_u8).map(|n| {
        Part::new(
            ["Reseller", "Distributor", "ISV", "SI", "MSP", "Consultancy", "Agency", "Other"][n as usize],
            f64::from(24 - n * 3),
            Paint::Palette(n),
        )
    });
    let steps = [("Recruited", 120.0), ("Signed", 84.0), ("First registration", 41.0), ("First sale", 17.0)]
        .map(|(label, value)| Part::new(label, value, Paint::Accent));
    let states = vec![
        Part::new("Approved", 19.0, Paint::Good).href("#parts"),
        Part::new("In review", 11.0, Paint::Accent).href("#parts"),
        Part::new("Returned", 4.0, Paint::Warn),
    ];
    view! {
        <Card title="From recruited to selling">
            <Funnel title="From recruited to selling" steps=steps.to_vec() write=count() />
        </Card>
        <Card title="Registrations by state">
            <StackBar title="Registrations by state" parts=states write=count() column=true />
        </Card>
        <Card title="Partners by type">
            <Donut id=format!("donut-{side}") title="Partners by type" unit="partners" write=count() parts=all.collect() />
        </Card>
    }
    .into_any()
}

pub(super) fn heat(_: &'static str) -> AnyView {
    let rows = ["Alpine Systems", "Bluepeak Consulting and Integration Partners", "Cobalt", "Dune"];
    let values = vec![
        vec![Some(0.0), Some(4.0), Some(12.0), Some(31.0), Some(18.0), Some(9.0)],
        vec![Some(7.0), Some(7.0), Some(22.0), Some(25.0), Some(30.0), Some(28.0)],
        vec![Some(1.0), None, Some(3.0), Some(2.0), Some(6.0), Some(5.0)],
        vec![None, None, None, Some(1.0), Some(14.0), Some(16.0)],
    ];
    view! {
        <Card title="Registrations by partner and month">
            <Heat title="Registrations by partner and month" head="Partner" rows=rows.map(str::to_owned).to_vec()
                columns=months()[..6].to_vec() values=values write=count() />
        </Card>
        <Card title="Nothing yet">
            <Heat title="Registrations by partner" head="Partner" rows=vec![] columns=vec![] values=vec![] write=count() />
        </Card>
    }
    .into_any()
}

pub(super) fn gauges(side: &'static str) -> AnyView {
    let id = move |name: &str| format!("gauge-{name}-{side}");
    view! {
        <Card title="Won this year">
            <Gauge id=id("ahead") title="Won this year against the goal" value=1.284e6 goal=1.5e6 pace=Some(1.23e6) write=euro() />
        </Card>
        <Card title="Behind">
            <Gauge id=id("behind") title="Registrations against the goal" value=41.0 goal=120.0 pace=Some(80.0) write=count() paint=Paint::Warn />
        </Card>
        <Card title="Above the goal, nothing yet">
            <div class="grid g2">
                <Gauge id=id("over") title="Certified people" value=11.0 goal=8.0 pace=None write=count() paint=Paint::Good />
                <Gauge id=id("none") title="Partners with a sale" value=0.0 goal=20.0 pace=Some(4.0) write=count() />
            </div>
        </Card>
    }
    .into_any()
}
