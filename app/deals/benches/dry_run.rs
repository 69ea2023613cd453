//! What a dry run costs: 18 months of a program, replayed under its own rules and under others.
use base::{Currency, DealId, Money, OrganizationId, ProgramId, Span, Timestamp};
use deals::rules::dry_run::{History, Lens, Moment, Registration, What, differences, replay};
use deals::{Claim, CustomerClaim, Priority, ProductLine, Status};
use divan::Bencher;
use matching::Matcher;
use programs::Engagement;
use sqlx::types::Uuid;

const PROGRAM: ProgramId = ProgramId(Uuid::nil());
const NOW: Timestamp = Timestamp(1_793_610_000_000);

fn main() {
    divan::main();
}

/// Registrations of 40 partners, a quarter of them for customers that others want, too.
fn past(count: u64) -> Vec<Registration> {
    const SYLLABLES: [&str; 16] = [
        "ka", "lo", "mir", "ten", "vu", "zor", "pel", "qui", "dra", "fen", "gos", "hil", "jat", "wex", "nub",
        "ryo",
    ];
    let step = Span::days(548).0 / count as i64;
    let one = |place: u64| {
        let customer = if place.is_multiple_of(4) { place % (count / 16 + 1) } else { place };
        let word: String = (0..5)
            .map(|at| SYLLABLES[(customer.wrapping_mul(0x9E37_79B9) >> (at * 4) & 15) as usize])
            .collect();
        let at = NOW - Span::days(548) + Span(step * place as i64);
        let claim = Claim {
            customer: CustomerClaim {
                name: format!("{word} Holding"),
                website: Some(format!("{word}{customer}.example")),
                country: Some("DE".to_owned()),
                ..CustomerClaim::default()
            },
            products: vec![ProductLine {
                product: "GTX".to_owned(),
                name: "GTX".to_owned(),
                family: "GTX".to_owned(),
                quantity: 1,
                amount: None,
            }],
            value: Some(Money::new((place as i64 % 40) * 50_000, Currency::EUR)),
            ..Claim::default()
        };
        Registration {
            id: DealId(Uuid::from_u128(u128::from(place))),
            number: format!("DR-{place}"),
            program: PROGRAM,
            partner: OrganizationId(Uuid::from_u128(u128::from(place % 40))),
            partner_name: String::new(),
            status: Status::Approved,
            is_enrolled: true,
            received: Priority { at, seq: place as i64 },
            qualified_at: None,
            claims: vec![(at, claim)],
            moments: vec![Moment { at: at + Span::hours(20), what: What::Approved { by_person: true } }],
        }
    };
    (0..count).map(one).collect()
}

#[divan::bench(args = [1_000, 4_000, 20_000], sample_count = 5)]
fn a_dry_run_over_so_many_registrations(bencher: Bencher, count: u64) {
    let registrations = past(count);
    let rules = Engagement { evidence_required: false, ..Engagement::default() };
    let other = Engagement { protection_days: Some(60), minimum_value_minor: 500_000, ..rules.clone() };
    bencher.bench_local(|| {
        let history = History::new(registrations.clone(), Vec::new(), &[], Matcher::default());
        let lenses = |rules: &Engagement| [Lens::new(Timestamp(0), rules.clone(), &Matcher::default())];
        let before = replay(&history, PROGRAM, Currency::EUR, &lenses(&rules), NOW);
        let after = replay(&history, PROGRAM, Currency::EUR, &lenses(&other), NOW);
        differences(&before, &after).len()
    });
}
