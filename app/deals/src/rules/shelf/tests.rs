//! What stays on a device, what answers mean, and how a draft meets one that was changed elsewhere.
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::model::DealState;

const ALL: fn(&str) -> bool = |_| true;

/// A draft as the server answers it, with a customer and a value.
fn deal(name: &str, notes: &str) -> Deal {
    let id = "00000000000000000000000001";
    let org = format!("org_{id}");
    let value = json!({ "amount_minor": 4_800_000, "currency": "EUR" });
    let deal = json!({
        "id": format!("deal_{id}"), "number": "DR-1", "status": "draft", "state": { "status": "draft" },
        "vendor": org, "brand": format!("brand_{id}"), "program": format!("prog_{id}"), "program_name": "P",
        "partner": org, "partner_name": "A", "customer": { "name": name }, "products": [], "value": value,
        "value_kind": "one_off", "expected_close": null, "partner_role": "sell", "evidence": [], "notes": notes,
        "sales_stage": "", "use_case": "", "competitor": "", "incumbent": "", "tender_reference": "",
        "source": "", "priority_at": null, "priority_seq": null, "protection": null, "answer_due": null,
        "rounds": 0, "extensions": 0, "registered_by": { "name": "Sam", "user": null },
        "created_at": "2026-11-27T10:00:00Z", "updated_at": "2026-11-27T10:00:00Z", "version": 1,
        "rules_version": null, "rules": [], "moves": [],
    });
    serde_json::from_value(deal).unwrap()
}

fn texts(deal: &Deal) -> Typed {
    let amount = |money: Money| format!("{}.00", money.amount_minor / 100);
    Typed::of(&deal.claim(), Some(deal.program), Some(deal.partner), Currency::EUR, amount)
}

fn with(typed: &Typed, field: &str, text: &str) -> Typed {
    let mut typed = typed.clone();
    typed.write(field, text);
    typed
}

/// On the ground of a deal, with these texts.
fn unsent(typed: Typed, base: Deal, submit: bool) -> Unsent {
    Unsent { submit, ..Unsent::new("k".into(), typed, Some(base), Timestamp(0)) }
}

fn look(unsent: &Unsent, deal: &Deal) -> Standing {
    let before = unsent.base.as_ref().map(texts).unwrap_or_default();
    standing(unsent, &before, deal, &texts(deal), ALL)
}

#[test]
fn a_deal_and_its_texts_say_the_same() {
    let typed = texts(&deal("Acme", "Call"));
    assert_eq!((typed.text("name"), typed.text("notes")), ("Acme", "Call"));
    assert_eq!(
        (typed.text("value"), typed.text("currency"), typed.text("quantity")),
        ("48000.00", "EUR", "1")
    );
    for (one, other) in [("48,000", "48000.00"), (" 48000 ", "48.000")] {
        assert!(with(&typed, "value", one).says_the_same(&with(&typed, "value", other), "value"));
    }
    assert!(!with(&typed, "value", "much").says_the_same(&with(&typed, "value", ""), "value"));
    assert!(!with(&typed, "currency", "CHF").says_the_same(&typed, "value"));
    assert!(with(&typed, "name", " Acme ").says_the_same(&typed, "name"));
}

#[test]
fn what_is_kept_comes_back_as_it_was_typed() {
    let mut kept = unsent(with(&texts(&deal("Acme", "")), "value", "about 40 k?"), deal("Acme", ""), true);
    let ask = RegisterDeal::new(deal("", "").program);
    kept.creation = Some(kept.creation(ask, Timestamp(7)));
    kept.sending(&kept.typed.clone());
    let text = serde_json::to_string(&kept).unwrap();
    assert_eq!(base::tree::read::<Unsent>(&text).unwrap(), kept);
}

#[test]
fn a_creation_has_one_key_until_that_is_used_up() {
    let mut kept = Unsent::new("k".into(), Typed::default(), None, Timestamp(0));
    let ask = RegisterDeal::new(deal("", "").program);
    assert_eq!(kept.creation(ask.clone(), Timestamp(1)).key, "k");
    kept.not_created(false);
    assert_eq!(kept.creation(ask.clone(), Timestamp(2)).key, "k");
    kept.not_created(true);
    assert_eq!(kept.creation(ask, Timestamp(3)).key, "k.1");
}

