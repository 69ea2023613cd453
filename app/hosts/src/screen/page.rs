//! `/brands/{id}/hosts`: the names under which a brand's portal answers.
use base::{BrandId, Page, Problem, Timestamp};
use kit::{
    Banner, Button, Card, Empty, Kind, LinkButton, Menu, Screen, Shape, Size, Skeleton, Tag, TextField,
    Toasts, Tone, VerbForm, When, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::parts::Copied;
use crate::access::Do;
use crate::model::{CheckAnswer, Host, HostCheck, HostId, HostState};
use crate::t;
use crate::verbs::{AddHost, CheckHost, ChoosePrimaryHost, ListHosts, RemoveHost};

/// What the looks of this page found.
type Answers = RwSignal<Vec<(HostId, CheckAnswer)>>;

/// `/brands/{id}/hosts`.
#[component]
pub fn HostsPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<BrandId>().ok())));
    let body = move || match (Do::Keep.by(&access::me().actor()), id.get()) {
        (Err(problem), _) => kit::problem_view(problem),
        (Ok(()), None) => kit::problem_view(Problem::NotFound),
        (Ok(()), Some(id)) => of_brand(id),
    };
    let back = move || {
        let link = move || {
            let href = id.get().map_or_else(|| paths::BRANDS.to_owned(), paths::brand);
            view! { <LinkButton href=href>{t::to_studio()}</LinkButton> }
        };
        view! { {link} }.into_any()
    };
    view! { <Screen title=t::hosts() actions=back>{body}</Screen> }.into_any()
}

#[derive(Clone, Copy)]
struct Ways {
    brand: BrandId,
    hosts: kit::Asked<Page<Host>>,
    answers: Answers,
    toasts: Option<Toasts>,
}

impl Ways {
    fn say(self, words: String) {
        self.hosts.refetch();
        if let Some(toasts) = self.toasts {
            toasts.say(words);
        }
    }
}

fn of_brand(brand: BrandId) -> AnyView {
    let hosts = kit::resource(|| vec!["hosts".to_owned()], move || ListHosts { id: brand });
    let ways = Ways { brand, hosts, answers: RwSignal::default(), toasts: use_context::<Toasts>() };
    view! {
        <p class="muted">{t::lead()}</p>
        {kit::shown(hosts, || view! { <Skeleton shape=Shape::Form/> }.into_any(), move |page| list(page, ways))}
        {new(ways)}
    }
    .into_any()
}

fn list(page: Page<Host>, ways: Ways) -> AnyView {
    if page.items.is_empty() {
        return view! { <Card flush=true><Empty title=t::none() note=t::none_note() icon=lucide::LuGlobe/></Card> }
            .into_any();
    }
    let all = page.items.into_iter().map(|host| entry(host, ways)).collect_view();
    view! { <ul class="host-list stack gap-16">{all}</ul> }.into_any()
}

fn entry(host: Host, ways: Ways) -> AnyView {
    let (words, tone) = host.standing();
    let id = host.id;
    let address = (host.state == HostState::Verified).then(|| host.name.clone());
    let title = host.shown.clone();
    let punycode =
        (host.shown != host.name).then(|| view! { <code class="muted small">{host.name.clone()}</code> });
    let primary = host.is_primary.then(|| view! { <Tag tone=Tone::Accent>{t::primary()}</Tag> });
    let wants_record = host.state != HostState::Verified || host.failing_since.is_some();
    let record = wants_record.then(|| record(&host));
    let answer = move || {
        let answers = ways.answers.get();
        let (_, found) = answers.iter().rev().find(|(of, _)| *of == id)?;
        let (words, tone) = found.sentence();
        Some(view! { <Banner tone=tone announce=true>{words}</Banner> })
    };
    let note = note(host.state, host.verified_at, host.failing_since, host.added_at);
    let actions = actions(&host, ways);
    let label = title.clone();
    view! {
        <li class="card" aria-label=label>
            <div class="body stack gap-16">
                <div class="line wrap">
                    <h2 class="title break">{title}</h2>
                    {punycode}
                    <Tag tone=tone>{words}</Tag>
                    {primary}
                </div>
                <p class="muted small">{note}{address.map(|name| view! { " · "<a class="link" rel="external" href=format!("//{name}")>{t::open_it()}</a> })}</p>
                {record}
                {answer}
                {actions}
            </div>
        </li>
    }
    .into_any()
}

