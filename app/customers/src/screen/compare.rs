//! Two customers side by side: where they agree is lit, whose word stays is chosen, then they are merged or kept apart.
use base::{CustomerId, Problem};
use kit::{
    Banner, Button, Card, Kind, LinkButton, Rule, Screen, Shape, Size, Skeleton, Tag, Tell, Toasts, Tone,
    VerbForm, When, Why, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};

use super::words::{bits_words, feature_words, grade_words, verdict_tone, verdict_words};
use crate::access::Do;
use crate::model::{Customer, CustomerField, Duplicate, Merge, MergeId, PairState};
use crate::t;
use crate::verbs::{CompareCustomers, KeepApart, MergeCustomers, ReconsiderPair, UndoMerge};

/// `/customers/{id}/compare/{other}`: the first of the two is the one that stays.
#[component]
pub fn ComparePage() -> impl IntoView {
    let params = use_params_map();
    let read = move |name: &'static str| {
        Memo::new(move |_| {
            params.with(|params| params.get(name)).and_then(|text| text.parse::<CustomerId>().ok())
        })
    };
    let (id, other) = (read("id"), read("other"));
    let moved = kit::live::moved(|| vec!["customers".to_owned(), "duplicates".to_owned()]);
    let pair = kit::gathered(
        move || (id.get().zip(other.get()), moved.get()),
        |(both, _)| async move {
            let (id, other) = both.ok_or(Problem::NotFound)?;
            kit::ask(CompareCustomers { id, other }).await
        },
    );
    view! {
        <Screen title=t::compare_title()>
            {kit::shown(pair, || view! { <Skeleton shape=Shape::Record/> }.into_any(), page)}
        </Screen>
    }
    .into_any()
}

fn page(pair: Duplicate) -> AnyView {
    let may = Do::EditCustomers.by(&access::me().actor()).is_ok();
    let (state, verdict, bits) = (pair.state, pair.verdict, bits_words(pair.bits));
    let swapped = paths::compare_customers(pair.other.id, pair.one.id);
    let head = view! {
        <div class="head">
            <Tag tone=verdict_tone(verdict) big=true>{verdict_words(verdict)}</Tag>
            <span class="muted small num">{t::bits(&bits)}</span>
            <span class="end">
                <LinkButton href=swapped icon=lucide::LuArrowLeftRight>{t::swap()}</LinkButton>
            </span>
        </div>
    };
    let told = match state {
        PairState::Open => None,
        PairState::Apart => Some(view! { <Banner>{t::is_kept_apart()}</Banner> }.into_any()),
        PairState::Merged => Some(
            view! {
                <Banner tone=Tone::Good end=view! { <LinkButton href=paths::customer(pair.one.id)>{t::see_customer()}</LinkButton> }.into_any()>
                    {t::is_merged()}
                </Banner>
            }
            .into_any(),
        ),
    };
    let body = if may && state != PairState::Merged {
        merge_form(&pair)
    } else {
        {
            let table = table(&pair, false);
            view! { <Card flush=true>{table}</Card> }.into_any()
        }
    };
    let apart = (may && state != PairState::Merged).then(|| apart_form(&pair));
    view! { <div class="stack gap-16">{head}{told}{body}{apart}{why(&pair)}</div> }.into_any()
}

/// The table with its choices, and the button that merges.
fn merge_form(pair: &Duplicate) -> AnyView {
    let (one, other) = (&pair.one, &pair.other);
    let verb =
        MergeCustomers { id: one.id, other: other.id, take: Vec::new(), other_version: None, version: None };
    let (toasts, navigate) = (use_context::<Toasts>(), use_navigate());
    let done = Callback::new(move |merge: Merge| {
        if let Some(toasts) = toasts {
            let id = merge.id;
            toasts
                .say_with_undo(t::merged_told(&merge.gone_name, &merge.kept_name), move || undo(id, toasts));
        }
        navigate(&paths::customer(merge.kept), leptos_router::NavigateOptions::default());
    });
    let table = table(pair, true);
    let (next, gone, words) = (paths::customer(one.id), other.id.to_string(), t::merge_into(&one.name));
    let (version, other_version) = (one.version, other.version);
    view! {
        <VerbForm verb=verb next=next done=done>
            <input type="hidden" name="other" value=gone/>
            <input type="hidden" name="version" value=version/>
            <input type="hidden" name="other_version" value=other_version/>
            <Card flush=true class="merge">{table}</Card>
            <p class="muted small">{t::merge_note()}</p>
            <div class="actions">
                <Button submit=true kind=Kind::Primary size=Size::Big icon=lucide::LuMerge id="merge">{words}</Button>
            </div>
        </VerbForm>
    }
    .into_any()
}

