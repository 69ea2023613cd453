//! What is typed into the form, as signals, and the claim it makes.
use base::{Currency, Date, FieldError, Money, OrganizationId, Problem, ProgramId};
use kit::{catalogue::locale, format};
use leptos::prelude::*;

use crate::model::{
    Amount, Claim, CustomerClaim, Deal, DealState, EVIDENCE_KINDS, Evidence, LineAsk, PartnerRole,
    ProductLine, ValueKind,
};
use crate::rules::missing;
use crate::rules::shelf::Typed;
use crate::verbs::ClaimAsk;

/// Texts that are asked for behind "More", by their names on the wire.
pub(super) const MORE: [&str; 7] =
    ["use_case", "sales_stage", "competitor", "incumbent", "tender_reference", "source", "notes"];

/// The form's values as they are typed.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) program: RwSignal<String>,
    pub(super) partner: RwSignal<String>,
    pub(super) name: RwSignal<String>,
    pub(super) website: RwSignal<String>,
    pub(super) country: RwSignal<String>,
    pub(super) registration_number: RwSignal<String>,
    pub(super) phone: RwSignal<String>,
    pub(super) city: RwSignal<String>,
    pub(super) product: RwSignal<String>,
    pub(super) quantity: RwSignal<String>,
    pub(super) value: RwSignal<String>,
    pub(super) value_kind: RwSignal<String>,
    pub(super) close: RwSignal<String>,
    pub(super) evidence_kind: RwSignal<String>,
    pub(super) evidence: RwSignal<String>,
    pub(super) partner_role: RwSignal<String>,
    pub(super) more: [RwSignal<String>; MORE.len()],
    pub(super) currency: RwSignal<Currency>,
    /// What the form does not show of a deal that was written elsewhere; it must not be lost.
    kept: StoredValue<Claim>,
}

impl Draft {
    /// With these texts; `claim` is what the form does not show of a deal.
    pub(super) fn of(typed: &Typed, claim: Claim) -> Self {
        let text = |field: &str| RwSignal::new(typed.text(field).to_owned());
        Self {
            program: text("program"),
            partner: text("partner"),
            name: text("name"),
            website: text("website"),
            country: text("country"),
            registration_number: text("registration_number"),
            phone: text("phone"),
            city: text("city"),
            product: text("product"),
            quantity: text("quantity"),
            value: text("value"),
            value_kind: text("value_kind"),
            close: text("close"),
            evidence_kind: text("evidence_kind"),
            evidence: text("evidence"),
            partner_role: text("partner_role"),
            more: MORE.map(text),
            currency: RwSignal::new(Currency::from_code(typed.text("currency")).unwrap_or(Currency::EUR)),
            kept: StoredValue::new(claim),
        }
    }

    /// Every text but the currency, by the name under which it is kept.
    fn texts(self) -> impl Iterator<Item = (&'static str, RwSignal<String>)> {
        let own = [
            ("program", self.program),
            ("partner", self.partner),
            ("name", self.name),
            ("website", self.website),
            ("country", self.country),
            ("registration_number", self.registration_number),
            ("phone", self.phone),
            ("city", self.city),
            ("product", self.product),
            ("quantity", self.quantity),
            ("value", self.value),
            ("value_kind", self.value_kind),
            ("close", self.close),
            ("evidence_kind", self.evidence_kind),
            ("evidence", self.evidence),
            ("partner_role", self.partner_role),
        ];
        own.into_iter().chain(MORE.into_iter().zip(self.more))
    }

    /// The texts as they are typed; tracked.
    pub(super) fn typed(self) -> Typed {
        let mut typed = Typed::default();
        for (field, text) in self.texts() {
            typed.write(field, text.get());
        }
        typed.write("currency", self.currency.get().code());
        typed
    }

    /// Puts texts in the place of what is typed.
    pub(super) fn write(self, typed: &Typed) {
        if let Some(currency) = Currency::from_code(typed.text("currency")) {
            self.currency.set(currency);
        }
        for (field, text) in self.texts() {
            if text.with_untracked(|now| now != typed.text(field)) {
                text.set(typed.text(field).to_owned());
            }
        }
    }

