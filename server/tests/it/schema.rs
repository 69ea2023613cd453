//! Both engines have the same tables, columns and indexes.
use std::collections::BTreeSet;

use base::db::{Db, Engine};
use base::on;
use base::testing::World;

/// Table, column, kind, and whether it may be null.
type Column = (String, String, String, bool);

async fn world(engine: Engine) -> Option<World> {
    World::try_new(engine, &app::migrations()).await
}

async fn rows<const N: usize>(db: &Db, sql: &'static str) -> Vec<[String; N]> {
    use sqlx::Row as _;
    let mut tx = db.read().await.expect("a connection");
    on!(tx, |conn| {
        let all = sqlx::query(sql).fetch_all(conn).await.expect("the catalogue answers");
        all.iter().map(|row| std::array::from_fn(|at| row.get::<String, _>(at))).collect()
    })
}

async fn columns(db: &Db) -> BTreeSet<Column> {
    let sql = match db.engine() {
        Engine::Sqlite => {
            "select m.name, c.name, lower(c.type), case when c.\"notnull\" = 0 and c.pk = 0 then 'yes' else 'no' end
             from sqlite_master m join pragma_table_info(m.name) c
             where m.type = 'table' and m.name not like 'sqlite%' and m.name not like '\\_%' escape '\\'"
        }
        Engine::Postgres => {
            "select table_name::text, column_name::text, data_type::text, lower(is_nullable)::text
             from information_schema.columns
             where table_schema = 'public' and table_name not like '\\_%'"
        }
    };
    rows::<4>(db, sql)
        .await
        .into_iter()
        .map(|[table, name, kind, null]| (table, name, same(&kind), null == "yes"))
        .collect()
}

/// What a type is called on both.
fn same(kind: &str) -> String {
    match kind {
        "uuid" | "bytea" | "blob" => "bytes",
        "bigint" | "integer" => "integer",
        "double precision" | "real" => "real",
        other => other,
    }
    .to_owned()
}

async fn indexes(db: &Db) -> BTreeSet<[String; 2]> {
    let sql = match db.engine() {
        Engine::Sqlite => {
            "select tbl_name, name from sqlite_master
             where type = 'index' and name not like 'sqlite%' and tbl_name not like '\\_%' escape '\\'"
        }
        // Those that a constraint brings along have names on PostgreSQL only.
        Engine::Postgres => {
            "select tablename::text, indexname::text from pg_indexes i
             where schemaname = 'public' and tablename not like '\\_%'
             and not exists (select 1 from pg_constraint c where c.conname = i.indexname)"
        }
    };
    let all: BTreeSet<[String; 2]> = rows::<2>(db, sql).await.into_iter().collect();
    all.into_iter().filter(|[_, name]| !POSTGRES_ONLY.contains(&name.as_str())).collect()
}

/// Indexes that only PostgreSQL has use for: their migrations say why.
const POSTGRES_ONLY: [&str; 1] = ["figure_days"];

fn assert_same<T: Ord + std::fmt::Debug>(what: &str, sqlite: &BTreeSet<T>, postgres: &BTreeSet<T>) {
    let only_sqlite: Vec<_> = sqlite.difference(postgres).collect();
    let only_postgres: Vec<_> = postgres.difference(sqlite).collect();
    assert!(
        only_sqlite.is_empty() && only_postgres.is_empty(),
        "{what} on SQLite only: {only_sqlite:#?}\n{what} on PostgreSQL only: {only_postgres:#?}"
    );
}

#[tokio::test]
async fn both_engines_have_the_same_schema() {
    let sqlite = world(Engine::Sqlite).await.expect("SQLite is always there");
    let Some(postgres) = world(Engine::Postgres).await else { return };
    let (one, other) = (columns(sqlite.parts.db()).await, columns(postgres.parts.db()).await);
    assert!(one.len() > 100, "the catalogue was read");
    assert_same("columns", &one, &other);
    assert_same("indexes", &indexes(sqlite.parts.db()).await, &indexes(postgres.parts.db()).await);
}
