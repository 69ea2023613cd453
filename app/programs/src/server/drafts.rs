//! The draft of a program's next rules, comparing any two sets, and rules as files.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, OrganizationId, Parts, Problem, ProgramId};
use serde_json::json;

use super::programs::{announce, program_of};
use super::publish::{Publication, publish, settle};
use super::{store, unchanged};
use crate::form::Partners;
use crate::{
    CompareRules, DiscardRulesDraft, Do, EditRulesDraft, Edition, Engagement, ExportRules, GetRulesDraft,
    ImportRules, NamedPartner, Program, ProgramVersion, PublishRulesDraft, RulesComparison, RulesDraft,
    RulesFile, SaveRulesDraft, changes, rules_file,
};

/// The draft with everything its screen shows.
async fn draft_of(tx: &mut Tx, program: Program) -> Result<RulesDraft, Problem> {
    let in_force = store::current_version(tx, program.id).await?.ok_or(Problem::NotFound)?;
    let scheduled = store::scheduled(tx, program.id).await?;
    let kept = store::draft(tx, program.id).await?;
    let (engagement, based_on, changed_at, changed_by_name, version) = match kept {
        Some(kept) => {
            (kept.engagement, kept.based_on, Some(kept.changed_at), kept.changed_by_name, kept.version)
        }
        None => (in_force.engagement.clone(), in_force.number, None, None, 0),
    };
    let partners = named(tx, &[&engagement, &in_force.engagement]).await?;
    Ok(RulesDraft {
        program,
        in_force,
        scheduled,
        engagement,
        based_on,
        changed_at,
        changed_by_name,
        version,
        partners,
    })
}

/// The partners that rules name.
async fn named(tx: &mut Tx, rules: &[&Engagement]) -> Result<Vec<NamedPartner>, Problem> {
    let all = rules.iter().flat_map(|rules| &rules.excluded.exclusive_territories);
    let mut ids: Vec<OrganizationId> = all.map(|held| held.partner).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut partners = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(organization) = organizations::server::find(tx, id).await? {
            partners.push(NamedPartner { id, name: organization.name });
        }
    }
    Ok(partners)
}

impl Perform for GetRulesDraft {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<RulesDraft, Problem> {
        Do::DraftRules.by(actor)?;
        let mut tx = parts.db().read().await?;
        let program = program_of(&mut tx, self.id, actor).await?;
        draft_of(&mut tx, program).await
    }
}

/// Keeps a set of rules as the draft of a program.
async fn keep(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    program: Program,
    seen: Option<u32>,
    engagement: Engagement,
) -> Result<RulesDraft, Problem> {
    let kept = store::draft(tx, program.id).await?;
    let version = kept.map_or(0, |kept| kept.version);
    unchanged(seen, version)?;
    let based_on = program.rules_number;
    let now = parts.clock().now();
    store::keep_draft(tx, program.id, based_on, &engagement, (now, actor.user), version).await?;
    let data = json!({ "draft": version + 1, "based_on": based_on });
    announce(tx, parts, actor, "program.rules_drafted", &program, data).await?;
    draft_of(tx, program).await
}

impl Perform for SaveRulesDraft {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<RulesDraft, Problem> {
        Do::DraftRules.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let program = program_of(tx, self.id, &actor_).await?;
                let mut engagement = self.engagement;
                settle(tx, &program, &mut engagement, "engagement.").await?;
                keep(tx, &parts_, &actor_, program, self.version, engagement).await
            })
            .await
    }
}

impl Perform for EditRulesDraft {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<RulesDraft, Problem> {
        Do::DraftRules.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let program = program_of(tx, self.id, &actor_).await?;
                let mut partners = Partners::new();
                for name in self.form.partner_names() {
                    let id = store::partner_named(tx, program.vendor, &name).await?;
                    partners.extend(id.map(|id| (name.to_lowercase(), id)));
                }
                let mut engagement = self.form.read(program.currency, &partners)?;
                settle(tx, &program, &mut engagement, "").await?;
                keep(tx, &parts_, &actor_, program, self.version, engagement).await
            })
            .await
    }
}

