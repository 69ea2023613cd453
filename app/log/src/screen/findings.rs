//! Findings in words: what each test says when it holds and when it does not.
use kit::{Fact, FactLayout, Icon, KeyValues, lucide};
use leptos::prelude::*;

use crate::examine::{Exhibit, Finding, Outcome, Test};
use crate::receipt::{Check, flat};
use crate::t;

/// The tests of a receipt before any was made.
pub(super) fn waiting() -> Vec<Finding> {
    let of_receipt = Check::ALL.into_iter().map(Test::Receipt);
    let tests = of_receipt.chain([Test::Checkpoint, Test::Present, Test::Grown]);
    tests.map(|test| Finding { test, outcome: Outcome::Waiting }).collect()
}

/// All findings as a list.
pub(super) fn list(findings: &[Finding]) -> AnyView {
    let lines = findings.iter().map(|finding| line(*finding)).collect_view();
    view! { <ol class="proof">{lines}</ol> }.into_any()
}

fn line(finding: Finding) -> AnyView {
    let (holds, fails) = words(finding.test);
    let (class, icon, words, state) = match finding.outcome {
        Outcome::Waiting => ("wait", lucide::LuCircleDashed, holds, t::not_checked()),
        Outcome::Holds => ("ok", lucide::LuCheck, holds, t::holds()),
        Outcome::Fails => ("no", lucide::LuX, fails, t::fails()),
        Outcome::Unknown => ("wait", lucide::LuCircleDashed, holds, t::unknown()),
    };
    let unknown = (finding.outcome == Outcome::Unknown).then(|| format!(" ({})", t::unknown()));
    view! {
        <li class=class>
            <Icon of=icon/>
            <span>{words}{unknown}<span class="visually-hidden">": "{state}</span></span>
        </li>
    }
    .into_any()
}

fn words(test: Test) -> (&'static str, &'static str) {
    match test {
        Test::Receipt(Check::Claim) => (t::check_claim(), t::check_claim_fails()),
        Test::Receipt(Check::Entry) => (t::check_entry(), t::check_entry_fails()),
        Test::Receipt(Check::Inclusion) => (t::check_inclusion(), t::check_inclusion_fails()),
        Test::Receipt(Check::Signature) => (t::check_signature(), t::check_signature_fails()),
        Test::Receipt(Check::Key) => (t::check_key(), t::check_key_fails()),
        Test::Checkpoint => (t::check_checkpoint(), t::check_checkpoint_fails()),
        Test::Present => (t::check_present(), t::check_present_fails()),
        Test::Grown => (t::check_grown(), t::check_grown_fails()),
        Test::Kept => (t::check_kept(), t::check_kept_fails()),
    }
}

/// How they came out together: the worst of them.
pub(super) fn sum(findings: &[Finding]) -> Outcome {
    let has = |outcome| findings.iter().any(|finding| finding.outcome == outcome);
    [Outcome::Fails, Outcome::Waiting, Outcome::Unknown]
        .into_iter()
        .find(|outcome| has(*outcome))
        .unwrap_or(Outcome::Holds)
}

/// Hashes, key and signature, folded away.
pub(super) fn hashes(exhibit: &Exhibit) -> AnyView {
    let slip = exhibit.slip();
    let mut facts = vec![
        (t::claim_hash(), slip.claim_hash.clone()),
        (t::entry_hash(), hex::encode(slip.hash())),
        (t::prev_hash(), slip.prev_hash),
    ];
    if let Exhibit::Receipt(receipt) = exhibit {
        facts.extend([
            (t::root(), receipt.root.clone()),
            (t::key_id(), receipt.key_id.clone()),
            (t::signature(), receipt.signature.clone()),
        ]);
    }
    let facts = facts.into_iter().map(|(label, text)| (label.to_owned(), text)).collect();
    folded(t::details(), facts)
}

/// What was claimed, folded away; nothing for a slip, which does not say it.
pub(super) fn claim(exhibit: &Exhibit) -> AnyView {
    match exhibit {
        Exhibit::Receipt(receipt) => folded(t::claimed(), flat(&receipt.claim)),
        Exhibit::Slip(_) => ().into_any(),
    }
}

fn folded(summary: &'static str, facts: Vec<(String, String)>) -> AnyView {
    let fact =
        |(label, text): (String, String)| view! { <Fact label=label><code class="hash">{text}</code></Fact> };
    let facts = facts.into_iter().map(fact).collect_view();
    view! {
        <details class="more">
            <summary>{summary}</summary>
            <KeyValues layout=FactLayout::Stacked>{facts}</KeyValues>
        </details>
    }
    .into_any()
}
