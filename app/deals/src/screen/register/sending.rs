//! What of a draft goes over the wire, and what the answers do.
use base::{Currency, OrganizationId, Problem, ProgramId};
use leptos::prelude::*;

use super::OFFERED;
use super::draft::{Draft, Open, at_fields, texts_of};
use super::keeper::{Apart, Keeper, Kept, Lost, address, filled};
use crate::model::{Deal, Status};
use crate::rules::shelf::{After, Creation, Standing, Unsent, after, standing};
use crate::screen::shelf::Shelf;
use crate::verbs::{AmendDeal, ClaimAsk, EditDeal, GetDeal, ListDeals, RegisterDeal, SubmitDeal};

/// How often a draft is looked at and sent again before it waits.
const MOST_LOOKS: u32 = 5;

/// One draft on its way, with everything that it needs: the form may be left before the answer comes, and what was
/// left on the device has none.
pub(in crate::screen) struct Going {
    pub(in crate::screen) unsent: Unsent,
    ask: ClaimAsk,
    program: Option<ProgramId>,
    partner: Option<OrganizationId>,
    submits: bool,
    /// Whether the server has these texts already.
    is_known: bool,
}

/// Writes down how a draft stands on the server, before and after each request.
pub(in crate::screen) trait Book {
    fn note(&self, change: &dyn Fn(&mut Unsent));
}

impl Going {
    /// A draft that is in no form.
    pub(in crate::screen) fn of(unsent: Unsent) -> Self {
        let base = unsent.base.as_ref();
        let claim = base.map(Deal::claim).unwrap_or_default();
        let known = base.map(|deal| texts_of(Some(deal), Some(deal.program), Currency::EUR));
        let is_known = known.is_some_and(|known| known == unsent.typed);
        let open = Open::of(base);
        // The form's own signals read the texts; they go when this returns.
        Owner::new().with(|| {
            let draft = Draft::of(&unsent.typed, claim);
            untrack(|| Self {
                ask: open.narrowed(draft.ask()),
                program: draft.program_id(),
                partner: draft.partner_id(),
                submits: unsent.submit,
                is_known,
                unsent,
            })
        })
    }

    fn creation(&self) -> Result<RegisterDeal, Problem> {
        let program = self.program.ok_or_else(|| Problem::field("program", "required", ""))?;
        let verb = RegisterDeal { partner: self.partner, ..RegisterDeal::new(program) };
        Ok(filled!(verb, self.ask.clone()))
    }

    /// Creates the draft, or brings it up to what was typed.
    pub(in crate::screen) async fn save(&self, book: &impl Book) -> Result<Deal, Problem> {
        if let Some(base) = &self.unsent.base {
            return if self.is_known { Ok(base.clone()) } else { self.edit(book, base).await };
        }
        let wanted = self.creation()?;
        let creation = self
            .unsent
            .creation
            .clone()
            .unwrap_or_else(|| self.unsent.creation(wanted.clone(), kit::present()));
        book.note(&|unsent| unsent.creation = Some(creation.clone()));
        let deal = created(&creation).await.inspect_err(|problem| match after(problem, false) {
            After::Refused => book.note(&|unsent| unsent.not_created(false)),
            After::Renew => book.note(&|unsent| unsent.not_created(true)),
            _ => {}
        })?;
        book.note(&|unsent| unsent.acknowledge(deal.clone()));
        if creation.ask == wanted { Ok(deal) } else { self.edit(book, &deal).await }
    }

    async fn edit(&self, book: &impl Book, base: &Deal) -> Result<Deal, Problem> {
        book.note(&|unsent| unsent.sending(&self.unsent.typed));
        let verb = EditDeal { version: Some(base.version), ..EditDeal::new(base.id) };
        let deal = kit::ask(filled!(verb, self.ask.clone())).await?;
        book.note(&|unsent| unsent.acknowledge(deal.clone()));
        Ok(deal)
    }

    /// Registers it as the server has it.
    pub(in crate::screen) async fn submit(&self, deal: &Deal) -> Result<Deal, Problem> {
        let key = format!("{}-{}", self.unsent.key, deal.version);
        kit::ask_under(SubmitDeal { id: deal.id, version: Some(deal.version) }, &key).await
    }
}

