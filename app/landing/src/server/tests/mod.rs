//! Landing pages over HTTP, on both engines: a kit is published, a campaign launched, and strangers come.
mod abroad;
mod answers;
mod downloads;
mod hostile;
mod pages;

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use base::db::Engine;
use base::testing::World;
use base::{BrandId, CampaignId, Span};
use campaigns::{ApproveCampaign, Campaign, CampaignState, CreateCampaign, LaunchCampaign};
use creative::{Asset, AssetKind, Block, BrandRules, Content, Motif, Part, Picture, Target, Topic, Zone};
use kits::{CreateKit, KeepKitDraft, Kit, KitContent, PublishKit};
use partners::fixtures::{Market, market};
use tower::ServiceExt as _;

use super::OwnName;
use crate::rules::form;

/// A world with an open landing page in it.
pub(super) struct Stage {
    pub(super) world: World,
    pub(super) market: Market,
    pub(super) kit: Kit,
    pub(super) campaign: Campaign,
    router: Router,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Vec<u8>,
}

impl Answer {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// What stands in the hidden field of the form.
    pub(super) fn seal(&self) -> String {
        let text = self.text();
        let seal = text.split_once("name=\"seal\" value=\"").and_then(|(_, rest)| rest.split_once('"'));
        seal.map(|(seal, _)| seal.to_owned()).unwrap_or_default()
    }
}

/// Sets a stage, or ends the test where there is no PostgreSQL.
macro_rules! stage {
    ($engine:expr) => {
        match $crate::server::tests::Stage::set($engine).await {
            Some(stage) => stage,
            None => return,
        }
    };
}
pub(super) use stage;

fn tables() -> Vec<base::db::Migrations> {
    let mut all = deals::server::tables();
    all.extend([leads::MIGRATIONS(), themes::MIGRATIONS(), hosts::MIGRATIONS(), kits::MIGRATIONS()]);
    all.extend([mailing::MIGRATIONS(), campaigns::MIGRATIONS(), crate::MIGRATIONS()]);
    all
}

fn block(id: &str, part: Part) -> Block {
    Block { id: id.into(), zone: Zone::Locked, part }
}

fn asset(key: &str, kind: AssetKind, blocks: Vec<Block>) -> Asset {
    let content = Content {
        subject: "Look at your security".into(),
        summary: "An hour with people who know it.".into(),
        blocks,
        ..Content::default()
    };
    let languages = BTreeMap::from([("en".to_owned(), content)]);
    Asset { key: key.into(), kind, name: key.into(), day: 0, languages }
}

fn event() -> Block {
    let (starts, place) = ("2026-12-10T10:00:00+01:00".to_owned(), "Online".to_owned());
    block("event", Part::Event { starts, minutes: 60, place })
}

/// A kit of every kind of piece but mails.
pub(super) fn content() -> KitContent {
    let heading = || block("heading", Part::Heading { text: "Look at your security".into() });
    let text = || block("text", Part::Text { text: "An hour with people who know it.".into() });
    let form = Part::Form {
        label: "Send".into(),
        fields: vec!["How many offices?".into(), "When?".into()],
        consent: "{{partner_name}} may write to me about this.".into(),
        thanks: "We will be in touch within a day.".into(),
    };
    let picture = Part::Image { picture: Picture::Drawn { motif: Motif::Shield }, alt: "A shield".into() };
    let footer = || block("footer", Part::Footer { text: "No obligation.".into() });
    let page = vec![
        heading(),
        text(),
        block("picture", picture),
        block("form", form),
        block("card", Part::PartnerCard),
        footer(),
    ];
    let button = Part::Button { label: "Join".into(), target: Target::LandingPage };
    let short = || vec![heading(), text(), block("button", button.clone())];
    KitContent {
        name: "Security review".into(),
        about: String::new(),
        topic: Topic::Security,
        assets: vec![
            asset("page", AssetKind::LandingPage, page),
            asset("post", AssetKind::Social, short()),
            asset("banner", AssetKind::Banner, short()),
            asset(
                "paper",
                AssetKind::OnePager,
                vec![heading(), text(), block("card", Part::PartnerCard), footer()],
            ),
            asset("invitation", AssetKind::Invitation, vec![heading(), event(), footer()]),
        ],
        rules: BrandRules { logo_needed: false, ..BrandRules::default() },
    }
}

impl Stage {
    pub(super) async fn set(engine: Engine) -> Option<Self> {
        let world = World::try_new(engine, &tables()).await?;
        let world = world.with_jobs(campaigns::JOBS).with_jobs(leads::JOBS).with_jobs(mailing::JOBS);
        world.parts.observe(vec![leads::OBSERVER, campaigns::OBSERVER]);
        let market = market(&world).await;
        let create = CreateKit {
            program: market.program,
            name: Some("Security review".into()),
            topic: Some(Topic::Security),
            ready: None,
            copy_of: None,
            language: None,
        };
        let id = world.ask(&market.owner, create).await.expect("a kit").kit.id;
        let keep = KeepKitDraft { id, content: content(), version: None };
        world.ask(&market.owner, keep).await.expect("a draft");
        let publish = PublishKit { id, note: String::new(), version: None };
        let kit = world.ask(&market.owner, publish).await.expect("a published kit").kit;
        let router = super::public_routes(&world.parts, "/pkg/x.css");
        let mut stage = Self { campaign: launched(&world, &market, &kit).await, world, market, kit, router };
        stage.campaign = stage.seen().await;
        Some(stage)
    }

