//! Finds a partner for a lead: gathers what rules look at, draws, and keeps the explanation.
use base::db::Tx;
use base::{Actor, OrganizationId, Parts, Problem, Timestamp};
use customers::rules::name_key;

use super::case::{Case, Ways};
use super::store;
use crate::model::{Distribution, Draw, Exclusion, How, LeadFacts};
use crate::rules::{Drawn, Refusal, Step, draw, seed_text};

/// A number that nobody can guess beforehand.
pub(super) fn seed(parts: &Parts) -> u64 {
    let mut bytes = [0; 8];
    parts.chance().fill(&mut bytes);
    u64::from_be_bytes(bytes)
}

/// Of whom rules are asked: the company by name and website, and who cannot be asked again.
pub(super) struct About<'a> {
    pub(super) facts: &'a LeadFacts,
    pub(super) name: &'a str,
    pub(super) website: Option<&'a str>,
    pub(super) barred: &'a [(OrganizationId, Exclusion)],
}

/// Who would get a lead by these rules, and why.
pub(super) async fn try_rules(
    tx: &mut Tx,
    ways: &Ways,
    (rules, rules_number): (&Distribution, u32),
    about: &About<'_>,
    (seed, now, by): (u64, Timestamp, &str),
) -> Result<Draw, Problem> {
    let partners = store::partner_facts(tx, ways.program.id, about.barred).await?;
    let domain = customers::server::domain(about.website);
    let today = ways.calendar.day_of(now);
    let key = name_key(about.name);
    let pin = store::pin_for(tx, ways.program.id, (domain.as_deref(), &key), today).await?;
    let drawn = draw(about.facts, pin.as_ref(), rules, &partners, seed);
    Ok(explained(drawn, about.facts, rules_number, (seed, now, by)))
}

fn explained(
    drawn: Drawn,
    facts: &LeadFacts,
    rules_number: u32,
    (seed, at, by): (u64, Timestamp, &str),
) -> Draw {
    let (rule, rule_name) = drawn.rule.unzip();
    let (partner, partner_name) = drawn.partner.unzip();
    Draw {
        number: 0,
        at,
        how: drawn.how,
        by_name: by.to_owned(),
        rules_number,
        rule,
        rule_name,
        choice: drawn.choice,
        seed: drawn.ticket.map(|_| seed_text(seed)),
        ticket: drawn.ticket,
        tickets: drawn.tickets,
        partner,
        partner_name,
        facts: facts.clone(),
        trials: drawn.trials,
    }
}

impl Case {
    /// Offers the lead by the rules, or gives it back to the vendor when no partner is left.
    pub(super) async fn hand_out(
        &mut self,
        tx: &mut Tx,
        parts: &Parts,
        actor: &Actor,
    ) -> Result<(), Problem> {
        let facts = self.lead.facts();
        let about = About {
            facts: &facts,
            name: &self.lead.customer.name,
            website: self.lead.customer.website.as_deref(),
            barred: &self.barred,
        };
        let by = if actor.is_system() { "" } else { actor.name.as_str() };
        let rules = (&self.ways.rules, self.ways.rules_number);
        let draw = try_rules(tx, &self.ways, rules, &about, (seed(parts), self.terms.now, by)).await?;
        let chosen = draw.partner;
        self.keep(draw);
        match chosen {
            Some(partner) => self.step(&Step::Offer { partner })?,
            // What is back with the vendor already stays there.
            None if self.lead.status == crate::model::Status::Recycled => {
                self.say("lead.recycled", serde_json::json!({}), "");
            }
            None => self.step(&Step::Exhaust)?,
        }
        Ok(())
    }

    /// Offers the lead to a partner that somebody chose.
    ///
    /// # Errors
    /// `Invalid` (`unknown`) for one that is no member of the program, `Refused` for one that does not take part now or
    /// declined the lead before.
    pub(super) async fn hand_to(
        &mut self,
        tx: &mut Tx,
        actor: &Actor,
        partner: OrganizationId,
    ) -> Result<(), Problem> {
        let found = store::enrolled_name(tx, self.lead.program, partner).await?;
        let unknown = || Problem::field("partner", "unknown", "This partner is no member of the program.");
        let (name, is_active) = found.ok_or_else(unknown)?;
        if !is_active {
            return Err(Refusal::NotEnrolled.into());
        }
        self.step(&Step::Offer { partner })?;
        self.keep_chosen(How::Hand, &actor.name, (partner, name));
        Ok(())
    }

    /// Keeps that the partner of a lead was found without a draw.
    pub(super) fn keep_chosen(&mut self, how: How, by: &str, (partner, name): (OrganizationId, String)) {
        let facts = self.lead.facts();
        self.keep(Draw {
            number: 0,
            at: self.terms.now,
            how,
            by_name: by.to_owned(),
            rules_number: self.ways.rules_number,
            rule: None,
            rule_name: None,
            choice: None,
            seed: None,
            ticket: None,
            tickets: None,
            partner: Some(partner),
            partner_name: Some(name),
            facts,
            trials: Vec::new(),
        });
    }
}
