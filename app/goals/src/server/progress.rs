//! What is reached of a goal, read from the sums.
use base::db::Tx;
use base::{Date, Parts, Problem, ProgramId};
use figures::Days;
use figures::kpi::{self, Standing};
use figures::server::{self as sums, Filter, Of, Whose};
use partners::Segment;

use crate::model::{Goal, Metric};

/// Weeks that a forecast looks back.
const WEEKS: u32 = 13;

fn of(goal: &Goal) -> Of<'_> {
    match (goal.partner, goal.territory.as_deref()) {
        (Some(partner), _) => Of::Partner(partner),
        (None, Some(territory)) => Of::Territory(territory),
        (None, None) => Of::Program(goal.vendor),
    }
}

fn after(day: Date) -> Date {
    day.succ_opt().unwrap_or(day)
}

/// Fills in what is reached of each goal, as of the day that is today in its program.
pub(super) async fn fill(tx: &mut Tx, parts: &Parts, goals: &mut [Goal]) -> Result<(), Problem> {
    let mut programs: Vec<ProgramId> = goals.iter().map(|goal| goal.program).collect();
    programs.sort_unstable();
    programs.dedup();
    let zones = sums::zones(tx, &programs).await?;
    for goal in goals {
        let zone = zones.iter().find(|(program, _)| *program == goal.program);
        let today = sums::day(zone.map_or("UTC", |(_, zone)| zone), parts.clock().now());
        fill_one(tx, goal, today).await?;
    }
    Ok(())
}

/// Fills in what is reached, its pace and, where enough is known, where it will end. A territory's partners are those of
/// today, in what is reached and in what is forecast.
async fn fill_one(tx: &mut Tx, goal: &mut Goal, today: Date) -> Result<(), Problem> {
    let end = after(goal.until);
    let currency = goal.metric.is_money().then_some(goal.currency);
    let days = Days::new(goal.from, end);
    goal.actual =
        sums::reached(tx, (goal.program, of(goal)), (goal.metric.figure(), currency), &days).await?;
    goal.pace = kpi::pace(goal.target, goal.actual, (goal.from, end), today);
    goal.forecast = None;
    let runs = today >= goal.from && today <= goal.until;
    if runs {
        let segment = Segment { territory: goal.territory.clone(), ..Segment::default() };
        let filter = Filter {
            program: Some(goal.program),
            partner: goal.partner,
            segment: Some(&segment),
            into: currency,
            ..Filter::of(Whose::Vendor(goal.vendor))
        };
        let weeks = sums::weeks(tx, filter, goal.metric.figure(), (today, WEEKS), goal.currency).await?;
        let past: Vec<i64> = weeks
            .iter()
            .map(|(count, minor)| if goal.metric == Metric::WonValue { *minor } else { *count })
            .collect();
        goal.forecast = kpi::forecast(goal.actual, &past, goal.pace.days_left as f64 / 7.0);
    }
    Ok(())
}

/// Whether a change of standing is told.
pub(super) const fn is_told(before: Standing, now: Standing) -> Option<&'static str> {
    match (before, now) {
        (Standing::Reached, Standing::Reached) | (Standing::Missed, Standing::Missed) => None,
        (_, Standing::Reached) => Some("goal.reached"),
        (_, Standing::Missed) => Some("goal.missed"),
        (Standing::Behind, Standing::OnTrack | Standing::Ahead) => Some("goal.recovered"),
        (Standing::NotBegun | Standing::OnTrack | Standing::Ahead | Standing::Reached, Standing::Behind) => {
            Some("goal.behind")
        }
        _ => None,
    }
}
