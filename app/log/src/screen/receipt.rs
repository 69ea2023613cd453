//! The receipt: what it says, and the checks that the reader's own browser makes on it.
use kit::{Fact, FactLayout, Icon, KeyValues, Tell, When, lucide, paths};
use leptos::prelude::*;

use super::findings;
use crate::examine::{Exhibit, Finding, Outcome, Said, examine};
use crate::receipt::Receipt;
use crate::t;

/// A receipt. It arrives unchecked; once the page is alive the browser checks it by itself, line by line, with
/// the code that also runs in `rialto verify`.
#[component]
pub fn ReceiptCard(
    receipt: Receipt,
    /// Where the file is downloaded; with `.pdf` after it, the same on paper.
    #[prop(into)]
    download: String,
) -> impl IntoView {
    let exhibit = Exhibit::Receipt(Box::new(receipt.clone()));
    let results = RwSignal::new(findings::waiting());
    let verifier = format!("{}?{}", paths::VERIFY, exhibit.slip().to_query());
    let details = findings::hashes(&exhibit);
    let kept = StoredValue::new(exhibit);
    Effect::new(move |_| check(kept, results));
    let file = format!("receipt-{}.json", receipt.deal);
    let paper = format!("{download}.pdf");
    view! {
        <article class="receipt" aria-labelledby="receipt-title">
            <header>
                <span class="badge"><Icon of=lucide::LuShieldCheck/></span>
                <div>
                    <h2 id="receipt-title">{t::receipt_title()}</h2>
                    <p class="muted">{t::receipt_lead()}</p>
                </div>
            </header>
            <KeyValues layout=FactLayout::Columns>
                <Fact label=t::priority_at()><When at=receipt.priority_at tell=Tell::Exact/>" "<span class="muted small">{receipt.priority_at.to_string()}</span></Fact>
                <Fact label=t::seq()><span class="num">{receipt.seq}</span></Fact>
                <Fact label=t::log_index()><span class="num">{receipt.log_index}</span></Fact>
            </KeyValues>
            <hr class="tear"/>
            <section aria-labelledby="receipt-checks">
                <h3 id="receipt-checks">{t::checks()}</h3>
                <p class="muted small" role="status">{move || results.with(|all| summary(all))}</p>
                {move || results.with(|all| findings::list(all))}
            </section>
            <hr class="tear"/>
            {details}
            <div class="actions">
                <a class="button" href=paper rel="external">
                    <Icon of=lucide::LuFileText/>{t::download_pdf()}
                </a>
                <a class="button" href=download download=file rel="external">
                    <Icon of=lucide::LuDownload/>{t::download()}
                </a>
                <a class="button quiet" href=verifier>
                    <Icon of=lucide::LuShieldCheck/>{t::open_verifier()}
                </a>
                <button type="button" class="button quiet" on:click=move |_| { let _ = window().print(); }>
                    <Icon of=lucide::LuPrinter/>{t::print()}
                </button>
            </div>
            <p class="muted small">{t::offline_hint()}" "<code>"rialto verify receipt.json"</code></p>
        </article>
    }
    .into_any()
}

fn summary(all: &[Finding]) -> &'static str {
    match findings::sum(all) {
        Outcome::Fails => t::sum_fails(),
        Outcome::Waiting => t::sum_waiting(),
        Outcome::Holds => t::sum_holds(),
        Outcome::Unknown => t::sum_unknown(),
    }
}

/// Checks in the browser: asks the log for its evidence, which tells it nothing of the claim, and judges here.
fn check(exhibit: StoredValue<Exhibit>, results: RwSignal<Vec<Finding>>) {
    leptos::task::spawn_local(async move {
        let Some(question) = exhibit.try_with_value(|exhibit| exhibit.question(None)) else { return };
        let said = Said::from(kit::ask(question).await);
        if let Some(found) = exhibit.try_with_value(|exhibit| examine(exhibit, &said, None)) {
            let _ = results.try_set(found);
        }
    });
}
