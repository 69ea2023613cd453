//! Runs an import: batch after batch, each with its progress in one transaction, so that it goes on where it stopped.
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use base::db::Tx;
use base::events::{self, Happened};
use base::jobs::{Job, enqueue};
use base::{Actor, ImportId, OrganizationId, Parts, Problem, ProgramId, Scope, Side, Span};
use programs::Program;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sheets::Sheet;

use super::kinds::{Target, take};
use super::store::{self, Stored};
use super::submit::submit_waiting;
use crate::model::{Import, Kind, State};
use crate::rules::{Cells, Columns, row_key};

/// Rows of one transaction: long enough to be quick, short enough that others are not kept waiting.
const BATCH: usize = 500;
/// Batches of one turn in the background.
const TURN: usize = 20;
/// How long a run in the foreground may take before the jobs look after it.
const FOREGROUND: Span = Span::minutes(30);

/// A file to be taken in.
#[derive(Clone, Debug)]
pub(super) struct NewImport {
    pub(super) kind: Kind,
    pub(super) program: Option<ProgramId>,
    pub(super) file_name: String,
    pub(super) mapping: BTreeMap<String, String>,
    /// Whether registrations that say nothing about it are submitted.
    pub(super) submits: bool,
    pub(super) bytes: Vec<u8>,
}

/// Takes an import's rows in, in the background.
#[derive(Debug, Serialize, Deserialize)]
pub struct RunImport {
    import: ImportId,
}

impl Job for RunImport {
    const NAME: &'static str = "imports.run";
    /// A long file is taken in by turns, so that other jobs get theirs.
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        if run_batches(parts, self.import, TURN).await? {
            return Ok(());
        }
        let parts_ = parts.clone();
        let next = async move |tx: &mut Tx| enqueue(tx, &parts_, &self, parts_.clock().now(), None).await;
        parts.db().write(next).await
    }
}

/// Keeps a file for import, after a look at its columns. It starts at once in the background, or, in the foreground,
/// when [`run`] is called.
pub(super) async fn begin(
    parts: &Parts,
    actor: &Actor,
    new: NewImport,
    background: bool,
) -> Result<Import, Problem> {
    let (sheet, bytes) = read(new.bytes).await?;
    let columns = Columns::find(new.kind, &sheet.headers, &new.mapping)?;
    let total = rows_of(&sheet, &columns).count() as u64;
    let (headers, format, parts_, actor_) = (sheet.headers, sheet.format, parts.clone(), actor.clone());
    let work = async move |tx: &mut Tx| {
        let program = program(tx, &actor_, new.kind, new.program).await?;
        let now = parts_.clock().now();
        let id = ImportId(parts_.id(now));
        let import = Import {
            id,
            kind: new.kind,
            program: program.id,
            program_name: program.name,
            file_name: new.file_name.chars().filter(|c| !c.is_control()).take(200).collect(),
            state: State::Queued,
            total,
            processed: 0,
            imported: 0,
            created: 0,
            updated: 0,
            unchanged: 0,
            rejected: 0,
            submitted: 0,
            partner: own_partner(&actor_),
            rate: None,
            report_url: format!("/api/v1/imports/{id}/report"),
            remarks: Vec::new(),
            error: None,
            created_by: actor_.name.clone(),
            created_at: now,
            started_at: None,
            finished_at: None,
        };
        let stored = Stored {
            import,
            vendor: program.vendor,
            actor: actor_.clone(),
            headers,
            mapping: new.mapping,
            format,
            submits: new.submits,
        };
        store::insert(tx, &stored, &bytes).await?;
        let at = if background { now } else { now + FOREGROUND };
        enqueue(tx, &parts_, &RunImport { import: id }, at, Some(&id.to_string())).await?;
        tell(tx, &parts_, &actor_, &stored, "import.queued", &[]).await?;
        Ok(stored.import)
    };
    parts.db().write(work).await
}

