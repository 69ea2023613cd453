//! Laws of leads, held against random lives and random draws.
use base::{Currency, DealId, Money, OrganizationId, Timestamp};
use partners::{PartnerType, Tier};
use proptest::prelude::*;

use super::*;
use crate::model::{
    Choice, DeadReason, DeclineReason, Distribution, Exclusion, How, LeadFacts, LeadRule, LeadState, Person,
    Status, TrialOutcome,
};

const WINDOW: i64 = 60_000;

fn partner(n: u128) -> OrganizationId {
    OrganizationId(base::reexport::uuid::Uuid::from_u128(n))
}

fn deal(n: u128) -> DealId {
    DealId(base::reexport::uuid::Uuid::from_u128(n))
}

fn terms(now: i64, by: Option<u128>) -> Terms {
    Terms {
        now: Timestamp(now),
        by: Person { name: "Sam".into(), user: None },
        partner: by.map(partner),
        answer_by: Timestamp(now + WINDOW),
        reassign: true,
    }
}

fn run(state: &LeadState, step: &Step, now: i64, by: Option<u128>) -> Result<LeadState, Refusal> {
    apply(state, step, &Past::default(), &terms(now, by)).map(|next| next.state)
}

fn assigned(to: u128) -> LeadState {
    run(&LeadState::New, &Step::Offer { partner: partner(to) }, 0, None).unwrap()
}

#[test]
fn the_time_to_answer_is_half_open() {
    let offered = assigned(1);
    assert!(run(&offered, &Step::Accept, WINDOW - 1, Some(1)).is_ok());
    assert_eq!(run(&offered, &Step::TimeOut, WINDOW - 1, None), Err(Refusal::OfferRunning));
    assert_eq!(run(&offered, &Step::Accept, WINDOW, Some(1)), Err(Refusal::OfferOver));
    let decline = Step::Decline { reason: DeclineReason::WrongFit, note: String::new() };
    assert_eq!(run(&offered, &decline, WINDOW, Some(1)), Err(Refusal::OfferOver));
    assert_eq!(run(&offered, &Step::TimeOut, WINDOW, None).unwrap().status(), Status::TimedOut);
}

#[test]
fn only_the_partner_that_was_asked_answers() {
    let offered = assigned(1);
    assert_eq!(run(&offered, &Step::Accept, 1, Some(2)), Err(Refusal::NotYours));
    assert_eq!(run(&offered, &Step::Accept, 1, None), Err(Refusal::NotYours));
    assert_eq!(run(&LeadState::New, &Step::Accept, 1, Some(2)), Err(Refusal::NotOffered));
}

#[test]
fn an_answer_is_undone_within_fifteen_seconds_and_no_later() {
    let accepted = run(&assigned(1), &Step::Accept, 1000, Some(1)).unwrap();
    let undone = run(&accepted, &Step::Undo, 1000 + UNDO.0 - 1, Some(1)).unwrap();
    assert_eq!(undone.answer_by(), Some(Timestamp(WINDOW)), "the offer runs on as before");
    assert_eq!(run(&accepted, &Step::Undo, 1000 + UNDO.0, Some(1)), Err(Refusal::UndoOver));
    let late = run(&assigned(1), &Step::Accept, WINDOW - 10, Some(1)).unwrap();
    assert_eq!(run(&late, &Step::Undo, WINDOW, Some(1)), Err(Refusal::UndoOver), "the offer would be over");
}

