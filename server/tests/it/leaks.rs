//! Asks every operation as every role for records of a foreign organisation: none may be found, and no word of them told.
use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use base::db::{Engine, Tx};
use base::{OrganizationId, Role, Side};
use rstest::rstest;
use serde_json::{Value, json};

use crate::ask::{Api, IdField, Operation};
use crate::records::{Records, fill_leads, fill_partner, fill_vendor, look_around, publish_kit};
use crate::stage::{Answer, Stage, claim, stage};

/// Ids that appear in requests and of which the foreign side has no record that could be asked for. May only shrink.
const NO_RECORD: [&str; 0] = [];

/// Questions that are answered with what is wrong, by field, instead of being refused.
const ANSWERED: [(&str, &str); 2] =
    [("CheckDeal", "/body/products/0/product"), ("CreateLeads", "/body/leads/0/product")];

/// Places of which no role's request comes so far that the record is looked for: something else in it is refused before.
/// There the test proves less. May only shrink. A key acts for one organisation; what a session may be set to has a test
/// of its own.
const NOT_REACHED: [(&str, &str); 4] = [
    ("ChooseContext", "/body/organization"),
    ("ChooseContext", "/body/program"),
    ("SwitchContext", "/body/organization"),
    ("SwitchContext", "/body/program"),
];

/// The end of an id that nothing has.
const GHOST: &str = "01h455vb4pex5vsknk084sn02q";

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

/// What is wrong, each with the roles it is wrong for; and for each place whether any request reached it, with the last
/// answer that did not.
#[derive(Default)]
struct Findings {
    wrong: BTreeMap<String, BTreeSet<&'static str>>,
    reached: BTreeMap<(String, String), Result<(), String>>,
}

impl Findings {
    fn note(&mut self, role: Role, what: String) {
        self.wrong.entry(what).or_default().insert(role.as_str());
    }

    fn reach(&mut self, operation: &Operation, field: &IdField, answer: &Answer) {
        let reached = if is_reached(field, answer) {
            Ok(())
        } else {
            Err(format!("{} {:.200}", answer.status, answer.text))
        };
        let place = self.reached.entry((operation.name.clone(), field.at.clone())).or_insert(reached.clone());
        if place.is_err() {
            *place = reached;
        }
    }

    fn assert_none(&self) {
        let lines: Vec<_> = self.wrong.iter().map(|(what, roles)| format!("{what} — {roles:?}")).collect();
        assert!(lines.is_empty(), "{} leaks:\n{}", lines.len(), lines.join("\n"));
    }

    fn assert_all_reached(&self) {
        let is_known = |(name, at): &(String, String)| NOT_REACHED.contains(&(name.as_str(), at.as_str()));
        let not = self.reached.iter().filter(|(place, reached)| reached.is_err() && !is_known(place));
        let lines: Vec<_> = not.map(|((name, at), last)| format!("{name} {at}: {last:?}")).collect();
        assert!(lines.is_empty(), "no role's request reached:\n{}", lines.join("\n"));
    }
}