/// Creates once, however often it is sent. The server forgets its answers after a day; then the draft is looked for.
async fn created(creation: &Creation) -> Result<Deal, Problem> {
    if creation.is_old(kit::present()) {
        let mine = ListDeals {
            status: Some(Status::Draft.into()),
            mine: Some(true),
            program: Some(creation.ask.program),
            limit: Some(OFFERED),
            ..ListDeals::default()
        };
        if let Some(id) = creation.made(&kit::ask(mine).await?.items) {
            return kit::ask(GetDeal { id }).await;
        }
    }
    kit::ask_under(creation.ask.clone(), &creation.key).await
}

/// How a draft stands that the server has as `deal`.
pub(in crate::screen) fn stands(unsent: &Unsent, deal: &Deal, open: &Open) -> Standing {
    let texts = |deal: &Deal| texts_of(Some(deal), Some(deal.program), Currency::EUR);
    let before = unsent.base.as_ref().map(texts).unwrap_or_default();
    standing(unsent, &before, deal, &texts(deal), |part| open.has(part))
}

/// The book of a draft that is in a form: while the form is there, what is typed meanwhile is kept with it.
struct InForm<'a> {
    keeper: Keeper,
    shelf: &'a Shelf,
    key: &'a str,
}

impl Book for InForm<'_> {
    fn note(&self, change: &dyn Fn(&mut Unsent)) {
        if self.keeper.is_alive() {
            self.keeper.unsent.update_value(change);
            self.keeper.keep();
        } else {
            self.shelf.change(self.key, change);
        }
    }
}

impl Keeper {
    fn going(self) -> Option<Going> {
        if !self.is_alive() {
            return None;
        }
        let unsent = self.unsent.get_value();
        let is_known = self.known.with_value(|known| *known == unsent.typed);
        untrack(|| {
            Some(Going {
                ask: self.open.with_value(|open| open.narrowed(self.draft.ask())),
                program: self.draft.program_id(),
                partner: self.draft.partner_id(),
                submits: self.submit.get_value(),
                is_known,
                unsent,
            })
        })
    }

    /// Sends what is typed once; whether what was typed meanwhile may follow at once.
    pub(super) async fn round(self) -> bool {
        self.keep();
        let Some(going) = self.going() else { return false };
        if self.amends {
            self.amend(&going).await;
            return false;
        }
        if kit::is_surely_offline() {
            self.later(None);
            return false;
        }
        if !self.kept.get_untracked().is_away() {
            self.tell(Kept::Saving);
        }
        let shelf = self.shelf.get_value();
        match self.deliver(&going, &shelf).await {
            Ok(deal) if going.submits => {
                shelf.remove(&going.unsent.key);
                self.registered(deal)
            }
            Ok(deal) => self.acknowledged(&deal),
            Err(problem) => self.refused(&going, problem).await,
        }
    }

    async fn deliver(self, going: &Going, shelf: &Shelf) -> Result<Deal, Problem> {
        let book = InForm { keeper: self, shelf, key: &going.unsent.key };
        let deal = going.save(&book).await?;
        if self.is_alive() {
            self.known.set_value(going.unsent.typed.clone());
            if self.id.get_untracked() != Some(deal.id) {
                self.id.set(Some(deal.id));
                address(&kit::paths::edit_deal(deal.id));
            }
            self.keep();
        } else {
            shelf.settle(&going.unsent);
        }
        if going.submits { going.submit(&deal).await } else { Ok(deal) }
    }

    /// The server has what was sent.
    fn acknowledged(self, deal: &Deal) -> bool {
        if !self.is_alive() {
            return false;
        }
        self.reached(deal);
        self.tell(Kept::Saved);
        self.keep();
        true
    }

    /// The server was reached: retries begin anew, and what could not be asked is asked.
    fn reached(self, deal: &Deal) {
        self.tries.set_value(0);
        if self.kept.get_untracked().is_away() {
            self.back.update(|back| *back += 1);
            address(&kit::paths::edit_deal(deal.id));
        }
    }

