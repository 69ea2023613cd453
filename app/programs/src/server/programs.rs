//! Programs and the versions of their rules: listed, made, changed, published.
use base::db::Tx;
use base::events::{self, Happened};
use base::http::Perform;
use base::{Actor, OrganizationId, Page, Parts, Problem, ProgramId, Scope, page_rows};
use serde_json::{Value, json};

use super::publish::{Publication, no_zone, publish};
use super::{is_time_zone, store, unchanged};
use crate::{
    ChangeProgram, CreateProgram, Do, GetProgram, ListProgramVersions, ListPrograms, Program, ProgramVersion,
    ProgramWithRules,
};

impl Perform for ListPrograms {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Program>, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        let limit = page_rows(self.limit);
        let (rows, total) = store::list_programs(&mut tx, &self, actor.scope(), limit).await?;
        Ok(Page::cut(rows, limit, total, |program| program.id.to_string()))
    }
}

impl Perform for GetProgram {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<ProgramWithRules, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        with_rules(&mut tx, self.id, actor.scope()).await
    }
}

impl Perform for CreateProgram {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<ProgramWithRules, Problem> {
        Do::EditProgram.by(actor)?;
        let vendor = actor.organization()?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts.db().write(async move |tx: &mut Tx| add_program(tx, &parts_, &actor_, vendor, self).await).await
    }
}

/// Makes a program of a vendor, with version 1 of its rules, within a unit of work.
///
/// # Errors
/// `Invalid` when the slug is taken, the brand is not the vendor's or a time zone is none.
pub async fn add_program(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    vendor: OrganizationId,
    asked: CreateProgram,
) -> Result<ProgramWithRules, Problem> {
    let now = parts.clock().now();
    let brand = store::find_brand(tx, asked.brand, Scope::Vendor(vendor)).await?.ok_or_else(unknown_brand)?;
    let zone = asked.time_zone.unwrap_or_else(|| "UTC".to_owned());
    if !is_time_zone(&zone) {
        return Err(no_zone("time_zone"));
    }
    let currency = match asked.currency {
        Some(currency) => currency,
        None => store::currency_of(tx, brand.id).await?.ok_or_else(no_currency)?,
    };
    let mut engagement = asked.engagement.unwrap_or_default();
    if engagement.calendar.time_zone == "UTC" {
        engagement.calendar.time_zone = zone;
    }
    let program = Program {
        id: ProgramId(parts.id(now)),
        vendor,
        vendor_name: String::new(),
        brand: brand.id,
        brand_name: brand.name,
        slug: asked.slug.unwrap_or_else(|| organizations::rules::slug_of(&asked.name)),
        name: asked.name.trim().to_owned(),
        currency,
        time_zone: engagement.calendar.time_zone.clone(),
        rules_number: 0,
        created_at: now,
        version: 0,
    };
    store::insert_program(tx, &program).await?;
    let id = program.id;
    publish(tx, parts, actor, program, Publication::of(engagement)).await?;
    let made = with_rules(tx, id, Scope::System).await?;
    announce(tx, parts, actor, "program.created", &made.program, json!({})).await?;
    Ok(made)
}

fn no_currency() -> Problem {
    Problem::field("currency", "required", "Give a currency: the brand names none for its programs.")
}

impl Perform for ChangeProgram {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<ProgramWithRules, Problem> {
        Do::EditProgram.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let old = program_of(tx, self.id, &actor_).await?;
                unchanged(self.version, old.version)?;
                let brand = match self.brand {
                    Some(id) => {
                        let own = store::find_brand(tx, id, Scope::Vendor(old.vendor)).await?;
                        own.ok_or_else(unknown_brand)?.id
                    }
                    None => old.brand,
                };
                let program = Program {
                    brand,
                    name: self.name.map_or(old.name, |name| name.trim().to_owned()),
                    slug: self.slug.unwrap_or(old.slug),
                    version: old.version + 1,
                    ..old
                };
                store::update_program(tx, &program).await?;
                announce(tx, &parts_, &actor_, "program.changed", &program, json!({})).await?;
                with_rules(tx, program.id, actor_.scope()).await
            })
            .await
    }
}

impl Perform for ListProgramVersions {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<ProgramVersion>, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        let scope = actor.scope();
        store::find_program(&mut tx, self.id, scope).await?.ok_or(Problem::NotFound)?;
        let limit = page_rows(self.limit);
        let below = match &self.cursor {
            Some(cursor) => cursor.parse().map_err(|_| store::no_cursor())?,
            None => i64::MAX,
        };
        let (rows, total) = store::list_versions(&mut tx, self.id, below, limit).await?;
        let page = Page::cut(rows, limit, total, |version| version.number.to_string());
        Ok(page.map(|version| told_to(scope, version)))
    }
}

/// The program, for those who may see it; for all others there is none.
pub(super) async fn program_of(tx: &mut Tx, id: ProgramId, actor: &Actor) -> Result<Program, Problem> {
    store::find_program(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)
}

async fn with_rules(tx: &mut Tx, id: ProgramId, scope: Scope) -> Result<ProgramWithRules, Problem> {
    let program = store::find_program(tx, id, scope).await?.ok_or(Problem::NotFound)?;
    let rules = store::current_version(tx, id).await?.ok_or(Problem::NotFound)?;
    Ok(ProgramWithRules { program, rules: told_to(scope, rules) })
}

/// Partners learn the rules, not who at the vendor wrote them.
fn told_to(scope: Scope, version: ProgramVersion) -> ProgramVersion {
    match scope {
        Scope::Partner(_) => ProgramVersion { published_by: None, published_by_name: None, ..version },
        _ => version,
    }
}

fn unknown_brand() -> Problem {
    Problem::field("brand", "unknown", "There is no such brand.")
}

pub(super) async fn announce(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    kind: &'static str,
    program: &Program,
    more: Value,
) -> Result<(), Problem> {
    let mut data = json!({ "name": program.name, "slug": program.slug, "brand": program.brand });
    if let (Value::Object(data), Value::Object(more)) = (&mut data, more) {
        data.extend(more);
    }
    let happened = Happened {
        vendor: program.vendor,
        kind,
        subject: program.id.to_string(),
        program: Some(program.id),
        partner: None,
        keys: vec!["programs".to_owned()],
        data,
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}
