//! Performs what programs do with their rules for handing out leads: draft, publish, try, compare with what was.
#![allow(
    clippy::maybe_infinite_iter,
    clippy::assigning_clones,
    reason = "there are fewer rules than numbers"
)]
use base::db::Tx;
use base::events::{self, Happened};
use base::http::Perform;
use base::{Actor, FieldError, Page, Parts, Problem, ProgramId};
use programs::Program;
use serde_json::{Value, json};

use super::case::Ways;
use super::hand_out::{About, try_rules};
use super::{interest, store};
use crate::access::Do;
use crate::model::{
    Distribution, Draw, LeadFacts, LeadRule, LeadRules, LeadRulesVersion, NamedPartner, said,
};
use crate::rules::Refusal;
use crate::verbs::{
    DiscardLeadRules, GetLeadRules, ListLeadRulesVersions, PreviewLeadRules, PublishLeadRules, SaveLeadRules,
};

async fn program_of(tx: &mut Tx, actor: &Actor, id: ProgramId) -> Result<Program, Problem> {
    programs::server::program_in(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)
}

async fn rules_of(tx: &mut Tx, program: &Program) -> Result<LeadRules, Problem> {
    let in_force = store::in_force(tx, program.id).await?;
    let kept = store::draft(tx, program.id).await?;
    let partners = store::named_partners(tx, program.id).await?;
    let version = kept.as_ref().map_or(0, |kept| kept.version);
    let kept = kept.filter(|kept| kept.draft.is_some());
    let (number, distribution, published_at, published_by_name) = match in_force {
        Some(version) => (
            version.number,
            version.distribution,
            Some(version.published_at),
            Some(version.published_by_name),
        ),
        None => (0, Distribution::default(), None, None),
    };
    Ok(LeadRules {
        program: program.id,
        program_name: program.name.clone(),
        currency: program.currency,
        number,
        distribution,
        published_at,
        published_by_name,
        changed_at: kept.as_ref().map(|kept| kept.changed_at),
        changed_by_name: kept.as_ref().map(|kept| kept.changed_by_name.clone()),
        draft: kept.and_then(|kept| kept.draft),
        version,
        partners,
    })
}

/// Texts trimmed, countries in upper case, and every partner that is named a member of the program.
fn settle(distribution: &mut Distribution, partners: &[NamedPartner]) -> Result<(), Problem> {
    let tidy = |all: &mut Vec<String>, upper: bool| {
        *all = all
            .iter()
            .filter_map(|text| said(Some(text.clone())))
            .map(|text| if upper { text.to_ascii_uppercase() } else { text })
            .collect();
    };
    let mut errors = Vec::new();
    name_rules(&mut distribution.rules);
    for (place, rule) in distribution.rules.iter_mut().enumerate() {
        rule.name = rule.name.trim().to_owned();
        tidy(&mut rule.countries, true);
        tidy(&mut rule.regions, false);
        tidy(&mut rule.families, false);
        tidy(&mut rule.territories, false);
        for (at, partner) in rule.partners.iter().enumerate() {
            if !partners.iter().any(|known| known.id == *partner) {
                let field = format!("distribution.rules[{place}].partners[{at}]");
                let text = "This partner is no member of the program.";
                errors.push(FieldError::new(field, "unknown", text));
            }
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Problem::Invalid { errors }) }
}

/// Gives an id to every rule that has none.
fn name_rules(rules: &mut [LeadRule]) {
    for place in 0..rules.len() {
        rules[place].id = rules[place].id.trim().to_owned();
        if rules[place].id.is_empty() {
            let is_free = |id: &String| rules.iter().all(|rule| rule.id != *id);
            let fresh = (place + 1..).map(|number| format!("rule-{number}")).find(is_free);
            rules[place].id = fresh.unwrap_or_default();
        }
    }
}

async fn announce(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    kind: &'static str,
    program: &Program,
    data: Value,
) -> Result<(), Problem> {
    let happened = Happened {
        vendor: program.vendor,
        kind,
        subject: program.id.to_string(),
        program: Some(program.id),
        partner: None,
        keys: vec!["lead_rules".to_owned()],
        data,
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}

fn unchanged(seen: Option<u32>, present: u32) -> Result<(), Problem> {
    match seen {
        Some(seen) if seen != present => Err(Problem::Stale),
        _ => Ok(()),
    }
}

impl Perform for GetLeadRules {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<LeadRules, Problem> {
        Do::ReadRules.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        let program = program_of(&mut tx, actor, self.id).await?;
        rules_of(&mut tx, &program).await
    }
}

impl Perform for SaveLeadRules {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<LeadRules, Problem> {
        Do::EditRules.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let program = program_of(tx, &actor_, self.id).await?;
                let before = rules_of(tx, &program).await?;
                unchanged(self.version, before.version)?;
                let mut distribution = self.distribution;
                settle(&mut distribution, &before.partners)?;
                let draft = (distribution != before.distribution).then_some(&distribution);
                let by = (parts_.clock().now(), actor_.name.as_str());
                store::keep_draft(tx, program.id, draft, by, before.version).await?;
                let data = json!({ "draft": before.version + 1 });
                announce(tx, &parts_, &actor_, "lead_rules.drafted", &program, data).await?;
                rules_of(tx, &program).await
            })
            .await
    }
}

