//! What is kept on a device of a registration that the server has not acknowledged: the texts as they were typed, what
//! each answer of the server means for them, and how they meet a draft that was changed elsewhere.
use std::collections::BTreeMap;

use base::{Currency, DealId, Money, OrganizationId, Problem, ProgramId, Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::model::{Claim, Deal, DealRow, EvidenceKind, Status};
use crate::verbs::RegisterDeal;

/// Every text of the form, by the name under which it is kept.
pub const TEXTS: [&str; 24] = [
    "program",
    "partner",
    "name",
    "website",
    "country",
    "registration_number",
    "phone",
    "city",
    "product",
    "quantity",
    "value",
    "currency",
    "value_kind",
    "close",
    "evidence_kind",
    "evidence",
    "partner_role",
    "use_case",
    "sales_stage",
    "competitor",
    "incumbent",
    "tender_reference",
    "source",
    "notes",
];

/// For how long the server surely gives the first answer again under a key: it keeps them for a day.
const REMEMBERED: Span = Span::hours(23);
/// By how much the clocks of a device and of the server may differ.
const SKEW: Span = Span::minutes(15);
/// How many requests without an answer are remembered: more than that and somebody has been typing for long.
const MOST_SENT: usize = 8;
/// The first wait before something is sent again, in seconds, and the longest.
const FIRST_WAIT_S: u32 = 5;
const LONGEST_WAIT_S: u32 = 300;

/// What is typed, text by text: nothing is read, so nothing that cannot be read is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    /// A text; empty when nothing was typed.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// Writes a text.
    pub fn write(&mut self, field: &str, text: impl Into<String>) {
        self.0.insert(field.to_owned(), text.into());
    }

    /// The texts in which the form shows a claim; `amount` writes an amount as the reader does.
    #[must_use]
    pub fn of(
        claim: &Claim,
        program: Option<ProgramId>,
        partner: Option<OrganizationId>,
        currency: Currency,
        amount: impl Fn(Money) -> String,
    ) -> Self {
        let maybe = |text: &Option<String>| text.clone().unwrap_or_default();
        let customer = &claim.customer;
        let line = claim.products.first();
        let evidence = claim.evidence.first();
        let texts = [
            program.map(|id| id.to_string()).unwrap_or_default(),
            partner.map(|id| id.to_string()).unwrap_or_default(),
            customer.name.clone(),
            maybe(&customer.website),
            maybe(&customer.country),
            maybe(&customer.registration_number),
            maybe(&customer.phone),
            maybe(&customer.city),
            line.map(|line| line.product.clone()).unwrap_or_default(),
            line.map_or_else(|| "1".to_owned(), |line| line.quantity.to_string()),
            claim.value.map(amount).unwrap_or_default(),
            claim.value.map_or(currency, |value| value.currency).code().to_owned(),
            claim.value_kind.as_str().to_owned(),
            claim.expected_close.map(|day| day.to_string()).unwrap_or_default(),
            evidence.map_or(EvidenceKind::Meeting, |one| one.kind).as_str().to_owned(),
            evidence.map(|one| one.note.clone()).unwrap_or_default(),
            claim.partner_role.as_str().to_owned(),
            claim.use_case.clone(),
            claim.sales_stage.clone(),
            claim.competitor.clone(),
            claim.incumbent.clone(),
            claim.tender_reference.clone(),
            claim.source.clone(),
            claim.notes.clone(),
        ];
        Self(TEXTS.iter().map(|field| (*field).to_owned()).zip(texts).collect())
    }

    /// Whether both say the same in a field: white space around a text and the way to write a number say nothing.
    fn says_the_same(&self, other: &Self, field: &str) -> bool {
        match field {
            "value" => self.money() == other.money(),
            "quantity" => self.pieces() == other.pieces(),
            _ => self.text(field).trim() == other.text(field).trim(),
        }
    }

    /// The amount with its currency; as typed when it cannot be read. No amount has no currency.
    fn money(&self) -> Result<Option<Money>, &str> {
        let typed = self.text("value").trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let money = Currency::from_code(self.text("currency")).and_then(|code| Money::parse(typed, code));
        money.map(Some).ok_or(typed)
    }

    fn pieces(&self) -> Result<u32, &str> {
        let typed = self.text("quantity").trim();
        if typed.is_empty() { Ok(1) } else { typed.parse().map_err(|_| typed) }
    }
}

