//! What the person has to say before a kept draft goes on: it was changed elsewhere, or is no draft any more.
use base::{Date, DealId};
use kit::catalogue::locale;
use kit::{Actions, Banner, Button, Card, Choice, Kind, LinkButton, RadioField, Size, Tone, format, paths};
use leptos::prelude::*;
use programs::Product;

use super::form::Hands;
use super::keeper::{Apart, Keeper, Lost};
use crate::model::{EVIDENCE_KINDS, PartnerRole, ValueKind};
use crate::rules::shelf::{Difference, Take};
use crate::screen::country_name;
use crate::screen::parts::field_words;
use crate::t;

const MINE: &str = "mine";
const THEIRS: &str = "theirs";

/// Either question; nothing while there is none.
pub(super) fn view(hands: Hands, products: &[Product]) -> AnyView {
    let keeper = hands.keeper;
    let names: Vec<(String, String)> =
        products.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
    let names = StoredValue::new(names);
    view! {
        <div class="apart needs-script" aria-live="polite">
            {move || keeper.apart.get().map(|apart| choice(keeper, apart, names))}
            {move || keeper.lost.get().map(|lost| gone(keeper, lost))}
        </div>
    }
    .into_any()
}

/// Both texts of each field, and whose shall stand.
fn choice(keeper: Keeper, apart: Apart, names: StoredValue<Vec<(String, String)>>) -> AnyView {
    let taken: Vec<(Difference, RwSignal<String>)> = apart
        .differences
        .into_iter()
        .map(|one| {
            let take = if one.take == Take::Mine { MINE } else { THEIRS };
            (one, RwSignal::new(take.to_owned()))
        })
        .collect();
    let fields = taken
        .iter()
        .map(|(one, take)| {
            let said = |text: &str| shown(one.field, text, names);
            let choices = vec![
                Choice::new(MINE, t::apart_mine(said(&one.mine))),
                Choice::new(THEIRS, t::apart_theirs(said(&one.theirs))),
            ];
            view! { <RadioField name=format!("_apart-{}", one.field) label=label(one.field) choices=choices bind=*take/> }
        })
        .collect_view();
    let several = taken.len() > 1;
    let save = move |_| {
        let chosen = taken.iter().map(|(one, take)| {
            let take = if take.get_untracked() == MINE { Take::Mine } else { Take::Theirs };
            Difference { take, ..one.clone() }
        });
        keeper.settle(&chosen.collect::<Vec<_>>());
    };
    let all = move |take: Take| move |_| keeper.settle_by(take);
    view! {
        <Card title=t::apart_title() id="apart">
            <div class="stack gap-16">
                <p class="muted">{t::apart_note()}</p>
                {fields}
                <Actions>
                    <Button kind=Kind::Primary on_click=save>{t::apart_save()}</Button>
                    {several.then(|| view! {
                        <Button on_click=all(Take::Mine)>{t::apart_all_mine()}</Button>
                        <Button on_click=all(Take::Theirs)>{t::apart_all_theirs()}</Button>
                    })}
                </Actions>
            </div>
        </Card>
    }
    .into_any()
}

fn gone(keeper: Keeper, Lost(deal): Lost) -> AnyView {
    let (words, id): (String, Option<DealId>) = match deal {
        Some(deal) => (t::gone_status(deal.status.words()), Some(deal.id)),
        None => (t::gone_deleted().to_owned(), None),
    };
    view! {
        <Banner tone=Tone::Warn>
            <div class="stack gap-8">
                <p class="strong">{words}</p>
                <p>{t::gone_note()}</p>
                <Actions>
                    <Button kind=Kind::Primary size=Size::Small on_click=move |_| keeper.anew()>{t::gone_anew()}</Button>
                    {id.map(|id| view! { <LinkButton href=paths::deal(id) size=Size::Small>{t::see_deal()}</LinkButton> })}
                    <Button kind=Kind::Quiet size=Size::Small on_click=move |_| keeper.discard()>{t::unsent_discard()}</Button>
                </Actions>
            </div>
        </Banner>
    }
    .into_any()
}

/// What a field is called in the form.
fn label(field: &str) -> String {
    match field {
        "name" => t::company().to_owned(),
        "city" => t::city().to_owned(),
        "country" => t::fact_country().to_owned(),
        "product" => t::product().to_owned(),
        "quantity" => t::quantity().to_owned(),
        "close" => t::fact_close().to_owned(),
        "evidence" => t::evidence_label().to_owned(),
        "evidence_kind" => t::evidence_kind().to_owned(),
        other => field_words(other),
    }
}

/// A text as people read it; codes in words.
fn shown(field: &str, text: &str, names: StoredValue<Vec<(String, String)>>) -> String {
    if text.is_empty() {
        return t::apart_empty().to_owned();
    }
    let words = match field {
        "country" => Some(country_name(text)),
        "product" => {
            names.with_value(|names| names.iter().find(|(id, _)| id == text).map(|(_, name)| name.clone()))
        }
        "close" => text.parse::<Date>().ok().map(|day| format::date(day, locale())),
        "value_kind" => {
            ValueKind::ALL.into_iter().find(|one| one.as_str() == text).map(|one| one.words().to_owned())
        }
        "partner_role" => {
            PartnerRole::ALL.into_iter().find(|one| one.as_str() == text).map(|one| one.words().to_owned())
        }
        "evidence_kind" => {
            EVIDENCE_KINDS.into_iter().find(|one| one.as_str() == text).map(|one| one.words().to_owned())
        }
        _ => None,
    };
    words.unwrap_or_else(|| text.to_owned())
}
