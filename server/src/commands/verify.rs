//! `rialto verify`: a receipt offline, or every vendor's log.
use std::path::Path;

use base::Scope;
use base::events;

use crate::settings::Settings;
use crate::{Failure, assemble};

/// How many events are read at once.
const BATCH: i64 = 1000;

/// Verifies a receipt file with the key it names; needs neither server nor database.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) fn receipt(path: &Path, keys: Option<&Path>) -> Result<(), Failure> {
    let keys: Vec<log::LogKey> = match keys {
        Some(path) => serde_json::from_str(&std::fs::read_to_string(path)?)?,
        None => Vec::new(),
    };
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let receipt: log::Receipt = serde_json::from_str(&text)?;
    match log::verify(&receipt, &keys) {
        Ok(verified) => {
            println!("The receipt holds: {} was received at {}.", receipt.deal, receipt.priority_at);
            if !verified.key_is_published {
                println!("Its key was not compared: give the vendor's published keys with --keys.");
            }
            Ok(())
        }
        Err(broken) => Err(format!("the receipt does not hold: {broken}").into()),
    }
}

/// Verifies every vendor's event chain and transparency log.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn logs(settings: &Settings) -> Result<(), Failure> {
    let parts = assemble::parts(settings).await?;
    let mut tx = parts.db().read().await?;
    let mut events_seen = 0;
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
        if let log::server::Chain::Broken { .. } = log::server::verify_chain(&mut tx, *vendor).await? {
            return Err(format!("{vendor}: the transparency log is broken").into());
        }
    }
    println!("{} logs with {events_seen} events are unbroken.", vendors.len());
    Ok(())
}
