//! API keys: make one, see its secret once, end it.
use base::{ApiKeyId, Page};
use kit::{
    Button, Card, Cell, CellKind, Choice, Column, Empty, FormState, Kind, Menu, Screen, SelectField,
    Skeleton, Table, TableRow, TextField, VerbForm, When, lucide, paths,
};
use leptos::prelude::*;

use super::parts::{NeedsScript, Secret, voice};
use crate::{ApiKey, CreateApiKey, CreatedApiKey, EndApiKey, ListApiKeys, t};

type Keys = kit::Asked<Page<ApiKey>>;

/// The keys of whoever is signed in, in the organisation acted for.
#[component]
pub fn ApiKeysPage() -> impl IntoView {
    let keys = kit::resource(|| vec!["api_keys".to_owned()], || ListApiKeys {});
    view! {
        <Screen title=t::keys_title()>
            <p class="muted">{t::keys_lead()}" "<a class="link" href=paths::API_DOCS rel="external">{t::keys_docs()}</a></p>
            <Card title=t::new_key() id="new-key">
                <NeedsScript/>
                <NewKey keys=keys/>
            </Card>
            {kit::shown(keys, || view! { <Skeleton count=3/> }.into_any(), move |page| list(page, keys))}
        </Screen>
    }
    .into_any()
}

/// The form that makes a key. It works with script only: the secret must be shown in the page that asked, as
/// no address and no cookie may carry it.
#[component]
fn NewKey(keys: Keys) -> impl IntoView {
    let state = FormState::new();
    provide_context(state);
    let (name, days) = (RwSignal::new(String::new()), RwSignal::new("365".to_owned()));
    let made = RwSignal::new(None::<CreatedApiKey>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if state.pending.get_untracked() {
            return;
        }
        state.pending.set(true);
        let verb =
            CreateApiKey { name: name.get_untracked(), expires_in_days: days.get_untracked().parse().ok() };
        leptos::task::spawn_local(async move {
            let answer = kit::ask(verb).await;
            let _ = state.pending.try_set(false);
            let _ = state.problem.try_set(answer.as_ref().err().cloned());
            if let Ok(created) = answer {
                let _ = name.try_set(String::new());
                let _ = made.try_set(Some(created));
                keys.refetch();
            }
        });
    };
    let lasts = [("30", t::days_30()), ("90", t::days_90()), ("365", t::days_365()), ("", t::days_never())];
    let lasts: Vec<Choice> = lasts.into_iter().map(Choice::from).collect();
    view! {
        {move || made.get().map(|created| view! {
            <Secret name="secret" label=t::secret_of(created.key.name) help=t::secret_help() value=created.secret/>
        })}
        <form class="form" on:submit=submit novalidate>
            {kit::form_problem(state.problem)}
            <div class="form-row r21">
                <TextField name="name" id="key-name" label=t::key_name() help=t::key_name_help() bind=name maxlength=100 required=true/>
                <SelectField name="expires_in_days" label=t::lasts() choices=lasts bind=days/>
            </div>
            <div class="form-foot">
                <Button submit=true kind=Kind::Primary icon=lucide::LuPlus busy=state.pending>{t::create_key()}</Button>
            </div>
        </form>
    }
    .into_any()
}

fn list(page: Page<ApiKey>, keys: Keys) -> AnyView {
    if page.items.is_empty() {
        return view! { <Empty title=t::keys_empty() note=t::keys_empty_note() icon=lucide::LuKeyRound/> }
            .into_any();
    }
    let columns = vec![
        Column::new(t::key_name()),
        Column::new(t::key_starts()),
        Column::new(t::made_by()),
        Column::new(t::made_at()),
        Column::new(t::last_used()),
        Column::new(t::expires()),
        Column::tight(""),
    ];
    view! {
        <Card flush=true>
            <Table columns=columns label=t::keys_title()>
                {page.items.into_iter().map(|key| row(key, keys)).collect_view()}
            </Table>
        </Card>
    }
    .into_any()
}

fn row(key: ApiKey, keys: Keys) -> AnyView {
    let moment = |at: Option<base::Timestamp>, otherwise: &'static str| match at {
        Some(at) => view! { <When at=at/> }.into_any(),
        None => otherwise.into_any(),
    };
    let revoke = revoke(key.id, &key.name, keys);
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead>{key.name}</Cell>
            <Cell label=t::key_starts()><code>{key.prefix}"…"</code></Cell>
            <Cell label=t::made_by()>{key.created_by_name}</Cell>
            <Cell label=t::made_at()><When at=key.created_at/></Cell>
            <Cell label=t::last_used()>{moment(key.last_used_at, t::never())}</Cell>
            <Cell label=t::expires()>{moment(key.expires_at, t::never())}</Cell>
            <Cell>{revoke}</Cell>
        </TableRow>
    }
    .into_any()
}

/// Asks once before a key ends; a menu with a form, so that it works without script.
fn revoke(id: ApiKeyId, name: &str, keys: Keys) -> AnyView {
    let say = voice();
    let done = Callback::new(move |()| {
        keys.refetch();
        say(t::key_revoked());
    });
    let label = t::revoke_key(name);
    view! {
        <Menu summary=t::revoke().into_any() label=label class="button small" ends=true roomy=true>
            <VerbForm verb=EndApiKey { id } next=paths::API_KEYS done=done>
                <p>{t::revoke_consequence()}</p>
                <Button submit=true kind=Kind::Fatal>{t::revoke_for_good()}</Button>
            </VerbForm>
        </Menu>
    }
    .into_any()
}
