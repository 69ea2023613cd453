//! Brings a store to the newest shape; safe when several nodes start at once.
use std::borrow::Cow;

use sqlx::migrate::{Migration, Migrator};
use sqlx::{ConnectOptions, Connection};

use super::{Db, ReadPool};

/// The migrations of one slice, in both engines' words. Made by [`migrations!`](crate::migrations).
#[derive(Clone, Copy)]
pub struct Migrations {
    /// The slice.
    pub slice: &'static str,
    /// For SQLite.
    pub sqlite: &'static Migrator,
    /// For PostgreSQL.
    pub postgres: &'static Migrator,
}

/// The `migrations/{sqlite,postgres}` folders of the calling crate.
#[macro_export]
macro_rules! migrations {
    () => {{
        use $crate::reexport::sqlx;
        static SQLITE: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");
        static POSTGRES: sqlx::migrate::Migrator = sqlx::migrate!("migrations/postgres");
        $crate::db::Migrations { slice: env!("CARGO_PKG_NAME"), sqlite: &SQLITE, postgres: &POSTGRES }
    }};
}

/// The tables of this crate: events, jobs, idempotency keys.
pub const MIGRATIONS: fn() -> Migrations = || crate::migrations!();

/// Applies what is missing of all slices, oldest first.
///
/// # Errors
/// What the engine says, or that an applied migration was edited.
pub async fn migrate(db: &Db, slices: &[Migrations]) -> Result<(), sqlx::migrate::MigrateError> {
    let base = MIGRATIONS();
    let all = || std::iter::once(&base).chain(slices);
    match &db.read {
        ReadPool::Sqlite(readers) => {
            let mut conn = readers.options().for_migrations().connect().await?;
            merged(all().map(|slice| slice.sqlite)).run_direct(None, &mut conn, false).await?;
            conn.close().await?;
            Ok(())
        }
        ReadPool::Postgres(pool) => merged(all().map(|slice| slice.postgres)).run(pool).await,
    }
}

fn merged<'a>(parts: impl Iterator<Item = &'a Migrator>) -> Migrator {
    let mut all: Vec<Migration> = parts.flat_map(|part| part.iter().cloned()).collect();
    all.sort_by_key(|migration| migration.version);
    Migrator { migrations: Cow::Owned(all), ..Migrator::DEFAULT }
}