fn undo(id: MergeId, toasts: Toasts) {
    leptos::task::spawn_local(async move {
        match kit::ask(UndoMerge { id }).await {
            Ok(merge) => toasts.say(t::merge_undone(&merge.gone_name)),
            Err(problem) => toasts.fail(kit::sentence(&problem)),
        }
    });
}

/// Says that they are two companies, or that this is to be looked at again.
fn apart_form(pair: &Duplicate) -> AnyView {
    let (id, other) = (pair.one.id, pair.other.id);
    let toasts = use_context::<Toasts>();
    let said = move |words: &'static str| {
        Callback::new(move |()| {
            if let Some(toasts) = toasts {
                toasts.say(words);
            }
        })
    };
    if pair.state == PairState::Apart {
        return view! {
            <VerbForm verb=ReconsiderPair { id, other } next=paths::compare_customers(id, other) done=said(t::reconsidered())>
                <input type="hidden" name="other" value=other.to_string()/>
                <div class="actions"><Button submit=true icon=lucide::LuUndo2>{t::reconsider()}</Button></div>
            </VerbForm>
        }
        .into_any();
    }
    let (toasts, navigate) = (use_context::<Toasts>(), use_navigate());
    let done = Callback::new(move |()| {
        if let Some(toasts) = toasts {
            toasts.say_with_undo(t::apart_told(), move || {
                leptos::task::spawn_local(async move {
                    if let Err(problem) = kit::ask(ReconsiderPair { id, other }).await {
                        toasts.fail(kit::sentence(&problem));
                    }
                });
            });
        }
        navigate(paths::DUPLICATES, leptos_router::NavigateOptions::default());
    });
    view! {
        <VerbForm verb=KeepApart { id, other } next=paths::DUPLICATES done=done>
            <input type="hidden" name="other" value=other.to_string()/>
            <div class="actions"><Button submit=true size=Size::Big icon=lucide::LuSplit>{t::keep_apart()}</Button></div>
        </VerbForm>
    }
    .into_any()
}

