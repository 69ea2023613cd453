//! Signs, facts, history, comparison, verdicts.
use base::{Currency, Date, Money, Span, Timestamp};
use leptos::prelude::*;

use crate::icon::lucide;
use crate::*;

/// 22 November 2026, 14:30:07.412 UTC.
const THEN: Timestamp = Timestamp(1_795_357_807_412);

pub(super) fn signs(_: &'static str) -> AnyView {
    let tags = Tone::ALL
        .into_iter()
        .map(|tone| view! { <Tag tone=tone>{tone.class()}</Tag><Tag tone=tone plain=true>{tone.class()}</Tag> })
        .collect_view();
    view! {
        <div class="line wrap">{tags}<Tag tone=Tone::Warn big=true>"Possible conflict"</Tag><Count of=7 label="7 wait" /></div>
        <div class="line wrap gap-16">
            {[live::Freshness::Starting, live::Freshness::Live, live::Freshness::Reconnecting, live::Freshness::Offline]
                .map(|state| view! { <LiveDot state=Signal::stored(state) /> })
                .into_iter()
                .collect_view()}
            <Kbd keys="Ctrl K" /><Kbd keys="?" />
        </div>
        <div class="line wrap gap-12">
            <BrandMark name="Northwind" /><BrandMark name="Harbor" big=true />
            <Avatar name="Sam Peters" /><Avatar name="Paula Peters" size=Size::Small /><Avatar name="Carlos Ruiz" size=Size::Big />
            <Avatar name="Helvetia" square=true size=Size::Big /><Avatar name="Acme" square=true />
            <Person name="Noor Haddad" /><Person name="Alpine Systems" square=true />
        </div>
    }
    .into_any()
}

pub(super) fn comparison(side: &'static str) -> AnyView {
    view! {
        <Card flush=true>
            <Compare label=format!("This claim and the record it resembles, {side}") heads=vec!["Alpine Systems, now".into(), "Bluepeak, 12 Oct, in review".into()] rows=vec![
                Compared::pair("Name", "Helvetia Präzisionswerke AG", "Helvetia Praezisionswerke", true),
                Compared::pair("Website", "helvetia-praezision.example", "helvetia-praezision.example", true),
                Compared::pair("Country", "Switzerland", "Switzerland", true),
                Compared::pair("Product", "Harbor Vault", "Harbor Shield", false),
                Compared::pair("Close", "30 Jun 2027", "15 Jan 2027", false),
            ] />
        </Card>
    }
    .into_any()
}

pub(super) fn facts(_: &'static str) -> AnyView {
    let amount = Money::new(128_431_050, Currency::EUR);
    view! {
        <Card title="Facts">
            <KeyValues>
                <Fact label="Registered"><When at=THEN tell=Tell::Absolute /></Fact>
                <Fact label="Last change"><When at=THEN /></Fact>
                <Fact label="Answer promised"><When at=THEN + Span::days(2) tell=Tell::Soon /></Fact>
                <Fact label="Priority"><When at=THEN tell=Tell::Exact /></Fact>
                <Fact label="Expected close"><Day on=Date::from_ymd_opt(2027, 6, 30).unwrap_or_default() /></Fact>
                <Fact label="Value"><MoneyText of=amount precision=Precision::Exact /></Fact>
                <Fact label="In a figure"><MoneyText of=amount precision=Precision::Compact /></Fact>
            </KeyValues>
        </Card>
        <Card>
            <KeyValues layout=FactLayout::Columns>
                <Fact label="Protected if approved">"90 days, until 20 Feb 2027"</Fact>
                <Fact label="You would earn">"€5,760 · 12 % in year one"</Fact>
                <Fact label="Answer promised">"by Tue 24 Nov, 14:30"</Fact>
            </KeyValues>
        </Card>
        <div class="line wrap gap-24">
            <Countdown until=THEN + Span::days(400) big=true />
            <Countdown until=THEN - Span::hours(3) />
        </div>
    }
    .into_any()
}

fn at(hours: i64) -> AnyView {
    view! { <When at=THEN - Span::hours(hours) tell=Tell::Absolute /> }.into_any()
}

pub(super) fn history(_: &'static str) -> AnyView {
    view! {
        <Card title="History">
            <Timeline label="History of the deal">
                <Moment icon=lucide::LuCheck tone=Tone::Good title="Carlos Ruiz approved it" when=at(1) fresh=true>"Protected for 90 days, until 20 Feb 2027."</Moment>
                <Moment icon=lucide::LuMessageSquare tone=Tone::Warn title="Carlos Ruiz asked for the tender number" when=at(4)>"“Is there a public tender? Then we need its number.”"</Moment>
                <Moment icon=lucide::LuSearch title="Compared with 41,208 records: clear" when=at(28) />
                <Moment icon=lucide::LuSend tone=Tone::Accent title="Sam Peters registered it" when=at(28) />
            </Timeline>
        </Card>
    }
    .into_any()
}

pub(super) fn verdicts(_: &'static str) -> AnyView {
    view! {
        <Verdict tone=Tone::Good word="Clear" sentence="Nobody holds this customer for Harbor Vault.">
            <Rule id="ROE-1" words="First to register is protected." />
            <Rule id="ROE-4" words="Other product families may be protected beside it." />
        </Verdict>
        <Verdict tone=Tone::Warn word="Possible conflict" sentence="A similar company is known." reasons=vec!["The website is the same.".into(), "The names differ in one word.".into()]>
            <Rule id="ROE-2" words="Same website opens a review." />
        </Verdict>
        <Verdict tone=Tone::Bad word="Conflict" sentence="This customer is protected for somebody else until 20 Feb 2027." />
        <Verdict tone=Tone::Neutral word="Not checked yet" sentence="Give a website or a company name." />
    }
    .into_any()
}