    /// Goes on from another version of the deal: what the form does not show is of that one.
    pub(super) fn rebase(self, claim: Claim) {
        self.kept.try_set_value(claim);
    }

    fn customer(self) -> CustomerClaim {
        let some = |signal: RwSignal<String>| Some(signal.get());
        let kept = self.kept.with_value(|kept| kept.customer.clone());
        CustomerClaim {
            name: self.name.get(),
            website: some(self.website),
            country: some(self.country),
            registration_number: some(self.registration_number),
            phone: some(self.phone),
            city: some(self.city),
            ..kept
        }
        .tidy()
    }

    fn money(self) -> Option<Money> {
        Money::parse(&self.value.get(), self.currency.get())
    }

    fn day(self) -> Option<Date> {
        self.close.get().parse().ok()
    }

    fn quantity(self) -> u32 {
        self.quantity.get().trim().parse().ok().filter(|pieces| *pieces > 0).unwrap_or(1)
    }

    fn evidence(self) -> Vec<Evidence> {
        let kind = self.evidence_kind.get();
        let kind = EVIDENCE_KINDS.into_iter().find(|one| one.as_str() == kind).unwrap_or_default();
        let kept = self.kept.with_value(|kept| kept.evidence.clone());
        let on = kept.first().and_then(|one| one.on);
        let first = Evidence { kind, on, note: self.evidence.get().trim().to_owned() };
        let rest = kept.into_iter().skip(1);
        std::iter::once(first).filter(Evidence::says_something).chain(rest).collect()
    }

    fn products(self) -> Vec<LineAsk> {
        let (product, quantity) = (self.product.get(), self.quantity());
        let kept: Vec<ProductLine> = self.kept.with_value(|kept| kept.products.clone());
        let amount = kept
            .first()
            .filter(|line| line.product == product)
            .and_then(|line| line.amount)
            .map(Amount::from);
        let first = LineAsk { product: product.clone(), quantity: Some(quantity), amount };
        let first = std::iter::once(first).filter(|_| !product.is_empty());
        first.chain(kept.iter().skip(1).map(LineAsk::from)).collect()
    }

    /// What to ask; an amount or a day that cannot be read yet is left out.
    pub(super) fn ask(self) -> ClaimAsk {
        let text = |at: usize| Some(self.more[at].get());
        let (value, close) = (self.value.get(), self.close.get());
        let kind = self.value_kind.get();
        let role = self.partner_role.get();
        let amount = match self.money() {
            Some(money) => Some(Amount::from(money)),
            None if value.trim().is_empty() => Some(Amount::default()),
            None => None,
        };
        ClaimAsk {
            customer: Some(self.customer()),
            products: Some(self.products()),
            value: amount,
            value_kind: ValueKind::ALL.into_iter().find(|one| one.as_str() == kind),
            expected_close: if close.is_empty() { None } else { self.day() },
            partner_role: PartnerRole::ALL.into_iter().find(|one| one.as_str() == role),
            evidence: Some(self.evidence()),
            use_case: text(0),
            sales_stage: text(1),
            competitor: text(2),
            incumbent: text(3),
            tender_reference: text(4),
            source: text(5),
            notes: text(6),
        }
    }

    /// What is missing or cannot be read, under the names that the form's fields have. The program may ask for
    /// evidence besides; the server says so.
    pub(super) fn faults(self, today: Date) -> Vec<FieldError> {
        let product = self.product.get();
        let products = (!product.is_empty()).then(|| ProductLine {
            product: product.clone(),
            name: product.clone(),
            family: product,
            quantity: self.quantity(),
            amount: None,
        });
        let claim = Claim {
            customer: self.customer(),
            products: products.into_iter().collect(),
            value: self.money(),
            expected_close: self.day(),
            ..Claim::default()
        };
        let mut faults = missing(&claim, false, today);
        if !self.value.get().trim().is_empty() && self.money().is_none() {
            faults.retain(|fault| fault.field != "value");
            faults.push(FieldError::new("value", "not_an_amount", ""));
        }
        faults.into_iter().map(renamed).collect()
    }

