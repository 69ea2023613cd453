//! Mails about messages.
use base::mail::{Mail, Post, Undelivered};
use base::{BrandId, ProgramId, Span};
use kit::catalogue::Locale;

use super::*;
use crate::daily::Daily;
use crate::model::{MailLink, TopicChoice};
use crate::topic::{Topic, Way};

impl People {
    /// Sends what is due.
    async fn mails(&self) -> Vec<Mail> {
        self.world.run_jobs().await;
        self.world.mailbox.take()
    }

    async fn choose(&self, actor: &Actor, choice: ChooseMails) {
        self.world.ask(actor, choice).await.unwrap();
    }

    /// Language and time zone.
    async fn lives(&self, actor: &Actor, locale: Locale, zone: &'static str) {
        let user = actor.user.unwrap();
        let theme = access::Theme::System;
        let work =
            async move |tx: &mut Tx| access::server::set_preferences(tx, user, locale, zone, theme).await;
        self.world.parts.db().write(work).await.unwrap();
    }

    async fn name_deal(&self, customer: &'static str) -> String {
        let deal = DealId(self.world.parts.id(base::testing::BEGINNING));
        let named = async move |tx: &mut Tx| {
            const SQL: &str = "insert into deal (id, customer_name) values ($1, $2)";
            base::execute!(tx, sqlx::query(SQL).bind(deal.0).bind(customer))?;
            Ok(())
        };
        self.world.parts.db().write(named).await.unwrap();
        deal.to_string()
    }

    /// A program of a brand with a sender of its own.
    async fn branded(&self) -> ProgramId {
        let (parts, vendor) = (self.world.parts.clone(), self.carlos.organization().unwrap());
        let now = parts.clock().now();
        let (brand, program) = (BrandId(parts.id(now)), ProgramId(parts.id(now)));
        let work = async move |tx: &mut Tx| {
            const BRAND: &str = "
                insert into brand (id, vendor_id, name, slug, hue, chroma_milli, version, sender_email)
                values ($1, $2, 'Aurora', 'aurora', 188, 105, 1, 'aurora@north.example')";
            const PROGRAM: &str = "
                insert into program (id, vendor_id, brand_id, name, slug, currency, time_zone, created_at, version)
                values ($1, $2, $3, 'Cloud', 'cloud', 'EUR', 'UTC', $4, 1)";
            base::execute!(tx, sqlx::query(BRAND).bind(brand.0).bind(vendor.0))?;
            base::execute!(
                tx,
                sqlx::query(PROGRAM).bind(program.0).bind(vendor.0).bind(brand.0).bind(now.0)
            )?;
            Ok(())
        };
        self.world.parts.db().write(work).await.unwrap();
        program
    }

    async fn happen_in(&self, program: ProgramId, by: &Actor, kind: &'static str, deal: &str) {
        let (parts, by) = (self.world.parts.clone(), by.clone());
        let happened = Happened {
            vendor: self.carlos.organization().unwrap(),
            kind,
            subject: deal.to_owned(),
            program: Some(program),
            partner: self.sam.organization().ok(),
            keys: Vec::new(),
            data: json!({ "number": "DR-7" }),
        };
        let work = async move |tx: &mut Tx| append(tx, &parts, &by, happened).await.map(|_| ());
        self.world.parts.db().write(work).await.unwrap();
    }
}

fn to(mails: &[Mail]) -> Vec<&str> {
    let mut all: Vec<&str> = mails.iter().map(|mail| mail.to.email.as_str()).collect();
    all.sort_unstable();
    all
}

