//! Audiences, files of people, and what a person may ask.
use rstest::rstest;

use super::*;
use crate::model::RowFault;

fn list(id: AudienceId) -> ListContacts {
    ListContacts { id, q: None, cursor: None, limit: None }
}

#[rstest]
#[tokio::test]
async fn every_row_is_taken_or_comes_back_with_its_reason(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let owner = &market.alpine.owner;
    let id = world.ask(owner, CreateAudience { name: "News".into() }).await.unwrap().id;
    let text = "E-Mail;Vorname;Nachname;Einwilligung\n\
                ana@north.example;Ana;Lind;ja\n\
                ANA@north.example;Ana;Again;ja\n\
                nobody;No;Address;ja\n\
                bo@south.example;Bo;Berg;nein\n";
    let report = bring(&world, owner, id, text, Some(consent())).await.unwrap();
    assert_eq!((report.rows, report.added, report.rejected, report.number), (4, 1, 3, 1));
    let faults: Vec<_> = report.bad.iter().map(|bad| (bad.line, bad.fault)).collect();
    assert_eq!(faults, [(3, RowFault::Doubled), (4, RowFault::Malformed), (5, RowFault::NoConsent)]);
    let all = world.ask(owner, list(id)).await.unwrap();
    assert_eq!((all.total, all.items[0].last_name.as_str()), (1, "Lind"));
    assert_eq!(all.items[0].consent, consent());

    let again =
        bring(&world, owner, id, "email,name\nana@north.example,Anna Lind\n", Some(consent())).await.unwrap();
    assert_eq!((again.added, again.known), (0, 1), "nobody is in twice");
    let silent = bring(&world, owner, id, "email\ncy@east.example\n", None).await.unwrap();
    assert_eq!((silent.added, silent.faults[&RowFault::NoConsent]), (0, 1));
    let files = world.ask(owner, ListAudienceImports { id, cursor: None, limit: None }).await.unwrap();
    assert_eq!((files.total, files.items[0].number), (3, 3));

    let look = NewImport {
        file_name: "more.csv".into(),
        bytes: b"email\ndi@west.example\n".to_vec(),
        consent: Some(consent()),
        look: true,
        ..NewImport::default()
    };
    let would = bring_in(&world.parts, owner, id, look).await.unwrap();
    assert_eq!((would.number, would.added), (0, 1));
    assert_eq!(world.ask(owner, list(id)).await.unwrap().total, 1, "looking keeps nothing");
    let none = bring(&world, owner, id, "who\nAna\n", Some(consent())).await.unwrap_err();
    assert_eq!(none.of_field("mapping.email").unwrap().code, "missing_column");
}

#[rstest]
#[tokio::test]
async fn whoever_wants_no_mail_is_neither_brought_in_nor_written_to(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let alpine = &market.alpine;
    let suppress = |address: &str| mailing::SuppressAddress { address: address.into() };
    world.ask(&alpine.owner, suppress("BO@south.example")).await.unwrap();
    let id = world.ask(&alpine.owner, CreateAudience { name: "News".into() }).await.unwrap().id;
    let text = "email\nana@north.example\nbo@south.example\n";
    let report = bring(&world, &alpine.owner, id, text, Some(consent())).await.unwrap();
    assert_eq!((report.added, report.faults[&RowFault::Suppressed]), (1, 1));
    let pending = Consent { opt_in: OptIn::Pending, ..consent() };
    bring(&world, &alpine.owner, id, "email\ncy@east.example\ndi@west.example\n", Some(pending))
        .await
        .unwrap();
    // Left later: counted out of what a campaign reaches.
    world.ask(&alpine.owner, suppress("ana@north.example")).await.unwrap();
    let kit = kit(&world, &market, false).await;
    let made = world.ask(&alpine.owner, CreateCampaign { kit, name: None, language: None }).await.unwrap();
    let desk = ChangeCampaign { audience: Some(id), ..change(made.id) };
    let reach = world.ask(&alpine.owner, desk).await.unwrap().reach.unwrap();
    assert_eq!((reach.people, reach.pending, reach.suppressed, reach.sendable()), (3, 2, 1, 0));
}