/// One line for each field that either of them states.
fn table(pair: &Duplicate, chooses: bool) -> AnyView {
    let (one, other) = (&pair.one, &pair.other);
    let heads =
        [one, other].map(|customer| customer.external_id.clone().unwrap_or_else(|| customer.name.clone()));
    let rows = CustomerField::ALL
        .into_iter()
        .enumerate()
        .filter_map(|(place, field)| line(pair, field, place, chooses))
        .collect_view();
    let [left, right] = heads;
    view! {
        <div class="list">
            <table class="compare" role="table" aria-label=t::compare_title()>
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col"><span class="visually-hidden">{t::field()}</span></th>
                        <th role="columnheader" scope="col">{head(one, t::stays(), left)}</th>
                        <th role="columnheader" scope="col">{head(other, t::goes(), right)}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn head(customer: &Customer, role: &'static str, name: String) -> AnyView {
    let since = customer.created_at;
    view! {
        <span class="strong">{role}</span>" · "<a class="link" href=paths::customer(customer.id)>{name}</a>
        <br/><span>{t::known_since()}" "<When at=since tell=Tell::Day/></span>
    }
    .into_any()
}

/// Whether the two agree in a field, by what was compared.
fn agree(pair: &Duplicate, field: CustomerField) -> bool {
    let (one, other) = (field.of(&pair.one), field.of(&pair.other));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let same = one.to_lowercase() == other.to_lowercase();
    let mut compared =
        pair.evidence.iter().filter(|evidence| field.is_compared_by(evidence.feature)).peekable();
    match field {
        // One comparison for the whole address: lit is what is the same in it.
        CustomerField::Street | CustomerField::PostalCode | CustomerField::City => {
            same || (field == CustomerField::Street
                && compared.any(|evidence| evidence.grade <= matching::Grade::Close))
        }
        _ if compared.peek().is_none() => same,
        _ => compared.any(|evidence| evidence.agrees),
    }
}

fn line(pair: &Duplicate, field: CustomerField, place: usize, chooses: bool) -> Option<AnyView> {
    let values = [field.of(&pair.one), field.of(&pair.other)];
    if values.iter().all(String::is_empty) {
        return None;
    }
    let agrees = agree(pair, field);
    let differs = values[0] != values[1] && values.iter().all(|value| !value.is_empty());
    let chosen = [String::new(), field.as_str().to_owned()];
    let name = format!("take[{place}]");
    let sides = [t::stays(), t::goes()];
    let cells: Vec<AnyView> = values
        .iter()
        .enumerate()
        .map(|(side, value)| {
            let shown = lit(value.clone(), agrees);
            let id = format!("take-{}-{side}", field.as_str());
            let cell = if chooses && differs {
                let (for_id, value) = (id.clone(), chosen[side].clone());
                view! {
                    <span class="check">
                        <input type="radio" id=id name=name.clone() value=value checked=side == 0/>
                        <label for=for_id>{shown}</label>
                    </span>
                }
                .into_any()
            } else if chooses && side == 1 && values[0].is_empty() {
                view! { {shown}" "<Tag tone=Tone::Good plain=true>{t::fills()}</Tag> }.into_any()
            } else {
                shown
            };
            view! { <td role="cell" data-label=sides[side]>{cell}</td> }.into_any()
        })
        .collect();
    let label = field.words();
    Some(
        view! { <tr role="row"><th role="rowheader" scope="row" class="muted">{label}</th>{cells.collect_view()}</tr> }
            .into_any(),
    )
}

fn lit(value: String, agrees: bool) -> AnyView {
    if !agrees {
        return view! { <span class="break">{value}</span> }.into_any();
    }
    view! { <span class="match">{value}<span class="visually-hidden">" ("{t::agrees()}")"</span></span> }
        .into_any()
}

/// The evidence, feature by feature, with what each counts.
fn why(pair: &Duplicate) -> AnyView {
    let lines = pair
        .evidence
        .iter()
        .map(|evidence| {
            let words = format!("{}: {}", feature_words(evidence.feature), grade_words(evidence.grade));
            view! { <Rule id=bits_words(evidence.weight) words=words/> }
        })
        .collect_view();
    view! { <Why label=t::why_alike()>{lines}</Why> }.into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use matching::{Evidence, Feature, Grade, Verdict};

    fn pair() -> Duplicate {
        let customer = |name: &str, city: Option<&str>, phone: Option<&str>| Customer {
            name: name.into(),
            website: Some("acme.example".into()),
            city: city.map(Into::into),
            phone: phone.map(Into::into),
            ..Customer::default()
        };
        let domain = Evidence {
            feature: Feature::Domain,
            grade: Grade::Same,
            weight: 12.9,
            left: "acme.example".into(),
            right: "acme.example".into(),
            agrees: true,
        };
        Duplicate {
            one: customer("Acme <Corp>", Some("Bern"), None),
            other: customer("ACME", Some("Basel"), Some("+41 31 1")),
            state: PairState::Open,
            verdict: Verdict::Match,
            bits: 12.9,
            evidence: vec![domain],
            found_at: base::Timestamp::default(),
        }
    }

    #[test]
    fn what_agrees_is_lit_and_what_differs_is_chosen() {
        let pair = pair();
        assert!(agree(&pair, CustomerField::Website) && !agree(&pair, CustomerField::City));
        let html = Owner::new().with(|| table(&pair, true).to_html());
        assert!(html.contains("class=\"match\"") && html.contains("Acme &lt;Corp&gt;"), "{html}");
        assert!(html.contains("name=\"take[7]\" value=\"city\""), "{html}");
        assert!(!html.contains("take-phone") && html.contains(t::fills()), "{html}");
        let still = Owner::new().with(|| table(&pair, false).to_html());
        assert!(!still.contains("radio"), "{still}");
    }
}
