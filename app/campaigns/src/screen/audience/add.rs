//! Adding one person by hand, with how they agreed.
use base::AudienceId;
use kit::{
    Button, Card, Choice, DateField, SelectField, TextArea, TextField, Toasts, VerbForm, lucide, paths,
};
use leptos::prelude::*;

use crate::model::{ConsentSource, Contact};
use crate::t;
use crate::verbs::AddContact;
use crate::words::Worded;

pub(super) fn add(id: AudienceId) -> AnyView {
    let toasts = use_context::<Toasts>();
    let done = Callback::new(move |contact: Contact| {
        if let Some(toasts) = toasts {
            toasts.say(t::added_person(contact.email));
        }
    });
    let today = kit::format::local_date(kit::present(), kit::catalogue::offset_minutes());
    let verb = AddContact {
        id,
        email: String::new(),
        first_name: String::new(),
        last_name: String::new(),
        company: String::new(),
        source: ConsentSource::Form,
        on: today,
        wording: String::new(),
        opt_in: None,
    };
    view! {
        <Card title=t::add_person()>
            <VerbForm verb=verb next=paths::audience(id) done=done>
                <Worded/>
                <div class="form-row r12">
                    <TextField name="email" label=t::field_email() kind="email" required=true maxlength=254 autocomplete="off"/>
                    <TextField name="company" label=t::field_company() optional=true maxlength=120/>
                </div>
                <div class="form-row r12">
                    <TextField name="first_name" label=t::field_first_name() optional=true maxlength=120 autocomplete="off"/>
                    <TextField name="last_name" label=t::field_last_name() optional=true maxlength=120 autocomplete="off"/>
                </div>
                <div class="form-row r12">
                    <SelectField name="source" label=t::how_agreed() choices=sources() required=true/>
                    <DateField name="on" label=t::when_agreed() value=today max=today required=true/>
                </div>
                <TextArea name="wording" label=t::what_agreed() help=t::what_agreed_help() rows=2 maxlength=1000 required=true/>
                <div class="actions"><Button submit=true icon=lucide::LuUserPlus>{t::add_person()}</Button></div>
            </VerbForm>
        </Card>
    }
    .into_any()
}

/// How somebody can have agreed.
pub(super) fn sources() -> Vec<Choice> {
    ConsentSource::ALL.iter().map(|one| Choice::new(one.as_str(), one.words())).collect()
}
