//! Two approvals of rival deals at the same instant, over HTTP: exactly one succeeds, a hundred times of a hundred.
use base::db::Engine;
use rstest::rstest;
use serde_json::{Value, json};

use crate::stage::{claim, company, stage};

const ROUNDS: u64 = 100;

/// Rules under which a hundred rival pairs may stay open at once, so that no round tidies up after the one before.
fn rules() -> Value {
    json!({ "engagement": { "auto_approve": { "enabled": false, "limit_minor": 0 }, "max_open_registrations": 1000 } })
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_approvals_at_once_exactly_one_succeeds(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let market = &stage.market;
    let (owner, one, other) = (
        stage.key(&market.owner).await,
        stage.key(&market.alpine.sales).await,
        stage.key(&market.bluepeak.sales).await,
    );
    let (first, second) = (stage.key(&market.manager).await, stage.key(&market.owner).await);
    stage.post(&owner, &format!("/programs/{}/versions", market.program), &rules()).await.done();
    for round in 0..ROUNDS {
        let ask = claim(market.program, "GTX Pro", &company(round), true);
        let ours = stage.post(&one, "/deals", &ask).await.id();
        let theirs = stage.post(&other, "/deals", &ask).await.id();
        let (ours, theirs) = (format!("/deals/{ours}/approve"), format!("/deals/{theirs}/approve"));
        let (left, right) =
            tokio::join!(stage.post(&first, &ours, &Value::Null), stage.post(&second, &theirs, &Value::Null));
        let mut statuses = [left.status, right.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "round {round}: {} {}", left.text, right.text);
        let lost = if left.status == 409 { left } else { right };
        assert_eq!(lost.json()["code"], "rival_protected", "round {round}");
    }
}
