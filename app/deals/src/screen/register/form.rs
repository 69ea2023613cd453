//! The form itself: a smart box, three short groups, and what is asked seldom behind a fold.
use base::{Currency, ProgramId, Side, Verb};
use kit::{
    Banner, Button, Choice, Countdown, FormState, Kbd, Kind, LinkButton, Saved, SelectField, Tone, paths,
};
use leptos::ev::{FocusEvent, KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;
use leptos_router::hooks::use_navigate;

use super::draft::{Draft, Open, at_fields, texts_of};
use super::keeper::{Charge, Keeper, Kept};
use super::{Setting, apart, fields, plain, side, smart};
use crate::model::{Deal, DealState};
use crate::rules::shelf::Unsent;
use crate::screen::parts::fields_words;
use crate::screen::unsent;
use crate::t;
use crate::verbs::{AmendDeal, EditDeal, RegisterDeal};

/// How long typing has to rest before the draft is kept, in milliseconds.
const REST_MS: u64 = 900;

/// What the groups of the form share.
#[derive(Clone, Copy)]
pub(super) struct Hands {
    pub(super) draft: Draft,
    form: FormState,
    pub(super) keeper: Keeper,
    /// Fields that were left once: from then on they say what is wrong.
    left: RwSignal<Vec<String>>,
    pub(super) open: StoredValue<Open>,
}

impl Hands {
    /// What is wrong with a field that was left.
    pub(super) fn fault(self, path: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            if !self.left.with(|left| left.iter().any(|one| one == path)) {
                return None;
            }
            let faults = self.draft.faults(kit::present().date());
            faults.iter().find(|fault| fault.field == path).map(kit::fault_words)
        })
    }

    /// Whether a field may not be changed, for the vendor did not ask for it.
    pub(super) fn shut(self, field: &str) -> Signal<bool> {
        Signal::stored(!self.open.with_value(|open| open.has(field)))
    }
}

/// The form; `unsent` is what was taken from the shelf.
#[component]
pub(super) fn RegisterForm(setting: Setting, unsent: Option<Unsent>) -> impl IntoView {
    let is_resumed = unsent.is_some();
    let setting = match &unsent {
        Some(unsent) => Setting { deal: unsent.base.clone(), ..setting },
        None => setting,
    };
    let deal = setting.deal.clone();
    let amends = deal.as_ref().is_some_and(|deal| matches!(deal.state, DealState::Approved { .. }));
    let form = FormState::of(match (&deal, amends) {
        (None, _) => RegisterDeal::NAME,
        (Some(_), false) => EditDeal::NAME,
        (Some(_), true) => AmendDeal::NAME,
    });
    // What a plain form was told stands under the names of the form's own fields.
    form.problem.update(|problem| *problem = problem.take().map(at_fields));
    provide_context(form);
    let program = deal.as_ref().map(|deal| deal.program).or_else(|| chosen_program(&setting));
    let unsent = unsent.unwrap_or_else(|| {
        let texts = texts_of(deal.as_ref(), program, currency_of(&setting, program));
        Unsent::new(kit::fresh_key(), texts, deal.clone(), kit::present())
    });
    let draft = Draft::of(&unsent.typed, deal.as_ref().map(Deal::claim).unwrap_or_default());
    let navigate = use_navigate();
    let elsewhere = navigate.clone();
    let done = Callback::new(move |deal: Deal| {
        let to = if amends { paths::deal(deal.id) } else { paths::receipt(deal.id) };
        navigate(&to, Default::default());
    });
    let go = Callback::new(move |to: String| elsewhere(&to, Default::default()));
    let on_behalf = is_vendor();
    let keeper = Keeper::new(Charge { draft, form, unsent, is_resumed, on_behalf, done, go });
    let open = StoredValue::new(Open::of(deal.as_ref()));
    let hands = Hands { draft, form, keeper, left: RwSignal::new(Vec::new()), open };
    let summary = kit::form_problem(form.problem);
    keep_while_typing(hands);
    let is_new = deal.is_none();
    // Where a form goes that is sent without script.
    let action = match &deal {
        None => "/api/v1/deals".to_owned(),
        Some(deal) if amends => kit::verb_action(&AmendDeal::new(deal.id)),
        Some(deal) => kit::verb_action(&EditDeal::new(deal.id)),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        register(hands);
    };
    let leave = move |event: FocusEvent| leave(hands, &event);
    let send_by_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            register(hands);
        }
    };
    let groups = view! {
        {is_new.then(|| smart::view(hands, &setting.products))}
        {who(hands, &setting)}
        {fields::customer(hands)}
        {fields::product(hands, setting.products.clone(), setting.program)}
        {fields::worth(hands)}
        {fields::evidence(hands)}
        {fields::more(hands)}
    };
    let notices = view! {
        {unsent::banner(Some(keeper.key))}
        {apart::view(hands, &setting.products)}
    };
    Effect::new(move |_| keeper.go_on(is_resumed));
    view! {
        {notices}
        <div class="split register">
            <form
                method="post"
                action=action
                class="form"
                novalidate
                on:submit=submit
                on:focusout=leave
                on:keydown=send_by_key
            >
                <input type="hidden" name="_next" value="/deals/{id}"/>
                {deal.as_ref().map(|deal| plain::hidden(deal, amends))}
                {summary}
                {deal.as_ref().map(asked_for)}
                {groups}
                {foot(hands, is_new, amends)}
            </form>
            <aside class="stay" aria-label=t::side_label()>{side::panel(hands)}</aside>
        </div>
    }
    .into_any()
}