    /// It is registered: nothing is left to keep.
    fn registered(self, deal: Deal) -> bool {
        if !self.is_alive() {
            return false;
        }
        self.shelf.with_value(|shelf| self.key.with_value(|key| shelf.remove(key)));
        self.gone.set_value(true);
        self.form.pending.set(false);
        self.tell(Kept::Saved);
        self.done.run(deal);
        false
    }

    async fn refused(self, going: &Going, problem: Problem) -> bool {
        if !self.is_alive() {
            return false;
        }
        let exists = self.unsent.with_value(|unsent| unsent.base.is_some());
        match after(&problem, exists) {
            After::Later(wait) => self.later(wait),
            After::SignedOut => {
                self.form.pending.set(false);
                self.tell(Kept::SignedOut);
            }
            After::Renew => self.later(Some(0)),
            After::Look => return self.look(going, problem).await,
            After::Refused => self.failed(going, problem),
        }
        false
    }

    /// It cannot be taken as it is: what is wrong is said where somebody asked for more than keeping it.
    fn failed(self, going: &Going, problem: Problem) {
        let is_asked = going.submits || self.submit.get_value();
        self.form.pending.set(false);
        self.submit.set_value(false);
        self.keep();
        let has_all = self.unsent.with_value(|unsent| self.known.with_value(|known| *known == unsent.typed));
        self.tell(if has_all { Kept::Saved } else { Kept::Failed });
        if is_asked {
            self.form.problem.set(None);
            self.form.problem.set(Some(at_fields(problem)));
        }
    }

    /// The draft is not as it was: goes on from its newest version when nothing speaks against it, or asks.
    async fn look(self, going: &Going, problem: Problem) -> bool {
        let Some(id) = self.unsent.with_value(|unsent| unsent.base.as_ref().map(|deal| deal.id)) else {
            return false;
        };
        let found = kit::ask(GetDeal { id }).await;
        if !self.is_alive() {
            return false;
        }
        let deal = match found {
            Ok(deal) => deal,
            Err(Problem::NotFound) => return self.ask_about(Lost(None)),
            Err(_) => {
                self.later(None);
                return false;
            }
        };
        match self.standing(&deal) {
            Standing::Registered => self.registered(deal),
            Standing::Gone => self.ask_about(Lost(Some(deal))),
            Standing::Apart(differences) => {
                self.form.pending.set(false);
                self.keep();
                self.tell(Kept::Asked);
                self.apart.set(Some(Apart { theirs: deal, differences }));
                false
            }
            Standing::Free if matches!(problem, Problem::Stale) => {
                let tries = self.tries.get_value() + 1;
                self.tries.set_value(tries);
                if tries > MOST_LOOKS {
                    self.later(None);
                    return false;
                }
                self.rebase(&deal);
                self.again.set_value(true);
                true
            }
            Standing::Free => {
                self.failed(going, problem);
                false
            }
        }
    }

    fn standing(self, deal: &Deal) -> Standing {
        self.keep();
        self.unsent.with_value(|unsent| self.open.with_value(|open| stands(unsent, deal, open)))
    }

    fn ask_about(self, lost: Lost) -> bool {
        self.form.pending.set(false);
        self.submit.set_value(false);
        self.keep();
        self.tell(Kept::Asked);
        self.lost.set(Some(lost));
        false
    }

    /// An approved deal is changed in one step.
    async fn amend(self, going: &Going) {
        let Some(base) = &going.unsent.base else { return };
        self.tell(Kept::Saving);
        let verb = AmendDeal { version: Some(base.version), ..AmendDeal::new(base.id) };
        let result = kit::ask(filled!(verb, going.ask.clone())).await;
        if !self.is_alive() {
            return;
        }
        self.form.pending.set(false);
        match result {
            Ok(deal) => {
                self.tell(Kept::Saved);
                self.gone.set_value(true);
                self.done.run(deal);
            }
            Err(problem) => {
                self.tell(Kept::Failed);
                self.form.problem.set(None);
                self.form.problem.set(Some(at_fields(problem)));
            }
        }
    }
}
