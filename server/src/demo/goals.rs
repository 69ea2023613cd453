//! What the programs and their partners are to reach this quarter, a tenth more than in the last one.
use base::db::Tx;
use base::http::Perform;
use base::{Date, Datelike, Parts, Timestamp};
use figures::Days;
use figures::server::{Of, reached};
use goals::{AgreeGoal, CascadeGoal, ListGoals, Metric, SetGoal, Status};

use super::cast::Cast;
use super::told;
use crate::Failure;

/// First day of the quarter that a day lies in.
fn begin(day: Date) -> Date {
    Date::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1).unwrap_or(day)
}

/// The day before the one of three months later, and the day three months before.
fn around(first: Date) -> (Date, Date) {
    let month = |by: i32| {
        let month = first.year() * 12 + first.month0() as i32 + by;
        Date::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1).unwrap_or(first)
    };
    (month(3).pred_opt().unwrap_or(first), month(-3))
}

/// Tells it, on the last day of the story.
pub(super) async fn tell(parts: &Parts, cast: &Cast, end: Timestamp) -> Result<(), Failure> {
    let from = begin(end.date());
    let (until, before) = around(from);
    let alpine = &cast.sellers[0];
    for (place, (program, _)) in cast.shelves.iter().enumerate() {
        let (program, vendor) = (*program, cast.vendor);
        let mut tx: Tx = told(parts.db().read().await, "figures")?;
        let what = ("opp.won", Some(base::Currency::EUR));
        let done = reached(&mut tx, (program, Of::Program(vendor)), what, &Days::new(before, from)).await;
        drop(tx);
        // Whole thousands.
        let target = (told(done, "figures")? * 11 / 10 / 100_000 + 1) * 1000;
        let set = SetGoal {
            program,
            partner: None,
            territory: None,
            metric: Metric::WonValue,
            target: target.to_string(),
            from,
            until,
            note: "A tenth more than last quarter".to_owned(),
        };
        let goal = told(set.perform(parts, &cast.olivia).await, "a goal")?;
        if place < 2 {
            told((CascadeGoal { id: goal.id }).perform(parts, &cast.carlos).await, "shares of a goal")?;
        }
    }
    let registrations = SetGoal {
        program: alpine.programs[0],
        partner: Some(alpine.organization),
        territory: None,
        metric: Metric::Registrations,
        target: "16".to_owned(),
        from,
        until,
        note: String::new(),
    };
    told(registrations.perform(parts, &cast.carlos).await, "a goal")?;
    let proposed = ListGoals { program: Some(alpine.programs[0]), ..ListGoals::default() };
    let proposed = told(proposed.perform(parts, &cast.paula).await, "goals")?;
    for goal in proposed.items.iter().filter(|goal| goal.status == Status::Proposed) {
        told((AgreeGoal { id: goal.id, version: None }).perform(parts, &cast.paula).await, "a goal")?;
    }
    Ok(())
}