#[test]
fn a_lead_with_a_registration_is_not_taken_away() {
    let accepted = run(&assigned(1), &Step::Accept, 1, Some(1)).unwrap();
    let begun = run(&accepted, &Step::BeginDeal { deal: deal(9) }, 2, Some(1)).unwrap();
    let recycle = Step::Recycle { note: String::new() };
    assert_eq!(run(&begun, &recycle, 3, None), Err(Refusal::DealBegun));
    let die = Step::Die { reason: DeadReason::Spam, note: String::new() };
    assert_eq!(run(&begun, &die, 3, None), Err(Refusal::DealBegun));
    let dropped = run(&begun, &Step::DropDeal { deal: deal(9) }, 3, None).unwrap();
    assert!(run(&dropped, &recycle, 4, None).is_ok());
    let registered = run(&begun, &Step::DealSubmitted { deal: deal(9) }, 3, None).unwrap();
    assert_eq!(run(&registered, &recycle, 4, None), Err(Refusal::Final));
    assert_eq!(run(&begun, &Step::DealSubmitted { deal: deal(8) }, 3, None), Err(Refusal::WrongState));
}

/// The only ways there are from one status to another.
const WAYS: [(Status, Status); 25] = {
    use Status::{Accepted, Assigned, Dead, Declined, New, Recycled, Registered, TimedOut, Working};
    [
        (New, Assigned),
        (New, Recycled),
        (New, Dead),
        (Assigned, Accepted),
        (Assigned, Declined),
        (Assigned, TimedOut),
        (Assigned, Recycled),
        (Assigned, Dead),
        (Accepted, Working),
        (Accepted, Declined),
        (Accepted, Assigned),
        (Accepted, Recycled),
        (Accepted, Dead),
        (Declined, Assigned),
        (Declined, Recycled),
        (Declined, Dead),
        (TimedOut, Assigned),
        (TimedOut, Recycled),
        (TimedOut, Dead),
        (Working, Declined),
        (Working, Registered),
        (Working, Recycled),
        (Working, Dead),
        (Recycled, Assigned),
        (Recycled, Dead),
    ]
};

/// A command of somebody at some time.
#[derive(Clone, Debug)]
struct Command {
    step: Step,
    by: Option<u128>,
    later: i64,
}

fn commands() -> impl Strategy<Value = Command> {
    let note = String::new;
    let step = prop_oneof![
        4 => (1..4u128).prop_map(|n| Step::Offer { partner: partner(n) }),
        1 => Just(Step::Warn),
        3 => Just(Step::Accept),
        3 => Just(Step::Decline { reason: DeclineReason::NoCapacity, note: note() }),
        2 => Just(Step::Undo),
        2 => Just(Step::TimeOut),
        2 => Just(Step::Start),
        1 => Just(Step::Note),
        1 => Just(Step::Edit),
        2 => (1..3u128).prop_map(|n| Step::BeginDeal { deal: deal(n) }),
        1 => (1..3u128).prop_map(|n| Step::DropDeal { deal: deal(n) }),
        1 => (1..3u128).prop_map(|n| Step::DealSubmitted { deal: deal(n) }),
        1 => Just(Step::Exhaust),
        2 => Just(Step::Recycle { note: note() }),
        1 => Just(Step::Die { reason: DeadReason::Spam, note: note() }),
        2 => Just(Step::Reopen),
    ];
    let later = prop_oneof![3 => 0..20_000i64, 1 => WINDOW..2 * WINDOW];
    (step, prop::option::weighted(0.8, 1..4u128), later).prop_map(|(step, by, later)| Command {
        step,
        by,
        later,
    })
}

/// What the store keeps of offers.
#[derive(Default)]
struct Offers(Vec<(OrganizationId, Outcome)>);

impl Offers {
    fn past(&self) -> Past {
        let against = |outcome: &Outcome| matches!(outcome, Outcome::Declined | Outcome::TimedOut);
        Past { barred: self.0.iter().filter(|(_, outcome)| against(outcome)).map(|(who, _)| *who).collect() }
    }

