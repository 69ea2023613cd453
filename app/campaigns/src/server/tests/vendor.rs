//! What the vendor sees and decides.
use rstest::rstest;

use super::*;

#[rstest]
#[tokio::test]
async fn the_vendor_approves_or_sends_back(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let alpine = &market.alpine;
    let kit = kit(&world, &market, true).await;
    let ready = ready(&world, alpine, kit).await;
    let id = ready.id;
    assert_eq!(
        seen(&world, &market.manager, id).await,
        Err(Problem::NotFound),
        "what is in the making is the partner's"
    );
    let asked = launch(&world, &alpine.owner, id).await.unwrap();
    assert_eq!(asked.state, CampaignState::AwaitingApproval);
    let change_now =
        world.ask(&alpine.owner, ChangeCampaign { name: Some("Mine".into()), ..change(id) }).await;
    assert_eq!(change_now.unwrap_err().code(), "awaiting");

    // The vendor sees what goes out and to how many, never to whom.
    let view = seen(&world, &market.manager, id).await.unwrap();
    assert_eq!((view.audience, view.audience_name, view.audience_size), (None, None, 3));
    assert!(world.ask(&market.manager, GetCampaignDesk { id }).await.unwrap().reach.is_none());
    let list = world.ask(&market.manager, ListCampaigns::default()).await.unwrap();
    assert_eq!(list.items[0].state, CampaignState::AwaitingApproval);
    let people = world.ask(&market.manager, ListAudiences::default()).await.unwrap_err();
    assert_eq!(people.code(), "role");

    let approve = || ApproveCampaign { id, version: None };
    assert_eq!(world.ask(&alpine.owner, approve()).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.analyst, approve()).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.foreign.manager, approve()).await, Err(Problem::NotFound));
    let silent = SendBackCampaign { id, reason: " ".into(), version: None };
    assert!(world.ask(&market.manager, silent.clone()).await.unwrap_err().of_field("reason").is_some());
    let back = SendBackCampaign { reason: "Please name the product.".into(), ..silent };
    world.ask(&market.manager, back).await.unwrap();
    let mine = seen(&world, &alpine.owner, id).await.unwrap();
    assert_eq!(mine.state, CampaignState::Draft);
    assert_eq!(mine.decision.unwrap().reason, "Please name the product.");

    launch(&world, &alpine.owner, id).await.unwrap();
    let approved = world.ask(&market.manager, approve()).await.unwrap();
    assert_eq!(approved.state, CampaignState::Scheduled);
    assert_eq!(world.ask(&market.manager, approve()).await.unwrap_err().code(), "not_asked");
    go(&world).await;
    assert_eq!(state(&world, &alpine.owner, id).await, CampaignState::Sending);
    let adoption = world.ask(&market.manager, ListCampaignAdoption::default()).await.unwrap();
    assert_eq!((adoption.items.len(), adoption.items[0].launched), (1, 1));
    assert_eq!(adoption.items[0].partner, alpine.id);
}

#[rstest]
#[tokio::test]
async fn what_is_approved_is_what_goes_out(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let alpine = &market.alpine;
    let kit = kit(&world, &market, true).await;
    let ready = ready(&world, alpine, kit).await;
    launch(&world, &alpine.owner, ready.id).await.unwrap();
    let mut kept = world.ask(&alpine.owner, GetPartnerCard {}).await.unwrap();
    kept.card.name = "Something else".into();
    let keep = KeepPartnerCard { card: kept.card, version: Some(kept.version) };
    world.ask(&alpine.owner, keep).await.unwrap();
    let waiting = seen(&world, &market.manager, ready.id).await.unwrap();
    assert_eq!(
        waiting.card.name, "Alpine Systems",
        "a card that is changed later waits for the next campaign"
    );
}

#[rstest]
#[tokio::test]
async fn campaigns_of_others_are_not_found(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let alpine = &market.alpine;
    let kit = kit(&world, &market, false).await;
    let made = world.ask(&alpine.owner, CreateCampaign { kit, name: None, language: None }).await.unwrap();
    let id = made.id;
    for stranger in [&market.bluepeak.owner, &market.foreign.partner.owner] {
        assert_eq!(seen(&world, stranger, id).await, Err(Problem::NotFound));
        assert_eq!(world.ask(stranger, change(id)).await.unwrap_err(), Problem::NotFound);
        assert_eq!(launch(&world, stranger, id).await, Err(Problem::NotFound));
        assert_eq!(world.ask(stranger, GetCampaignResults { id }).await.unwrap_err(), Problem::NotFound);
        assert_eq!(
            world.ask(stranger, TestCampaign { id, asset: None }).await.unwrap_err(),
            Problem::NotFound
        );
    }
    assert_eq!(seen(&world, &alpine.learner, id).await.unwrap_err().code(), "role");
    let theirs = CreateCampaign { kit, name: None, language: None };
    let refused = world.ask(&market.foreign.partner.owner, theirs).await.unwrap_err();
    assert!(refused.of_field("kit").is_some(), "{refused}");
    let audience = people(&world, &market.bluepeak.owner).await;
    let stolen = ChangeCampaign { audience: Some(audience), ..change(id) };
    assert!(world.ask(&alpine.owner, stolen).await.unwrap_err().of_field("audience").is_some());
}