#[rstest]
#[tokio::test]
async fn what_is_wanted_from_a_partner_comes_at_once_with_one_link(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    let (program, deal) = (people.branded().await, people.name_deal("Acme").await);
    people.happen_in(program, &people.sam, "deal.registered", &deal).await;
    people.happen_in(program, &people.carlos, "deal.returned", &deal).await;
    let mut mails = people.mails().await;
    mails.sort_by(|a, b| a.to.email.cmp(&b.to.email));
    assert_eq!(to(&mails), ["paula@example.org", "sam@example.org"]);
    let mail = &mails[1];
    let notice = people.world.ask(&people.sam, ListNotices::default()).await.unwrap().items[0].id;
    assert_eq!(mail.id, notice.to_string(), "the message names its mail");
    assert_eq!(mail.subject, "Acme needs more information from you");
    assert_eq!(
        mail.from.as_ref().map(|from| (from.name.as_str(), from.email.as_str())),
        Some(("Aurora", "aurora@north.example"))
    );
    assert_eq!(mail.unsubscribe, None);
    assert_eq!(
        mail.text,
        format!(
            "Acme needs more information from you\n\nDR-7 · by Carlos\n\n\
             Only what was asked for can be changed. Answer in time, and your place in line is kept.\n\n\
             Complete the deal:\nhttp://localhost:3000/inbox/{notice}\n\n\
             -- \nAurora\nYou are told of this as one of the people of Alpine.\n\
             Choose what you are sent:\nhttp://localhost:3000/inbox/mail\n"
        )
    );
    assert_eq!(
        mail.html.matches("background-color:#").count(),
        2,
        "the ground and one button: {}",
        mail.html
    );

    let led = super::super::follow(&people.world.parts, &people.sam, notice).await.unwrap();
    assert_eq!(led, format!("/deals/{deal}/edit"));
    assert_eq!(people.unread(&people.sam).await, 0, "following the link reads the message");
    let stranger = super::super::follow(&people.world.parts, &people.noor, notice).await;
    assert_eq!(stranger, Err(Problem::NotFound));
    assert!(people.mails().await.is_empty());
}

#[rstest]
#[tokio::test]
async fn links_lead_to_the_brand_s_own_host_name_where_it_has_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    let (program, deal) = (people.branded().await, people.name_deal("Acme").await);
    let id = people.world.parts.id(base::testing::BEGINNING);
    let work = async move |tx: &mut Tx| {
        const SQL: &str = "
            insert into brand_host (id, brand_id, name, token, state, is_primary, added_at, added_by_name, version)
            select $1, id, 'portal.aurora.test', 'token', 'verified', 1, 0, 'Carlos', 1 from brand
            where slug = 'aurora'";
        base::execute!(tx, sqlx::query(SQL).bind(id))?;
        Ok(())
    };
    people.world.parts.db().write(work).await.unwrap();
    people.happen_in(program, &people.carlos, "deal.returned", &deal).await;
    let mails = people.mails().await;
    assert!(!mails.is_empty());
    for mail in &mails {
        assert!(mail.text.contains("\nhttp://portal.aurora.test:3000/inbox/ntc_"), "{}", mail.text);
        assert!(mail.text.contains("\nhttp://portal.aurora.test:3000/inbox/mail"), "{}", mail.text);
        assert!(!mail.text.contains("localhost"), "{}", mail.text);
    }
}

#[rstest]
#[tokio::test]
async fn a_mail_that_is_not_taken_is_tried_again_and_sent_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    people.world.mailbox.refuse(Some(Undelivered::Later("nobody there".into())));
    people.happen(&people.carlos, "deal.approved", "deal_1", json!({})).await;
    assert!(people.mails().await.is_empty());
    people.world.mailbox.refuse(None);
    assert!(people.mails().await.is_empty(), "not before its time");
    people.world.advance(Span::minutes(1));
    let first = people.mails().await;
    assert_eq!(to(&first), ["nick@example.org", "paula@example.org", "sam@example.org"]);

    // The same jobs once more, as after a crash between sending and striking off.
    let again = async move |tx: &mut Tx| {
        const SQL: &str = "select id from notice";
        let ids: Vec<sqlx::types::Uuid> =
            base::on!(tx, |conn| sqlx::query_scalar(SQL).fetch_all(conn).await)?;
        Ok(ids)
    };
    let (ids, parts) = (people.world.parts.db().write(again).await.unwrap(), people.world.parts.clone());
    for id in ids {
        let job: super::super::mail::MailNotice =
            serde_json::from_value(json!({ "notice": base::NoticeId(id) })).unwrap();
        base::jobs::Job::run(job, &parts).await.unwrap();
    }
    assert!(people.world.mailbox.take().is_empty(), "what was sent is not sent twice");
}