/// The first request to create a draft, exactly as it went out. While its answer is missing nobody knows whether the
/// draft exists; the same body under the same key makes it at most once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Creation {
    /// The idempotency key, the same for every try.
    pub key: String,
    /// When it went out first.
    pub at: Timestamp,
    pub ask: RegisterDeal,
}

impl Creation {
    /// Whether the server may have forgotten by now that it did this.
    #[must_use]
    pub fn is_old(&self, now: Timestamp) -> bool {
        now - self.at > REMEMBERED
    }

    /// The draft that it made, if it did, among the person's own drafts: made since, for the same customer, and not
    /// touched. Without a name nothing can be told.
    #[must_use]
    pub fn made(&self, drafts: &[DealRow]) -> Option<DealId> {
        let name = self
            .ask
            .customer
            .as_ref()
            .map(|customer| customer.name.trim())
            .filter(|name| !name.is_empty())?;
        let made = |row: &&DealRow| {
            row.customer_name == name
                && row.program == self.ask.program
                && row.created_at >= self.at - SKEW
                && row.created_at == row.updated_at
        };
        drafts.iter().filter(made).min_by_key(|row| row.created_at).map(|row| row.id)
    }
}

/// A registration of which the server lacks something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unsent {
    /// Names it on the device.
    pub key: String,
    pub typed: Typed,
    /// The draft as the server had it last; none before it was created. Its version is what changes start from.
    #[serde(default)]
    pub base: Option<Deal>,
    #[serde(default)]
    pub creation: Option<Creation>,
    /// How often the key of the creation turned out to be used up.
    #[serde(default)]
    pub renewed: u32,
    /// What was sent without an answer: the draft may say so by now.
    #[serde(default)]
    pub sent: Vec<Typed>,
    /// When it was typed last.
    pub at: Timestamp,
    /// Whether it is to be registered, not only kept as a draft.
    #[serde(default)]
    pub submit: bool,
}

impl Unsent {
    /// Nothing typed yet, on the ground of a deal that exists or of none.
    #[must_use]
    pub fn new(key: String, typed: Typed, base: Option<Deal>, at: Timestamp) -> Self {
        Self { key, typed, base, creation: None, renewed: 0, sent: Vec::new(), at, submit: false }
    }

    /// The same texts as a registration of its own, when the draft that they belonged to is out of reach.
    #[must_use]
    pub fn anew(&self, key: String, at: Timestamp) -> Self {
        Self::new(key, self.typed.clone(), None, at)
    }

    /// The first creation, as it goes out under a key of its own: two tabs that send the same draft make one.
    #[must_use]
    pub fn creation(&self, ask: RegisterDeal, at: Timestamp) -> Creation {
        let key = match self.renewed {
            0 => self.key.clone(),
            times => format!("{}.{times}", self.key),
        };
        Creation { key, at, ask }
    }

    /// The creation was refused: nothing was made, and the next one may say something else.
    pub fn not_created(&mut self, is_used_up: bool) {
        self.creation = None;
        self.renewed += u32::from(is_used_up);
    }

    /// Remembers what goes out, until its answer comes.
    pub fn sending(&mut self, typed: &Typed) {
        if self.sent.last() != Some(typed) {
            self.sent.push(typed.clone());
        }
        if self.sent.len() > MOST_SENT {
            self.sent.remove(0);
        }
    }

    /// The server has answered with the draft as it is now.
    pub fn acknowledge(&mut self, deal: Deal) {
        self.base = Some(deal);
        self.creation = None;
        self.sent.clear();
    }
}

/// What an answer that is no success means for what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// The server was not reached, or is too busy: send it again by itself, after so many seconds if it said so.
    Later(Option<u32>),
    /// The session is over: it stays until the same person is back.
    SignedOut,
    /// The draft may not be what it was: look at it before anything is sent again.
    Look,
    /// The key of the creation was used for something else: create under another one.
    Renew,
    /// It cannot be taken as it is: the person has to change something.
    Refused,
}

/// What to do about a problem; `exists` is whether the draft was created before.
#[must_use]
pub fn after(problem: &Problem, exists: bool) -> After {
    match problem {
        Problem::Unavailable => After::Later(None),
        Problem::TooMany { retry_after_s } => After::Later(Some(*retry_after_s)),
        Problem::Unauthenticated => After::SignedOut,
        Problem::Stale | Problem::NotFound | Problem::Refused { .. } if exists => After::Look,
        Problem::Refused { code, .. } if code == "idempotency_key_reused" => After::Renew,
        _ => After::Refused,
    }
}

