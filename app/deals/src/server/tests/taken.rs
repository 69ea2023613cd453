//! Registrations that come in from a file: known by their reference, changed as long as they are drafts.
use base::db::{Engine, Tx};
use base::testing::World;
use base::{Actor, Problem};
use rstest::rstest;

use super::{claim, company, market, submit};
use crate::server::{Taken, TakenRow, take_row};
use crate::{EditDeal, GetDeal, ListDeals, RegisterDeal, Status};

async fn take(
    world: &World,
    actor: &Actor,
    reference: &str,
    ask: RegisterDeal,
) -> Result<(Taken, base::DealId), Problem> {
    let (parts, actor, reference) = (world.parts.clone(), actor.clone(), reference.to_owned());
    let work = async move |tx: &mut Tx| {
        let TakenRow { deal, taken, .. } = take_row(tx, &parts, &actor, &reference, ask).await?;
        Ok((format!("{taken:?}"), deal))
    };
    let (taken, deal) = world.parts.db().write(work).await?;
    let all = [Taken::Created, Taken::Updated, Taken::Unchanged];
    Ok((all.into_iter().find(|one| format!("{one:?}") == taken).unwrap(), deal))
}

#[rstest]
#[tokio::test]
async fn a_row_is_a_registration_once_and_changes_it_only_while_it_is_a_draft(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let actor = &market.alpine.sales;
    let row = |value| claim(&market, company("Acme", "acme.example"), value);
    let (first, id) = take(&world, actor, "id 7", row(48_000)).await.unwrap();
    assert_eq!(first, Taken::Created);
    assert_eq!(take(&world, actor, "id 7", row(48_000)).await, Ok((Taken::Unchanged, id)));
    let by_hand = EditDeal { notes: Some("Call in spring".into()), ..EditDeal::new(id) };
    world.ask(actor, by_hand).await.unwrap();
    assert_eq!(take(&world, actor, "id 7", row(48_000)).await, Ok((Taken::Unchanged, id)));
    assert_eq!(take(&world, actor, "id 7", row(50_000)).await, Ok((Taken::Updated, id)));
    let deal = world.ask(actor, GetDeal { id }).await.unwrap();
    assert_eq!((deal.status, deal.notes.as_str()), (Status::Draft, "Call in spring"));
    world.ask(actor, submit(&deal)).await.unwrap();
    assert_eq!(take(&world, actor, "id 7", row(50_000)).await, Ok((Taken::Unchanged, id)));
    assert_eq!(take(&world, actor, "id 7", row(60_000)).await.unwrap_err().code(), "already_submitted");
    let theirs = take(&world, &market.bluepeak.sales, "id 7", row(48_000)).await.unwrap();
    assert_eq!(theirs.0, Taken::Created, "another partner's reference is another one");
    assert_eq!(world.ask(&market.manager, ListDeals::default()).await.unwrap().total, 2);
}

#[rstest]
#[tokio::test]
async fn a_vendor_s_row_needs_its_partner_and_a_bad_one_leaves_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let row = claim(&market, company("Acme", "acme.example"), 48_000);
    let nobody = take(&world, &market.manager, "id 1", row.clone()).await.unwrap_err();
    assert_eq!(nobody.of_field("partner").unwrap().code, "required");
    let foreign = RegisterDeal { partner: Some(market.foreign.partner.id), ..row.clone() };
    assert!(take(&world, &market.manager, "id 1", foreign).await.unwrap_err().of_field("partner").is_some());
    let mut unknown = row.clone();
    unknown.products.as_mut().unwrap()[0].product = "Nothing".into();
    assert!(take(&world, &market.alpine.sales, "id 1", unknown).await.is_err());
    assert_eq!(world.ask(&market.manager, ListDeals::default()).await.unwrap().total, 0);
    let behalf = RegisterDeal { partner: Some(market.alpine.id), ..row };
    let (taken, id) = take(&world, &market.manager, "id 1", behalf).await.unwrap();
    assert_eq!(taken, Taken::Created);
    let seen = world.ask(&market.alpine.sales, GetDeal { id }).await.unwrap();
    assert_eq!(seen.status, Status::Draft);
}