#[test]
fn a_draft_that_the_server_has_forgotten_to_have_made_is_found_again() {
    let at = Timestamp::parse("2026-11-27T10:00:00Z").unwrap();
    let ask =
        RegisterDeal { customer: Some(deal("Acme", "").customer), ..RegisterDeal::new(deal("", "").program) };
    let creation = Creation { key: "k".into(), at, ask };
    assert!(!creation.is_old(at + Span::hours(22)) && creation.is_old(at + Span::hours(24)));
    let row = |name: &str, id: u128, created: Timestamp, updated: Timestamp| {
        let deal = deal(name, "");
        let row = json!({
            "id": DealId(base::reexport::uuid::Uuid::from_u128(id)), "number": "DR-1", "status": "draft",
            "program": deal.program, "program_name": "P", "partner": deal.partner, "partner_name": "A",
            "customer_name": name, "country": null, "products": "", "value": null, "value_kind": "one_off",
            "expected_close": null, "priority_at": null, "answer_due": null, "expires_at": null,
            "needs_action": false, "created_at": created, "updated_at": updated, "version": 1,
        });
        serde_json::from_value::<DealRow>(row).unwrap()
    };
    let (before, after) = (at - Span::hours(1), at + Span::minutes(2));
    let rows = [
        row("Acme", 1, before, before),
        row("Other", 2, after, after),
        row("Acme", 3, after, after + Span::minutes(1)),
    ];
    assert_eq!(creation.made(&rows), None, "an older one, another customer's, and one that was worked on");
    let rows = [&rows[..], &[row("Acme", 4, after, after)]].concat();
    assert_eq!(creation.made(&rows), Some(rows[3].id));
}

#[test]
fn each_answer_says_how_it_goes_on() {
    let refused = Problem::refused("illegal_move", "");
    for (problem, new, known) in [
        (Problem::Unavailable, After::Later(None), After::Later(None)),
        (Problem::TooMany { retry_after_s: 9 }, After::Later(Some(9)), After::Later(Some(9))),
        (Problem::Unauthenticated, After::SignedOut, After::SignedOut),
        (Problem::Stale, After::Refused, After::Look),
        (Problem::NotFound, After::Refused, After::Look),
        (refused, After::Refused, After::Look),
        (Problem::refused("idempotency_key_reused", ""), After::Renew, After::Look),
        (Problem::field("value", "required", ""), After::Refused, After::Refused),
        (Problem::Internal { request_id: String::new() }, After::Refused, After::Refused),
    ] {
        assert_eq!((after(&problem, false), after(&problem, true)), (new, known), "{problem}");
    }
}

#[test]
fn waits_grow_and_end_growing() {
    let waits: Vec<u32> = (0..12).map(wait_s).collect();
    assert_eq!(waits[..3], [5_u32, 10, 20]);
    assert!(waits.is_sorted() && waits[11] == LONGEST_WAIT_S && wait_s(u32::MAX) == LONGEST_WAIT_S);
}

#[test]
fn what_only_they_changed_is_shown_and_proposed() {
    let mine = unsent(with(&texts(&deal("Acme", "")), "name", "Acme AG"), deal("Acme", ""), false);
    let Standing::Apart(apart) = look(&mine, &deal("Acme", "Call them")) else {
        panic!("they changed the notes")
    };
    assert_eq!(apart.len(), 1);
    assert_eq!(
        (apart[0].field, apart[0].theirs.as_str(), apart[0].take),
        ("notes", "Call them", Take::Theirs)
    );
    let both = with(&mine.typed, "notes", "Write to them");
    let Standing::Apart(apart) = look(&unsent(both, deal("Acme", ""), false), &deal("Acme", "Call them"))
    else {
        panic!("both changed the notes")
    };
    assert_eq!((apart[0].mine.as_str(), apart[0].take), ("Write to them", Take::Mine));
}

#[test]
fn an_amount_is_shown_and_taken_with_its_currency() {
    let before = texts(&deal("Acme", ""));
    let theirs = with(&with(&before, "value", "100"), "currency", "CHF");
    let mine = with(&before, "value", "200");
    let mut apart = differences(&before, &[], &mine, &theirs, ALL);
    assert_eq!((apart[0].mine.as_str(), apart[0].theirs.as_str()), ("EUR 200", "CHF 100"));
    apart[0].take = Take::Theirs;
    let merged = merged(&mine, &theirs, &apart, ALL);
    assert_eq!((merged.text("value"), merged.text("currency")), ("100", "CHF"));
}

#[test]
fn what_arrived_from_here_without_an_answer_is_nobody_elses() {
    let mut mine = unsent(with(&texts(&deal("Acme", "")), "notes", "Call"), deal("Acme", ""), false);
    mine.sending(&mine.typed.clone());
    mine.typed.write("notes", "Call on Monday");
    mine.sending(&mine.typed.clone());
    assert_eq!(look(&mine, &deal("Acme", "Call")), Standing::Free);
    assert_eq!(look(&mine, &deal("Acme", "Call on Monday")), Standing::Free);
    assert!(matches!(look(&mine, &deal("Acme", "Else")), Standing::Apart(_)));
    for n in 0..20 {
        mine.sending(&with(&mine.typed, "notes", &n.to_string()));
    }
    assert_eq!(mine.sent.len(), MOST_SENT);
    mine.acknowledge(deal("Acme", "Call"));
    assert!(mine.sent.is_empty());
}

