//! Keeping a draft while it is typed, and submitting it: one request at a time, in order.
use base::{DealId, Problem};
use kit::FormState;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;

use super::draft::{Draft, Open, at_fields};
use crate::model::{Deal, Status};
use crate::verbs::{AmendDeal, ClaimAsk, EditDeal, RegisterDeal, SubmitDeal};

/// Whether what is typed is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Kept {
    /// Nothing was typed yet.
    #[default]
    Untouched,
    Waiting,
    Saving,
    Saved,
    Failed,
}

/// The draft's place on the server.
#[derive(Clone, Copy)]
pub(super) struct Keeper {
    draft: Draft,
    form: FormState,
    open: StoredValue<Open>,
    pub(super) kept: RwSignal<Kept>,
    pub(super) id: RwSignal<Option<DealId>>,
    version: StoredValue<u32>,
    /// An approved deal is changed in one step, never while typing.
    pub(super) amends: bool,
    busy: StoredValue<bool>,
    again: StoredValue<bool>,
    submit: StoredValue<bool>,
    /// It went out of the form's hands: what is still typed is no draft any more.
    gone: StoredValue<bool>,
    /// Called with the deal when it was submitted.
    done: Callback<Deal>,
}

macro_rules! filled {
    ($verb:expr, $ask:expr) => {{
        let (mut verb, ask) = ($verb, $ask);
        verb.customer = ask.customer;
        verb.products = ask.products;
        verb.value = ask.value;
        verb.value_kind = ask.value_kind;
        verb.expected_close = ask.expected_close;
        verb.partner_role = ask.partner_role;
        verb.evidence = ask.evidence;
        verb.notes = ask.notes;
        verb.sales_stage = ask.sales_stage;
        verb.use_case = ask.use_case;
        verb.competitor = ask.competitor;
        verb.incumbent = ask.incumbent;
        verb.tender_reference = ask.tender_reference;
        verb.source = ask.source;
        verb
    }};
}
pub(super) use filled;

impl Keeper {
    pub(super) fn new(draft: Draft, form: FormState, deal: Option<&Deal>, done: Callback<Deal>) -> Self {
        Self {
            draft,
            form,
            open: StoredValue::new(Open::of(deal)),
            kept: RwSignal::new(Kept::default()),
            id: RwSignal::new(deal.map(|deal| deal.id)),
            version: StoredValue::new(deal.map_or(0, |deal| deal.version)),
            amends: deal.is_some_and(|deal| matches!(deal.status, Status::Approved)),
            busy: StoredValue::new(false),
            again: StoredValue::new(false),
            submit: StoredValue::new(false),
            gone: StoredValue::new(false),
            done,
        }
    }

    /// Sends what is typed, and with `submit` the deal itself. While something is on its way it is remembered.
    pub(super) fn send(self, submit: bool) {
        if self.gone.try_get_value().unwrap_or(true) {
            return;
        }
        if submit {
            self.submit.set_value(true);
            self.form.pending.set(true);
        }
        if self.busy.get_value() {
            self.again.set_value(true);
            return;
        }
        self.busy.set_value(true);
        leptos::task::spawn_local(async move {
            loop {
                self.again.try_set_value(false);
                let result = self.round().await;
                let more = self.again.try_get_value().unwrap_or(false);
                if result.is_err() || !more || self.gone.try_get_value().unwrap_or(true) {
                    break;
                }
            }
            self.busy.try_set_value(false);
        });
    }

    async fn round(self) -> Result<(), ()> {
        let submits = self.submit.try_get_value().unwrap_or(false);
        let _ = self.kept.try_set(Kept::Saving);
        let saved = self.save().await;
        let result = match saved {
            Ok(deal) if submits && !self.amends => {
                kit::ask(SubmitDeal { id: deal.id, version: Some(deal.version) }).await
            }
            other => other,
        };
        let _ = self.kept.try_set(if result.is_ok() { Kept::Saved } else { Kept::Failed });
        if submits {
            self.submit.try_set_value(false);
            let _ = self.form.pending.try_set(false);
        }
        match result {
            Ok(deal) => {
                self.version.try_set_value(deal.version);
                if submits {
                    self.gone.try_set_value(true);
                    self.done.run(deal);
                }
                Ok(())
            }
            Err(problem) => {
                if submits || matches!(problem, Problem::Stale) {
                    let _ = self.form.problem.try_set(Some(at_fields(problem)));
                }
                Err(())
            }
        }
    }

    async fn save(self) -> Result<Deal, Problem> {
        let ask: ClaimAsk = untrack(|| self.open.with_value(|open| open.narrowed(self.draft.ask())));
        let version = Some(self.version.get_value());
        let deal = match self.id.get_untracked() {
            Some(id) if self.amends => {
                let verb = AmendDeal { version, ..AmendDeal::new(id) };
                kit::ask(filled!(verb, ask)).await?
            }
            Some(id) => {
                let verb = EditDeal { version, ..EditDeal::new(id) };
                kit::ask(filled!(verb, ask)).await?
            }
            None => {
                let program = untrack(|| self.draft.program_id())
                    .ok_or_else(|| Problem::field("program", "required", ""))?;
                let partner = untrack(|| self.draft.partner_id());
                let verb = RegisterDeal { partner, ..RegisterDeal::new(program) };
                let deal = kit::ask(filled!(verb, ask)).await?;
                let _ = self.id.try_set(Some(deal.id));
                remember(deal.id);
                deal
            }
        };
        self.version.try_set_value(deal.version);
        Ok(deal)
    }
}

/// Gives the page the draft's own address, so that loading it again finds what was typed.
fn remember(id: DealId) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&kit::paths::edit_deal(id)));
    }
}
