//! Asks every operation as every role for records of a foreign organisation: none may be found, and no word of them told.
use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::{Method, Request, header};
use base::db::Engine;
use base::{OrganizationId, Role, Side};
use rstest::rstest;

use crate::ask::{Api, IdField, Operation};
use crate::records::{Records, fill_partner, fill_vendor, look_around};
use crate::stage::{Stage, claim, stage};

/// Ids that appear in requests and of which the foreign side has no record that could be asked for. May only shrink.
const NO_RECORD: [&str; 0] = [];

/// Questions that are answered with what is wrong, by field, instead of being refused.
const ANSWERED: [(&str, &str); 1] = [("CheckDeal", "/body/products/0/product")];

/// How many foreign records of a kind are asked for.
const OF_A_KIND: usize = 4;

/// One person of a role, with the key to ask with.
struct Asker {
    role: Role,
    key: String,
}

async fn askers(stage: &Stage, organization: OrganizationId, side: Side) -> Vec<Asker> {
    let mut all = Vec::new();
    for role in Role::ALL.into_iter().filter(|role| role.side() == side) {
        let key = stage.key(&stage.person(organization, role).await).await;
        all.push(Asker { role, key });
    }
    all
}

/// What is wrong, each with the roles it is wrong for.
#[derive(Default)]
struct Findings(BTreeMap<String, BTreeSet<&'static str>>);

impl Findings {
    fn note(&mut self, role: Role, what: String) {
        self.0.entry(what).or_default().insert(role.as_str());
    }

    fn assert_none(&self) {
        let lines = self.0.iter().map(|(what, roles)| format!("{what} — {roles:?}")).collect::<Vec<_>>();
        assert!(lines.is_empty(), "{} leaks:\n{}", lines.len(), lines.join("\n"));
    }
}

/// Asks everything, once with own ids only where that changes nothing, and once for each place with each foreign id.
async fn ask_everything(
    stage: &Stage,
    asker: &Asker,
    own: &Records,
    foreign: &Records,
    findings: &mut Findings,
) {
    let api = Api::read();
    for operation in &api.operations {
        let fields = api.id_fields(operation);
        if operation.method == Method::GET {
            ask_own(stage, &api, operation, &fields, asker, own, foreign, findings).await;
        }
        for field in &fields {
            for id in foreign.ids.get(&field.prefix).into_iter().flatten().take(OF_A_KIND) {
                ask_foreign(stage, &api, operation, field, id, asker, own, foreign, findings).await;
            }
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "one request of a table; a struct would only rename them")]
async fn ask_own(
    stage: &Stage,
    api: &Api,
    operation: &Operation,
    fields: &[IdField],
    asker: &Asker,
    own: &Records,
    foreign: &Records,
    findings: &mut Findings,
) {
    let mut swaps = vec![None];
    for field in fields.iter().filter(|field| field.at.starts_with("/path/")) {
        let ids = own.ids.get(&field.prefix).into_iter().flatten().take(OF_A_KIND);
        swaps.extend(ids.map(|id| Some((field.at.as_str(), id.as_str()))));
    }
    for swap in swaps {
        let made = api.make(operation, &own.ids, swap);
        let answer = stage.call(Some(&asker.key), operation.method.clone(), &made.path, &made.body).await;
        for mark in foreign.seen_in(&answer.text, &made.path) {
            findings.note(asker.role, format!("{} tells {mark} to {}", operation.name, made.path));
        }
        if answer.status >= 500 {
            findings.note(asker.role, format!("{} fails on {}: {}", operation.name, made.path, answer.text));
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "one request of a table; a struct would only rename them")]
async fn ask_foreign(
    stage: &Stage,
    api: &Api,
    operation: &Operation,
    field: &IdField,
    id: &str,
    asker: &Asker,
    own: &Records,
    foreign: &Records,
    findings: &mut Findings,
) {
    let made = api.make(operation, &own.ids, Some((&field.at, id)));
    let asked = format!("{} {}", made.path, made.body);
    assert!(asked.contains(id), "{} did not name {id} at {}", operation.name, field.at);
    let answer = stage.call(Some(&asker.key), operation.method.clone(), &made.path, &made.body).await;
    let what = format!("{} {} with {} at {}", operation.method, operation.path, field.prefix, field.at);
    // A filter that names a stranger's record is no error: its list is empty.
    let refused = (400..500).contains(&answer.status);
    let may_answer = field.at.starts_with("/query/")
        || operation.public
        || ANSWERED.contains(&(operation.name.as_str(), field.at.as_str()));
    if !(refused || answer.status == 200 && may_answer) {
        findings.note(asker.role, format!("{what} is answered {}: {:.300}", answer.status, answer.text));
    }
    let headers = format!("{:?}", answer.headers);
    for mark in foreign.seen_in(&answer.text, &asked).chain(foreign.seen_in(&headers, &asked)) {
        findings.note(asker.role, format!("{what} tells {mark}"));
    }
}

fn assert_all_kinds(api: &Api, foreign: &Records) {
    let named: BTreeSet<String> = api
        .operations
        .iter()
        .flat_map(|operation| api.id_fields(operation))
        .map(|field| field.prefix)
        .collect();
    let missing: Vec<_> = named.iter().filter(|prefix| !foreign.ids.contains_key(*prefix)).collect();
    assert_eq!(missing, NO_RECORD.iter().collect::<Vec<_>>(), "the foreign side has a record of every kind");
}

async fn foreign_vendor(stage: &Stage) -> Records {
    let foreign = &stage.market.foreign;
    let (owner, manager, sales) = (
        stage.key(&foreign.owner).await,
        stage.key(&foreign.manager).await,
        stage.key(&foreign.partner.sales).await,
    );
    fill_vendor(stage, &foreign.owner, &owner, foreign.program, "Zanzibar").await;
    let deals = fill_partner(stage, &sales, &manager, (foreign.program, "Far Pro"), "Zanzibar").await;
    let mut records = Records::default();
    deals.iter().for_each(|id| records.take(id));
    for key in [&owner, &manager, &sales] {
        look_around(stage, key, &mut records).await;
    }
    let words = [
        "Zanzibar",
        "Foreign Works",
        "Foreign Partners",
        "Frida Fern",
        "Finn Falk",
        "Far Pro",
        "FAR-PRO",
        "Delta Dealers",
        "delta.example",
        "foreign.example",
        &owner[3..10],
    ];
    records.words = words.map(str::to_owned).into();
    records
}

#[rstest]
#[tokio::test]
async fn nobody_learns_of_a_foreign_vendor(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let market = &stage.market;
    let foreign = foreign_vendor(&stage).await;
    assert_all_kinds(&Api::read(), &foreign);
    let (owner, manager, sales) = (
        stage.key(&market.owner).await,
        stage.key(&market.manager).await,
        stage.key(&market.alpine.sales).await,
    );
    fill_vendor(&stage, &market.owner, &owner, market.program, "Homely").await;
    let deals = fill_partner(&stage, &sales, &manager, (market.program, "GTX Pro"), "Homely").await;
    let mut findings = Findings::default();
    for (organization, side) in [(market.vendor, Side::Vendor), (market.alpine.id, Side::Partner)] {
        let mut own = Records::default();
        deals.iter().for_each(|id| own.take(id));
        own.ids.insert("vendor".into(), vec![market.vendor.to_string()]);
        own.ids.insert("partner".into(), vec![market.alpine.id.to_string()]);
        for asker in askers(&stage, organization, side).await {
            look_around(&stage, &asker.key, &mut own).await;
            ask_everything(&stage, &asker, &own, &foreign, &mut findings).await;
        }
    }
    findings.assert_none();
}

#[rstest]
#[tokio::test]
async fn a_partner_learns_nothing_of_its_rival(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let market = &stage.market;
    let (manager, alpine, bluepeak) = (
        stage.key(&market.manager).await,
        stage.key(&market.alpine.sales).await,
        stage.key(&market.bluepeak.sales).await,
    );
    let theirs = fill_partner(&stage, &bluepeak, &manager, (market.program, "GTX Pro"), "Bluish").await;
    let mut deals = fill_partner(&stage, &alpine, &manager, (market.program, "GTX Pro"), "Alpish").await;
    // Both claim the same customer: each may know that somebody else does, and no more.
    for (sales, deals) in [(&bluepeak, None), (&alpine, Some(&mut deals))] {
        let id = stage
            .post(sales, "/deals", &claim(market.program, "GTX Pro", "Shared Customer", true))
            .await
            .id();
        if let Some(deals) = deals {
            deals.push(id);
        }
    }
    let mut own = Records::default();
    deals.iter().for_each(|id| own.take(id));
    own.ids.insert("vendor".into(), vec![market.vendor.to_string()]);
    own.ids.insert("partner".into(), vec![market.alpine.id.to_string()]);
    look_around(&stage, &stage.key(&market.alpine.owner).await, &mut own).await;
    look_around(&stage, &alpine, &mut own).await;
    let mut rival = Records::default();
    theirs.iter().for_each(|id| rival.take(id));
    look_around(&stage, &stage.key(&market.bluepeak.owner).await, &mut rival).await;
    look_around(&stage, &bluepeak, &mut rival).await;
    let mut rival = rival.without(&own);
    // Bluepeak's customers, and its people.
    rival.words = ["Bluish", "bluish", "Bluepeak", "bluepeak.example"].map(str::to_owned).into();
    let mut findings = Findings::default();
    for asker in askers(&stage, market.alpine.id, Side::Partner).await {
        ask_everything(&stage, &asker, &own, &rival, &mut findings).await;
    }
    findings.assert_none();
}

#[tokio::test]
async fn a_file_is_not_imported_into_a_foreign_program() {
    let stage = stage!(Engine::Sqlite);
    let key = stage.key(&stage.market.owner).await;
    let part = |name: &str, value: &str| {
        format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file = "--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"o.csv\"\r\n\r\n\
                opportunity_id,deal_stage\nX-1,Prospecting\n\r\n--cut--\r\n";
    let program = stage.market.foreign.program.to_string();
    let body = format!("{}{}{file}", part("kind", "opportunities"), part("program", &program));
    let request = Request::post("/api/v1/imports")
        .header(header::AUTHORIZATION, format!("Bearer {key}"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
        .body(Body::from(body));
    let answer = stage.send(request.expect("a request")).await;
    assert!(matches!(answer.status, 404 | 422), "{} {}", answer.status, answer.text);
    assert!(!answer.text.contains("Foreign"), "{}", answer.text);
}