fn chosen_program(setting: &Setting) -> Option<ProgramId> {
    let mine = access::me().program.map(|program| program.id);
    mine.filter(|id| setting.programs.iter().any(|one| one.id == *id))
        .or(setting.programs.first().map(|one| one.id))
}

fn currency_of(setting: &Setting, program: Option<ProgramId>) -> Currency {
    setting.programs.iter().find(|one| Some(one.id) == program).map_or(Currency::EUR, |one| one.currency)
}

/// What the vendor asked for when the deal came back.
fn asked_for(deal: &Deal) -> AnyView {
    match &deal.state {
        DealState::Returned { by, fields, note, grace_until, .. } => {
            let (note, until, title) =
                (note.clone(), *grace_until, t::told_returned(fields_words(fields), &by.name));
            view! {
                <Banner tone=Tone::Warn>
                    <strong>{title}</strong>
                    {(!note.is_empty()).then(|| view! { <p class="break">{note}</p> })}
                    <p class="small">{t::fact_grace()}": "<Countdown until=until soon_ms=86_400_000/></p>
                </Banner>
            }
            .into_any()
        }
        DealState::Approved { .. } => view! { <Banner>{t::amend_lead()}</Banner> }.into_any(),
        _ => ().into_any(),
    }
}

/// Program and, for a vendor, partner; only where there is a choice.
fn who(hands: Hands, setting: &Setting) -> AnyView {
    let Draft { program, partner, currency, .. } = hands.draft;
    let programs: Vec<Choice> =
        setting.programs.iter().map(|one| Choice::new(one.id.to_string(), &one.name)).collect();
    let currencies: Vec<(String, Currency)> =
        setting.programs.iter().map(|one| (one.id.to_string(), one.currency)).collect();
    let partners: Vec<Choice> =
        setting.partners.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
    let is_new = setting.deal.is_none();
    let switched = move |id: String| {
        if let Some((_, found)) = currencies.iter().find(|(one, _)| *one == id) {
            currency.set(*found);
        }
    };
    let programs = if is_new && programs.len() > 1 {
        view! { <SelectField name="program" label=t::fact_program() choices=programs bind=program on_input=switched required=true/> }
            .into_any()
    } else {
        view! { <input type="hidden" name="program" value=move || program.get()/> }.into_any()
    };
    let on_behalf = is_new && access::me().side() == Some(Side::Vendor);
    let partners = on_behalf.then(|| {
        view! { <SelectField name="partner" label=t::fact_partner() choices=partners bind=partner empty=t::choose_partner() required=true/> }
    });
    view! {{programs}{partners}}.into_any()
}

