//! Leads of the last two months: brought in by the vendor, handed out by rules, answered, worked on, some registered. It
//! throws dice of its own, so that the story of the deals stays what it is.
use base::http::Perform;
use base::{Actor, Currency, LeadId, Money, OrganizationId, Problem, Span};
use deals::{Amount, EditDeal, Evidence, EvidenceKind, SubmitDeal};
use leads::{
    AcceptLead, AnswerWindow, AssignLead, Choice, Contact, CreateLead, CreateLeadPin, DeadReason,
    DeclineLead, DeclineReason, Distribution, GetLead, Lead, LeadCustomer, LeadRule, MarkLeadDead, NoteLead,
    PublishLeadRules, RegisterLead, SaveLeadRules, Source, StartLead, Status, WindowUnit,
};
use partners::{PartnerType, Tier};

use super::history::{Plan, Story, settle};
use super::{names, told};
use crate::Failure;

/// How long before today leads begin.
const LEADS: Span = Span::days(60);
/// Leads of the story, and how many of them came today.
const ALL: usize = 56;
const TODAY: usize = 14;

/// Something that will be done with leads.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LeadPlan {
    /// The owner says how leads are handed out.
    Rules,
    /// One comes in.
    Bring(usize),
    /// Whoever has it does the next thing.
    Follow(LeadId),
}

const CONTACTS: [(&str, &str); 10] = [
    ("Greta Lindner", "Head of IT"),
    ("Mateo Ferrer", "Operations"),
    ("Anouk Besson", "Purchasing"),
    ("Jonas Reuter", "CTO"),
    ("Elif Demir", "Data protection"),
    ("Piotr Zielinski", "Infrastructure"),
    ("Saoirse Walsh", "Finance director"),
    ("Luca Moretti", "Managing director"),
    ("Ingrid Solberg", "Security"),
    ("Tom Harker", "IT manager"),
];
const ORIGINS: [(Source, &str); 6] = [
    (Source::WebForm, "Contact form"),
    (Source::Event, "Cloud Expo Frankfurt"),
    (Source::Campaign, "Move to the edge"),
    (Source::Referral, "An existing customer"),
    (Source::Inbound, ""),
    (Source::Campaign, "Backup in a day"),
];
const WISHES: [&str; 5] = [
    "Wants a demo before the end of the quarter.",
    "Runs two data centres and wants to leave one.",
    "Compares three vendors; price matters less than support.",
    "Asked for references in the same sector.",
    "",
];

