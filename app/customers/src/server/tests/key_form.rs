//! Keys of before are told in today's form by the migration.
use super::*;

/// The same for both engines.
const MIGRATION: &str = include_str!("../../../migrations/sqlite/2026112765_customers_match_form.sql");

/// How a key was stored before: the kind first, and the length of a name before its parts.
fn former(stored: &str) -> String {
    let (value, kind) = stored.rsplit_once(':').unwrap();
    match value.rsplit_once('~') {
        Some((letters, length)) if "abc".contains(kind) => format!("{kind}:{length}{letters}"),
        _ => format!("{kind}:{value}"),
    }
}

#[rstest]
#[tokio::test]
async fn keys_of_before_are_told_anew_by_the_migration(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    async fn all(world: &World) -> Vec<String> {
        let mut tx = world.parts.db().read().await.unwrap();
        let sql = "select key from match_key order by key";
        base::on!(tx, |conn| sqlx::query_scalar(sql).fetch_all(conn).await).unwrap()
    }
    let world = market!(engine);
    let place = place(&world).await;
    // A name of one letter has a key that looks like the kind of another.
    for name in ["Blue Ridge Logistics GmbH", "C", "B", "Acme"] {
        let ask = CreateCustomer {
            name: name.into(),
            website: Some(format!("{}.example", name.replace(' ', "-").to_lowercase())),
            ..CreateCustomer::default()
        };
        world.ask(&place.vendor, ask).await.unwrap();
    }
    let today = all(&world).await;
    assert!(
        today.iter().any(|key| key == "bluridge:w") && today.iter().any(|key| key == "bluri~8:a"),
        "{today:?}"
    );
    let keys = today.clone();
    let done = world.parts.db().write(async move |tx: &mut base::db::Tx| {
        for key in &keys {
            let former = former(key);
            base::execute!(
                tx,
                sqlx::query("update match_key set key = $1 where key = $2").bind(&former).bind(key)
            )?;
        }
        base::execute!(tx, sqlx::query(MIGRATION))?;
        Ok(())
    });
    done.await.unwrap();
    assert_eq!(all(&world).await, today);
}