impl Perform for ImportRules {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<RulesDraft, Problem> {
        Do::DraftRules.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let program = program_of(tx, self.id, &actor_).await?;
                let mut engagement = rules_file::read(&self.toml)?;
                base::check_fields(&engagement)?;
                settle(tx, &program, &mut engagement, "").await?;
                keep(tx, &parts_, &actor_, program, self.version, engagement).await
            })
            .await
    }
}

impl Perform for DiscardRulesDraft {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<RulesDraft, Problem> {
        Do::DraftRules.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let program = program_of(tx, self.id, &actor_).await?;
                if store::drop_draft(tx, program.id).await? {
                    announce(tx, &parts_, &actor_, "program.rules_draft_discarded", &program, json!({}))
                        .await?;
                }
                draft_of(tx, program).await
            })
            .await
    }
}

impl Perform for PublishRulesDraft {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<ProgramVersion, Problem> {
        Do::PublishRules.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let program = program_of(tx, self.id, &actor_).await?;
                let none = || Problem::refused("no_draft", "There is no draft to publish.");
                let kept = store::draft(tx, program.id).await?.ok_or_else(none)?;
                unchanged(self.version, kept.version)?;
                if kept.based_on != program.rules_number {
                    let detail =
                        "Other rules came into force since this draft was kept. Compare, then keep it again.";
                    return Err(Problem::refused("draft_outdated", detail));
                }
                store::drop_draft(tx, program.id).await?;
                let publication = Publication {
                    engagement: kept.engagement,
                    in_force_on: self.in_force_on,
                    note: self.note.unwrap_or_default(),
                    same_as: None,
                };
                publish(tx, &parts_, &actor_, program, publication).await
            })
            .await
    }
}

/// A set of rules: a version, or the draft, which without a kept one is what is in force.
pub(super) async fn edition(
    tx: &mut Tx,
    program: ProgramId,
    edition: Edition,
) -> Result<Engagement, Problem> {
    if let Edition::Version(number) = edition {
        return Ok(store::numbered(tx, program, number).await?.ok_or(Problem::NotFound)?.engagement);
    }
    match store::draft(tx, program).await? {
        Some(kept) => Ok(kept.engagement),
        None => Ok(store::current_version(tx, program).await?.ok_or(Problem::NotFound)?.engagement),
    }
}

/// Reads a set of rules for an actor: drafts are for those who write them.
async fn read(
    tx: &mut Tx,
    actor: &Actor,
    program: &Program,
    asked: Option<Edition>,
) -> Result<(Edition, Engagement), Problem> {
    let asked = asked.unwrap_or(Edition::Version(program.rules_number));
    if asked == Edition::Draft {
        Do::DraftRules.by(actor)?;
    }
    Ok((asked, edition(tx, program.id, asked).await?))
}

impl Perform for CompareRules {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<RulesComparison, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        let program = program_of(&mut tx, self.id, actor).await?;
        let (from, from_engagement) = read(&mut tx, actor, &program, self.from).await?;
        let (to, to_engagement) = read(&mut tx, actor, &program, self.to).await?;
        let mut partners = named(&mut tx, &[&from_engagement, &to_engagement]).await?;
        if let base::Scope::Partner(own) = actor.scope() {
            // That a territory is held is public within the program, by whom is not.
            partners.retain(|partner| partner.id == own);
        }
        let name = |id: OrganizationId| name_of(&partners, id);
        let changes = changes(&from_engagement, &to_engagement, program.currency, &name);
        Ok(RulesComparison { program, from, from_engagement, to, to_engagement, changes, partners })
    }
}

fn name_of(partners: &[NamedPartner], id: OrganizationId) -> String {
    partners.iter().find(|partner| partner.id == id).map_or_else(String::new, |partner| partner.name.clone())
}

impl Perform for ExportRules {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<RulesFile, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        let program = program_of(&mut tx, self.id, actor).await?;
        let (edition, rules) = read(&mut tx, actor, &program, self.edition).await?;
        let title = match edition {
            Edition::Draft => format!("Rules of engagement of {}, draft", program.name),
            Edition::Version(number) => format!("Rules of engagement of {}, version {number}", program.name),
        };
        let toml = rules_file::write(&title, &rules, program.currency)?;
        Ok(RulesFile { name: format!("{}-rules-{edition}.toml", program.slug), toml })
    }
}