/// Whether a request came so far that the record was looked for: it was not found, or refused by its field's name, or
/// taken as a filter that finds nothing.
fn is_reached(field: &IdField, answer: &Answer) -> bool {
    match answer.status {
        200..300 | 404 => true,
        // `/body/products/0/product` is `products[0].product` in a problem.
        400 | 422 => {
            let named = |error: &Value| {
                let path = error["field"].as_str().unwrap_or_default().replace('[', "/").replace([']'], "");
                field.at.ends_with(&format!("/{}", path.replace('.', "/")))
            };
            answer.json()["errors"].as_array().is_some_and(|errors| errors.iter().any(named))
        }
        _ => false,
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
        let answer = stage.ask(Some(&asker.key), operation, &made).await;
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
    // Nobody may tell a stranger's record from one that never was, by status, fields or words.
    let ghost = format!("{}_{GHOST}", field.prefix);
    let nothing = stage
        .ask(Some(&asker.key), operation, &api.make(operation, &own.ids, Some((&field.at, &ghost))))
        .await;
    let answer = stage.ask(Some(&asker.key), operation, &made).await;
    let what = format!("{} {} with {} at {}", operation.method, operation.path, field.prefix, field.at);
    findings.reach(operation, field, &answer);
    // A filter that names a stranger's record is no error: its list is empty.
    let refused = (400..500).contains(&answer.status);
    let may_answer = field.at.starts_with("/query/")
        || operation.public
        || ANSWERED.contains(&(operation.name.as_str(), field.at.as_str()));
    if !(refused || answer.status == 200 && may_answer) {
        findings.note(asker.role, format!("{what} is answered {}: {:.300}", answer.status, answer.text));
    }
    let same = (nothing.status, nothing.text.replace(&ghost, id)) == (answer.status, answer.text.clone());
    if !same && !operation.public {
        let (as_for, not) = (&answer.text, &nothing.text);
        findings.note(asker.role, format!("{what} is not answered like nothing: {as_for:.300} | {not:.300}"));
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
    fill_leads(stage, &manager, foreign.program, foreign.partner.id, "Zanzibar").await;
    let mut records = Records::default();
    for id in &deals {
        records.take(id);
    }
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
    fill_leads(&stage, &manager, market.program, market.alpine.id, "Homely").await;
    let mut findings = Findings::default();
    for (organization, side) in [(market.vendor, Side::Vendor), (market.alpine.id, Side::Partner)] {
        let mut own = Records::default();
        for id in &deals {
            own.take(id);
        }
        own.ids.insert("vendor".into(), vec![market.vendor.to_string()]);
        own.ids.insert("partner".into(), vec![market.alpine.id.to_string()]);
        for asker in askers(&stage, organization, side).await {
            look_around(&stage, &asker.key, &mut own).await;
            ask_everything(&stage, &asker, &own, &foreign, &mut findings).await;
        }
    }
    findings.assert_none();
    findings.assert_all_reached();
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
    publish_kit(&stage, &stage.key(&market.owner).await, market.program, "Anybody").await;
    let theirs = fill_partner(&stage, &bluepeak, &manager, (market.program, "GTX Pro"), "Bluish").await;
    let mut deals = fill_partner(&stage, &alpine, &manager, (market.program, "GTX Pro"), "Alpish").await;
    fill_leads(&stage, &manager, market.program, market.bluepeak.id, "Bluish").await;
    fill_leads(&stage, &manager, market.program, market.alpine.id, "Alpish").await;
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
    for id in &deals {
        own.take(id);
    }
    own.ids.insert("vendor".into(), vec![market.vendor.to_string()]);
    own.ids.insert("partner".into(), vec![market.alpine.id.to_string()]);
    look_around(&stage, &stage.key(&market.alpine.owner).await, &mut own).await;
    look_around(&stage, &alpine, &mut own).await;
    let mut rival = Records::default();
    for id in &theirs {
        rival.take(id);
    }
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

/// Signs in an analyst of the vendor, with a password; gives the cookie.
async fn signed_in(stage: &Stage) -> String {
    let (parts, vendor) = (stage.world.parts.clone(), stage.market.vendor);
    let (email, password) = ("guest@northwind.example", "plain-Words-1");
    let new = ::access::server::NewUser {
        email: email.to_owned(),
        name: "Gil Guest".to_owned(),
        password: Some(::access::Password(password.to_owned())),
    };
    let join = async move |tx: &mut Tx| {
        let user = ::access::server::create_user(tx, &parts, new).await?.id;
        ::access::server::add_membership(tx, &parts, user, vendor, Role::Analyst).await
    };
    stage.world.parts.db().write(join).await.expect("a person joins");
    let ask = json!({ "email": email, "password": password });
    let answer = stage.call(None, Method::POST, "/api/v1/session", &ask).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_session_is_set_to_nothing_foreign() {
    let stage = stage!(Engine::Sqlite);
    let cookie = signed_in(&stage).await;
    let (own, foreign) = (stage.market.vendor.to_string(), &stage.market.foreign);
    let (vendor, program) = (foreign.vendor.to_string(), foreign.program.to_string());
    let strange = [
        (json!({ "organization": vendor }), json!({ "organization": format!("org_{GHOST}") })),
        (
            json!({ "organization": own, "program": program }),
            json!({ "organization": own, "program": format!("prog_{GHOST}") }),
        ),
    ];
    for method in [Method::PUT, Method::POST] {
        let set = |body: Value| {
            let (stage, method, cookie) = (&stage, method.clone(), cookie.clone());
            async move {
                let headers = [("cookie", cookie.as_str())];
                let answer = stage.call_with(None, method, "/api/v1/session/context", &body, &headers).await;
                (answer.status, answer.text)
            }
        };
        assert_eq!(set(json!({ "organization": own })).await.0, 200, "one's own can be chosen");
        for (theirs, nothing) in strange.clone() {
            let answer = set(theirs).await;
            assert!(matches!(answer.0, 403 | 404 | 422), "{answer:?}");
            assert_eq!(answer, set(nothing).await, "a stranger's is like nothing");
        }
    }
}
