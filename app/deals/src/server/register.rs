//! Performs what writes a claim: draft, edit, check, amend.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, DealId, OrganizationId, Parts, Problem, ProgramId, Side, Span};
use programs::Program;
use serde_json::json;

use super::case::Case;
use super::claim::{resolve, try_resolve};
use super::moves::{found, submit};
use super::screening::{About, screened};
use super::{fishing, store};
use crate::access::Do;
use crate::model::{Check, CheckReason, Claim, Deal, DealState, Person, Status};
use crate::rules::{Refusal, Step, changed, contribution, is_material, is_qualified, missing};
use crate::verbs::{AmendDeal, CheckDeal, EditDeal, RegisterDeal};

/// The program, and for which partner: the actor's own, or the one that the vendor acts for.
pub(super) async fn on_behalf(
    tx: &mut Tx,
    actor: &Actor,
    program: ProgramId,
    partner: Option<OrganizationId>,
) -> Result<(Program, OrganizationId), Problem> {
    let program = programs::server::program_in(tx, program, actor.scope()).await?.ok_or(Problem::NotFound)?;
    let own = if actor.side() == Some(Side::Partner) { Some(actor.organization()?) } else { None };
    let partner = match (own, partner) {
        (Some(own), Some(asked)) if own != asked => {
            return Err(Problem::forbidden("role", "You register for your own organisation only."));
        }
        (Some(own), _) => own,
        (None, Some(asked)) => asked,
        (None, None) => return Err(Problem::field("partner", "required", "Say for which partner.")),
    };
    match store::enrolled(tx, partner, program.id).await? {
        Some(_) => Ok((program, partner)),
        None if own.is_some() => Err(Refusal::NotEnrolled.into()),
        None => Err(Problem::field("partner", "unknown", "This partner is no member of the program.")),
    }
}

impl Perform for RegisterDeal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
        Do::Register.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts.db().write(async move |tx: &mut Tx| register(tx, &parts_, &actor_, self).await).await
    }
}

/// Registers a draft in the transaction of another slice. The caller has checked that its actor may register.
///
/// # Errors
/// What `POST /deals` says.
pub async fn register(tx: &mut Tx, parts: &Parts, actor: &Actor, ask: RegisterDeal) -> Result<Deal, Problem> {
    let (program, partner) = on_behalf(tx, actor, ask.program, ask.partner).await?;
    let claim = resolve(tx, &program, Claim::default(), ask.claim()).await?;
    let number = store::take_turn(tx, program.vendor, true).await?;
    let partner_name = organizations::server::find(tx, partner).await?.ok_or(Problem::NotFound)?.name;
    let now = parts.clock().now();
    let deal =
        blank(DealId(parts.id(now)), number, &program, (partner, partner_name), Person::from(actor), now);
    let mut deal = deal.with_claim(claim);
    deal.contribution = contribution(&deal.evidence);
    let (_, rules_number, rules) = programs::server::rules(tx, program.id).await?;
    let mut case = Case::of(parts, actor, deal, program, (rules_number, rules)).of_new();
    case.announce("deal.registered", json!({}));
    if ask.submit == Some(true) {
        submit(tx, parts, actor, case).await
    } else {
        case.close(tx, parts, actor).await
    }
}

fn blank(
    id: DealId,
    number: i64,
    program: &Program,
    (partner, partner_name): (OrganizationId, String),
    by: Person,
    now: base::Timestamp,
) -> Deal {
    let claim = Claim::default();
    Deal {
        id,
        number: format!("DR-{number}"),
        status: Status::Draft,
        state: DealState::Draft,
        vendor: program.vendor,
        brand: program.brand,
        program: program.id,
        program_name: program.name.clone(),
        partner,
        partner_name,
        customer: claim.customer,
        products: claim.products,
        value: claim.value,
        value_kind: claim.value_kind,
        expected_close: claim.expected_close,
        partner_role: claim.partner_role,
        evidence: claim.evidence,
        notes: claim.notes,
        sales_stage: claim.sales_stage,
        use_case: claim.use_case,
        competitor: claim.competitor,
        incumbent: claim.incumbent,
        tender_reference: claim.tender_reference,
        source: claim.source,
        priority_at: None,
        priority_seq: None,
        protection: None,
        answer_due: None,
        lapses_at: None,
        qualified_at: None,
        contribution: 0,
        opportunity: None,
        rounds: 0,
        extensions: 0,
        registered_by: by,
        created_at: now,
        updated_at: now,
        version: 0,
        rules_version: None,
        rules: Vec::new(),
        moves: Vec::new(),
    }
}