#[rstest]
#[tokio::test]
async fn a_person_is_told_and_forgotten_everywhere(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let alpine = &market.alpine;
    let kit = kit(&world, &market, false).await;
    let ready = ready(&world, alpine, kit).await;
    let other = world.ask(&alpine.owner, CreateAudience { name: "Other".into() }).await.unwrap().id;
    let text = "email\nana@north.example\nana@north.example\n";
    bring(&world, &alpine.owner, other, text, Some(consent())).await.unwrap();
    // Another partner's entry of the same person is its own affair.
    let theirs = people(&world, &market.bluepeak.owner).await;
    launch(&world, &alpine.owner, ready.id).await.unwrap();
    go(&world).await;
    let steps = number(&world, "select count(*) from mailing_step").await as u64;
    let ana = world.ask(&alpine.owner, ListContacts { q: Some("ana".into()), ..list(other) }).await.unwrap();
    let id = ana.items[0].id;
    let record = world.ask(&alpine.owner, ExportContact { id }).await.unwrap();
    assert_eq!((record.contacts.len(), record.mails.len() as u64), (2, steps));
    assert_eq!(world.ask(&market.bluepeak.owner, ExportContact { id }).await.unwrap_err(), Problem::NotFound);
    assert_eq!(world.ask(&market.manager, EraseContact { id }).await.unwrap_err().code(), "role");

    let erased = world.ask(&alpine.owner, EraseContact { id }).await.unwrap();
    assert_eq!((erased.contacts, erased.mails, erased.leads), (2, steps, 0));
    assert_eq!(world.ask(&alpine.owner, ExportContact { id }).await.unwrap_err(), Problem::NotFound);
    let left = number(
        &world,
        "select count(*) from mailing_message where address like '%ana%' or data like '%Ana%'",
    )
    .await;
    assert_eq!(left, 0);
    let rejected = number(
        &world,
        "select count(*) from audience_import i join audience a on a.id = i.audience_id
        where a.name = 'Other' and i.rejected_rows like '%ana@%'",
    )
    .await;
    assert_eq!(rejected, 0, "rows that were not taken name people, too");
    assert_eq!(world.ask(&market.bluepeak.owner, list(theirs)).await.unwrap().total, 3);
    let results = world.ask(&alpine.owner, GetCampaignResults { id: ready.id }).await.unwrap();
    assert_eq!((results.queued, results.suppressed), (2 * steps, steps), "what waited for them is not sent");
}

#[rstest]
#[tokio::test]
async fn audiences_are_the_partner_s_own(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let owner = &market.alpine.owner;
    let id = people(&world, owner).await;
    let taken = world.ask(owner, CreateAudience { name: "customers".into() }).await.unwrap_err();
    assert_eq!(taken.of_field("name").unwrap().code, "taken");
    for stranger in [&market.bluepeak.owner, &market.foreign.partner.owner] {
        assert_eq!(world.ask(stranger, GetAudience { id }).await, Err(Problem::NotFound));
        assert_eq!(world.ask(stranger, list(id)).await.unwrap_err(), Problem::NotFound);
        assert_eq!(
            bring(&world, stranger, id, "email\na@b.example\n", Some(consent())).await,
            Err(Problem::NotFound)
        );
        assert_eq!(world.ask(stranger, DeleteAudience { id }).await, Err(Problem::NotFound));
    }
    let first = world.ask(owner, ListContacts { limit: Some(2), ..list(id) }).await.unwrap();
    let rest =
        world.ask(owner, ListContacts { cursor: first.next_cursor.clone(), ..list(id) }).await.unwrap();
    assert_eq!((first.items.len(), rest.items.len(), first.total), (2, 1, 3));
    let kit = kit(&world, &market, false).await;
    let made = world.ask(owner, CreateCampaign { kit, name: None, language: None }).await.unwrap();
    world.ask(owner, ChangeCampaign { audience: Some(id), ..change(made.id) }).await.unwrap();
    assert_eq!(world.ask(owner, DeleteAudience { id }).await.unwrap_err().code(), "audience_in_use");
    world.ask(owner, CancelCampaign { id: made.id, version: None }).await.unwrap();
    assert_eq!(world.ask(owner, DeleteAudience { id }).await.unwrap().people, 3);
    assert_eq!(world.ask(owner, GetAudience { id }).await, Err(Problem::NotFound));
    assert!(seen(&world, owner, made.id).await.unwrap().audience.is_none());
}

#[rstest]
#[tokio::test]
async fn a_person_is_added_by_hand_with_how_they_agreed(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let owner = &market.alpine.owner;
    let id = world.ask(owner, CreateAudience { name: "News".into() }).await.unwrap().id;
    let add = |email: &str, on: &str| AddContact {
        id,
        email: email.into(),
        first_name: "Ana".into(),
        last_name: String::new(),
        company: String::new(),
        source: ConsentSource::Event,
        on: on.parse().unwrap(),
        wording: "Write to me.".into(),
        opt_in: None,
    };
    assert!(world.ask(owner, add("ana", "2026-10-01")).await.unwrap_err().of_field("email").is_some());
    assert!(
        world.ask(owner, add("ana@north.example", "2027-10-01")).await.unwrap_err().of_field("on").is_some()
    );
    let added = world.ask(owner, add("ana@north.example", "2026-10-01")).await.unwrap();
    assert_eq!(added.consent.source, ConsentSource::Event);
    world.ask(owner, add("Ana@north.example", "2026-10-02")).await.unwrap();
    assert_eq!(world.ask(owner, list(id)).await.unwrap().total, 1);
    world.ask(owner, RemoveContact { id: added.id }).await.unwrap();
    assert_eq!(world.ask(owner, list(id)).await.unwrap().total, 0);
}
