//! `rialto verify`: a receipt offline, or every vendor's log.
use std::path::{Path, PathBuf};

use base::events;
use base::{OrganizationId, Scope};
use log::checkpoint::Evidence;
use log::examine::{Exhibit, Finding, Outcome, Said, Test, examine};
use log::merkle::Peaks;
use log::receipt::{Check, find, read_hash};
use log::{Checkpoint, LogEntries, LogKey, LogKeys, Receipt};
use serde::Deserialize;

use crate::settings::Settings;
use crate::{Failure, assemble};

/// How many events are read at once.
const BATCH: i64 = 1000;

/// What somebody may know of a log, as the API gives it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Known {
    Checkpoint(Checkpoint),
    Evidence(Box<Evidence>),
    Entries(LogEntries),
}

/// Keys as the API gives them, or only the list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Keys {
    Answer(LogKeys),
    List(Vec<LogKey>),
}

/// Everything that was given about the log, sorted.
#[derive(Default)]
struct Dossier {
    checkpoints: Vec<Checkpoint>,
    evidence: Option<Box<Evidence>>,
    entries: Vec<LogEntries>,
}

/// Verifies a receipt file; needs neither server nor database, only what the files say.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) fn receipt(path: &Path, keys: Option<&Path>, known: &[PathBuf]) -> Result<(), Failure> {
    let receipt = find(&String::from_utf8_lossy(&read(path)?))
        .ok_or_else(|| format!("{} holds no receipt", path.display()))?;
    let keys = match keys {
        Some(path) => match parsed(path)? {
            Keys::Answer(answer) => answer.keys,
            Keys::List(list) => list,
        },
        None => Vec::new(),
    };
    let verified =
        log::verify(&receipt, &keys).map_err(|broken| format!("the receipt does not hold: {broken}"))?;
    println!("The receipt holds: {} was received at {}.", receipt.deal, receipt.priority_at);
    if !verified.key_is_published {
        println!("Its key was not compared: give the vendor's published keys with --keys.");
    }
    let dossier = sorted(known)?;
    judge(&receipt, &dossier, &keys)?;
    replay(&receipt, &dossier)
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn parsed<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    serde_json::from_slice(&read(path)?).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn sorted(known: &[PathBuf]) -> Result<Dossier, Failure> {
    let mut dossier = Dossier::default();
    for path in known {
        match parsed(path)? {
            Known::Checkpoint(checkpoint) => dossier.checkpoints.push(checkpoint),
            Known::Evidence(evidence) => dossier.evidence = Some(evidence),
            Known::Entries(entries) => dossier.entries.push(entries),
        }
    }
    dossier.entries.sort_by_key(|entries| entries.from);
    Ok(dossier)
}

/// Judges the evidence, against the first checkpoint that was kept. Without evidence a checkpoint alone proves nothing
/// about another size of the tree; entries do.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
fn judge(receipt: &Receipt, dossier: &Dossier, keys: &[LogKey]) -> Result<(), Failure> {
    let Some(evidence) = &dossier.evidence else { return Ok(()) };
    let mut evidence = evidence.clone();
    if !keys.is_empty() {
        // Keys that were given by hand count, not those that came with the evidence.
        evidence.keys = keys.to_vec();
    }
    let exhibit = Exhibit::Receipt(Box::new(receipt.clone()));
    for Finding { test, outcome } in examine(&exhibit, &Said::Evidence(evidence), dossier.checkpoints.first())
    {
        let (holds, fails) = words(test);
        match outcome {
            Outcome::Holds => println!("{holds}."),
            Outcome::Waiting | Outcome::Unknown => println!("Not checked: {holds}."),
            Outcome::Fails => return Err(fails.into()),
        }
    }
    Ok(())
}

fn words(test: Test) -> (&'static str, &'static str) {
    match test {
        Test::Receipt(Check::Claim) => ("The claim is the one that was hashed", "the claim was changed"),
        Test::Receipt(Check::Entry) => ("The entry belongs to the claim", "the entry is another one"),
        Test::Receipt(Check::Inclusion) => {
            ("The entry is in the receipt's tree", "the entry is not in its tree")
        }
        Test::Receipt(Check::Signature) => ("The signature holds", "the signature does not hold"),
        Test::Receipt(Check::Key) => ("The key is published", "the key is not a published one"),
        Test::Checkpoint => ("The checkpoint is signed", "the checkpoint is not signed with a published key"),
        Test::Present => ("The entry is in the log", "the entry is not in the log"),
        Test::Grown => ("The log only grew since", "the log was rewritten since the receipt was made"),
        Test::Kept => {
            ("The log continues the kept checkpoint", "the log does not continue the kept checkpoint")
        }
    }
}