fn note(
    state: HostState,
    verified_at: Option<Timestamp>,
    failing_since: Option<Timestamp>,
    added_at: Timestamp,
) -> AnyView {
    let (words, at) = match (state, verified_at, failing_since) {
        (HostState::Pending, ..) => (t::added(), added_at),
        (HostState::Lost, _, since) => (t::gone_since(), since.unwrap_or(added_at)),
        (HostState::Verified, _, Some(since)) => (t::missing_since(), since),
        (HostState::Verified, verified, None) => (t::verified_since(), verified.unwrap_or(added_at)),
    };
    view! { {words}" "<When at=at/> }.into_any()
}

/// What is to be set in the DNS.
fn record(host: &Host) -> AnyView {
    let (name, value) = (host.record.name.clone(), host.record.value.clone());
    let (from, to) = (host.name.clone(), host.target.clone());
    let kind = if to.parse::<std::net::IpAddr>().is_ok() { "A" } else { "CNAME" };
    view! {
        <div class="stack gap-8">
            <h3 class="strong">{t::record_title()}</h3>
            <p class="small">{t::record_help()}</p>
            <p class="small"><span class="muted">{t::record_type()}</span>" "<code>"TXT"</code></p>
            <Copied label=t::record_name() value=name/>
            <Copied label=t::record_value() value=value/>
            <h3 class="strong">{t::address_title()}</h3>
            <p class="small">{t::address_help()}</p>
            <p class="small"><span class="muted">{t::record_type()}</span>" "<code>{kind}</code></p>
            <Copied label=t::record_name() value=from/>
            <Copied label=t::record_value() value=to/>
        </div>
    }
    .into_any()
}

fn actions(host: &Host, ways: Ways) -> AnyView {
    let (id, next) = (host.id, paths::hosts(ways.brand));
    let checked = Callback::new(move |check: HostCheck| {
        ways.answers.update(|answers| {
            answers.retain(|(of, _)| *of != id);
            answers.push((id, check.answer));
        });
        ways.hosts.refetch();
    });
    let removed = Callback::new(move |host: Host| ways.say(t::removed(host.shown)));
    let check_label = t::check_name(&host.shown);
    let remove_label = t::remove_name(&host.shown);
    let primary = (host.state == HostState::Verified).then(|| choose(host, ways));
    view! {
        <div class="actions">
            <VerbForm verb=CheckHost { id } next=next.clone() done=checked>
                <Button submit=true size=Size::Small icon=lucide::LuRotateCw label=check_label>{t::check()}</Button>
            </VerbForm>
            {primary}
            <Menu summary=t::remove().into_any() label=remove_label class="button small" ends=true roomy=true>
                <VerbForm verb=RemoveHost { id } next=next done=removed>
                    <input type="hidden" name="_method" value="DELETE"/>
                    <p>{t::remove_consequence()}</p>
                    <Button submit=true kind=Kind::Fatal>{t::remove_for_good()}</Button>
                </VerbForm>
            </Menu>
        </div>
    }
    .into_any()
}

/// Whether the brand's mails lead to the name.
fn choose(host: &Host, ways: Ways) -> AnyView {
    let chosen = host.is_primary;
    let verb = ChoosePrimaryHost { id: ways.brand, host: (!chosen).then_some(host.id) };
    let field = (!chosen).then(|| view! { <input type="hidden" name="host" value=host.id.to_string()/> });
    let said = if chosen { t::primary_ended().to_owned() } else { t::primary_chosen(&host.shown) };
    let done = Callback::new(move |_: Page<Host>| ways.say(said.clone()));
    let words = if chosen { t::end_primary() } else { t::make_primary() };
    view! {
        <VerbForm verb=verb next=paths::hosts(ways.brand) done=done>
            <input type="hidden" name="_method" value="PUT"/>
            {field}
            <Button submit=true size=Size::Small>{words}</Button>
        </VerbForm>
    }
    .into_any()
}

fn new(ways: Ways) -> AnyView {
    let done = Callback::new(move |host: Host| ways.say(t::added_name(host.shown)));
    let verb = AddHost { id: ways.brand, host: String::new() };
    view! {
        <Card title=t::new_host() id="new-host">
            <VerbForm verb=verb next=paths::hosts(ways.brand) done=done>
                <TextField name="host" label=t::host() help=t::host_help() required=true maxlength=300 autocomplete="off" placeholder="partners.example.com"/>
                <div class="form-foot"><Button submit=true kind=Kind::Primary icon=lucide::LuPlus>{t::add()}</Button></div>
            </VerbForm>
        </Card>
    }
    .into_any()
}
