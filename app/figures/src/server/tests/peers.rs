//! Partners beside each other: one statement for all of them gives what each gives by itself.
use base::Currency;
use base::db::{Engine, Tx};
use base::testing::World;
use base::{OrganizationId, Problem, execute};
use partners::fixtures::market;
use rstest::rstest;

use crate::Days;
use crate::server::store::{self, Place};
use crate::server::{Of, peers, reached, reached_each};

#[rstest]
#[tokio::test]
async fn peers_and_what_each_partner_reached(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut tables = deals::server::tables();
    tables.extend([rates::MIGRATIONS(), crate::MIGRATIONS()]);
    let Some(world) = World::try_new(engine, &tables).await else { return };
    let market = market(&world).await;
    let (vendor, program) = (market.vendor.0, market.program);
    let (alpine, bluepeak) = (market.alpine.id, market.bluepeak.id);
    let work = async move |tx: &mut Tx| -> Result<(), Problem> {
        const ALIKE: &str = "update enrollment set tier = 'silver' where program_id = $1";
        execute!(tx, sqlx::query(ALIKE).bind(program.0))?;
        let happened: [(OrganizationId, &str, &str, &str, i64); 7] = [
            (alpine, "opp.won", "2026-01-10", "EUR", 100),
            (alpine, "opp.won", "2026-03-10", "EUR", 50),
            (alpine, "opp.won", "2026-03-11", "USD", 30),
            (alpine, "opp.won", "2025-12-31", "EUR", 9),
            (alpine, "deal.submitted", "2026-05-01", "", 0),
            (bluepeak, "opp.won", "2026-06-30", "EUR", 70),
            (bluepeak, "opp.lost", "2026-02-01", "EUR", 20),
        ];
        for (partner, metric, day, currency, minor) in happened {
            let place =
                Place { vendor, partner: partner.0, program: program.0, metric, dim: "", day, currency };
            store::add(tx, &place, 1, minor).await?;
        }
        Ok(())
    };
    world.parts.db().write(work).await.unwrap();
    let mut tx = world.parts.db().read().await.unwrap();
    let days = Days { start: "2026-01-01".into(), end: "2026-07-01".into() };
    let euros = Some(Currency::EUR);
    let metrics = [("opp.won", euros), ("deal.submitted", None), ("opp.won", None), ("opp.lost", None)];
    let mut all = peers(&mut tx, (program, alpine), metrics, &days).await.unwrap();
    all.sort_unstable();
    assert_eq!(all, [(alpine, [150, 1, 3, 0]), (bluepeak, [70, 0, 1, 1])]);
    let stranger = market.foreign.partner.id;
    assert_eq!(peers(&mut tx, (program, stranger), metrics, &days).await.unwrap(), []);

    for what in metrics {
        let each = reached_each(&mut tx, program, what, &days).await.unwrap();
        for partner in [alpine, bluepeak] {
            let alone = reached(&mut tx, (program, Of::Partner(partner)), what, &days).await.unwrap();
            let found = each.iter().find(|(known, _)| *known == partner).map_or(0, |(_, number)| *number);
            assert_eq!(found, alone, "{what:?}");
        }
    }
}