fn foot(hands: Hands, is_new: bool, amends: bool) -> AnyView {
    let keeper = hands.keeper;
    let words = move || match keeper.kept.get() {
        Kept::Untouched => None,
        Kept::Waiting | Kept::Saving => Some(t::kept_saving()),
        Kept::Saved => Some(t::kept_saved()),
        Kept::Here => Some(t::kept_here()),
        Kept::Queued => Some(t::kept_queued()),
        Kept::Unkept => Some(t::kept_unkept()),
        Kept::SignedOut => Some(t::kept_signed_out()),
        Kept::Asked => Some(t::kept_asked()),
        Kept::Failed => Some(t::kept_failed()),
    };
    // What can be done about it.
    let way = move || {
        match keeper.kept.get() {
        Kept::Queued => view! {
            <Button kind=Kind::Quiet size=kit::Size::Small on_click=move |_| keeper.take_back()>{t::take_back()}</Button>
        }
        .into_any(),
        Kept::SignedOut => {
            let back = keeper.key.with_value(|key| paths::unsent(key));
            view! { <LinkButton href=paths::sign_in_then(&back) size=kit::Size::Small>{t::sign_in_again()}</LinkButton> }.into_any()
        }
        _ => ().into_any(),
    }
    };
    let label = match (is_new, amends) {
        (_, true) => t::save_changes(),
        (true, false) => t::register_now(),
        (false, false) => t::do_submit(),
    };
    // Without script, what exists is saved here and submitted on its page.
    let save = if is_new { t::save_draft() } else { t::save_changes() };
    let save = view! { <span class="plain-only"><Button submit=true name="submit" value="false">{save}</Button></span> };
    view! {
        <div class="form-foot">
            <span class=if is_new { "" } else { "needs-script" }>
                <Button submit=true kind=Kind::Primary size=kit::Size::Big name="submit" value="true">{label}</Button>
            </span>
            <span class="needs-script hide-s"><Kbd keys=t::submit_keys()/></span>
            {save}
            <span class="end line wrap gap-8">
                {move || words().map(|words| view! { <Saved words=Signal::stored(words.to_owned())/> })}
                {way}
            </span>
        </div>
    }
    .into_any()
}

/// Keeps what is typed on this device at once, and sends it when typing rests.
fn keep_while_typing(hands: Hands) {
    let Hands { draft, keeper, .. } = hands;
    let turn = StoredValue::new(0_u32);
    Effect::new(move |before: Option<()>| {
        let _ = draft.typed();
        if before.is_none() || !keeper.typed() {
            return;
        }
        let mine = turn.with_value(|turn| turn + 1);
        turn.set_value(mine);
        set_timeout(
            move || {
                if turn.try_get_value() == Some(mine) {
                    keeper.send(false);
                }
            },
            std::time::Duration::from_millis(REST_MS),
        );
    });
}

fn is_vendor() -> bool {
    access::me().side() == Some(Side::Vendor)
}

/// Sends the deal, or says what is missing.
fn register(hands: Hands) {
    let faults = untrack(|| hands.draft.faults(kit::present().date()));
    let shown: Vec<_> = faults
        .into_iter()
        .filter(|fault| hands.open.with_value(|open| open.has(root(&fault.field))))
        .collect();
    if shown.is_empty() {
        hands.form.problem.set(None);
        hands.keeper.send(true);
    } else {
        // Set anew, so that the summary takes the focus every time.
        hands.form.problem.set(None);
        hands.form.problem.set(Some(base::Problem::Invalid { errors: shown }));
    }
}

/// The part of a field's path that names it on the wire: `products[0].product` is of `products`.
fn root(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

/// Remembers that a field was left.
fn leave(hands: Hands, event: &FocusEvent) {
    let name = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.get_attribute("name"))
        .filter(|name| !name.starts_with('_'));
    let Some(name) = name else { return };
    let path = if name.starts_with("value[") { "value".to_owned() } else { kit::wire_path(&name) };
    // A field that goes away with its page is left, too: by the next frame the page's signals are gone with it.
    request_animation_frame(move || {
        if hands.left.try_with_untracked(|left| !left.contains(&path)).unwrap_or(false) {
            hands.left.try_update(|left| left.push(path));
        }
    });
}