impl Story<'_> {
    pub(super) fn plan_leads(&mut self) {
        let first = self.end - LEADS;
        self.plan(first, Plan::Leads(LeadPlan::Rules));
        let early = ALL - TODAY;
        for n in 0..early {
            let day = (1 + n * 57 / early) as i64;
            let at = first + Span::days(day) + Span::minutes(8 * 60 + self.leads.below(8 * 60) as i64);
            self.plan(at, Plan::Leads(LeadPlan::Bring(n)));
        }
        for n in early..ALL {
            let at = self.end - Span::minutes(20 + 22 * (ALL - n) as i64);
            self.plan(at, Plan::Leads(LeadPlan::Bring(n)));
        }
    }

    pub(super) async fn lead(&mut self, plan: LeadPlan) -> Result<(), Failure> {
        match plan {
            LeadPlan::Rules => self.hand_out().await,
            LeadPlan::Bring(n) => self.bring(n).await,
            LeadPlan::Follow(id) => self.follow(id).await,
        }
    }

    /// Rules for all three programs: near partners first, large leads to the high tiers, everybody last.
    async fn hand_out(&self) -> Result<(), Failure> {
        let olivia = &self.cast.olivia;
        let rule =
            |id: &str, name: &str| LeadRule { id: id.into(), name: name.into(), ..LeadRule::default() };
        let large = LeadRule {
            value_from_minor: Some(5_000_000),
            minimum_tier: Some(Tier::Silver),
            max_open: Some(6),
            choice: Choice::WinRate,
            ..rule("large", "Large leads to silver and higher")
        };
        let dach = LeadRule {
            countries: ["DE", "AT", "CH"].map(str::to_owned).to_vec(),
            territories: vec!["DACH".into()],
            partner_types: vec![PartnerType::Reseller, PartnerType::Si, PartnerType::Msp],
            ..rule("dach", "DACH to its own partners")
        };
        let home = LeadRule { same_country: true, ..rule("home", "A partner of the same country") };
        let fair = LeadRule {
            enabled: false,
            sources: vec![Source::Event],
            choice: Choice::RoundRobin,
            ..rule("fair", "Trade fair leads in turn")
        };
        let rest = rule("rest", "Everybody with room for it");
        let usual = Distribution {
            rules: vec![large, dach, home, fair, rest.clone()],
            window: AnswerWindow { length: 2, unit: WindowUnit::BusinessDays },
            automatic: true,
            max_open: 12,
            ..Distribution::default()
        };
        let careful = Distribution {
            rules: vec![LeadRule { choice: Choice::RoundRobin, ..rest }],
            window: AnswerWindow { length: 6, unit: WindowUnit::BusinessHours },
            reassign: false,
            automatic: true,
            ..Distribution::default()
        };
        for (place, (program, _)) in self.cast.shelves.iter().enumerate() {
            let distribution = if place == 2 { careful.clone() } else { usual.clone() };
            let save = SaveLeadRules { id: *program, distribution, version: None };
            told(save.perform(self.parts, olivia).await, "rules for leads")?;
            let note = "First rules for leads".to_owned();
            let publish = PublishLeadRules { id: *program, note, version: None };
            told(publish.perform(self.parts, olivia).await, "rules for leads")?;
        }
        let emea = self.cast.shelves[0].0;
        for (seller, name, website, note) in [
            (0, "Brandt Logistik GmbH", "brandt-logistik.de", "Alpine built their warehouse network"),
            (1, "Helvetia Klinik AG", "helvetia-klinik.ch", "Long-standing customer of Bluepeak"),
        ] {
            let pin = CreateLeadPin {
                program: emea,
                partner: self.cast.sellers[seller].organization,
                name: name.to_owned(),
                website: website.to_owned(),
                until: Some((self.end + Span::days(180)).date()),
                note: note.to_owned(),
            };
            told(pin.perform(self.parts, &self.cast.carlos).await, name)?;
        }
        Ok(())
    }

    async fn bring(&mut self, n: usize) -> Result<(), Failure> {
        let (program, shelf) = &self.cast.shelves[[0, 1, 0, 0, 1, 0, 2, 0, 1, 0][n % 10]];
        let dice = &mut self.leads;
        let (first, (second, _)) = (names::FIRST[n * 7 % 40], names::SECOND[(n * 5 + 3) % 18]);
        let (country, form, city) = *dice.pick(&names::PLACES);
        let (contact, title) = CONTACTS[n % CONTACTS.len()];
        let (source, source_note) = ORIGINS[n % ORIGINS.len()];
        let article = dice.pick(shelf).clone();
        let value = article.price_minor * *dice.pick(&[1, 2, 4, 8, 12]);
        let has_value = dice.chance(80);
        let domain = names::host(first, second, country);
        let local = contact.to_lowercase().replace(' ', ".");
        let (partner, assign) = match ALL - n {
            // Today's desk of Alpine and Bluepeak, and what waits for the vendor.
            2 | 5 | 9 => (Some(self.cast.sellers[0].organization), None),
            7 => (Some(self.cast.sellers[1].organization), None),
            1 | 4 => (None, Some(false)),
            _ => (None, None),
        };
        let program = if partner.is_some() { self.cast.shelves[0].0 } else { *program };
        let shelf_has = self
            .cast
            .shelves
            .iter()
            .any(|(id, shelf)| *id == program && shelf.iter().any(|known| known.sku == article.sku));
        let ask = CreateLead {
            partner,
            assign,
            customer: LeadCustomer {
                name: format!("{first} {second} {form}"),
                website: Some(domain.clone()),
                country: Some(country.to_owned()),
                city: Some(city.to_owned()),
                ..LeadCustomer::default()
            },
            contacts: Some(vec![Contact {
                name: contact.to_owned(),
                title: title.to_owned(),
                email: format!("{local}@{domain}"),
                phone: format!("+49 30 55{:04}", 1000 + n * 37),
            }]),
            product: shelf_has.then(|| article.sku.to_owned()),
            value: has_value.then(|| Amount::from(Money::new(value, Currency::EUR))),
            source: Some(source),
            source_note: Some(source_note.to_owned()),
            note: Some(WISHES[n % WISHES.len()].to_owned()),
            ..CreateLead::new(program, "")
        };
        let carlos = self.cast.carlos.clone();
        let stays = ask.partner.is_some() || ask.assign.is_some();
        let lead = told(ask.perform(self.parts, &carlos).await, "a lead")?;
        if stays {
            return Ok(());
        }
        let after = Span::minutes(40 + self.leads.below(20 * 60) as i64);
        self.follow_later(lead.id, after);
        Ok(())
    }

    fn follow_later(&mut self, lead: LeadId, after: Span) {
        let at = self.clock_now() + after;
        if at < self.end {
            self.plan(at, Plan::Leads(LeadPlan::Follow(lead)));
        }
    }

    async fn follow(&mut self, id: LeadId) -> Result<(), Failure> {
        let carlos = self.cast.carlos.clone();
        let Ok(lead) = (GetLead { id }).perform(self.parts, &carlos).await else { return Ok(()) };
        let seller = lead.partner.and_then(|partner| self.seller_of(partner));
        let done = match (lead.status, seller) {
            (Status::Assigned, Some(seller)) => self.answer_lead(id, &seller).await,
            (Status::Accepted | Status::Working, Some(seller)) => self.work_on(&lead, &seller).await,
            (Status::New | Status::Recycled | Status::Declined | Status::TimedOut, _) => {
                self.manage(id, &carlos).await
            }
            _ => return Ok(()),
        };
        settle(done, "a lead")?;
        let after = Span::hours(20 + self.leads.below(60) as i64);
        self.follow_later(id, after);
        Ok(())
    }

    fn seller_of(&self, partner: OrganizationId) -> Option<Actor> {
        let seller = self.cast.sellers.iter().find(|seller| seller.organization == partner)?;
        Some(seller.actor.clone())
    }

    async fn answer_lead(&mut self, id: LeadId, seller: &Actor) -> Result<(), Problem> {
        let throw = self.leads.below(100);
        if throw < 58 {
            return (AcceptLead { id, version: None }).perform(self.parts, seller).await.map(drop);
        }
        // The others let it time out.
        if throw >= 80 {
            return Ok(());
        }
        let reason = *self.leads.pick(DeclineReason::ALL);
        let note = if throw.is_multiple_of(3) { "Please ask us again in spring." } else { "Not this time." };
        let ask = DeclineLead { id, reason, note: note.to_owned(), version: None };
        ask.perform(self.parts, seller).await.map(drop)
    }

    async fn work_on(&mut self, lead: &Lead, seller: &Actor) -> Result<(), Problem> {
        let (id, version) = (lead.id, None);
        let throw = self.leads.below(100);
        if let Some(deal) = lead.deal {
            // Registered in the last days only: the desks of the months before are told already.
            if self.clock_now() < self.end - Span::days(4) || throw < 30 {
                return Ok(());
            }
            let edit = EditDeal {
                value: Some(Amount::from(lead.value.unwrap_or(Money::new(1_200_000, Currency::EUR)))),
                products: (lead.interest.is_none()).then(|| {
                    let article = &self.cast.shelves[0].1[0];
                    vec![deals::LineAsk { product: article.sku.to_owned(), ..deals::LineAsk::default() }]
                }),
                expected_close: Some((self.end + Span::days(75)).date()),
                evidence: Some(vec![Evidence {
                    kind: EvidenceKind::Meeting,
                    on: None,
                    note: (*self.leads.pick(&names::EVIDENCE)).to_owned(),
                }]),
                ..EditDeal::new(deal)
            };
            edit.perform(self.parts, seller).await?;
            return (SubmitDeal { id: deal, version: None }).perform(self.parts, seller).await.map(drop);
        }
        match (lead.status, throw) {
            (Status::Accepted, 0..=59) => {
                (StartLead { id, version }).perform(self.parts, seller).await.map(drop)
            }
            (Status::Working, 0..=44) => {
                let text = format!("{}.", self.leads.pick(&names::EVIDENCE));
                (NoteLead { id, text }).perform(self.parts, seller).await.map(drop)
            }
            (_, 0..=79) => (RegisterLead { id, version }).perform(self.parts, seller).await.map(drop),
            _ => Ok(()),
        }
    }

    async fn manage(&mut self, id: LeadId, carlos: &Actor) -> Result<(), Problem> {
        let throw = self.leads.below(100);
        match throw {
            0..=24 => {
                let reason =
                    *self.leads.pick(&[DeadReason::NoBudget, DeadReason::NoInterest, DeadReason::Spam]);
                let ask = MarkLeadDead { id, reason, note: String::new(), version: None };
                ask.perform(self.parts, carlos).await.map(drop)
            }
            25..=54 => {
                (AssignLead { id, partner: None, version: None }).perform(self.parts, carlos).await.map(drop)
            }
            _ => Ok(()),
        }
    }
}
