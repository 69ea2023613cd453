//! A campaign from its first word to its end.
use creative::{Override, Overrides, Spot};
use rstest::rstest;

use super::*;
use crate::rules::changes::flat;

#[rstest]
#[tokio::test]
async fn a_campaign_is_launched_and_sent(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let alpine = &market.alpine;
    let kit = kit(&world, &market, false).await;
    let made = world.ask(&alpine.sales, CreateCampaign { kit, name: None, language: None }).await.unwrap();
    assert_eq!((made.name.as_str(), made.state, made.kit_version), ("Spring", CampaignState::Draft, 1));
    assert_eq!(made.card.name, "Alpine Systems", "the card is filled from the partner's record");
    assert!(made.slug.starts_with("spring-") && made.slug.len() == "spring-".len() + 6, "{}", made.slug);

    // Nothing goes out that lacks something, and each time it is said what.
    assert_eq!(launch(&world, &alpine.owner, made.id).await.unwrap_err().code(), "check_stops");
    fill_card(&world, alpine).await;
    assert_eq!(launch(&world, &alpine.owner, made.id).await.unwrap_err().code(), "no_audience");
    let empty = world.ask(&alpine.owner, CreateAudience { name: "Nobody".into() }).await.unwrap().id;
    world.ask(&alpine.owner, ChangeCampaign { audience: Some(empty), ..change(made.id) }).await.unwrap();
    assert_eq!(launch(&world, &alpine.owner, made.id).await.unwrap_err().code(), "nobody_to_write_to");
    let audience = people(&world, &alpine.owner).await;
    let desk = ChangeCampaign { audience: Some(audience), quiet: Some(false), ..change(made.id) };
    let desk = world.ask(&alpine.owner, desk).await.unwrap();
    assert_eq!(desk.reach.unwrap().sendable(), 3);
    let checked = world.ask(&alpine.owner, CheckCampaign { id: made.id }).await.unwrap();
    assert_eq!(checked.campaign.state, CampaignState::Checked);

    let scheduled = launch(&world, &alpine.owner, made.id).await.unwrap();
    assert_eq!(scheduled.state, CampaignState::Scheduled);
    world.run_jobs().await;
    assert_eq!(
        state(&world, &alpine.owner, made.id).await,
        CampaignState::Scheduled,
        "ten seconds to take it back"
    );
    go(&world).await;
    let running = seen(&world, &alpine.owner, made.id).await.unwrap();
    assert_eq!(running.state, CampaignState::Sending);
    assert!(running.launched_at.is_some());
    let steps = number(&world, "select count(*) from mailing_step").await;
    assert!(steps >= 1);
    assert_eq!(
        number(&world, "select count(*) from mailing_message").await,
        3 * steps,
        "each person and mail once"
    );
    world.run_jobs().await;
    assert_eq!(number(&world, "select count(*) from mailing_message").await, 3 * steps, "and never again");

    all_sent(&world, &market, alpine, made.id).await;
    let sent = seen(&world, &alpine.owner, made.id).await.unwrap();
    assert_eq!(sent.state, CampaignState::Sent);
    let results = world.ask(&alpine.owner, GetCampaignResults { id: made.id }).await.unwrap();
    assert_eq!((results.sent, results.queued, results.leads), (3 * steps as u64, 0, 0));
    let gone = world.ask(&alpine.owner, ArchiveCampaign { id: made.id, version: None }).await.unwrap();
    assert_eq!(gone.state, CampaignState::Archived);
    let listed = world.ask(&alpine.owner, ListCampaigns::default()).await.unwrap();
    assert_eq!(listed.total, 0, "what is put away is seen when it is asked for");
    let kinds = told(&world, &market).await;
    let ends = ["campaign.scheduled", "campaign.launched", "campaign.sent", "campaign.archived"];
    assert_eq!(kinds[kinds.len() - 4..], ends, "{kinds:?}");
}

