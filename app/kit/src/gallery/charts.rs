//! Figures, bars and charts.
use base::{Currency, Money};
use leptos::prelude::*;

use crate::chart::*;
use crate::*;

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
            <Tile label="Won this year" figure="€1.28 m" exact="€1,284,310.00" delta=up() as_of="as of 14:32:08" href="#tiles">
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
    view! {
        <Card title="Partners by type">
            <Donut id=format!("donut-{side}") title="Partners by type" unit="partners" write=count() parts=all.collect() />
        </Card>
    }
    .into_any()
}