    /// Whether there is anything worth keeping.
    pub(super) fn is_begun(self) -> bool {
        [self.name, self.website, self.registration_number, self.value, self.evidence]
            .iter()
            .any(|text| !text.get().trim().is_empty())
    }

    pub(super) fn program_id(self) -> Option<ProgramId> {
        self.program.get().parse().ok()
    }

    pub(super) fn partner_id(self) -> Option<OrganizationId> {
        self.partner.get().parse().ok()
    }
}

/// The texts in which the form shows a deal, or with which it starts without one.
pub(super) fn texts_of(deal: Option<&Deal>, program: Option<ProgramId>, currency: Currency) -> Typed {
    let claim = deal.map(Deal::claim).unwrap_or_default();
    let partner = deal.map(|deal| deal.partner);
    Typed::of(&claim, program, partner, currency, |money| format::amount(money, locale()))
}

/// A fault under the name of the form's own field.
pub(super) fn renamed(fault: FieldError) -> FieldError {
    let field = match fault.field.as_str() {
        "products" => "products[0].product".to_owned(),
        "evidence" => "evidence[0].note".to_owned(),
        "value.amount" | "value.amount_minor" => "value".to_owned(),
        other => other.to_owned(),
    };
    FieldError { field, ..fault }
}

/// A problem with its faults under the names of the form's own fields.
pub(super) fn at_fields(problem: Problem) -> Problem {
    match problem {
        Problem::Invalid { errors } => Problem::Invalid { errors: errors.into_iter().map(renamed).collect() },
        other => crate::screen::parts::in_words(other),
    }
}

/// Which fields of a deal may be changed in the form: all of a draft, the asked-for ones of a returned deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::screen) enum Open {
    All,
    Only(Vec<String>),
}

impl Open {
    pub(in crate::screen) fn of(deal: Option<&Deal>) -> Self {
        match deal.map(|deal| &deal.state) {
            Some(DealState::Returned { fields, .. }) => Self::Only(fields.clone()),
            _ => Self::All,
        }
    }

    pub(super) fn has(&self, field: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(fields) => fields.iter().any(|one| one == field),
        }
    }

    /// Only what may be changed is sent.
    pub(super) fn narrowed(&self, ask: ClaimAsk) -> ClaimAsk {
        ClaimAsk {
            customer: ask.customer.filter(|_| self.has("customer")),
            products: ask.products.filter(|_| self.has("products")),
            value: ask.value.filter(|_| self.has("value")),
            value_kind: ask.value_kind.filter(|_| self.has("value_kind")),
            expected_close: ask.expected_close.filter(|_| self.has("expected_close")),
            partner_role: ask.partner_role.filter(|_| self.has("partner_role")),
            evidence: ask.evidence.filter(|_| self.has("evidence")),
            notes: ask.notes.filter(|_| self.has("notes")),
            sales_stage: ask.sales_stage.filter(|_| self.has("sales_stage")),
            use_case: ask.use_case.filter(|_| self.has("use_case")),
            competitor: ask.competitor.filter(|_| self.has("competitor")),
            incumbent: ask.incumbent.filter(|_| self.has("incumbent")),
            tender_reference: ask.tender_reference.filter(|_| self.has("tender_reference")),
            source: ask.source.filter(|_| self.has("source")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fields_that_were_asked_for_are_sent() {
        let ask = ClaimAsk { notes: Some("a".into()), source: Some("b".into()), ..ClaimAsk::default() };
        assert_eq!(Open::All.narrowed(ask.clone()), ask);
        let open = Open::Only(vec!["notes".into()]);
        assert_eq!(open.narrowed(ask), ClaimAsk { notes: Some("a".into()), ..ClaimAsk::default() });
    }

    #[test]
    fn faults_stand_at_the_fields_that_the_form_shows() {
        assert_eq!(renamed(FieldError::required("products")).field, "products[0].product");
        assert_eq!(renamed(FieldError::required("evidence")).field, "evidence[0].note");
        assert_eq!(renamed(FieldError::required("customer.name")).field, "customer.name");
    }
}
