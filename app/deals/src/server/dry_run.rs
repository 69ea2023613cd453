//! Performs the dry run: reads the past once, replays it under both sets of rules, tells what differs.
use base::http::Perform;
use base::{Actor, Page, Parts, Problem, Span, Timestamp, page_rows};
use programs::Edition;

use super::store::dry_run::{records, registrations};
use crate::rules::dry_run::{Course, Difference, History, Lens, Registration, differences, replay};
use crate::verbs::{DryRun, DryRunRow, DryRunRules, Ending, EndingTally};

/// Registrations that are replayed at most; of more, the newest.
const MOST: usize = 20_000;
/// Months looked back when nobody says.
const MONTHS: u32 = 18;

impl Perform for DryRunRules {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<DryRun, Problem> {
        programs::Do::DraftRules.by(actor)?;
        let mut tx = parts.db().read().await?;
        let scope = actor.scope();
        let program =
            programs::server::program_in(&mut tx, self.program, scope).await?.ok_or(Problem::NotFound)?;
        let edition = self.edition.unwrap_or(Edition::Draft);
        let engagement = programs::server::edition(&mut tx, program.id, edition).await?;
        let by_time = programs::server::rules_by_time(&mut tx, program.id).await?;
        let (_, in_force, in_force_engagement) = programs::server::rules(&mut tx, program.id).await?;
        let now = parts.clock().now();
        // A month is counted as its mean, and two days more than less.
        let days = i64::from(self.months.unwrap_or(MONTHS)) * 365 / 12 + 2;
        let since = now - Span::days(days);
        let (past, is_cut) = registrations(&mut tx, program.vendor, program.brand, since, MOST).await?;
        let matcher = customers::server::matcher_of_all(&mut tx, program.vendor).await?;
        let (records, near) = records(&mut tx, program.vendor, program.brand, &past, &matcher).await?;
        drop(tx);
        let lens = |from, rules| Lens::new(from, rules, &matcher);
        let before: Vec<Lens> = by_time.into_iter().map(|(from, _, rules)| lens(from, rules)).collect();
        let after = [lens(Timestamp(i64::MIN), engagement.clone())];
        let history = History::new(past, records, &near, matcher);
        let before = replay(&history, program.id, program.currency, &before, now);
        let after = replay(&history, program.id, program.currency, &after, now);
        let changed = differences(&before, &after);
        let late = |courses: &[Option<Course>]| {
            courses.iter().flatten().filter(|course| course.is_late).count() as u64
        };
        Ok(DryRun {
            program: program.id,
            program_name: program.name,
            currency: program.currency,
            in_force,
            in_force_engagement,
            edition,
            engagement,
            since,
            replayed: before.iter().flatten().count() as u64,
            is_cut,
            late_before: late(&before),
            late_after: late(&after),
            tally: tally(&before, &after),
            changed: page(&history, changed, self.cursor.as_deref(), self.limit)?,
        })
    }
}

fn tally(before: &[Option<Course>], after: &[Option<Course>]) -> Vec<EndingTally> {
    let count = |courses: &[Option<Course>], ending: Ending| {
        let is = |course: &&Course| course.entry == ending || course.later == Some(ending);
        courses.iter().flatten().filter(is).count() as u64
    };
    let all = Ending::ALL.into_iter();
    let all =
        all.map(|ending| EndingTally { ending, before: count(before, ending), after: count(after, ending) });
    all.filter(|tally| tally.before + tally.after > 0).collect()
}

fn page(
    history: &History,
    changed: Vec<Difference>,
    cursor: Option<&str>,
    limit: Option<u32>,
) -> Result<Page<DryRunRow>, Problem> {
    let total = changed.len() as u64;
    let all = history.registrations();
    let no_cursor = || Problem::field("cursor", "unknown", "This is not a cursor that this list gave.");
    let from = match cursor {
        None => 0,
        Some(cursor) => {
            let last = changed.iter().position(|one| all[one.place].id.to_string() == cursor);
            last.ok_or_else(no_cursor)? + 1
        }
    };
    let limit = page_rows(limit);
    let rows = changed.into_iter().skip(from).take(limit as usize + 1);
    let rows = rows.map(|one| row(&all[one.place], one)).collect();
    Ok(Page::cut(rows, limit, total, |row: &DryRunRow| row.id.to_string()))
}

fn row(past: &Registration, one: Difference) -> DryRunRow {
    DryRunRow {
        id: past.id,
        number: past.number.clone(),
        customer_name: past.claim().customer.name.clone(),
        partner: past.partner,
        partner_name: past.partner_name.clone(),
        value: past.value(),
        received_at: past.received.at,
        status: past.status,
        before: one.before,
        after: one.after,
        rules: one.rules,
        facts: one.facts,
    }
}
