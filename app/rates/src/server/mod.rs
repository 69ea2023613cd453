//! Performs the verbs, and lets sums be read in one currency.
mod set;
mod store;
#[cfg(test)]
mod tests;

use base::db::{Migrations, Tx};
use base::events::Event;
use base::http::{Mounted, Perform, mounted};
use base::{Actor, Observer, Page, Parts, Problem, page_rows};
use futures::future::LocalBoxFuture;

use crate::access::Do;
use crate::model::Rate;
use crate::verbs::*;
pub use set::take;
pub use store::{Converted, converted};

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();
/// What can be asked over the wire.
pub const VERBS: &[Mounted] =
    &[mounted::<ListRates>(), mounted::<SetRate>(), mounted::<SetRates>(), mounted::<RemoveRate>()];
/// A new program may bring a new currency to convert into.
pub const OBSERVER: Observer = observe;

fn observe<'a>(tx: &'a mut Tx, _: &'a Parts, event: &'a Event) -> LocalBoxFuture<'a, Result<(), Problem>> {
    Box::pin(async move {
        if event.kind == "program.created" { store::make_factors(tx, event.vendor).await } else { Ok(()) }
    })
}

impl Perform for ListRates {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Rate>, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        let limit = page_rows(self.limit);
        let (rows, total) = store::list(&mut tx, actor.organization()?, &self, limit).await?;
        Ok(Page::cut(rows, limit, total, |last: &Rate| format!("{} {}", last.currency.code(), last.month)))
    }
}