#[rstest]
#[tokio::test]
async fn a_mail_that_nobody_will_take_is_left_out_and_holds_up_no_other(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    people.world.mailbox.refuse(Some(Undelivered::Never("no such mailbox".into())));
    people.happen(&people.carlos, "deal.approved", "deal_1", json!({})).await;
    assert!(people.mails().await.is_empty());
    people.world.mailbox.refuse(None);
    people.world.advance(Span::days(1));
    assert!(people.mails().await.is_empty());
    assert_eq!(people.unread(&people.sam).await, 1, "the inbox has it");
}

#[rstest]
#[tokio::test]
async fn without_a_mail_server_mails_wait_and_old_news_is_left_out(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    people.world.mailbox.set(Post::Keeps);
    people.happen(&people.carlos, "deal.approved", "deal_1", json!({})).await;
    people.world.advance(Span::days(4));
    people.happen(&people.carlos, "deal.returned", "deal_2", json!({})).await;
    assert!(people.mails().await.is_empty());
    let tally = base::jobs::tally(people.world.parts.db(), base::jobs::MAIL).await.unwrap();
    assert_eq!((tally.waiting, tally.failed), (6, 0));
    people.world.mailbox.set(Post::Sends);
    let mails = people.mails().await;
    assert_eq!(mails.len(), 3, "{mails:?}");
    assert!(mails.iter().all(|mail| mail.subject.contains("more information")));
}

#[rstest]
#[tokio::test]
async fn a_story_of_the_past_owes_no_mails(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let people = inhabited!(engine);
    people.world.mailbox.set(Post::Silent);
    people.happen(&people.carlos, "deal.approved", "deal_1", json!({})).await;
    people.world.mailbox.set(Post::Sends);
    assert!(people.mails().await.is_empty());
}

#[rstest]
#[tokio::test]
async fn the_summary_comes_at_the_person_s_hour_with_what_was_not_read(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    people.lives(&people.carlos, Locale::De, "Europe/Berlin").await;
    for deal in ["deal_1", "deal_2", "deal_3"] {
        people.happen(&people.sam, "deal.submitted", deal, json!({ "number": deal })).await;
    }
    let read = people.world.ask(&people.carlos, ListNotices::default()).await.unwrap().items[0].id;
    people.world.ask(&people.carlos, ReadNotice { id: read }).await.unwrap();
    // The world begins at ten o'clock in Berlin; eight o'clock is 22 hours off.
    people.world.advance(Span::hours(21));
    assert!(people.mails().await.is_empty());
    people.world.advance(Span::hours(1));
    let mails = people.mails().await;
    assert_eq!(to(&mails), ["carlos@example.org"]);
    assert_eq!(mails[0].subject, "2 Nachrichten warten auf Sie");
    assert_eq!(mails[0].text.matches("/inbox/ntc_").count(), 2, "{}", mails[0].text);
    assert!(mails[0].text.contains("wartet auf eine Entscheidung"));
    assert!(mails[0].unsubscribe.as_ref().is_some_and(|url| mails[0].text.contains(url)));
    people.world.advance(Span::days(2));
    assert!(people.mails().await.is_empty(), "nothing new, nothing sent");
    people.happen(&people.sam, "deal.submitted", "deal_4", json!({})).await;
    people.world.advance(Span::days(1));
    assert_eq!(people.mails().await[0].subject, "1 Nachricht wartet auf Sie");
}

#[rstest]
#[tokio::test]
async fn a_summary_that_failed_is_tried_again_as_it_was(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    people.happen(&people.sam, "deal.submitted", "deal_1", json!({})).await;
    people.world.mailbox.refuse(Some(Undelivered::Later("nobody there".into())));
    people.world.advance(Span::days(1));
    assert!(people.mails().await.is_empty());
    people.happen(&people.sam, "deal.submitted", "deal_2", json!({})).await;
    people.world.mailbox.refuse(None);
    people.world.advance(Span::minutes(1));
    let first = people.mails().await;
    assert_eq!((first.len(), first[0].subject.as_str()), (1, "1 message waits for you"));
    people.world.advance(Span::days(1));
    let second = people.mails().await;
    assert_eq!(second.len(), 1, "what came meanwhile goes out the next day");
    assert_ne!(first[0].id, second[0].id);
}

