//! What the open piece says in the open language: its heading, and its blocks in their order.
use creative::AssetKind;
use kit::{Button, Card, Choice, SelectField, Size, TextField, lucide};
use leptos::prelude::*;

use super::state::{Desk, bound};
use super::tree::{self, Place};
use super::{block, pieces};
use crate::t;
use crate::words::{BLOCKS, block_words};

/// The piece that is open; built anew when another one is, or another language.
pub(super) fn open(desk: Desk) -> AnyView {
    let which = Memo::new(move |_| {
        let asset = desk.asset()?;
        Some((asset.key, asset.kind, desk.language.get()))
    });
    let each = move || which.get().into_iter().collect::<Vec<_>>();
    view! {
        <For each=each key=|which| which.clone() let:which>
            {
                let (key, kind, _) = which;
                view! {
                    <Card title=t::piece() id="piece"><div class="stack gap-16">{pieces::frame(desk, key, kind)}</div></Card>
                    <Card title=t::words_of_piece() id="words">
                        <div class="stack gap-16">
                            {head(desk, kind)}
                            {list(desk, Place::Top)}
                        </div>
                    </Card>
                }
            }
        </For>
    }
    .into_any()
}

/// Subject and summary.
fn head(desk: Desk, kind: AssetKind) -> AnyView {
    let subject = bound(desk, |desk| desk.with_open(|content| content.subject.clone()));
    let other = bound(desk, |desk| desk.with_open(|content| content.other_subject.clone()));
    let summary = bound(desk, |desk| desk.with_open(|content| content.summary.clone()));
    let fault =
        move |field: &'static str| MaybeProp::derive(move || desk.fault(&format!("{}.{field}", desk.path())));
    let subjected = Callback::new(move |text: String| desk.edit("subject", |content| content.subject = text));
    let othered =
        Callback::new(move |text: String| desk.edit("other_subject", |content| content.other_subject = text));
    let summed = Callback::new(move |text: String| desk.edit("summary", |content| content.summary = text));
    let label = if kind == AssetKind::Email { t::field_subject() } else { t::field_heading() };
    let other = (kind == AssetKind::Email).then(|| {
        view! { <TextField name="other_subject" id="piece-other-subject" label=t::field_other_subject() help=t::other_subject_help() bind=other on_input=othered error=fault("other_subject") optional=true maxlength=150/> }
    });
    let summary = matches!(kind, AssetKind::Email | AssetKind::LandingPage | AssetKind::Invitation).then(|| {
        view! { <TextField name="summary" id="piece-summary" label=t::field_summary() help=t::summary_help() bind=summary on_input=summed error=fault("summary") optional=true maxlength=200/> }
    });
    view! {
        <TextField name="subject" id="piece-subject" label=label bind=subject on_input=subjected error=fault("subject") required=true maxlength=150/>
        {other}
        {summary}
        {tokens()}
    }
    .into_any()
}

/// Which places for what is known of a reader, a partner, a brand words may have.
fn tokens() -> AnyView {
    let all = creative::Token::ALL
        .iter()
        .map(|token| {
            let text = if token.is_personal() {
                format!("{{{{{}|…}}}}", token.as_str())
            } else {
                format!("{{{{{}}}}}", token.as_str())
            };
            view! { <li><code>{text}</code></li> }
        })
        .collect_view();
    view! {
        <details class="kit-tokens small">
            <summary>{t::tokens()}</summary>
            <p class="muted">{t::tokens_help()}</p>
            <ul class="line" role="list">{all}</ul>
        </details>
    }
    .into_any()
}

/// The blocks at a place, and a way to add one.
pub(super) fn list(desk: Desk, place: Place) -> AnyView {
    let where_ = StoredValue::new(place.clone());
    // A block of another kind under the same id, as after a step back, is another block.
    let ids = move || {
        let of = |blocks: &Vec<creative::Block>| {
            blocks
                .iter()
                .map(|block| (block.id.clone(), crate::words::block_kind(&block.part)))
                .collect::<Vec<_>>()
        };
        desk.with_open(|content| where_.with_value(|place| tree::blocks(content, place).map(of)))
            .flatten()
            .unwrap_or_default()
    };
    let offered = BLOCKS.into_iter().filter(|kind| place.is_top() || *kind != "columns");
    let kinds: Vec<Choice> = offered.map(|kind| Choice::new(kind, block_words(kind))).collect();
    let chosen = RwSignal::new("text".to_owned());
    let add = move |_| {
        let Some(asset) = desk.asset_untracked() else { return };
        let id = tree::fresh_id(&asset);
        let Some(block) = tree::fresh_block(&chosen.get_untracked(), id.clone()) else { return };
        where_.with_value(|place| desk.edit_blocks(place, |blocks| blocks.push(block)));
        block::focus_later(format!("block-{id}"));
    };
    let id = match &place {
        Place::Top => "new-block".to_owned(),
        Place::Left(id) => format!("new-block-left-{id}"),
        Place::Right(id) => format!("new-block-right-{id}"),
    };
    let label = match place {
        Place::Top => t::add_block(),
        Place::Left(_) => t::add_left(),
        Place::Right(_) => t::add_right(),
    };
    let none = move || {
        let path = format!("{}.blocks", desk.path());
        let fault = place.is_top().then(|| desk.fault(&path)).flatten();
        fault.map(|words| view! { <p class="fault">{words}</p> })
    };
    view! {
        <ol class="kit-blocks" role="list">
            <For each=ids key=|one| one.clone() let:one>{block::block(desk, where_, one.0, one.1)}</For>
        </ol>
        {none}
        <div class="kit-add">
            <SelectField name="new_block" id=id.clone() label=label choices=kinds bind=chosen/>
            <Button size=Size::Small icon=lucide::LuPlus on_click=add id=format!("add-{id}")>{t::add()}</Button>
        </div>
    }
    .into_any()
}