/// Builds the tree again from the entries and compares every head that is known.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
fn replay(receipt: &Receipt, dossier: &Dossier) -> Result<(), Failure> {
    if dossier.entries.is_empty() {
        return heads_alone(receipt, &dossier.checkpoints);
    }
    let now = dossier.evidence.as_ref().map(|evidence| &evidence.checkpoint);
    let mut heads: Vec<(OrganizationId, i64, &str)> =
        vec![(receipt.vendor, receipt.tree_size, receipt.root.as_str())];
    let checkpoints = dossier.checkpoints.iter().chain(now);
    heads.extend(checkpoints.map(|head| (head.vendor, head.tree_size, head.root.as_str())));
    let mut tree = Peaks::default();
    for entries in &dossier.entries {
        if entries.vendor != receipt.vendor || entries.from as u64 != tree.size() {
            return Err(format!("entries are missing or of another log at place {}", tree.size()).into());
        }
        for text in &entries.hashes {
            let place = tree.size() as i64;
            let hash = read_hash(text).ok_or_else(|| format!("the entry at place {place} is no hash"))?;
            if place == receipt.log_index && *text != receipt.entry_hash {
                return Err(format!("the log has another entry at place {place}").into());
            }
            tree.push(hash);
            let (size, root) = (place + 1, hex::encode(tree.root()));
            let wrong = |head: &&(OrganizationId, i64, &str)| {
                head.1 == size && (head.0 != receipt.vendor || head.2 != root)
            };
            if heads.iter().any(|head| wrong(&head)) {
                return Err(format!("the first {size} entries are not those that were signed").into());
            }
        }
    }
    let beyond = heads.iter().filter(|head| head.1 > tree.size() as i64).count();
    if beyond > 0 {
        return Err("the entries end before a head that was signed".into());
    }
    println!("{} entries make exactly the {} heads that were signed.", tree.size(), heads.len());
    Ok(())
}

/// With checkpoints only, those of the receipt's own size can be compared.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
fn heads_alone(receipt: &Receipt, checkpoints: &[Checkpoint]) -> Result<(), Failure> {
    for kept in checkpoints {
        if kept.vendor != receipt.vendor {
            return Err("the checkpoint is of another vendor's log".into());
        }
        if kept.tree_size != receipt.tree_size {
            println!(
                "The checkpoint of {} entries needs evidence or entries to be compared.",
                kept.tree_size
            );
        } else if kept.root == receipt.root {
            println!("The checkpoint of {} entries is the receipt's own tree.", kept.tree_size);
        } else {
            return Err("the checkpoint is not the receipt's tree: the log was rewritten".into());
        }
    }
    Ok(())
}

/// Verifies every vendor's event chain and transparency log.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn logs(settings: &Settings) -> Result<(), Failure> {
    let parts = assemble::parts(settings).await?;
    let mut tx = parts.db().read().await?;
    let (mut events_seen, mut receipts_seen) = (0, 0);
    let vendors = events::vendors(&mut tx).await?;
    for vendor in &vendors {
        let (mut hash, mut seq) = (events::ZERO_HASH, 0);
        loop {
            let batch =
                events::after(&mut tx, Scope::Vendor(*vendor), seq, base::Timestamp(0), BATCH).await?;
            if batch.is_empty() {
                break;
            }
            hash = events::verify(hash, seq, &batch)
                .map_err(|at| format!("{vendor}: the log is broken at event {at}"))?;
            seq += batch.len() as i64;
        }
        events_seen += seq;
        match log::server::verify_chain(&mut tx, *vendor).await? {
            log::server::Chain::Whole { entries, .. } => receipts_seen += entries,
            log::server::Chain::Broken { log_index, what } => {
                return Err(
                    format!("{vendor}: the transparency log is broken at place {log_index}: {what}").into()
                );
            }
        }
    }
    println!("{} logs with {events_seen} events and {receipts_seen} receipts are unbroken.", vendors.len());
    Ok(())
}