/// How long to wait before the next try, in seconds: longer each time, and never longer than five minutes.
#[must_use]
pub fn wait_s(tries: u32) -> u32 {
    FIRST_WAIT_S.saturating_mul(1 << tries.min(8)).min(LONGEST_WAIT_S)
}

/// Whose text is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    Mine,
    Theirs,
}

/// A field that was changed elsewhere, with both texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub field: &'static str,
    pub mine: String,
    pub theirs: String,
    /// What is proposed: one's own where one has changed it, too.
    pub take: Take,
}

/// How a draft stands that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing of it speaks against what is kept: go on from its newest version.
    Free,
    /// Somebody changed these fields meanwhile.
    Apart(Vec<Difference>),
    /// It was registered with just what is kept: the answer was lost on its way.
    Registered,
    /// It is no draft any more.
    Gone,
}

/// Looks at the draft as it is now; `theirs` are its texts, `open` says which parts may be changed here.
#[must_use]
pub fn standing(
    unsent: &Unsent,
    before: &Typed,
    deal: &Deal,
    theirs: &Typed,
    open: impl Fn(&str) -> bool,
) -> Standing {
    if !matches!(deal.status, Status::Draft | Status::Returned) {
        let same = compared().all(|field| unsent.typed.says_the_same(theirs, field));
        let done = unsent.submit && deal.status != Status::Withdrawn && deal.priority_at.is_some() && same;
        return if done { Standing::Registered } else { Standing::Gone };
    }
    let apart = differences(before, &unsent.sent, &unsent.typed, theirs, open);
    if apart.is_empty() { Standing::Free } else { Standing::Apart(apart) }
}

/// Fields that tell a draft from another one. A currency goes with its amount; program and partner never change.
fn compared() -> impl Iterator<Item = &'static str> {
    TEXTS.into_iter().filter(|field| !["program", "partner", "currency"].contains(field))
}

/// The fields that somebody else has changed to something else than what is typed here. What arrived there from here,
/// unanswered, is nobody else's.
#[must_use]
pub fn differences(
    before: &Typed,
    sent: &[Typed],
    mine: &Typed,
    theirs: &Typed,
    open: impl Fn(&str) -> bool,
) -> Vec<Difference> {
    let moved = |field: &&'static str| {
        !theirs.says_the_same(mine, field)
            && !theirs.says_the_same(before, field)
            && !sent.iter().any(|sent| theirs.says_the_same(sent, field))
    };
    let shown = |texts: &Typed, field: &str| match (field, texts.text(field).trim()) {
        ("value", amount) if !amount.is_empty() => format!("{} {amount}", texts.text("currency")),
        (_, text) => text.to_owned(),
    };
    compared()
        .filter(|field| open(part_of(field)))
        .filter(moved)
        .map(|field| Difference {
            field,
            mine: shown(mine, field),
            theirs: shown(theirs, field),
            take: if mine.says_the_same(before, field) { Take::Theirs } else { Take::Mine },
        })
        .collect()
}

/// What is typed here with what is taken from there. Parts that may not be changed here are theirs anyway.
#[must_use]
pub fn merged(mine: &Typed, theirs: &Typed, apart: &[Difference], open: impl Fn(&str) -> bool) -> Typed {
    let mut merged = mine.clone();
    let mut take = |field: &str| {
        merged.write(field, theirs.text(field));
        if field == "value" {
            merged.write("currency", theirs.text("currency"));
        }
    };
    for one in apart.iter().filter(|one| one.take == Take::Theirs) {
        take(one.field);
    }
    for field in compared().filter(|field| !open(part_of(field))) {
        take(field);
    }
    merged
}

/// The part of a claim that a text belongs to, as on the wire.
#[must_use]
pub fn part_of(field: &str) -> &str {
    match field {
        "name" | "website" | "country" | "registration_number" | "phone" | "city" => "customer",
        "product" | "quantity" => "products",
        "close" => "expected_close",
        "evidence_kind" => "evidence",
        other => other,
    }
}

#[cfg(test)]
mod tests;
