//! The column that lives while typing: the customer, whether it is free, and what would follow.
use base::Problem;
use kit::catalogue::locale;
use kit::{Avatar, Size, Tell, Verdict, When, format};
use leptos::prelude::*;

use super::form::Hands;
use super::keeper::filled;
use crate::model::{Check, CheckVerdict};
use crate::screen::country_name;
use crate::screen::parts::{check_tone, rule_lines};
use crate::t;
use crate::verbs::CheckDeal;

/// How long typing has to rest before the server is asked, in milliseconds.
const REST_MS: u64 = 250;

/// The column.
pub(super) fn panel(hands: Hands) -> AnyView {
    let check = RwSignal::new(None::<Result<Check, Problem>>);
    ask_while_typing(hands, check);
    view! {
        <div class="card register-side">
            {move || customer(hands)}
            <div role="status">{move || verdict(check.get())}</div>
            {move || follows(check.get())}
        </div>
        <p class="muted small plain-only">{t::plain_side()}</p>
    }
    .into_any()
}

/// Asks when typing rests; an answer that is overtaken by another question is dropped.
fn ask_while_typing(hands: Hands, check: RwSignal<Option<Result<Check, Problem>>>) {
    let draft = hands.draft;
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let ask = draft.ask();
        let (program, partner, id) = (draft.program_id(), draft.partner_id(), hands.keeper.id.get());
        // What could not be asked without a network is asked as soon as there is one.
        let _ = hands.keeper.back.get();
        let named = !(draft.name.get().trim().is_empty()
            && draft.website.get().trim().is_empty()
            && draft.registration_number.get().trim().is_empty());
        let mine = turn.with_value(|turn| turn + 1);
        turn.set_value(mine);
        let Some(program) = program.filter(|_| named) else {
            check.set(None);
            return;
        };
        let verb = filled!(CheckDeal { partner, id, ..CheckDeal::new(program) }, ask);
        set_timeout(
            move || {
                if turn.try_get_value() != Some(mine) {
                    return;
                }
                if kit::is_surely_offline() {
                    check.set(Some(Err(Problem::Unavailable)));
                    return;
                }
                leptos::task::spawn_local(async move {
                    let answer = kit::ask(verb).await;
                    if turn.try_get_value() == Some(mine) {
                        let _ = check.try_set(Some(answer));
                    }
                });
            },
            std::time::Duration::from_millis(REST_MS),
        );
    });
}

fn customer(hands: Hands) -> AnyView {
    let draft = hands.draft;
    let name = draft.name.get();
    if name.trim().is_empty() {
        return view! { <div class="row"><span class="muted">{t::side_empty()}</span></div> }.into_any();
    }
    let city = Some(draft.city.get()).filter(|text| !text.is_empty());
    let country = Some(draft.country.get()).filter(|code| !code.is_empty()).map(|code| country_name(&code));
    let website = Some(draft.website.get()).filter(|text| !text.is_empty());
    let place = [city, country].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let note = kit::beside([Some(place), website].into_iter().flatten());
    view! {
        <div class="row">
            <Avatar name=name.clone() square=true size=Size::Big/>
            <span class="what wraps"><span class="strong break">{name}</span><span class="muted small break">{note}</span></span>
        </div>
    }
    .into_any()
}

fn verdict(check: Option<Result<Check, Problem>>) -> AnyView {
    match check {
        // What is wrong with a field is said at the field.
        None | Some(Err(Problem::Invalid { .. })) => ().into_any(),
        Some(Ok(check)) => answered(&check),
        Some(Err(Problem::Unavailable)) => {
            view! { <p class="pad muted small">{t::check_offline()}</p> }.into_any()
        }
        Some(Err(problem)) => view! { <p class="pad muted small">{kit::sentence(&problem)}</p> }.into_any(),
    }
}

fn answered(check: &Check) -> AnyView {
    let reasons = check.reasons.iter().map(|reason| reason.code.words().to_owned()).collect::<Vec<_>>();
    let compared = t::compared_with(format::number(i64::from(check.compared), locale()));
    let (rules, version) = (check.rules.clone(), check.rules_version);
    let automatic = (check.automatic && check.verdict == CheckVerdict::Clear && check.is_complete())
        .then(|| view! { <p class="small">{t::automatic()}</p> });
    view! {
        <Verdict
            tone=check_tone(check.verdict)
            word=check.verdict.words()
            sentence=check.verdict.sentence()
            reasons=reasons
        >
            <p class="muted small">{compared}</p>
            {automatic}
            {rule_lines(&rules, Some(version))}
        </Verdict>
    }
    .into_any()
}

/// Protection and answer, as the rules promise them.
fn follows(check: Option<Result<Check, Problem>>) -> AnyView {
    let Some(Ok(check)) = check else { return ().into_any() };
    let protection = check.protection_until.map(|until| {
        let length = format::span(until - kit::present(), locale());
        view! {
            <div class="told">
                <p class="muted small">{t::side_protected()}</p>
                <p class="strong">{t::side_until(length)}" "<When at=until tell=Tell::Absolute/></p>
            </div>
        }
    });
    let answer = if check.automatic {
        view! { <p class="strong">{t::at_once()}</p> }.into_any()
    } else {
        view! { <p class="strong">{t::answer_by()}" "<When at=check.answer_by tell=Tell::Soon/></p> }
            .into_any()
    };
    view! {
        {protection}
        <div class="told"><p class="muted small">{t::answer_promised()}</p>{answer}</div>
    }
    .into_any()
}
