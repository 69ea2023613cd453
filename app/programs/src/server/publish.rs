//! Publishing rules: at once or from a day on, brought back, taken back; and the job that puts them in force.
use base::db::Tx;
use base::http::Perform;
use base::jobs::{Job, enqueue};
use base::{Actor, Date, Parts, Problem, ProgramId, ProgramVersionId, Scope, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::programs::{announce, program_of};
use super::{is_time_zone, store, unchanged};
use crate::{
    Do, Engagement, Program, ProgramVersion, PublishProgramVersion, RollBackRules, VersionState,
    WithdrawRules,
};

/// How far ahead a version can be published, in days.
const MOST_DAYS_AHEAD: i64 = 366;

/// What is published.
pub(super) struct Publication {
    pub(super) engagement: Engagement,
    pub(super) in_force_on: Option<Date>,
    pub(super) note: String,
    pub(super) same_as: Option<u32>,
}

impl Publication {
    /// In force at once, without a word.
    pub(super) fn of(engagement: Engagement) -> Self {
        Self { engagement, in_force_on: None, note: String::new(), same_as: None }
    }
}

impl Perform for PublishProgramVersion {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<ProgramVersion, Problem> {
        Do::PublishRules.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let program = program_of(tx, self.id, &actor_).await?;
                unchanged(self.version, program.version)?;
                let publication = Publication {
                    engagement: self.engagement,
                    in_force_on: self.in_force_on,
                    note: self.note.unwrap_or_default(),
                    same_as: None,
                };
                publish(tx, &parts_, &actor_, program, publication).await
            })
            .await
    }
}

impl Perform for RollBackRules {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<ProgramVersion, Problem> {
        Do::PublishRules.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let program = program_of(tx, self.id, &actor_).await?;
                unchanged(self.version, program.version)?;
                let unknown = || Problem::field("number", "unknown", "There is no such version.");
                let old = store::numbered(tx, program.id, self.number).await?.ok_or_else(unknown)?;
                if old.state == VersionState::InForce {
                    return Err(Problem::refused("rules_in_force", "This version is in force already."));
                }
                let publication = Publication {
                    engagement: old.engagement,
                    in_force_on: self.in_force_on,
                    note: self.note.unwrap_or_default(),
                    same_as: Some(old.number),
                };
                publish(tx, &parts_, &actor_, program, publication).await
            })
            .await
    }
}

impl Perform for WithdrawRules {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<ProgramVersion, Problem> {
        Do::PublishRules.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let program = program_of(tx, self.id, &actor_).await?;
                let unknown = || Problem::field("number", "unknown", "There is no such version.");
                let version = store::numbered(tx, program.id, self.number).await?.ok_or_else(unknown)?;
                if version.state != VersionState::Scheduled {
                    let detail = "Only a version that is not in force yet can be taken back.";
                    return Err(Problem::refused("rules_not_scheduled", detail));
                }
                store::withdraw_version(tx, version.id, parts_.clock().now()).await?;
                let data = json!({ "rules_number": version.number, "rules": version.id });
                announce(tx, &parts_, &actor_, "program.rules_withdrawn", &program, data).await?;
                Ok(ProgramVersion { state: VersionState::Withdrawn, ..version })
            })
            .await
    }
}