    /// The campaign as its partner sees it now.
    pub(super) async fn seen(&self) -> Campaign {
        let get = campaigns::GetCampaign { id: self.campaign.id };
        self.world.ask(&self.market.alpine.owner, get).await.expect("the campaign")
    }

    pub(super) fn path(&self) -> String {
        format!("/l/{}", self.campaign.slug)
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("a router always answers");
        let (head, body) = response.into_parts();
        let bytes = to_bytes(body, 16 << 20).await.expect("an answer ends").to_vec();
        Answer { status: head.status, headers: head.headers, bytes }
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    pub(super) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(path);
        if headers.iter().all(|(name, _)| *name != "user-agent") {
            request = request.header(header::USER_AGENT, "Mozilla/5.0 Firefox/140.0");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// Asks under a brand's own name.
    pub(super) async fn get_at(&self, brand: BrandId, path: &str) -> Answer {
        let mut request = Request::get(path).body(Body::empty()).expect("a request");
        request.extensions_mut().insert(OwnName(brand));
        self.send(request).await
    }

    /// Sends a form, as a browser without script does.
    pub(super) async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let body: Vec<_> = pairs
            .iter()
            .map(|(name, value)| format!("{}={}", base::escape(name), base::escape(value)))
            .collect();
        self.post_raw(path, "application/x-www-form-urlencoded", body.join("&")).await
    }

    pub(super) async fn post_raw(&self, path: &str, media: &str, body: impl Into<Body>) -> Answer {
        let request = Request::builder().method(Method::POST).uri(path).header(header::CONTENT_TYPE, media);
        self.send(request.body(body.into()).expect("a request")).await
    }

    /// What a person types, ten seconds after the page was drawn.
    pub(super) async fn filled(&self) -> BTreeMap<&'static str, String> {
        let seal = self.get(&self.path()).await.seal();
        self.world.advance(Span::seconds(10));
        let typed = [
            (form::FIRST_NAME, "Noor"),
            (form::LAST_NAME, "Haddad"),
            (form::EMAIL, "noor@haddad-bau.example"),
            (form::COMPANY, "Haddad Bau"),
            ("field-0", "4"),
            ("field-1", "In May"),
            (form::CONSENT, "yes"),
            (form::TRAP, ""),
        ];
        let typed = typed.into_iter().map(|(name, value)| (name, value.to_owned()));
        typed.chain([(form::SEAL, seal)]).collect()
    }

    /// Sends what a person typed, with some of it changed.
    pub(super) async fn answer(&self, changes: &[(&'static str, &str)]) -> Answer {
        let mut filled = self.filled().await;
        for (name, value) in changes {
            filled.insert(name, (*value).to_owned());
        }
        self.post_filled(&filled).await
    }

    pub(super) async fn post_filled(&self, filled: &BTreeMap<&'static str, String>) -> Answer {
        let pairs: Vec<_> = filled.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.post(&self.path(), &pairs).await
    }

    /// The partner's leads, newest first.
    pub(super) async fn leads(&self) -> Vec<leads::Lead> {
        let sort = "-created_at".parse().ok();
        let list = leads::ListLeads { sort, ..leads::ListLeads::default() };
        let rows = self.world.ask(&self.market.alpine.sales, list).await.expect("leads").items;
        let mut all = Vec::new();
        for row in rows {
            all.push(
                self.world
                    .ask(&self.market.alpine.sales, leads::GetLead { id: row.id })
                    .await
                    .expect("a lead"),
            );
        }
        all
    }

    pub(super) fn id(&self) -> CampaignId {
        self.campaign.id
    }
}

/// A campaign of a kit, launched by the partner.
pub(super) async fn launched(world: &World, market: &Market, kit: &Kit) -> Campaign {
    let create = CreateCampaign { kit: kit.id, name: Some("Autumn security check".into()), language: None };
    let made = world.ask(&market.alpine.owner, create).await.expect("a campaign");
    let launch = LaunchCampaign { id: made.id, version: None };
    let asked = world.ask(&market.alpine.owner, launch).await.expect("it is launched");
    if asked.state == CampaignState::AwaitingApproval {
        let approve = ApproveCampaign { id: made.id, version: None };
        world.ask(&market.manager, approve).await.expect("it is approved");
    }
    world.advance(Span::seconds(30));
    world.run_jobs().await;
    asked
}
