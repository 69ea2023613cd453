//! What was corrected so that it can be read, and how well everything can be read.
use kit::{Banner, Cell, CellKind, Column, Table, TableRow, Tone};
use leptos::prelude::*;
use palette::{Correction, Mode, Reason};

use super::state::Studio;
use crate::t;
use crate::words::{kind_words, reason_words};

fn mode_words(mode: Mode) -> &'static str {
    match mode {
        Mode::Light => t::light(),
        Mode::Dark => t::dark(),
    }
}

/// The corrections of the brand's own colours; the quiet ones of lines and soft grounds are no news.
pub(super) fn corrections(studio: Studio) -> AnyView {
    let all = Memo::new(move |_| {
        studio.palette.with(|palette| {
            let told = |one: &&Correction| one.reason != Reason::NotReadable;
            palette.corrections.iter().filter(told).copied().collect::<Vec<_>>()
        })
    });
    let shown = move || {
        let all = all.get();
        if all.is_empty() {
            return view! { <Banner tone=Tone::Good>{t::all_readable()}</Banner> }.into_any();
        }
        let rows = all.into_iter().map(line).collect_view();
        view! { <Banner tone=Tone::Accent><strong>{t::corrected()}</strong><ul class="corrections">{rows}</ul></Banner> }
            .into_any()
    };
    view! { <div role="status">{shown}</div> }.into_any()
}

fn line(one: Correction) -> AnyView {
    let (from, to) = (one.from.to_string(), one.to.to_string());
    let words = t::corrected_line(mode_words(one.mode), reason_words(one.reason), one.token.name());
    let swatch = |fill: &str| {
        view! { <svg class="dot" width="14" height="14" aria-hidden="true"><rect width="14" height="14" rx="3" fill=fill.to_owned()></rect></svg> }
    };
    view! { <li>{words}" "{swatch(&from)}<code>{from.clone()}</code>" "<span aria-hidden="true">{t::becomes()}</span>" "{swatch(&to)}<code>{to.clone()}</code></li> }.into_any()
}

/// Every pair of words and ground with its contrast.
pub(super) fn contrast_table(studio: Studio) -> AnyView {
    let rows = move || {
        studio.palette.with(|palette| {
            let dark: Vec<_> = palette.contrasts(Mode::Dark).collect();
            palette
                .contrasts(Mode::Light)
                .zip(dark)
                .map(|(light, dark)| {
                    let ratio = |ratio: f64| kit::format::decimal(ratio, 2, kit::catalogue::locale());
                    let (words, ground) = (light.pair.words.name(), light.pair.ground.name());
                    let (kind, least) = (kind_words(light.pair.kind), ratio(light.pair.least));
                    let (a, b) = (ratio(light.ratio), ratio(dark.ratio));
                    view! {
                        <TableRow>
                            <Cell kind=CellKind::Lead><code>{words}</code>" / "<code>{ground}</code></Cell>
                            <Cell label=t::what()>{kind}</Cell>
                            <Cell label=t::least() kind=CellKind::Num>{least}</Cell>
                            <Cell label=t::light() kind=CellKind::Num>{a}</Cell>
                            <Cell label=t::dark() kind=CellKind::Num>{b}</Cell>
                        </TableRow>
                    }
                })
                .collect_view()
        })
    };
    let columns = vec![
        Column::new(t::words_and_ground()),
        Column::new(t::what()),
        Column::num(t::least()),
        Column::num(t::light()),
        Column::num(t::dark()),
    ];
    view! {
        <details class="card contrast-table">
            <summary>{t::contrast_table()}</summary>
            <Table columns=columns label=t::contrast_table() compact=true>{rows}</Table>
        </details>
    }
    .into_any()
}