/// The program that is named, else the one the actor's screens are set to, else the vendor's first one.
async fn program(
    tx: &mut Tx,
    actor: &Actor,
    kind: Kind,
    named: Option<ProgramId>,
) -> Result<Program, Problem> {
    let unknown = || Problem::field("program", "unknown", "There is no such program.");
    let chosen = named.or_else(|| actor.standing.and_then(|standing| standing.program));
    let chosen = match (chosen, actor.scope()) {
        (Some(id), _) => Some(id),
        (None, Scope::Vendor(vendor)) => store::first_program(tx, vendor).await?,
        (None, _) => None,
    };
    let id = chosen
        .ok_or_else(|| Problem::field("program", "required", "Say which program the file belongs to."))?;
    let found = programs::server::program_in(tx, id, actor.scope()).await?;
    found
        .filter(|found| {
            let is_own = actor.organization().is_ok_and(|own| own == found.vendor);
            // A partner registers in the programs that it takes part in.
            is_own || actor.is_system() || kind == Kind::Deals && actor.side() == Some(Side::Partner)
        })
        .ok_or_else(unknown)
}

/// The partner whose own file an actor brings in.
fn own_partner(actor: &Actor) -> Option<OrganizationId> {
    actor.standing.filter(|standing| standing.role.side() == Side::Partner).map(|own| own.organization)
}

/// Reads a file off the threads that answer requests: a workbook can take a second.
async fn read(bytes: Vec<u8>) -> Result<(Sheet, Vec<u8>), Problem> {
    let work = move || sheets::read(&bytes).map(|sheet| (sheet, bytes));
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)?
}

/// Rows that are none: no column of a field has anything in it.
fn rows_of<'a>(sheet: &'a Sheet, columns: &'a Columns) -> impl Iterator<Item = &'a (u64, csv::StringRecord)> {
    sheet.rows.iter().filter(|(_, record)| !Cells { columns, record }.is_blank())
}

/// Takes in what is left of an import; does nothing when it is over.
pub(super) async fn run(parts: &Parts, id: ImportId) -> Result<(), Problem> {
    run_batches(parts, id, usize::MAX).await.map(drop)
}

/// Takes in at most so many batches of what is left; whether that was the end of it.
pub(super) async fn run_batches(parts: &Parts, id: ImportId, most: usize) -> Result<bool, Problem> {
    match rows(parts, id, most).await {
        Ok(over) => Ok(over),
        // Somebody else wrote the same record, or the engine was away: the batch is taken in again.
        Err(problem @ (Problem::Unavailable | Problem::Stale)) => Err(problem),
        Err(problem) => end(parts, id, State::Failed, Some(problem.to_string())).await.map(|()| true),
    }
}

async fn rows(parts: &Parts, id: ImportId, most: usize) -> Result<bool, Problem> {
    let Some((stored, bytes)) = load(parts, id).await? else { return Ok(true) };
    let (sheet, _) = read(bytes).await?;
    let columns = Columns::find(stored.import.kind, &sheet.headers, &stored.mapping)?;
    let rows: Vec<_> = rows_of(&sheet, &columns).cloned().collect();
    let program = {
        let mut tx = parts.db().read().await?;
        programs::server::program(&mut tx, stored.import.program).await?.ok_or(Problem::NotFound)?
    };
    let mut target = Target {
        parts: parts.clone(),
        actor: stored.actor.clone(),
        vendor: stored.vendor,
        program,
        kind: stored.import.kind,
        partner: stored.import.partner,
        submits: stored.submits,
        columns,
        width: sheet.headers.len(),
        first_lines: HashMap::new(),
    };
    for (line, record) in &rows {
        let cells = Cells { columns: &target.columns, record };
        if let Some(key) = row_key(target.kind, cells) {
            target.first_lines.entry(key).or_insert(*line);
        }
    }
    let work = Arc::new((target, stored, rows));
    let mut from = work.1.import.processed as usize;
    for _ in 0..most {
        if work.0.kind == Kind::Deals {
            submit_waiting(parts, &work.1).await?;
        }
        if from >= work.2.len() {
            return end(parts, id, State::Done, None).await.map(|()| true);
        }
        let moved = batch(parts, work.clone(), from).await?;
        if !moved {
            // Cancelled, or another node took over.
            return Ok(true);
        }
        from += BATCH.min(work.2.len() - from);
    }
    Ok(false)
}

