//! Records of every kind for one side of a market, and what gives them away when a stranger reads it.
use std::collections::BTreeSet;

use base::{Actor, OrganizationId, ProgramId};
use imports::Kind;
use serde_json::{Value, json};

use crate::ask::Ids;
use crate::stage::{Stage, claim};

/// What somebody can name, and what strangers must never read.
#[derive(Clone, Default)]
pub(crate) struct Records {
    pub(crate) ids: Ids,
    pub(crate) words: BTreeSet<String>,
}

impl Records {
    /// Takes in all ids of an answer.
    pub(crate) fn harvest(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.take(text),
            Value::Array(items) => items.iter().for_each(|item| self.harvest(item)),
            Value::Object(fields) => fields.values().for_each(|field| self.harvest(field)),
            _ => {}
        }
    }

    pub(crate) fn take(&mut self, text: &str) {
        let Some((prefix, suffix)) = text.rsplit_once('_') else { return };
        if base::decode_suffix(suffix).is_some() && prefix.bytes().all(|byte| byte.is_ascii_lowercase()) {
            let known = self.ids.entry(prefix.to_owned()).or_default();
            if !known.iter().any(|id| id == text) {
                known.push(text.to_owned());
            }
        }
    }

    /// Without what others may name, too.
    pub(crate) fn without(mut self, others: &Self) -> Self {
        for (prefix, ids) in &mut self.ids {
            ids.retain(|id| others.ids.get(prefix).is_none_or(|known| !known.contains(id)));
        }
        self.ids.retain(|_, ids| !ids.is_empty());
        self
    }

    /// Everything that must not be read: words and ids, but for those that were asked with.
    pub(crate) fn seen_in<'a>(&'a self, text: &'a str, asked: &'a str) -> impl Iterator<Item = &'a str> {
        let ids = self.ids.values().flatten().chain(&self.words).map(String::as_str);
        ids.filter(move |mark| text.contains(mark) && !asked.contains(mark))
    }
}

/// Lists and reads whatever a person may, and takes in the ids.
pub(crate) async fn look_around(stage: &Stage, key: &str, records: &mut Records) {
    const LISTS: [&str; 23] = [
        "/organizations",
        "/deals",
        "/leads",
        "/lead-pins",
        "/goals",
        "/campaigns",
        "/audiences",
        "/kits",
        "/deals/held",
        "/deals/views",
        "/dashboards/views",
        "/brands",
        "/programs",
        "/products",
        "/customers",
        "/merges",
        "/opportunities",
        "/enrollments",
        "/imports",
        "/notices",
        "/api-keys",
        "/mailing/suppressed",
        "/mailing/senders",
    ];
    for path in LISTS.into_iter().chain(["/users", "/events"]) {
        let answer = stage.get(key, path).await;
        if answer.status == 200 {
            records.harvest(&answer.json());
        }
    }
    for audience in records.ids.get("aud").cloned().unwrap_or_default() {
        records.harvest(&stage.get(key, &format!("/audiences/{audience}/contacts")).await.json());
    }
    for brand in records.ids.get("brand").cloned().unwrap_or_default() {
        records.harvest(&stage.get(key, &format!("/brands/{brand}/theme/links")).await.json());
        records.harvest(&stage.get(key, &format!("/brands/{brand}/hosts")).await.json());
    }
    for program in records.ids.get("prog").cloned().unwrap_or_default() {
        records.harvest(&stage.get(key, &format!("/programs/{program}/versions")).await.json());
    }
}