#[test]
fn a_draft_that_is_none_any_more_is_registered_or_gone() {
    let received = |name: &str| {
        let state = DealState::InReview { since: Timestamp(1), answer_due: Timestamp(2) };
        Deal { priority_at: Some(Timestamp(1)), ..deal(name, "").with_state(state) }
    };
    let typed = texts(&deal("Acme", ""));
    let pressed = unsent(typed.clone(), deal("Acme", ""), true);
    assert_eq!(look(&pressed, &received("Acme")), Standing::Registered, "its answer was lost");
    assert_eq!(look(&pressed, &received("Other")), Standing::Gone, "that is not what was to be registered");
    assert_eq!(look(&unsent(typed, deal("Acme", ""), false), &received("Acme")), Standing::Gone);
    let withdrawn = Deal { status: Status::Withdrawn, ..deal("Acme", "") };
    assert_eq!(look(&pressed, &withdrawn), Standing::Gone);
}

#[test]
fn a_registration_of_its_own_keeps_the_texts_and_nothing_else() {
    let lost = unsent(with(&texts(&deal("Acme", "")), "notes", "Call"), deal("Acme", ""), true);
    let fresh = lost.anew("n".into(), Timestamp(5));
    assert_eq!(fresh.typed, lost.typed);
    assert_eq!((fresh.base, fresh.creation, fresh.submit), (None, None, false));
}

#[test]
fn parts_that_may_not_be_changed_here_are_never_asked_about_and_theirs() {
    let open = |part: &str| part == "notes";
    let before = texts(&deal("Acme", ""));
    let (mine, theirs) = (with(&before, "notes", "A"), with(&before, "name", "Other"));
    assert_eq!(differences(&before, &[], &mine, &theirs, open), []);
    let merged = merged(&mine, &theirs, &[], open);
    assert_eq!((merged.text("name"), merged.text("notes")), ("Other", "A"));
}

#[test]
fn every_text_belongs_to_a_part_of_the_claim() {
    for field in compared() {
        assert!(crate::model::FIELDS.contains(&part_of(field)), "{field}");
    }
}

/// Texts for all fields out of few words, so that they often meet.
fn some_texts() -> impl Strategy<Value = Typed> {
    let word = prop_oneof![Just(""), Just("1"), Just("2"), Just("a"), Just("b "), Just("1,000.00")];
    proptest::collection::vec(word, TEXTS.len()).prop_map(|words| {
        let mut typed = Typed::default();
        TEXTS.iter().zip(words).for_each(|(field, word)| typed.write(field, word));
        typed.write("currency", "EUR");
        typed
    })
}

proptest! {
    #[test]
    fn nothing_is_asked_when_nobody_else_changed_anything(before in some_texts(), mine in some_texts()) {
        prop_assert_eq!(differences(&before, &[], &mine, &before, ALL), vec![]);
        prop_assert_eq!(differences(&before, std::slice::from_ref(&mine), &mine, &mine, ALL), vec![]);
    }

    #[test]
    fn what_they_changed_is_never_overwritten_unasked(
        before in some_texts(), mine in some_texts(), theirs in some_texts(),
    ) {
        let apart = differences(&before, &[], &mine, &theirs, ALL);
        for field in compared() {
            let changed = !theirs.says_the_same(&before, field) && !theirs.says_the_same(&mine, field);
            prop_assert_eq!(changed, apart.iter().any(|one| one.field == field), "{}", field);
        }
    }

    #[test]
    fn a_choice_of_one_side_is_that_side(before in some_texts(), mine in some_texts(), theirs in some_texts()) {
        let by = |take: Take| {
            let apart = differences(&before, &[], &mine, &theirs, ALL).into_iter();
            apart.map(|one| Difference { take, ..one }).collect::<Vec<_>>()
        };
        prop_assert_eq!(&merged(&mine, &theirs, &by(Take::Mine), ALL), &mine);
        let taken = merged(&mine, &theirs, &by(Take::Theirs), ALL);
        for one in by(Take::Theirs) {
            prop_assert!(taken.says_the_same(&theirs, one.field));
        }
        // Saved on their version, the choice is no question any more.
        prop_assert_eq!(differences(&theirs, &[], &taken, &theirs, ALL), vec![]);
    }

    #[test]
    fn texts_survive_the_shelf(typed in some_texts(), word in "\\PC*") {
        let typed = with(&typed, "notes", &word);
        let text = serde_json::to_string(&typed).unwrap();
        prop_assert_eq!(base::tree::read::<Typed>(&text).unwrap(), typed);
    }
}
