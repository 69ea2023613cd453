//! Who would get a lead: the rules as they stand in the editor, tried on a lead that is described.
use deals::Amount;
use kit::{Button, Card, Choice, FormState, SelectField, TextField, lucide};
use leptos::prelude::*;

use super::editor::Desk;
use crate::model::{Draw, Source};
use crate::screen::parts::in_words;
use crate::screen::why;
use crate::t;
use crate::verbs::PreviewLeadRules;

/// Fields, a button, and what the rules say.
pub(super) fn card(desk: Desk) -> AnyView {
    let form = FormState::new();
    let [name, website, country, region, product, value, source] =
        [(); 7].map(|()| RwSignal::new(String::new()));
    let drawn = RwSignal::new(None::<Draw>);
    let run = move |_| {
        form.pending.set(true);
        let text = |of: RwSignal<String>| Some(of.get_untracked()).filter(|text| !text.trim().is_empty());
        let ask = PreviewLeadRules {
            name: name.get_untracked(),
            website: website.get_untracked(),
            country: text(country),
            region: text(region),
            product: text(product),
            value: text(value).map(|amount| Amount { amount: Some(amount), ..Amount::default() }),
            source: Source::parse(&source.get_untracked()),
            distribution: Some(desk.distribution()),
            ..PreviewLeadRules::new(desk.program)
        };
        leptos::task::spawn_local(async move {
            let answer = kit::ask(ask).await;
            let _ = form.pending.try_set(false);
            match answer {
                Ok(draw) => {
                    let _ = form.problem.try_set(None);
                    let _ = drawn.try_set(Some(draw));
                }
                Err(problem) => {
                    let _ = form.problem.try_set(Some(in_words(problem)));
                }
            }
        });
    };
    let sources = Source::ALL.map(|one| Choice::new(one.as_str(), one.words())).to_vec();
    let problem = kit::form_problem(form.problem);
    view! {
        <Card title=t::preview_title() class="needs-script">
            <div class="stack gap-12">
                <p class="muted small">{t::preview_note()}</p>
                {problem}
                <TextField name="name" id="try-name" label=t::company() bind=name optional=true maxlength=200/>
                <TextField name="website" id="try-website" label=t::field_website() bind=website optional=true maxlength=300/>
                <SelectField name="country" id="try-country" label=t::field_country() choices=deals::country_choices() bind=country empty=t::choose_country() optional=true/>
                <TextField name="region" id="try-region" label=t::field_region() bind=region optional=true maxlength=120/>
                <TextField name="product" id="try-product" label=t::fact_wanted() bind=product optional=true maxlength=200/>
                <div class="form-row">
                    <TextField name="value" id="try-value" label=t::fact_value() bind=value inputmode="decimal" optional=true maxlength=40/>
                    <SelectField name="source" id="try-source" label=t::fact_source() choices=sources bind=source empty=t::source_other() optional=true/>
                </div>
                <div class="actions"><Button icon=lucide::LuTarget busy=form.pending on_click=run>{t::preview_run()}</Button></div>
                <div role="status">{move || drawn.get().map(|draw| why::view(&draw))}</div>
            </div>
        </Card>
    }
    .into_any()
}
