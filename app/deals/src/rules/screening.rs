//! Screening: a claim compared with registrations, opportunities and customers, and what follows from it.
use base::{DealId, OrganizationId};
use matching::{Company, Matcher, Profile, Score, Verdict};
use programs::{Engagement, RuleId};
use sqlx::types::Uuid;

use super::{Circumstances, Screened, verdicts};
use crate::model::{
    CheckVerdict, Claim, CustomerClaim, Outcome, Priority, ReasonCode, RecordKind, RuleVerdict,
};

/// A record that shares a key with the claim.
#[derive(Clone, Debug)]
pub struct Other {
    pub kind: RecordKind,
    pub id: Uuid,
    pub company: Company,
    /// Empty when the record does not say: then every family is meant.
    pub families: Vec<String>,
    /// Whose it is; none for the vendor's own.
    pub partner: Option<OrganizationId>,
    pub stand: Stand,
    /// Its place in line by the program's mode, see [`place`](super::place).
    pub priority: Option<Priority>,
}

/// How a record stands to a claim on its customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    /// A registration that is protected now.
    Protected,
    /// A registration that awaits its answer.
    Waiting,
    OpenOpportunity,
    /// A customer, with the product families it bought.
    Customer {
        bought: Vec<String>,
    },
    /// Nothing that would be in the way.
    Over,
}

/// A record that is, or may be, the same customer.
#[derive(Clone, Debug)]
pub struct Match {
    pub other: Other,
    pub score: Score,
    pub family_overlap: bool,
    /// Whether the other registration has the earlier priority.
    pub came_first: bool,
    /// Whether it would stand against the claim if it is the same customer.
    pub is_in_the_way: bool,
    /// Whether it is the claiming partner's own registration.
    pub is_own: bool,
}

impl Match {
    /// A conflict: same customer, same family, at the same time, no exception.
    #[must_use]
    pub fn stands_against(&self) -> bool {
        self.is_in_the_way && self.score.verdict == Verdict::Match
    }

    /// What is said of it to anybody: a kind of record, never whose.
    #[must_use]
    pub fn reason(&self) -> Option<ReasonCode> {
        let open = matches!(self.other.stand, Stand::Protected | Stand::Waiting);
        match &self.other.stand {
            _ if self.is_own && open && self.family_overlap => Some(ReasonCode::OwnRegistration),
            _ if !self.is_in_the_way => None,
            Stand::Protected => Some(ReasonCode::RivalProtected),
            Stand::Waiting => Some(ReasonCode::RivalRegistered),
            Stand::OpenOpportunity => Some(ReasonCode::OpenOpportunity),
            Stand::Customer { .. } => Some(ReasonCode::ExistingCustomer),
            Stand::Over => None,
        }
    }
}

/// What screening came to.
#[derive(Clone, Debug)]
pub struct Screening {
    pub verdict: CheckVerdict,
    /// Most alike first.
    pub matches: Vec<Match>,
    /// Strongest first; empty when clear.
    pub reasons: Vec<ReasonCode>,
    pub rules: Vec<RuleVerdict>,
    /// How many records were compared.
    pub compared: u32,
    /// Version of the weights they were compared by.
    pub weights: String,
}

impl Screening {
    /// Whether no person is needed.
    #[must_use]
    pub fn is_automatic(&self) -> bool {
        self.verdict == CheckVerdict::Clear
            && self
                .rules
                .iter()
                .any(|verdict| verdict.rule == RuleId::AutoApproval && verdict.outcome == Outcome::Passed)
    }

    /// Whether a record stands against the claim.
    #[must_use]
    pub fn is_hit(&self) -> bool {
        self.matches.iter().any(Match::stands_against)
    }

    /// The step that a submitted claim makes.
    #[must_use]
    pub fn step(&self) -> Screened {
        if self.is_hit() {
            Screened::Hit { rivals: self.rivals(), is_protected: self.meets_protected() }
        } else {
            Screened::Clear { automatic: self.is_automatic() }
        }
    }

    /// Registrations that stand against the claim.
    #[must_use]
    pub fn rivals(&self) -> Vec<DealId> {
        let against = self.matches.iter().filter(|found| found.stands_against());
        against
            .filter(|found| found.other.kind == RecordKind::Deal)
            .map(|found| DealId(found.other.id))
            .collect()
    }

    /// Whether a registration that is protected now stands against the claim.
    #[must_use]
    pub fn meets_protected(&self) -> bool {
        self.matches.iter().any(|found| found.stands_against() && found.other.stand == Stand::Protected)
    }
}

/// Compares a claim with candidates and holds it against the rules. `place` is its place in line, when it has one.
#[must_use]
pub fn screen(about: &Circumstances<'_>, others: Vec<Other>, place: Option<Priority>) -> Screening {
    let matcher = about.matcher;
    let claimed = profile(about.claim, matcher);
    let families = about.claim.families();
    let compared = others.len() as u32;
    let matches: Vec<Match> = others
        .into_iter()
        .filter_map(|other| {
            let score = matcher.score(&claimed, &matcher.profile(&other.company));
            (score.verdict > Verdict::Clear).then(|| meet(about, &families, other, score, place))
        })
        .collect();
    weighed(about, matches, compared)
}

/// What matches come to under the rules; `compared` records were looked at to find them.
pub(super) fn weighed(about: &Circumstances<'_>, mut matches: Vec<Match>, compared: u32) -> Screening {
    matches.sort_by(|one, other| {
        (other.score.verdict, other.is_in_the_way)
            .cmp(&(one.score.verdict, one.is_in_the_way))
            .then(other.score.bits.total_cmp(&one.score.bits))
            .then(one.other.id.cmp(&other.other.id))
    });
    let rules = verdicts(about, &matches);
    let verdict = verdict(&matches, &rules);
    let reasons = if verdict == CheckVerdict::Clear { Vec::new() } else { reasons(&matches, &rules) };
    let weights = about.matcher.version().to_owned();
    Screening { verdict, matches, reasons, rules, compared, weights }
}

