//! `/audiences/senders`: domains that mails come from.
use base::{Page, Side, Timestamp};
use kit::{
    Banner, Button, Card, Choice, Empty, Kind, LinkButton, Menu, Screen, SelectField, Shape, Size, Skeleton,
    Tag, TextField, Toasts, Tone, VerbForm, When, lucide, paths,
};
use leptos::prelude::*;
use programs::{Brand, ListBrands};

use super::copied::Copied;
use crate::access::Do;
use crate::model::{RecordFinding, SenderDomain, SenderState};
use crate::t;
use crate::verbs::{AddSender, CheckSender, ListSenders, RemoveSender};

/// `/audiences/senders`.
#[component]
pub fn SendersPage() -> impl IntoView {
    let body = match Do::KeepSenders.by(&access::me().actor()) {
        Ok(()) => page(),
        Err(problem) => kit::problem_view(problem),
    };
    let actions =
        || view! { <LinkButton href=paths::SUPPRESSED>{t::suppressed_title()}</LinkButton> }.into_any();
    view! { <Screen title=t::senders_title() actions=actions>{body}</Screen> }.into_any()
}

#[derive(Clone, Copy)]
struct Ways {
    senders: kit::Asked<Page<SenderDomain>>,
    toasts: Option<Toasts>,
}

impl Ways {
    fn say(self, words: String) {
        self.senders.refetch();
        if let Some(toasts) = self.toasts {
            toasts.say(words);
        }
    }
}

fn page() -> AnyView {
    let senders = kit::resource(|| vec!["senders".to_owned()], || ListSenders {});
    let ways = Ways { senders, toasts: use_context::<Toasts>() };
    let is_vendor = access::me().actor().side() == Some(Side::Vendor);
    let skeleton = || view! { <Skeleton shape=Shape::Form/> }.into_any();
    let form = if is_vendor {
        let brands = kit::resource(|| vec!["brands".to_owned()], ListBrands::default);
        kit::shown(brands, skeleton, move |page| new(page.items, ways)).into_any()
    } else {
        new(Vec::new(), ways)
    };
    view! {
        <p class="muted">{if is_vendor { t::senders_lead_vendor() } else { t::senders_lead_partner() }}</p>
        {kit::shown(senders, skeleton, move |page| list(page, ways))}
        {form}
    }
    .into_any()
}

fn list(page: Page<SenderDomain>, ways: Ways) -> AnyView {
    if page.items.is_empty() {
        return view! { <Card flush=true><Empty title=t::no_senders() note=t::no_senders_note() icon=lucide::LuMail/></Card> }
            .into_any();
    }
    let all = page.items.into_iter().map(|sender| entry(sender, ways)).collect_view();
    view! { <ul class="host-list stack gap-16">{all}</ul> }.into_any()
}

fn entry(sender: SenderDomain, ways: Ways) -> AnyView {
    let (words, tone) = sender.standing();
    let (title, label) = (sender.address.clone(), sender.address.clone());
    let missing = (sender.state != SenderState::Verified || sender.failing_since.is_some()).then(|| {
        view! {
            <div class="stack gap-8">
                <h3 class="strong">{t::record_title()}</h3>
                <p class="small">{t::record_help()}</p>
                <p class="small"><span class="muted">{t::record_type()}</span>" "<code>"TXT"</code></p>
                <Copied label=t::record_name() value=sender.record_name.clone()/>
                <Copied label=t::record_value() value=sender.record_value.clone()/>
            </div>
        }
    });
    let findings = sender.checked_at.map(|at| findings(&sender, at));
    let advice = (sender.checked_at.is_some() && sender.dmarc == RecordFinding::Missing).then(|| {
        let record = format!("_dmarc.{}", sender.domain);
        view! { <Banner tone=Tone::Neutral>{t::dmarc_advice(&record)}</Banner> }
    });
    let (added_at, by) = (sender.added_at, sender.added_by_name.clone());
    let actions = actions(&sender, ways);
    view! {
        <li class="card" aria-label=label>
            <div class="body stack gap-16">
                <div class="line wrap"><h2 class="title break">{title}</h2><Tag tone=tone>{words}</Tag></div>
                <p class="muted small">{t::added()}" "<When at=added_at/>" · "{by}</p>
                {missing}
                {findings}
                {advice}
                {actions}
            </div>
        </li>
    }
    .into_any()
}

/// What the last look found, record by record.
fn findings(sender: &SenderDomain, at: Timestamp) -> AnyView {
    let all = [("DKIM", sender.dkim), ("SPF", sender.spf), ("DMARC", sender.dmarc)];
    let rows = all.map(|(name, finding)| {
        let (words, tone) = finding.word();
        view! { <li class="line wrap"><span class="strong small">{name}</span><Tag tone=tone>{words}</Tag></li> }
    });
    view! {
        <div class="stack gap-8">
            <p class="muted small">{t::checked()}" "<When at=at/></p>
            <ul class="host-list line wrap" role="status">{rows.collect_view()}</ul>
        </div>
    }
    .into_any()
}

fn actions(sender: &SenderDomain, ways: Ways) -> AnyView {
    let (id, name) = (sender.id, sender.domain.clone());
    let (check_label, remove_label) = (t::check_what(&name), t::remove_what(&name));
    let checked = Callback::new(move |sender: SenderDomain| {
        ways.say(match sender.dkim {
            RecordFinding::Found => t::answer_found().to_owned(),
            RecordFinding::Other => t::answer_other().to_owned(),
            RecordFinding::Unanswered => t::answer_unanswered().to_owned(),
            RecordFinding::Missing | RecordFinding::Unknown => t::answer_missing().to_owned(),
        });
    });
    let removed = Callback::new(move |sender: SenderDomain| ways.say(t::removed(sender.domain)));
    view! {
        <div class="line wrap">
            <VerbForm verb=CheckSender { id } next=paths::SENDERS done=checked>
                <Button submit=true size=Size::Small icon=lucide::LuRotateCw label=check_label>{t::check()}</Button>
            </VerbForm>
            <Menu summary=t::remove().into_any() label=remove_label class="button small" ends=true roomy=true>
                <VerbForm verb=RemoveSender { id } next=paths::SENDERS done=removed>
                    <input type="hidden" name="_method" value="DELETE"/>
                    <p>{t::remove_consequence()}</p>
                    <Button submit=true kind=Kind::Fatal>{t::remove_for_good()}</Button>
                </VerbForm>
            </Menu>
        </div>
    }
    .into_any()
}

fn new(brands: Vec<Brand>, ways: Ways) -> AnyView {
    let address = RwSignal::new(String::new());
    let done = Callback::new(move |sender: SenderDomain| {
        let _ = address.try_set(String::new());
        ways.say(t::sender_added(sender.domain));
    });
    let choose = (!brands.is_empty()).then(|| {
        let first = brands[0].id.to_string();
        let choices: Vec<Choice> =
            brands.into_iter().map(|brand| Choice::new(brand.id.to_string(), brand.name)).collect();
        view! { <SelectField name="brand" label=t::field_brand() choices=choices value=first required=true/> }
    });
    view! {
        <Card title=t::new_sender() id="new-sender">
            <VerbForm verb=AddSender { address: String::new(), brand: None } next=paths::SENDERS done=done>
                <TextField name="address" label=t::field_sender() help=t::field_sender_help() bind=address required=true maxlength=254 inputmode="email" autocomplete="off" placeholder="hello@example.com"/>
                {choose}
                <div class="form-foot"><Button submit=true kind=Kind::Primary icon=lucide::LuPlus>{t::add()}</Button></div>
            </VerbForm>
        </Card>
    }
    .into_any()
}