/// Makes a customer out of two, an opportunity, an import, a key and shared views of a vendor.
pub(crate) async fn fill_vendor(stage: &Stage, owner: &Actor, key: &str, program: ProgramId, word: &str) {
    let customer =
        json!({ "name": format!("{word} Holding"), "external_id": format!("{word}-7"), "country": "DE" });
    let kept = stage.post(key, "/customers", &customer).await.id();
    let gone = json!({ "name": format!("{word} Beteiligungen AG"), "country": "DE" });
    let gone = stage.post(key, "/customers", &gone).await.id();
    stage.post(key, &format!("/customers/{kept}/merge"), &json!({ "other": gone })).await.done();
    stage.post(key, "/api-keys", &json!({ "name": format!("{word} script") })).await.done();
    let brand =
        stage.get(key, "/brands").await.json()["items"][0]["id"].as_str().expect("a brand").to_owned();
    let host = json!({ "host": format!("{word}.example.com") });
    stage.post(key, &format!("/brands/{brand}/hosts"), &host).await.done();
    let left_out = json!({ "address": format!("{word}@left-out.example") });
    stage.post(key, "/mailing/suppressed", &left_out).await.done();
    let sender = json!({ "address": format!("hello@{word}.example"), "brand": brand });
    stage.post(key, "/mailing/senders", &sender).await.done();
    let view = json!({ "name": format!("{word} view"), "query": format!("q={word}"), "shared": true });
    stage.post(key, "/deals/views", &view).await.done();
    let view =
        json!({ "name": format!("{word} figures"), "board": "explore", "query": "by=tier", "shared": true });
    stage.post(key, "/dashboards/views", &view).await.done();
    let brands = stage.get(key, "/brands").await.done();
    let brand = brands["items"][0]["id"].as_str().unwrap_or_default();
    let link = json!({ "theme": { "colour": "#2563eb" } });
    stage.post(key, &format!("/brands/{brand}/theme/links"), &link).await.done();
    publish_kit(stage, key, program, word).await;
    let file = format!(
        "opportunity_id,deal_stage,account,engage_date\n{word}-OPP,Prospecting,{word} Holding,2026-10-01\n"
    );
    let name = format!("{word}.csv");
    let done = imports::server::import_file(
        &stage.world.parts,
        owner,
        Kind::Opportunities,
        program,
        &name,
        file.into_bytes(),
    );
    let done = serde_json::to_value(done.await.expect("the file is taken")).expect("an import");
    assert_eq!(done["created"], 1, "{done}");
}

/// Offers a lead to a partner, pins a customer to it, and sets it a goal; gives the lead.
pub(crate) async fn fill_leads(
    stage: &Stage,
    manager: &str,
    program: ProgramId,
    partner: OrganizationId,
    word: &str,
) -> String {
    let ask =
        json!({ "program": program, "partner": partner, "customer": { "name": format!("{word} Laeden") } });
    let lead = stage.post(manager, "/leads", &ask).await.id();
    let pin = json!({ "program": program, "partner": partner, "name": format!("{word} Fest") });
    stage.post(manager, "/lead-pins", &pin).await.done();
    let goal = json!({ "program": program, "partner": partner, "metric": "won_count", "target": "7",
        "from": "2026-10-01", "until": "2026-12-31", "note": format!("{word} Ziel") });
    stage.post(manager, "/goals", &goal).await.done();
    lead
}

/// Publishes a kit in a program, as somebody of its vendor.
pub(crate) async fn publish_kit(stage: &Stage, key: &str, program: ProgramId, word: &str) {
    let kit = json!({ "program": program, "name": format!("{word} Paket"), "ready": "webinar" });
    let kit = stage.post(key, "/kits", &kit).await.id();
    stage.post(key, &format!("/kits/{kit}/publish"), &json!({})).await.done();
}

/// Makes a draft, a deal in review and an approved one of a partner, a view, and a decision that is held.
pub(crate) async fn fill_partner(
    stage: &Stage,
    sales: &str,
    manager: &str,
    (program, product): (ProgramId, &str),
    word: &str,
) -> Vec<String> {
    let mut ids = Vec::new();
    for (last, submit) in [("Zaunkoenig", false), ("Quarzwerke", true), ("Ypsilon", true)] {
        let ask = claim(program, product, &format!("{word}{last}"), submit);
        ids.push(stage.post(sales, "/deals", &ask).await.id());
    }
    stage.post(manager, &format!("/deals/{}/approve", ids[2]), &json!({})).await.done();
    stage.post(sales, "/deals/views", &json!({ "name": format!("{word} own") })).await.done();
    let audience = stage.post(sales, "/audiences", &json!({ "name": format!("{word} Leute") })).await.id();
    let person = json!({ "email": format!("{word}@people.example"), "source": "form", "on": "2026-10-01",
        "wording": format!("{word} ja") });
    stage.post(sales, &format!("/audiences/{audience}/contacts"), &person).await.done();
    let kits = stage.get(sales, "/kits").await.done();
    let kit = kits["items"][0]["id"].as_str().unwrap_or_default();
    let campaign = json!({ "kit": kit, "name": format!("{word} Kampagne") });
    stage.post(sales, "/campaigns", &campaign).await.done();
    let held = json!({ "action": "withdraw", "deals": [{ "id": ids[0] }], "undo_seconds": 60 });
    stage.post(sales, "/deals/bulk", &held).await.done();
    ids
}