impl Perform for DiscardLeadRules {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<LeadRules, Problem> {
        Do::EditRules.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let program = program_of(tx, &actor_, self.id).await?;
                let before = rules_of(tx, &program).await?;
                if before.draft.is_some() {
                    let by = (parts_.clock().now(), actor_.name.as_str());
                    store::keep_draft(tx, program.id, None, by, before.version).await?;
                    announce(tx, &parts_, &actor_, "lead_rules.draft_discarded", &program, json!({})).await?;
                }
                rules_of(tx, &program).await
            })
            .await
    }
}

impl Perform for PublishLeadRules {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<LeadRules, Problem> {
        Do::EditRules.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let program = program_of(tx, &actor_, self.id).await?;
                let before = rules_of(tx, &program).await?;
                unchanged(self.version, before.version)?;
                let none = || Problem::refused("no_draft", "There is no draft to publish.");
                let mut distribution = before.draft.ok_or_else(none)?;
                // A partner may have left the program since the draft was kept.
                settle(&mut distribution, &before.partners)?;
                let now = parts_.clock().now();
                let by = (now, actor_.name.as_str());
                store::keep_draft(tx, program.id, None, by, before.version).await?;
                let version = LeadRulesVersion {
                    number: before.number + 1,
                    distribution,
                    published_at: now,
                    published_by_name: actor_.name.clone(),
                    note: self.note.trim().to_owned(),
                };
                store::publish(tx, program.id, &version).await?;
                let data = json!({ "number": version.number.to_string() });
                announce(tx, &parts_, &actor_, "lead_rules.published", &program, data).await?;
                rules_of(tx, &program).await
            })
            .await
    }
}

impl Perform for ListLeadRulesVersions {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<LeadRulesVersion>, Problem> {
        Do::ReadRules.by(actor, None)?;
        let unknown = |_| Problem::field("cursor", "unknown", "This is not a cursor that this list gave.");
        let before = self.cursor.as_deref().map(str::parse).transpose().map_err(unknown)?;
        let mut tx = parts.db().read().await?;
        let program = program_of(&mut tx, actor, self.id).await?;
        store::versions(&mut tx, program.id, before, self.limit).await
    }
}

impl Perform for PreviewLeadRules {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Draw, Problem> {
        Do::ReadRules.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        let program = program_of(&mut tx, actor, self.id).await?;
        let kept = rules_of(&mut tx, &program).await?;
        let mut rules = self.distribution.clone().or(kept.draft).unwrap_or(kept.distribution);
        settle(&mut rules, &kept.partners)?;
        let ways = Ways::of(&mut tx, program).await?;
        let seed = self.seed.as_deref().and_then(|seed| u64::from_str_radix(seed, 16).ok());
        let how = (seed.unwrap_or_else(|| super::hand_out::seed(parts)), parts.clock().now(), "");
        let (facts, name, website, barred) = match self.lead {
            Some(id) => {
                let lead = store::find(&mut tx, id, actor.scope()).await?.ok_or(Problem::NotFound)?;
                if lead.program != ways.program.id {
                    return Err(Problem::NotFound);
                }
                if !lead.status.is_free() {
                    return Err(Refusal::AlreadyAssigned.into());
                }
                let barred = store::barred(&mut tx, id, rules.timed_out_is_final).await?;
                (lead.facts(), lead.customer.name, lead.customer.website, barred)
            }
            None => {
                (described(&mut tx, &ways, &self).await?, self.name, said(Some(self.website)), Vec::new())
            }
        };
        let about = About { facts: &facts, name: &name, website: website.as_deref(), barred: &barred };
        try_rules(&mut tx, &ways, (&rules, ways.rules_number), &about, how).await
    }
}

/// What is said of a lead that does not exist.
async fn described(tx: &mut Tx, ways: &Ways, ask: &PreviewLeadRules) -> Result<LeadFacts, Problem> {
    let family = match said(ask.product.clone()) {
        None => None,
        Some(product) => {
            let unknown =
                || Problem::field("product", "unknown", "This product is not sold in this program.");
            Some(interest::find(tx, &ways.program, &product).await?.ok_or_else(unknown)?.family)
        }
    };
    let wrong = |error| Problem::Invalid { errors: vec![error] };
    let value = match &ask.value {
        Some(amount) => amount.money("value", ways.program.currency).map_err(wrong)?,
        None => None,
    };
    Ok(LeadFacts {
        country: said(ask.country.clone()).map(|code| code.to_ascii_uppercase()),
        region: said(ask.region.clone()),
        family,
        value,
        source: ask.source.unwrap_or_default(),
    })
}