/// Whether a customer is one of the program's named accounts: the same company, or, where only a name is known, the
/// same name beyond doubt.
#[must_use]
pub fn is_named_account(claim: &CustomerClaim, rules: &Engagement, matcher: &Matcher) -> bool {
    if rules.excluded.named_accounts.is_empty() {
        return false;
    }
    let claimed = matcher.profile(&company(claim));
    rules.excluded.named_accounts.iter().any(|account| {
        let company =
            Company { name: account.name.clone(), website: account.website.clone(), ..Company::default() };
        let named = matcher.profile(&company);
        let same_name =
            account.website.is_none() && claimed.name().is_some() && claimed.name() == named.name();
        same_name || matcher.score(&claimed, &named).verdict == Verdict::Match
    })
}

/// The customer as the matching crate takes it.
#[must_use]
pub fn company(claim: &CustomerClaim) -> Company {
    Company {
        name: claim.name.clone(),
        trade_names: Vec::new(),
        website: claim.website.clone(),
        country: claim.country.clone(),
        registration_number: claim.registration_number.clone(),
        phone: claim.phone.clone(),
        city: claim.city.clone(),
        postal_code: claim.postal_code.clone(),
        street: claim.street.clone(),
    }
}

/// The profile under which a claim is looked for. It is stored under [`Matcher::default`], by what it says itself: what
/// its customer is known by besides may change.
#[must_use]
pub fn profile(claim: &Claim, matcher: &Matcher) -> Profile {
    matcher.profile(&company(&claim.customer))
}

/// How a record meets a claim that it looks alike.
pub(super) fn meet(
    about: &Circumstances<'_>,
    families: &[String],
    other: Other,
    score: Score,
    place: Option<Priority>,
) -> Match {
    let overlap = |with: &[String]| {
        with.is_empty() || families.is_empty() || with.iter().any(|name| families.contains(name))
    };
    let is_own = other.partner == Some(about.partner);
    let family_overlap = match &other.stand {
        Stand::Customer { bought } => !bought.is_empty() && overlap(bought),
        _ => overlap(&other.families),
    };
    let excluded = &about.rules.excluded;
    let counts = match &other.stand {
        Stand::Protected | Stand::Waiting => !is_own,
        Stand::OpenOpportunity => excluded.open_opportunities && !is_own,
        Stand::Customer { .. } => excluded.existing_customers,
        Stand::Over => false,
    };
    let came_first = match (other.priority, place) {
        (Some(other), Some(mine)) => other < mine,
        (Some(_), None) => true,
        (None, _) => false,
    };
    Match { is_in_the_way: counts && family_overlap, other, score, family_overlap, came_first, is_own }
}

fn verdict(matches: &[Match], rules: &[RuleVerdict]) -> CheckVerdict {
    let says = |outcome| {
        rules.iter().any(|verdict| {
            verdict.outcome == outcome && verdict.rule != RuleId::AutoApproval && decides(verdict)
        })
    };
    if matches.iter().any(Match::stands_against) || says(Outcome::Failed) {
        CheckVerdict::Conflict
    } else if matches.iter().any(|found| found.reason().is_some()) || says(Outcome::Review) {
        CheckVerdict::PossibleConflict
    } else {
        CheckVerdict::Clear
    }
}

/// Missing evidence is a field to fill, not a conflict.
fn decides(verdict: &RuleVerdict) -> bool {
    verdict.rule != RuleId::Evidence
}

fn reasons(matches: &[Match], rules: &[RuleVerdict]) -> Vec<ReasonCode> {
    let of_rules =
        rules.iter().filter(|verdict| verdict.outcome == Outcome::Failed).filter_map(|verdict| match verdict
            .rule
        {
            RuleId::MinimumValue => Some(ReasonCode::BelowMinimum),
            RuleId::PublicTender => Some(ReasonCode::PublicTender),
            RuleId::NamedAccount => Some(ReasonCode::NamedAccount),
            RuleId::ExclusiveTerritory => Some(ReasonCode::OutsideTerritory),
            RuleId::OpenRegistrations => Some(ReasonCode::TooManyOpen),
            _ => None,
        });
    let telling = || matches.iter().filter(|found| found.reason().is_some());
    // What agrees is told of the strongest match only: several would let their values be told apart.
    let agreements = telling().next().into_iter().flat_map(agreements);
    let mut reasons: Vec<ReasonCode> =
        telling().filter_map(Match::reason).chain(of_rules).chain(agreements).collect();
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}

/// What agrees between a claim and a record, as codes that name no value.
#[must_use]
pub fn agreements(found: &Match) -> Vec<ReasonCode> {
    use matching::Reason;
    let code = |reason: Reason| match reason {
        Reason::SameRegistrationNumber => ReasonCode::SameRegistrationNumber,
        Reason::SameDomain => ReasonCode::SameDomain,
        Reason::SamePhone => ReasonCode::SamePhone,
        Reason::SameAddress => ReasonCode::SameAddress,
        Reason::SameName => ReasonCode::SameName,
        Reason::SimilarNameSameCountry => ReasonCode::SimilarNameSameCountry,
        Reason::SimilarName => ReasonCode::SimilarName,
        Reason::RelatedDomain => ReasonCode::RelatedDomain,
        Reason::RelatedPhone => ReasonCode::RelatedPhone,
        Reason::SimilarRegistrationNumber => ReasonCode::SimilarRegistrationNumber,
        Reason::SameCity => ReasonCode::SameCity,
    };
    found.score.explanation().reasons.into_iter().map(code).collect()
}
