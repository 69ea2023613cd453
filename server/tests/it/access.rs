//! Which role may ask for what: one table over all slices, reviewed like code.
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use base::db::Engine;
use base::{Role, Side};
use serde_json::Value;

use crate::ask::Api;
use crate::records::{Records, fill_leads, fill_partner, fill_vendor, look_around};
use crate::stage::{Stage, stage};

/// Operations whose generated request is not understood, so that the table shows only whether the role is turned away
/// before it is read. May only shrink. The one kit is retired by the vendor's first role, before it is published again or a
/// partner makes a campaign of it.
const NOT_UNDERSTOOD: [&str; 8] = [
    "ChangePassword",
    "CompareCustomers",
    "CreateCampaign",
    "KeepApart",
    "MergeCustomers",
    "PublishKit",
    "UploadBrandPicture",
    "UploadPartnerLogo",
];

/// Compares with a golden file; `RIALTO_BLESS=1` writes it.
pub(crate) fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(name);
    if std::env::var_os("RIALTO_BLESS").is_some() {
        std::fs::write(&path, text).expect("the golden file is written");
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    if kept == text {
        return;
    }
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = (kept.lines().collect(), text.lines().collect());
    let different: Vec<_> = text.lines().filter(|line| !old.contains(line)).take(20).collect();
    let gone: Vec<_> = kept.lines().filter(|line| !new.contains(line)).take(20).collect();
    panic!(
        "{name} is not what it was; if it should be so: RIALTO_BLESS=1 cargo nextest run -p server --test it\n\
         new:\n{}\ngone:\n{}",
        different.join("\n"),
        gone.join("\n"),
    );
}

/// `yes` when the role is let through, whatever comes then; `no` when the role is turned away; `404` when there is
/// nothing for it.
fn word(status: u16) -> &'static str {
    match status {
        401 => "401",
        403 => "no",
        404 => "404",
        500.. => "500",
        _ => "yes",
    }
}

async fn own(stage: &Stage, side: Side, deals: &[String]) -> Records {
    let market = &stage.market;
    let mut own = Records::default();
    for id in deals {
        own.take(id);
    }
    own.ids.insert("vendor".into(), vec![market.vendor.to_string()]);
    own.ids.insert("partner".into(), vec![market.alpine.id.to_string()]);
    let owner = match side {
        Side::Vendor => &market.owner,
        Side::Partner => &market.alpine.owner,
    };
    look_around(stage, &stage.key(owner).await, &mut own).await;
    own
}

#[tokio::test]
async fn each_role_may_ask_for_what_the_table_says() {
    let stage = stage!(Engine::Sqlite);
    let market = &stage.market;
    let (owner, manager, sales) = (
        stage.key(&market.owner).await,
        stage.key(&market.manager).await,
        stage.key(&market.alpine.sales).await,
    );
    fill_vendor(&stage, &market.owner, &owner, market.program, "Homely").await;
    let deals = fill_partner(&stage, &sales, &manager, (market.program, "GTX Pro"), "Homely").await;
    // The vendor's roles use up the newest lead, the partner's have their own.
    for (partner, word) in [(market.alpine.id, "Homely"), (market.bluepeak.id, "Lovely")] {
        fill_leads(&stage, &manager, market.program, partner, word).await;
    }
    let api = Api::read();
    let sides = [own(&stage, Side::Vendor, &deals).await, own(&stage, Side::Partner, &deals).await];
    let mut table = vec![String::new(); api.operations.len()];
    let mut understood = vec![false; api.operations.len()];
    let mut last = vec![Value::Null; api.operations.len()];
    for role in Role::ALL {
        let (organization, own) = match role.side() {
            Side::Vendor => (market.vendor, &sides[0]),
            Side::Partner => (market.alpine.id, &sides[1]),
        };
        let person = stage.person(organization, role).await;
        for (at, operation) in api.operations.iter().enumerate() {
            let key = stage.key(&person).await;
            let mut ids = own.ids.clone();
            // Keys and messages are people's own.
            let mut mine = Records::default();
            mine.harvest(&stage.get(&key, "/api-keys").await.json());
            mine.harvest(&stage.get(&key, "/notices").await.json());
            ids.extend(mine.ids.into_iter().filter(|(prefix, _)| ["key", "ntc"].contains(&prefix.as_str())));
            let made = api.make(operation, &ids, None);
            let answer = stage.ask(Some(&key), operation, &made).await;
            assert!(answer.status < 500, "{} as {role:?}: {}", operation.name, answer.text);
            understood[at] |= !matches!(answer.status, 400 | 401 | 403 | 422);
            last[at] = answer.json();
            let shown = if operation.public { "open" } else { word(answer.status) };
            let _ = write!(table[at], " {shown:>4}");
        }
    }
    let heads: Vec<_> = Role::ALL.iter().map(|role| role.as_str()).collect();
    let mut text = format!(
        "# open: anybody may; yes: may; no: the role is turned away; 404: has none to ask for\n# {}\n",
        heads.join(" ")
    );
    for (operation, row) in api.operations.iter().zip(&table) {
        let _ = writeln!(text, "{:<6} {:<46}{row}", operation.method.as_str(), operation.path);
    }
    golden("access.txt", &text);
    let not: Vec<_> = api
        .operations
        .iter()
        .zip(understood.iter().zip(&last))
        .filter(|(operation, (understood, _))| {
            !**understood && !NOT_UNDERSTOOD.contains(&operation.name.as_str())
        })
        .map(|(operation, (_, answer))| format!("{} {answer}", operation.name))
        .collect();
    assert!(not.is_empty(), "requests that are not understood:\n{}", not.join("\n"));
}