#[rstest]
#[tokio::test]
async fn everybody_chooses_what_comes_and_how(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let people = inhabited!(engine);
    let usual = people.world.ask(&people.carlos, GetMailChoices {}).await.unwrap();
    assert_eq!(usual.topics[0], TopicChoice { topic: Topic::Cases, way: Way::Daily });
    assert_eq!((usual.daily, usual.email.as_str()), (Daily(Some(8)), "carlos@example.org"));

    let at_once = ChooseMails { cases: Some(Way::Instant), ..ChooseMails::default() };
    people.choose(&people.carlos, at_once).await;
    people.happen(&people.sam, "deal.submitted", "deal_1", json!({})).await;
    let mails = people.mails().await;
    assert_eq!(to(&mails), ["carlos@example.org"]);
    assert!(mails[0].text.contains("opening it decides nothing"), "{}", mails[0].text);
    let notice = mails[0].id.parse().unwrap();
    let led = super::super::follow(&people.world.parts, &people.carlos, notice).await.unwrap();
    assert_eq!(led, "/queue?case=deal_1#decision");

    let never = ChooseMails { decisions: Some(Way::Never), ..ChooseMails::default() };
    people.choose(&people.sam, never).await;
    people.happen(&people.carlos, "deal.approved", "deal_1", json!({})).await;
    assert!(!to(&people.mails().await).contains(&"sam@example.org"));

    let later =
        ChooseMails { cases: Some(Way::Daily), daily: Daily::parse("17:00"), ..ChooseMails::default() };
    people.choose(&people.carlos, later).await;
    people.happen(&people.sam, "deal.submitted", "deal_2", json!({})).await;
    people.world.advance(Span::hours(7));
    assert!(people.mails().await.is_empty(), "four o'clock");
    people.world.advance(Span::hours(1));
    assert_eq!(to(&people.mails().await), ["carlos@example.org"]);
}

#[rstest]
#[tokio::test]
async fn what_waits_moves_with_the_hour_of_the_summary(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    people.happen(&people.sam, "deal.submitted", "deal_1", json!({})).await;
    let sooner = ChooseMails { daily: Daily::parse("12:00"), ..ChooseMails::default() };
    people.choose(&people.carlos, sooner).await;
    people.world.advance(Span::hours(3));
    assert_eq!(people.mails().await.len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_link_in_the_summary_ends_it_without_signing_in(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    people.happen(&people.sam, "deal.submitted", "deal_1", json!({})).await;
    people.world.advance(Span::days(1));
    let url = people.mails().await[0].unsubscribe.clone().unwrap();
    let token = url.rsplit_once("/u/").unwrap().1.to_owned();
    let (world, nobody) = (&people.world, Actor::nobody());
    let look = GetMailLink { token: token.clone() };
    assert_eq!(world.ask(&nobody, look.clone()).await, Ok(MailLink { daily: true }), "looking ends nothing");
    for _ in 0..2 {
        let end = EndDailyMail { token: token.clone() };
        assert_eq!(world.ask(&nobody, end).await, Ok(MailLink { daily: false }));
    }
    assert_eq!(world.ask(&nobody, look).await, Ok(MailLink { daily: false }));
    people.happen(&people.sam, "deal.submitted", "deal_2", json!({})).await;
    people.world.advance(Span::days(2));
    assert!(people.mails().await.is_empty());
    assert_eq!(people.unread(&people.carlos).await, 2);

    let mut forged = token.clone();
    let other = if forged.pop() == Some('A') { 'E' } else { 'A' };
    forged.push(other);
    for wrong in ["", "abc", forged.as_str(), &token[1..]] {
        let asked = world.ask(&nobody, EndDailyMail { token: wrong.to_owned() }).await;
        assert_eq!(asked, Err(Problem::NotFound), "{wrong}");
    }
}

#[rstest]
#[tokio::test]
async fn whoever_left_is_sent_nothing_any_more(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let people = inhabited!(engine);
    people.happen(&people.carlos, "deal.approved", "deal_1", json!({})).await;
    let remove = access::RemoveMember { id: people.nick.user.unwrap() };
    people.world.ask(&people.paula, remove).await.unwrap();
    assert_eq!(to(&people.mails().await), ["paula@example.org", "sam@example.org"]);
}