impl Perform for EditDeal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
        Do::Edit.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts.db().write(async move |tx: &mut Tx| edit(tx, &parts_, &actor_, self).await).await
    }
}

pub(super) async fn edit(tx: &mut Tx, parts: &Parts, actor: &Actor, ask: EditDeal) -> Result<Deal, Problem> {
    let mut case = Case::open(tx, parts, actor, Do::Edit, (ask.id, ask.version)).await?;
    case.step(&Step::Edit)?;
    let before = case.deal.claim();
    let after = resolve(tx, &case.program, before.clone(), ask.claim()).await?;
    if let DealState::Returned { fields, .. } = &case.deal.state {
        let changed = changed(&before, &after);
        if changed.iter().any(|field| !fields.iter().any(|asked| asked == field)) {
            return Err(Refusal::FieldNotAsked.into());
        }
        case.announce("deal.edited", json!({ "fields": changed }));
    }
    case.claim(after);
    case.close(tx, parts, actor).await
}

impl Perform for AmendDeal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
        Do::Amend.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let mut case = Case::open(tx, &parts_, &actor_, Do::Amend, (self.id, self.version)).await?;
                let before = case.deal.claim();
                let after = resolve(tx, &case.program, before.clone(), self.claim()).await?;
                let errors = missing(&after, case.rules.evidence_required, parts_.clock().now().date());
                if !errors.is_empty() {
                    return Err(Problem::Invalid { errors });
                }
                let material = is_material(&before, &after, case.rules.material_change_percent);
                case.step(&Step::Amend { material })?;
                case.claim(after);
                if material {
                    let screening = case.screen(tx).await?;
                    if screening.is_hit() {
                        case.step(&found(&screening))?;
                    }
                }
                case.close(tx, &parts_, &actor_).await
            })
            .await
    }
}

impl Perform for CheckDeal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Check, Problem> {
        Do::Check.by(actor, None)?;
        fishing::let_through(parts, actor)?;
        let mut tx = parts.db().read().await?;
        let (program, partner) = on_behalf(&mut tx, actor, self.program, self.partner).await?;
        let (_, rules_version, rules) = programs::server::rules(&mut tx, program.id).await?;
        let before = match self.id {
            Some(id) => store::find(&mut tx, id, actor.scope()).await?.ok_or(Problem::NotFound)?.claim(),
            None => Claim::default(),
        };
        let (claim, mut fields) = try_resolve(&mut tx, &program, before, self.claim()).await?;
        let now = parts.clock().now();
        let about = About {
            program: &program,
            rules: &rules,
            partner,
            deal: self.id,
            place: None,
            qualified_at: is_qualified(&claim, &[]).then_some(now),
            is_open: false,
            membership: None,
            now,
        };
        let screening = screened(&mut tx, &about, &claim).await?;
        let told = missing(&claim, rules.evidence_required, now.date());
        fields.extend(
            told.into_iter()
                .filter(|error| !fields.iter().any(|known| known.field == error.field))
                .collect::<Vec<_>>(),
        );
        drop(tx);
        fishing::count(parts, actor, (program.vendor, program.id), screening.verdict).await;
        Ok(Check {
            verdict: screening.verdict,
            reasons: screening.reasons.iter().copied().map(CheckReason::from).collect(),
            automatic: fields.is_empty() && screening.is_automatic(),
            fields,
            protection_until: rules.protection_days.map(|days| now + Span::days(i64::from(days))),
            answer_by: rules.calendar.add_business_days(now, rules.review_business_days),
            compared: screening.compared,
            rules: screening.rules,
            rules_version,
            weights_version: screening.weights,
        })
    }
}