#[rstest]
#[tokio::test]
async fn only_open_zones_are_changed_and_a_change_is_checked_anew(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let alpine = &market.alpine;
    let kit = kit(&world, &market, false).await;
    let ready = ready(&world, alpine, kit).await;
    let desk = world.ask(&alpine.owner, GetCampaignDesk { id: ready.id }).await.unwrap();
    let blocks: Vec<_> = desk
        .assets
        .iter()
        .flat_map(|asset| {
            let content = &asset.languages[&ready.language];
            flat(content).into_iter().map(|block| (asset.key.clone(), block.clone()))
        })
        .collect();
    let spot = |asset: &str, block: &str| Spot {
        asset: asset.to_owned(),
        language: ready.language.clone(),
        block: block.to_owned(),
    };
    let (asset, open) =
        blocks.iter().find(|(_, block)| matches!(block.zone, creative::Zone::Text { .. })).unwrap();
    let (other, locked) = blocks
        .iter()
        .find(|(_, block)| {
            block.zone == creative::Zone::Locked && matches!(block.part, creative::Part::Text { .. })
        })
        .unwrap();
    let put = |asset: &str, block: &str, text: &str| {
        let written = Override::Written { text: text.to_owned() };
        ChangeCampaign { overrides: Some(Overrides(vec![(spot(asset, block), written)])), ..change(ready.id) }
    };
    let Err(Problem::Invalid { errors }) = world.ask(&alpine.owner, put(other, &locked.id, "Mine")).await
    else {
        panic!("the brand's words stay")
    };
    assert_eq!((errors[0].field.as_str(), errors[0].code.as_ref()), ("overrides[0]", "locked"));

    world.ask(&alpine.owner, CheckCampaign { id: ready.id }).await.unwrap();
    let changed = world.ask(&alpine.owner, put(asset, &open.id, "We are near you.")).await.unwrap();
    assert_eq!(changed.campaign.state, CampaignState::Draft);
    let stale = ChangeCampaign { version: Some(ready.version), ..put(asset, &open.id, "Again") };
    assert_eq!(world.ask(&alpine.owner, stale).await.unwrap_err(), Problem::Stale);
    let listed = world.ask(&alpine.owner, ListCampaignChanges { id: ready.id }).await.unwrap();
    assert_eq!((listed.items.len(), listed.items[0].after.as_str()), (1, "We are near you."));

    // What a stranger would see of it, with the change in it, once it is out.
    launch(&world, &alpine.owner, ready.id).await.unwrap();
    let slug = ready.slug.clone();
    let page = async |world: &World| {
        let mut tx = world.parts.db().read().await.unwrap();
        crate::server::published(&mut tx, &world.parts, &slug).await.unwrap()
    };
    assert!(page(&world).await.is_none(), "nothing is public before it goes out");
    go(&world).await;
    let live = page(&world).await.unwrap();
    assert_eq!(live.setting.card.name, "Alpine Systems");
    assert!(live.setting.partner_logo.is_some());
    assert!(live.setting.landing_url.ends_with(&format!("/l/{}", ready.slug)));
}

