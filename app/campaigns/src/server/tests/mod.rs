//! Campaigns and audiences through the verbs, on both engines.
mod life;
mod people;
mod vendor;

use base::db::{Engine, Tx};
use base::events::Happened;
use base::testing::World;
use base::{Actor, AudienceId, CampaignId, KitId, Problem, Span};
use creative::BrandRules;
use kits::{CreateKit, KeepKitDraft, PublishKit};
use partners::fixtures::{self, Company, Market};

use super::import::{NewImport, bring_in};
use super::logo;
use crate::model::{AudienceImport, Campaign, CampaignState, Consent, ConsentSource, KeptCard, OptIn};
use crate::verbs::*;

/// A world with a market in it, or the end of the test where there is no PostgreSQL.
macro_rules! market {
    ($engine:expr) => {{
        let mut tables = deals::server::tables();
        tables.extend([
            leads::MIGRATIONS(),
            themes::MIGRATIONS(),
            kits::MIGRATIONS(),
            mailing::MIGRATIONS(),
            crate::MIGRATIONS(),
        ]);
        let Some(world) = base::testing::World::try_new($engine, &tables).await else { return };
        let world = world.with_jobs(crate::JOBS);
        world.parts.observe(vec![crate::OBSERVER]);
        let market = crate::server::tests::set(&world).await;
        (world, market)
    }};
}
pub(super) use market;

pub(super) async fn set(world: &World) -> Market {
    fixtures::market(world).await
}

/// A ready kit, published for the market's program, with laws of its own.
pub(super) async fn kit(world: &World, market: &Market, approval_needed: bool) -> KitId {
    let create = CreateKit {
        program: market.program,
        name: Some("Spring".into()),
        topic: None,
        ready: Some("webinar".into()),
        copy_of: None,
        language: Some("en".into()),
    };
    let made = world.ask(&market.owner, create).await.unwrap();
    let mut content = made.content;
    content.rules = BrandRules { approval_needed, ..content.rules };
    let keep = KeepKitDraft { id: made.kit.id, content, version: None };
    world.ask(&market.owner, keep).await.unwrap();
    let publish = PublishKit { id: made.kit.id, note: String::new(), version: None };
    world.ask(&market.owner, publish).await.unwrap();
    made.kit.id
}

/// The partner's card with everything that a check asks for.
pub(super) async fn fill_card(world: &World, company: &Company) -> KeptCard {
    let png = pictures::monogram_icon(Some('A'), [20, 60, 120], Err(512)).unwrap();
    let logo = logo::upload(&world.parts, &company.owner, company.id, png).await.unwrap();
    let mut kept = world.ask(&company.owner, GetPartnerCard {}).await.unwrap();
    kept.card.logo = Some(logo.hash);
    kept.card.address = "Alpine Way 1\n6020 Innsbruck".into();
    kept.card.website = "https://alpine.example".into();
    kept.card.phone = "+43 512 000".into();
    let keep = KeepPartnerCard { card: kept.card, version: Some(kept.version) };
    world.ask(&company.owner, keep).await.unwrap()
}

pub(super) fn consent() -> Consent {
    Consent {
        source: ConsentSource::Form,
        on: "2026-10-01".parse().unwrap(),
        wording: "Write to me about news and events.".into(),
        opt_in: OptIn::Single,
    }
}

pub(super) async fn bring(
    world: &World,
    actor: &Actor,
    audience: AudienceId,
    text: &str,
    consent: Option<Consent>,
) -> Result<AudienceImport, Problem> {
    let new = NewImport {
        file_name: "people.csv".into(),
        bytes: text.as_bytes().to_vec(),
        consent,
        ..NewImport::default()
    };
    bring_in(&world.parts, actor, audience, new).await
}

/// An audience with three people.
pub(super) async fn people(world: &World, actor: &Actor) -> AudienceId {
    let id = world.ask(actor, CreateAudience { name: "Customers".into() }).await.unwrap().id;
    let text = "email,name,company\nana@north.example,Ana Lind,North\nbo@south.example,Bo Berg,South\ncy@east.example,Cy,East\n";
    let report = bring(world, actor, id, text, Some(consent())).await.unwrap();
    assert_eq!((report.added, report.rejected), (3, 0));
    id
}

pub(super) fn change(id: CampaignId) -> ChangeCampaign {
    ChangeCampaign {
        id,
        name: None,
        language: None,
        overrides: None,
        audience: None,
        send_on: None,
        time_zone: None,
        quiet: None,
        version: None,
    }
}

/// A campaign that lacks nothing.
pub(super) async fn ready(world: &World, company: &Company, kit: KitId) -> Campaign {
    let made = world.ask(&company.owner, CreateCampaign { kit, name: None, language: None }).await.unwrap();
    fill_card(world, company).await;
    let audience = people(world, &company.owner).await;
    let change = ChangeCampaign { audience: Some(audience), quiet: Some(false), ..change(made.id) };
    let desk = world.ask(&company.owner, change).await.unwrap();
    assert!(crate::rules::passes(&desk.found), "{:?}", desk.found);
    desk.campaign
}

pub(super) async fn launch(world: &World, actor: &Actor, id: CampaignId) -> Result<Campaign, Problem> {
    world.ask(actor, LaunchCampaign { id, version: None }).await
}

/// Lets the ten seconds pass in which a launch can be taken back, and does what is due.
pub(super) async fn go(world: &World) {
    world.advance(Span::seconds(11));
    world.run_jobs().await;
}

pub(super) async fn seen(world: &World, actor: &Actor, id: CampaignId) -> Result<Campaign, Problem> {
    world.ask(actor, GetCampaign { id }).await
}

pub(super) async fn state(world: &World, actor: &Actor, id: CampaignId) -> CampaignState {
    seen(world, actor, id).await.unwrap().state
}

/// As the slice that sends says it: all that was queued is out.
pub(super) async fn all_sent(world: &World, market: &Market, company: &Company, id: CampaignId) {
    let (parts, vendor, program, partner) = (world.parts.clone(), market.vendor, market.program, company.id);
    let work = async move |tx: &mut Tx| {
        const SQL: &str =
            "update mailing_step set sent = total - suppressed, state = 'done' where campaign_id = $1";
        base::execute!(tx, sqlx::query(SQL).bind(id.0))?;
        let happened = Happened {
            vendor,
            kind: "mailing.step_sent",
            subject: id.to_string(),
            program: Some(program),
            partner: Some(partner),
            keys: Vec::new(),
            data: serde_json::json!({ "campaign": id, "step": 0, "sent": 3 }),
        };
        base::events::append(tx, &parts, &Actor::system(), happened).await.map(drop)
    };
    world.parts.db().write(work).await.unwrap();
    world.run_jobs().await;
}

/// What a statement counts.
pub(super) async fn number(world: &World, sql: &'static str) -> i64 {
    let mut tx = world.parts.db().read().await.unwrap();
    base::on!(tx, |conn| sqlx::query_scalar(sql).fetch_one(conn).await).unwrap()
}

/// Kinds of events about campaigns, in their order.
pub(super) async fn told(world: &World, market: &Market) -> Vec<String> {
    let mut tx = world.parts.db().read().await.unwrap();
    let scope = base::Scope::Vendor(market.vendor);
    let all = base::events::after(&mut tx, scope, 0, base::Timestamp(0), 1000).await.unwrap();
    all.into_iter().map(|event| event.kind).filter(|kind| kind.starts_with("campaign.")).collect()
}

pub(super) use Engine::{Postgres, Sqlite};
