//! What comes of a campaign: from mails to sales, live; two subjects beside each other; a file of it.
use kit::catalogue::locale;
use kit::{
    Asked, Banner, Button, CSV_MARK, Card, Shape, Size, Skeleton, Tag, Tone, Work, csv_line, format, lucide,
};
use leptos::prelude::*;

use super::super::parts::{number, share};
use super::state::Desk;
use crate::model::{CampaignResults, SubjectResult, SubjectTest};
use crate::rules::ab::Better;
use crate::t;

pub(super) fn funnel(desk: Desk, results: Asked<CampaignResults>) -> AnyView {
    let launched = Memo::new(move |_| desk.of.with(|of| of.campaign.launched_at.is_some()));
    let shown = move || {
        launched.get().then(|| {
            kit::shown(
                results,
                || view! { <Skeleton shape=Shape::Table/> }.into_any(),
                move |results| all(desk, results),
            )
        })
    };
    shown.into_any()
}

/// One step of the funnel: what it is, how many, of which whole.
fn steps(of: &CampaignResults) -> [(&'static str, u64, u64); 7] {
    [
        (t::col_sent(), of.sent, of.sent + of.queued + of.failed),
        (t::delivered(), of.delivered, of.sent),
        (t::opened(), of.opened, of.delivered),
        (t::col_clicked(), of.clicked, of.delivered),
        (t::col_leads(), of.leads, of.clicked),
        (t::deals(), of.deals, of.leads),
        (t::won(), of.won, of.deals),
    ]
}

fn all(desk: Desk, of: CampaignResults) -> AnyView {
    let most = steps(&of).iter().map(|(_, count, _)| *count).max().unwrap_or(0).max(1);
    let rows = steps(&of)
        .into_iter()
        .map(|(label, count, whole)| {
            let width = count as f64 / most as f64;
            view! {
                <li class="campaign-funnel-row">
                    <span class="strong">{label}</span>
                    <kit::Bar share=width tone=Tone::Accent/>
                    <span class="num">{number(count)}</span>
                    <span class="num muted small">{share(count, whole)}</span>
                </li>
            }
        })
        .collect_view();
    let value = (of.won_value.amount_minor != 0).then(|| format::money_plain(of.won_value, locale()));
    let others: Vec<String> = [
        (t::bounced(), of.bounced),
        (t::failed(), of.failed),
        (t::unsubscribed(), of.unsubscribed),
        (t::complained(), of.complained),
        (t::left_out(), of.suppressed),
        (t::opened_by_proxy(), of.opened_by_proxy),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(label, count)| format!("{label}: {}", number(count)))
    .collect();
    let work = (of.queued > 0).then(|| {
        let (done, total) = (of.sent + of.failed, Some(of.sent + of.failed + of.queued));
        view! { <Work label=t::mails_going_out() done=done total=total/> }
    });
    let save = {
        let (name, text) = (file_name(desk), csv(&of));
        move |_| kit::save_file(&name, "text/csv", &text)
    };
    let end = view! { <Button size=Size::Small icon=lucide::LuDownload on_click=save>{t::as_csv()}</Button> }
        .into_any();
    let test = of.subjects.clone().map(subjects);
    view! {
        <Card title=t::results() end=end id="results">
            <div class="stack gap-16">
                {work}
                <ul class="campaign-funnel" role="list">{rows}</ul>
                {value.map(|value| view! { <p><span class="strong">{t::won_value()}</span>" "{value}</p> })}
                {(!others.is_empty()).then(|| view! { <p class="muted small">{others.join(" · ")}</p> })}
                <p class="muted small">{t::openings_caveat()}</p>
            </div>
        </Card>
        {test}
    }
    .into_any()
}

fn file_name(desk: Desk) -> String {
    let slug = desk.of.with_untracked(|of| of.campaign.slug.clone());
    format!("{slug}-results.csv")
}

fn csv(of: &CampaignResults) -> String {
    let mut out = CSV_MARK.to_owned();
    csv_line(&mut out, &[t::col_what().to_owned(), t::col_count().to_owned()]);
    let others = [
        (t::bounced(), of.bounced),
        (t::failed(), of.failed),
        (t::unsubscribed(), of.unsubscribed),
        (t::complained(), of.complained),
        (t::left_out(), of.suppressed),
        (t::opened_by_proxy(), of.opened_by_proxy),
    ];
    for (label, count) in steps(of).into_iter().map(|(label, count, _)| (label, count)).chain(others) {
        csv_line(&mut out, &[label.to_owned(), count.to_string()]);
    }
    out
}

fn subjects(test: SubjectTest) -> AnyView {
    let row = |letter: &'static str, of: SubjectResult, better: bool| {
        let rate = share(of.clicked, of.sent);
        view! {
            <li class="line wrap">
                <Tag plain=true>{letter}</Tag>
                <q>{of.subject}</q>
                <span class="muted small num">{t::clicked_of(number(of.clicked), number(of.sent))}" · "{rate}</span>
                {better.then(|| view! { <Tag tone=Tone::Good>{t::better()}</Tag> })}
            </li>
        }
    };
    let better = test.verdict.better;
    let words = match better {
        Better::A | Better::B => t::surely_better(
            format::percent(test.verdict.p, locale()),
            format::decimal(test.verdict.z, 2, locale()),
        ),
        Better::Neither | Better::TooFew => better.words().to_owned(),
    };
    view! {
        <Card title=t::two_subjects()>
            <div class="stack gap-8">
                <ul class="stack gap-8" role="list">{row("A", test.a, better == Better::A)}{row("B", test.b, better == Better::B)}</ul>
                <Banner>{words}</Banner>
            </div>
        </Card>
    }
    .into_any()
}
