//! Partners: organisations in the program, with their territory and the person who looks after them.
use base::Problem;
use base::db::Tx;
use csv::StringRecord;
use partners::server::find_or_create_partner;

use super::{Outcome, Target, reason};
use crate::rules::{Found, KnownNames, partner};
use crate::server::store::{self, Tally};

pub(super) async fn take(
    tx: &mut Tx,
    target: &Target,
    rows: &[(u64, StringRecord)],
) -> Result<Tally, Problem> {
    let mut tally = Tally::default();
    let lines = target.read(rows, &mut tally, partner);
    let known = KnownNames::new(store::partners(tx, target.vendor).await?);
    for line in lines {
        let row = &line.values;
        let name = match known.find(&row.name) {
            Found::Several => {
                tally.reject(line.number, line.record, vec![reason("ambiguous", "name", &row.name)]);
                continue;
            }
            Found::One(_, Some(name)) => {
                tally.correct(line.number, "name", &row.name, &name);
                name
            }
            Found::One(_, None) | Found::Nobody => row.name.clone(),
        };
        let found = find_or_create_partner(
            tx,
            &target.parts,
            &target.actor,
            target.vendor,
            target.program.id,
            &name,
            row.territory.as_deref(),
            row.channel_manager.as_deref(),
        )
        .await?;
        tally.count(match (found.created, found.changed) {
            (true, _) => Outcome::Created,
            (false, true) => Outcome::Updated,
            (false, false) => Outcome::Unchanged,
        });
    }
    Ok(tally)
}