/// Publishes the next version. Numbers are counted under the program's own version, so of two who publish at once one
/// is told to look again.
///
/// # Errors
/// `Invalid` on what the rules name, `Refused` (`rules_scheduled`) while another version waits for its day.
pub(super) async fn publish(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    program: Program,
    publication: Publication,
) -> Result<ProgramVersion, Problem> {
    let Publication { mut engagement, in_force_on, note, same_as } = publication;
    settle(tx, &program, &mut engagement, "engagement.").await?;
    if let Some(waiting) = store::scheduled(tx, program.id).await? {
        let detail = format!(
            "Version {} comes into force on {}. Take it back before you publish another.",
            waiting.number,
            waiting.engagement.calendar.day_of(waiting.in_force_at)
        );
        return Err(Problem::refused("rules_scheduled", detail));
    }
    let now = parts.clock().now();
    let in_force_at = begin(&engagement, in_force_on, now)?;
    let state = if in_force_at <= now { VersionState::InForce } else { VersionState::Scheduled };
    let version = ProgramVersion {
        id: ProgramVersionId(parts.id(now)),
        program: program.id,
        number: store::last_number(tx, program.id).await? + 1,
        engagement,
        state,
        published_at: now,
        in_force_at,
        note: note.trim().to_owned(),
        same_as,
        published_by: actor.user,
        published_by_name: actor.user.map(|_| actor.name.clone()),
    };
    store::insert_version(tx, &version).await?;
    let program = match state {
        VersionState::InForce => put_in_force(tx, program, &version).await?,
        _ => {
            let job = PutInForce { program: program.id, rules: version.id };
            enqueue(tx, parts, &job, in_force_at, None).await?;
            let program = Program { version: program.version + 1, ..program };
            store::update_program(tx, &program).await?;
            program
        }
    };
    let rules = serde_json::to_value(&version.engagement).map_err(Problem::internal)?;
    let data = json!({
        "rules_number": version.number,
        "rules": version.id,
        "engagement": rules,
        "in_force_at": version.in_force_at,
        "same_as": version.same_as,
    });
    announce(tx, parts, actor, "program.rules_published", &program, data).await?;
    Ok(version)
}

/// Checks what rules name outside of themselves, and puts their lists in order. `path` stands before the fields.
pub(super) async fn settle(
    tx: &mut Tx,
    program: &Program,
    engagement: &mut Engagement,
    path: &str,
) -> Result<(), Problem> {
    if !is_time_zone(&engagement.calendar.time_zone) {
        return Err(no_zone(&format!("{path}calendar.time_zone")));
    }
    for (place, territory) in engagement.excluded.exclusive_territories.iter().enumerate() {
        if !store::is_partner(tx, program.vendor, territory.partner).await? {
            let field = format!("{path}excluded.exclusive_territories[{place}].partner");
            return Err(Problem::field(field, "unknown", "This is no partner of yours."));
        }
    }
    engagement.calendar.workdays.sort_unstable();
    engagement.calendar.workdays.dedup();
    engagement.calendar.holidays.sort_unstable();
    engagement.calendar.holidays.dedup();
    Ok(())
}

/// The instant from which on rules are in force: now, or the beginning of a day of their calendar.
fn begin(rules: &Engagement, on: Option<Date>, now: Timestamp) -> Result<Timestamp, Problem> {
    let Some(on) = on else { return Ok(now) };
    let today = rules.calendar.day_of(now);
    if on < today {
        let message = "This day is over. Choose today or a later one.";
        return Err(Problem::field("in_force_on", "in_the_past", message));
    }
    if on.signed_duration_since(today).num_days() > MOST_DAYS_AHEAD {
        return Err(Problem::field(
            "in_force_on",
            "out_of_range",
            "Choose a day within the next twelve months.",
        ));
    }
    Ok(rules.calendar.start_of(on).max(now))
}

async fn put_in_force(tx: &mut Tx, program: Program, version: &ProgramVersion) -> Result<Program, Problem> {
    let program = Program {
        time_zone: version.engagement.calendar.time_zone.clone(),
        rules_number: version.number,
        version: program.version + 1,
        ..program
    };
    store::put_in_force(tx, &program, version.id).await?;
    Ok(program)
}

pub(super) fn no_zone(field: &str) -> Problem {
    Problem::field(field, "unknown", "Give the IANA name of a time zone, like Europe/Berlin.")
}

/// Puts a version in force on its day, unless it was taken back.
#[derive(Serialize, Deserialize)]
pub(super) struct PutInForce {
    program: ProgramId,
    rules: ProgramVersionId,
}

impl Job for PutInForce {
    const NAME: &'static str = "programs.put_in_force";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let parts_ = parts.clone();
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let (Some(version), Some(program)) = (
                    store::version(tx, self.rules).await?,
                    store::find_program(tx, self.program, Scope::System).await?,
                ) else {
                    return Ok(());
                };
                if version.state != VersionState::Scheduled || version.in_force_at > parts_.clock().now() {
                    return Ok(());
                }
                let program = put_in_force(tx, program, &version).await?;
                let data = json!({ "rules_number": version.number, "rules": version.id });
                let actor = Actor::system();
                announce(tx, &parts_, &actor, "program.rules_in_force", &program, data).await
            })
            .await
    }
}
