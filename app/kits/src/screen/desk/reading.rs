//! A kit for those who may look at it and not change it.
use kit::{Banner, Card, Icon, Kind, LinkButton, Tag, Tone, paths};
use leptos::prelude::*;

use super::preview;
use super::state::Desk;
use crate::access::Do;
use crate::model::KitState;
use crate::screen::parts::{kind_icon, languages, state_tag};
use crate::t;
use crate::words::{kind_words, topic_words};

/// Says who could change it.
pub(super) fn why_not() -> AnyView {
    let problem = Do::Edit.by(&access::me().actor()).err();
    problem.map(|_| view! { <Banner tone=Tone::Neutral>{t::made_by_others()}</Banner> }).into_any()
}

/// What it is about, its pieces to choose from, and how the chosen one looks.
pub(super) fn reading(desk: &Desk, partners: Vec<AnyView>) -> AnyView {
    let desk = *desk;
    let (kit, content) = (desk.kit.get_untracked(), desk.content.get_untracked());
    let is_partner = Do::ReadDrafts.by(&access::me().actor()).is_err();
    let begin = (is_partner && kit.state == KitState::Published).then(|| {
        let href = paths::new_campaign(kit.id);
        view! { <LinkButton href=href kind=Kind::Primary>{t::make_campaign()}</LinkButton> }
    });
    let rows = content
        .assets
        .iter()
        .map(|asset| {
            let (key, chosen, name) = (asset.key.clone(), asset.key.clone(), asset.name.clone());
            let kind = asset.kind;
            view! {
                <li>
                    <button type="button" class="kit-piece" aria-pressed=move || (desk.piece.get() == chosen).to_string()
                        on:click=move |_| desk.open(&key)>
                        <Icon of=kind_icon(kind)/>
                        <span class="what"><span class="strong">{name}</span><span class="muted small">{kind_words(kind)}</span></span>
                    </button>
                </li>
            }
        })
        .collect_view();
    let tags = languages(&kit.languages);
    let state = (!is_partner).then(|| state_tag(&kit));
    view! {
        <div class="head">
            <div>
                <h2 class="title">{content.name.clone()}</h2>
                <p class="muted">{kit.brand_name.clone()}" · "{kit.program_name.clone()}" · "{tags}</p>
            </div>
            <Tag plain=true>{topic_words(content.topic)}</Tag>
            {state}
            <span class="end actions">{begin}</span>
        </div>
        <p class="break">{content.about.clone()}</p>
        <div class="kit-desk">
            <div class="stack gap-16 kit-left">
                <Card title=t::pieces() id="pieces"><ul class="kit-piece-list" role="list">{rows}</ul></Card>
            </div>
            <div class="stack gap-16 kit-right">
                {preview::preview(desk, partners)}
                {preview::findings(desk)}
            </div>
        </div>
    }
    .into_any()
}
