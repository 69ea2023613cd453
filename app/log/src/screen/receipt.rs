//! The receipt: what it says, and the checks that the reader's own browser makes on it.
use base::{Problem, Verb};
use kit::{Fact, FactLayout, Icon, KeyValues, Tell, When, lucide};
use leptos::prelude::*;

use crate::receipt::{Check, Receipt, passes};
use crate::verbs::ListLogKeys;
use crate::{LogKey, t};

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Waiting,
    Holds,
    Fails,
    /// The vendor's keys could not be fetched.
    Unknown,
}

/// A receipt. It arrives unchecked; once the page is alive the browser checks it by itself, line by line, with
/// the code that also runs in `rialto verify`.
#[component]
pub fn ReceiptCard(
    receipt: Receipt,
    /// Where the file is downloaded.
    #[prop(into)]
    download: String,
) -> impl IntoView {
    let outcomes = RwSignal::new([Outcome::Waiting; Check::ALL.len()]);
    let kept = StoredValue::new(receipt.clone());
    Effect::new(move |_| check(kept, outcomes));
    let lines = Check::ALL.into_iter().enumerate().map(|(at, kind)| line(kind, at, outcomes)).collect_view();
    let file = format!("receipt-{}.json", receipt.deal);
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
                <p class="muted small" role="status">{move || summary(&outcomes.get())}</p>
                <ol class="proof">{lines}</ol>
            </section>
            <hr class="tear"/>
            {hashes(&receipt)}
            <div class="actions">
                <a class="button" href=download download=file rel="external">
                    <Icon of=lucide::LuDownload/>{t::download()}
                </a>
                <button type="button" class="button quiet" on:click=move |_| { let _ = window().print(); }>
                    <Icon of=lucide::LuPrinter/>{t::print()}
                </button>
            </div>
            <p class="muted small">{t::offline_hint()}" "<code>"rialto verify receipt.json"</code></p>
        </article>
    }
}

fn line(kind: Check, at: usize, outcomes: RwSignal<[Outcome; Check::ALL.len()]>) -> impl IntoView {
    let (holds, fails) = match kind {
        Check::Claim => (t::check_claim(), t::check_claim_fails()),
        Check::Entry => (t::check_entry(), t::check_entry_fails()),
        Check::Inclusion => (t::check_inclusion(), t::check_inclusion_fails()),
        Check::Signature => (t::check_signature(), t::check_signature_fails()),
        Check::Key => (t::check_key(), t::check_key_fails()),
    };
    let outcome = move || outcomes.with(|all| all[at]);
    let class = move || match outcome() {
        Outcome::Holds => "ok",
        Outcome::Fails => "no",
        Outcome::Waiting | Outcome::Unknown => "wait",
    };
    let icon = move || match outcome() {
        Outcome::Holds => view! { <Icon of=lucide::LuCheck/> },
        Outcome::Fails => view! { <Icon of=lucide::LuX/> },
        Outcome::Waiting | Outcome::Unknown => view! { <Icon of=lucide::LuCircleDashed/> },
    };
    let words = move || match outcome() {
        Outcome::Fails => fails,
        Outcome::Unknown => t::check_key_unknown(),
        Outcome::Holds | Outcome::Waiting => holds,
    };
    let state = move || match outcome() {
        Outcome::Waiting => t::not_checked(),
        Outcome::Holds => t::holds(),
        Outcome::Fails => t::fails(),
        Outcome::Unknown => t::unknown(),
    };
    view! { <li class=class>{icon}<span>{words}<span class="visually-hidden">": "{state}</span></span></li> }
}

fn summary(outcomes: &[Outcome]) -> &'static str {
    if outcomes.contains(&Outcome::Fails) {
        t::sum_fails()
    } else if outcomes.contains(&Outcome::Waiting) {
        t::sum_waiting()
    } else {
        t::sum_holds()
    }
}

fn hashes(receipt: &Receipt) -> impl IntoView + use<> {
    let facts = [
        (t::claim_hash(), &receipt.claim_hash),
        (t::entry_hash(), &receipt.entry_hash),
        (t::prev_hash(), &receipt.prev_hash),
        (t::root(), &receipt.root),
        (t::key_id(), &receipt.key_id),
        (t::signature(), &receipt.signature),
    ];
    let facts = facts
        .into_iter()
        .map(|(label, text)| (label, text.clone()))
        .map(|(label, text)| view! { <Fact label=label><code class="hash">{text}</code></Fact> })
        .collect_view();
    view! {
        <details class="more">
            <summary>{t::details()}</summary>
            <KeyValues layout=FactLayout::Stacked>{facts}</KeyValues>
        </details>
    }
}

/// Checks in the browser: first what needs nothing but the receipt, then the key against the published ones.
fn check(receipt: StoredValue<Receipt>, outcomes: RwSignal<[Outcome; Check::ALL.len()]>) {
    leptos::task::spawn_local(async move {
        let keys: Result<<ListLogKeys as Verb>::Answer, Problem> = kit::ask(ListLogKeys {}).await;
        let keys = keys.map(|answer| answer.keys).unwrap_or_default();
        let found = receipt.try_with_value(|receipt| Check::ALL.map(|kind| outcome(receipt, kind, &keys)));
        if let Some(found) = found {
            let _ = outcomes.try_set(found);
        }
    });
}

fn outcome(receipt: &Receipt, kind: Check, keys: &[LogKey]) -> Outcome {
    match (kind, keys) {
        (Check::Key, []) => Outcome::Unknown,
        _ if passes(receipt, kind, keys) => Outcome::Holds,
        _ => Outcome::Fails,
    }
}