async fn load(parts: &Parts, id: ImportId) -> Result<Option<(Stored, Vec<u8>)>, Problem> {
    let now = parts.clock().now();
    parts.db().write(async move |tx: &mut Tx| store::start(tx, id, now).await).await?;
    let mut tx = parts.db().read().await?;
    let Some(stored) = store::find(&mut tx, id, Scope::System).await? else { return Ok(None) };
    if stored.import.state != State::Running {
        return Ok(None);
    }
    Ok(store::bytes(&mut tx, id).await?.map(|bytes| (stored, bytes)))
}

type Work = Arc<(Target, Stored, Vec<(u64, csv::StringRecord)>)>;

async fn batch(parts: &Parts, work: Work, from: usize) -> Result<bool, Problem> {
    let parts_ = parts.clone();
    let done = parts.db().write(async move |tx: &mut Tx| {
        let (target, stored, rows) = &*work;
        let rows = &rows[from..rows.len().min(from + BATCH)];
        let tally = take(tx, target, rows).await?;
        let now = parts_.clock().now();
        let id = stored.import.id;
        if !store::advance(tx, id, from as u64, rows.len() as u64, &tally, now).await? {
            return Err(Problem::refused("moved_on", "Another worker went on with this import."));
        }
        tell(tx, &parts_, &stored.actor, stored, "import.progressed", &[]).await
    });
    match done.await {
        Ok(()) => Ok(true),
        Err(Problem::Refused { code, .. }) if code == "moved_on" => Ok(false),
        Err(problem) => Err(problem),
    }
}

/// Ends an import; says so once, and, for what dashboards count, in the same transaction what was taken in.
pub(super) async fn end(
    parts: &Parts,
    id: ImportId,
    state: State,
    error: Option<String>,
) -> Result<(), Problem> {
    let parts_ = parts.clone();
    let work = async move |tx: &mut Tx| {
        if !store::finish(tx, id, state, error.as_deref(), parts_.clock().now()).await? {
            return Ok(());
        }
        let stored = store::find(tx, id, Scope::System).await?.ok_or(Problem::NotFound)?;
        let import = &stored.import;
        let kind = match state {
            State::Cancelled => "import.cancelled",
            State::Failed => "import.failed",
            State::Done | State::Queued | State::Running => "import.finished",
        };
        let actor = stored.actor.clone();
        if import.kind == Kind::Opportunities && import.created + import.updated > 0 {
            let keys = ["opportunities", "overview", "home"];
            tell(tx, &parts_, &actor, &stored, "opportunities.imported", &keys).await?;
            tell_partners(tx, &parts_, &actor, &stored).await?;
        }
        tell(tx, &parts_, &actor, &stored, kind, &[import.kind.as_str()]).await
    };
    parts.db().write(work).await
}

/// Tells each partner whose opportunities moved: the vendor's event is not for them, and their open pages must move, too.
async fn tell_partners(tx: &mut Tx, parts: &Parts, actor: &Actor, stored: &Stored) -> Result<(), Problem> {
    for (partner, changed) in store::touched(tx, stored.import.id).await? {
        let happened = Happened {
            vendor: stored.vendor,
            kind: "opportunities.moved",
            subject: partner.to_string(),
            program: Some(stored.import.program),
            partner: Some(partner),
            keys: ["opportunities", "home"].map(str::to_owned).to_vec(),
            data: json!({ "import": stored.import.id, "changed": changed }),
        };
        events::append(tx, parts, actor, happened).await?;
    }
    Ok(())
}

async fn tell(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    stored: &Stored,
    kind: &'static str,
    keys: &[&str],
) -> Result<(), Problem> {
    let import = &stored.import;
    let vendor: OrganizationId = stored.vendor;
    let happened = Happened {
        vendor,
        kind,
        subject: import.id.to_string(),
        program: Some(import.program),
        partner: import.partner,
        keys: std::iter::once("imports").chain(keys.iter().copied()).map(str::to_owned).collect(),
        data: json!({
            "import": import.id,
            "program": import.program,
            "kind": import.kind,
            "total": import.total,
            "created": import.created,
            "updated": import.updated,
            "unchanged": import.unchanged,
            "rejected": import.rejected,
            "submitted": import.submitted,
        }),
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}