#[rstest]
#[tokio::test]
async fn it_waits_for_its_time_and_can_be_stopped(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let alpine = &market.alpine;
    let kit = kit(&world, &market, false).await;
    let ready = ready(&world, alpine, kit).await;
    let at = |text: &str| ChangeCampaign {
        send_on: Some(text.into()),
        time_zone: Some("Europe/Berlin".into()),
        ..change(ready.id)
    };
    assert_eq!(world.ask(&alpine.owner, at("2026-01-01T09:00")).await.unwrap_err().code(), "odd_time");
    let desk = world.ask(&alpine.owner, at("2026-11-03T09:00")).await.unwrap();
    assert_eq!(
        (desk.send_on.as_str(), desk.campaign.send_at.unwrap().to_string()),
        ("2026-11-03T09:00", "2026-11-03T08:00:00.000Z".into())
    );
    launch(&world, &alpine.owner, ready.id).await.unwrap();
    go(&world).await;
    assert_eq!(state(&world, &alpine.owner, ready.id).await, CampaignState::Scheduled);
    let back = world.ask(&alpine.owner, TakeBackCampaign { id: ready.id, version: None }).await.unwrap();
    assert_eq!(back.state, CampaignState::Draft);
    world.advance(Span::days(1));
    world.run_jobs().await;
    assert_eq!(
        state(&world, &alpine.owner, ready.id).await,
        CampaignState::Draft,
        "what was taken back does not go out"
    );

    let now = ChangeCampaign { send_on: Some(String::new()), ..change(ready.id) };
    world.ask(&alpine.owner, now).await.unwrap();
    launch(&world, &alpine.owner, ready.id).await.unwrap();
    go(&world).await;
    let id = ready.id;
    let paused = world.ask(&alpine.owner, PauseCampaign { id, version: None }).await.unwrap();
    assert_eq!(paused.state, CampaignState::Paused);
    assert_eq!(number(&world, "select count(*) from mailing_step where state = 'running'").await, 0);
    let resumed = world.ask(&alpine.owner, ResumeCampaign { id, version: None }).await.unwrap();
    assert_eq!(resumed.state, CampaignState::Sending);
    world.ask(&alpine.owner, CancelCampaign { id, version: None }).await.unwrap();
    assert_eq!(
        number(&world, "select count(*) from mailing_step where state = 'running'").await,
        0,
        "at once"
    );
    let again = world.ask(&alpine.owner, RestoreCampaign { id, version: None }).await.unwrap();
    assert_eq!(again.state, CampaignState::Sending);
    world.run_jobs().await;
    assert!(number(&world, "select count(*) from mailing_step where state = 'running'").await > 0);
    world.ask(&alpine.owner, CancelCampaign { id, version: None }).await.unwrap();
    go(&world).await;
    assert_eq!(number(&world, "select count(*) from mailing_step where state <> 'cancelled'").await, 0);
    let late = world.ask(&alpine.owner, RestoreCampaign { id, version: None }).await.unwrap_err();
    assert_eq!(late.code(), "too_late");
}

#[rstest]
#[tokio::test]
async fn a_test_goes_to_whoever_asks_and_to_nobody_else(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let alpine = &market.alpine;
    let kit = kit(&world, &market, false).await;
    let made = world.ask(&alpine.sales, CreateCampaign { kit, name: None, language: None }).await.unwrap();
    let sent = world.ask(&alpine.sales, TestCampaign { id: made.id, asset: None }).await.unwrap();
    assert_eq!(sent.to, "sales@alpine.example");
    world.run_jobs().await;
    let mails = world.mailbox.take();
    assert_eq!(mails.len(), sent.mails as usize);
    assert!(mails.iter().all(|mail| mail.to.email == "sales@alpine.example"));
    assert!(!mails[0].html.contains("{{") && mails[0].subject.starts_with("Test: "), "{}", mails[0].subject);
    assert_eq!(number(&world, "select count(*) from mailing_message").await, 0);
}

#[rstest]
#[tokio::test]
async fn a_recall_stops_every_campaign_of_that_version(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let alpine = &market.alpine;
    let kit = kit(&world, &market, false).await;
    let ready = ready(&world, alpine, kit).await;
    launch(&world, &alpine.owner, ready.id).await.unwrap();
    go(&world).await;
    let recall = kits::RecallKit { id: kit, number: None, reason: "A wrong price".into() };
    world.ask(&market.owner, recall).await.unwrap();
    assert_eq!(
        number(&world, "select count(*) from mailing_step where state = 'running'").await,
        0,
        "at once"
    );
    world.run_jobs().await;
    let gone = seen(&world, &alpine.owner, ready.id).await.unwrap();
    assert_eq!((gone.state, gone.recall_reason.as_str()), (CampaignState::Recalled, "A wrong price"));
    let resume = world.ask(&alpine.owner, ResumeCampaign { id: ready.id, version: None }).await.unwrap_err();
    assert_eq!(resume.code(), "over");
    assert_eq!(number(&world, "select count(*) from mailing_step where state <> 'cancelled'").await, 0);
}