    fn follow(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::OpenOffer { partner } => self.0.push((*partner, Outcome::Open)),
                Effect::CloseOffer(outcome) => self.0.last_mut().expect("an offer is closed").1 = *outcome,
                _ => {}
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_life_of_a_lead_leaves_the_table(all in prop::collection::vec(commands(), 1..60)) {
        let mut state = LeadState::New;
        let mut offers = Offers::default();
        let mut now = 0;
        for command in all {
            now += command.later;
            let past = offers.past();
            let Ok(next) = apply(&state, &command.step, &past, &terms(now, command.by)) else { continue };
            let (from, to) = (state.status(), next.state.status());
            let is_reopened = command.step == Step::Reopen && to == Status::New;
            prop_assert!(
                from == to || is_reopened || WAYS.contains(&(from, to)),
                "{from} -> {to} by {:?}", command.step
            );
            if let Step::Offer { partner } = command.step {
                prop_assert!(!past.barred.contains(&partner), "asked again after it declined or did not answer");
            }
            offers.follow(&next.effects);
            let open = offers.0.iter().filter(|(_, outcome)| *outcome == Outcome::Open).count();
            prop_assert_eq!(open, usize::from(to == Status::Assigned), "an offer runs exactly while it is offered");
            if to == Status::Assigned {
                prop_assert_eq!(offers.0.last().map(|(who, _)| *who), next.state.partner());
            }
            state = next.state;
        }
    }

    #[test]
    fn a_draw_is_the_same_again_and_keeps_to_its_rule(
        seed: u64,
        all in prop::collection::vec((0u32..6, 0u32..5, 0u32..5, any::<bool>(), any::<bool>()), 0..12),
        choice in prop::sample::select(Choice::ALL.to_vec()),
        tilt in 0usize..12,
    ) {
        let partners: Vec<PartnerFacts> = all.iter().enumerate().map(|(n, (open, won, lost, active, gold))| PartnerFacts {
            open: *open, won: *won, lost: *lost, is_active: *active,
            tier: if *gold { Tier::Gold } else { Tier::Silver },
            ..known(n as u128 + 1)
        }).collect();
        let rule = LeadRule { minimum_tier: Some(Tier::Gold), max_open: Some(4), choice, ..rule("gold") };
        let rules = Distribution { rules: vec![rule], ..Distribution::default() };
        let lead = LeadFacts::default();
        let drawn = draw(&lead, None, &rules, &partners, seed);
        let mut turned = partners.clone();
        turned.rotate_left(tilt.min(partners.len()));
        prop_assert_eq!(&drawn, &draw(&lead, None, &rules, &turned, seed), "the order of reading does not matter");
        let possible: Vec<_> = partners.iter().filter(|one| one.is_active && one.tier == Tier::Gold && one.open < 4).collect();
        match &drawn.partner {
            Some((chosen, _)) => prop_assert!(possible.iter().any(|one| one.partner == *chosen)),
            None => prop_assert!(possible.is_empty()),
        }
        if let (Some(ticket), Some(tickets), Some((chosen, _))) = (drawn.ticket, drawn.tickets, &drawn.partner) {
            // Anybody can do it again from what is told.
            let told: Vec<_> = drawn.trials[0].candidates.iter().filter(|one| one.excluded.is_none()).collect();
            let weights: Vec<u64> = told.iter().map(|one| one.weight).collect();
            prop_assert_eq!(weights.iter().sum::<u64>(), tickets);
            let (place, again, _) = pick(seed, &weights).unwrap();
            prop_assert_eq!((told[place].partner, again), (*chosen, ticket));
        }
    }
}

fn known(n: u128) -> PartnerFacts {
    PartnerFacts {
        partner: partner(n),
        name: format!("Partner {n}"),
        is_active: true,
        tier: Tier::Silver,
        partner_types: vec![PartnerType::Reseller],
        territory: Some("DACH".into()),
        country: Some("DE".into()),
        open: 0,
        won: 0,
        lost: 0,
        last_offered_at: None,
        barred: None,
    }
}

fn rule(id: &str) -> LeadRule {
    LeadRule { id: id.into(), name: id.into(), ..LeadRule::default() }
}

#[test]
fn the_first_rule_that_fits_and_finds_somebody_decides() {
    let off = LeadRule { enabled: false, ..rule("off") };
    let abroad = LeadRule { countries: vec!["FR".into()], ..rule("abroad") };
    let big = LeadRule { value_from_minor: Some(10_000_000), ..rule("big") };
    let nobody = LeadRule { partner_types: vec![PartnerType::Isv], ..rule("nobody") };
    let home = LeadRule { territories: vec!["dach".into()], same_country: true, ..rule("home") };
    let rules =
        Distribution { rules: vec![off, abroad, big, nobody, home, rule("all")], ..Distribution::default() };
    let lead = LeadFacts {
        country: Some("DE".into()),
        value: Some(Money::new(1_000_000, Currency::EUR)),
        ..LeadFacts::default()
    };
    let austrian = PartnerFacts { country: Some("AT".into()), ..known(2) };
    let drawn = draw(&lead, None, &rules, &[known(1), austrian], 7);
    let outcomes: Vec<_> = drawn.trials.iter().map(|trial| trial.outcome).collect();
    use TrialOutcome::{Country, Decided, Nobody, Off, Value};
    assert_eq!(outcomes, [Off, Country, Value, Nobody, Decided]);
    assert_eq!(drawn.partner.unwrap().0, partner(1));
    let excluded: Vec<_> = drawn.trials[4].candidates.iter().map(|one| one.excluded).collect();
    assert_eq!(excluded, [None, Some(Exclusion::Country)]);
}

#[test]
fn the_range_of_values_is_half_open() {
    let range = LeadRule { value_from_minor: Some(100), value_below_minor: Some(200), ..rule("range") };
    let fits_at = |minor| {
        let value = Some(Money::new(minor, Currency::EUR));
        fits(&range, &LeadFacts { value, ..LeadFacts::default() }).is_none()
    };
    assert_eq!([99, 100, 199, 200].map(fits_at), [false, true, true, false]);
    assert_eq!(fits(&range, &LeadFacts::default()), Some(TrialOutcome::Value));
}

#[test]
fn a_pin_goes_before_all_rules_and_needs_no_room() {
    let rules = Distribution { rules: vec![rule("all")], max_open: 1, ..Distribution::default() };
    let full = PartnerFacts { open: 5, ..known(2) };
    let pin = PinFacts { partner: partner(2), customer: "Acme".into() };
    let lead = LeadFacts::default();
    let drawn = draw(&lead, Some(&pin), &rules, &[known(1), full.clone()], 1);
    assert_eq!((drawn.how, drawn.partner.unwrap().0), (How::Pin, partner(2)));
    let declined = PartnerFacts { barred: Some(Exclusion::Declined), ..full };
    let drawn = draw(&lead, Some(&pin), &rules, &[known(1), declined], 1);
    assert_eq!((drawn.how, drawn.partner.unwrap().0), (How::Rule, partner(1)));
    assert_eq!(drawn.trials[0].outcome, TrialOutcome::Nobody);
}

#[test]
fn turns_go_round() {
    let rules = Distribution {
        rules: vec![LeadRule { choice: Choice::RoundRobin, ..rule("turns") }],
        ..Distribution::default()
    };
    let mut partners = [known(1), known(2), known(3)];
    let mut asked = Vec::new();
    for at in 1..=6 {
        let (chosen, _) = draw(&LeadFacts::default(), None, &rules, &partners, at).partner.unwrap();
        asked.push(chosen);
        let one = partners.iter_mut().find(|one| one.partner == chosen).unwrap();
        one.last_offered_at = Some(Timestamp(at as i64));
    }
    assert_eq!(asked, [1, 2, 3, 1, 2, 3].map(partner));
}

#[test]
fn a_draw_follows_its_weights() {
    let weights = [1, 3, 0, 6];
    let mut drawn = [0_u32; 4];
    for seed in 0..10_000 {
        drawn[pick(seed, &weights).unwrap().0] += 1;
    }
    for (count, expected) in drawn.iter().zip([1000_u32, 3000, 0, 6000]) {
        assert!(count.abs_diff(expected) <= 150, "{drawn:?}");
    }
    assert_eq!(pick(1, &[0, 0]), None);
    assert_eq!(pick(1, &[]), None);
}
