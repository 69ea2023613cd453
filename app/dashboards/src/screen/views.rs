//! Saved views: the menu on each page of figures, what is pinned, and the page where all are kept.
use base::Page;
use kit::{
    Button, Card, CheckField, Choice as Option_, Empty, Icon, Kind, LinkButton, Menu, MenuHeading, MenuLink,
    Screen, SelectField, Shape, Size, Skeleton, Tag, TextField, Toasts, Tone, VerbForm, lucide, paths,
};
use leptos::prelude::*;

use super::chosen::{Chosen, Field, What, query};
use super::{explore, parts};
use crate::access;
use crate::model::Exploration;
use crate::t;
use crate::verbs::{
    ChangeBoardView, ChooseBoardView, DeleteBoardView, ListBoardViews, RestoreBoardView, SaveBoardView,
};
use crate::view::{Board, BoardView, BoardViewId, Rhythm, Sending};

fn keys() -> Vec<String> {
    vec!["board_views".to_owned()]
}

fn may_share() -> bool {
    access::share(&::access::me().actor()).is_ok()
}

/// The menu of a page: the views of it, and saving what is shown as one more. `fields` is what the address says now.
pub(super) fn menu(board: Board, fields: impl Fn() -> Vec<Field> + Copy + Send + Sync + 'static) -> AnyView {
    let views = kit::resource(keys, ListBoardViews::default);
    kit::shown(views, || ().into_any(), move |page: Page<BoardView>| menu_of(board, &fields(), page.items))
}

fn menu_of(board: Board, fields: &[Field], views: Vec<BoardView>) -> AnyView {
    let query = query(fields);
    let places = views
        .into_iter()
        .filter(|view| view.board == board)
        .map(|view| {
            let current = view.query == query;
            view! { <MenuLink href=view.href() label=view.name current=current/> }
        })
        .collect_view();
    let toasts = use_context::<Toasts>();
    let done = Callback::new(move |view: BoardView| {
        if let Some(toasts) = toasts {
            toasts.say(t::view_saved(view.name));
        }
    });
    let verb = SaveBoardView { name: String::new(), board, query: String::new(), shared: false };
    let share =
        may_share().then(|| view! { <CheckField name="shared" id="board-shared" label=t::view_share()/> });
    let summary = view! { <Icon of=lucide::LuBookmark/>{t::views()} }.into_any();
    view! {
        <Menu summary=summary class="button small" ends=true roomy=true>
            <MenuHeading label=t::views()/>
            {places}
            <MenuLink href=paths::VIEWS label=t::views_all().to_owned() current=false/>
            <hr/>
            <VerbForm verb=verb next=paths::VIEWS done=done>
                <TextField name="name" id="board-name" label=t::view_name() maxlength=60 required=true/>
                <input type="hidden" name="board" value=board.as_str()/>
                <input type="hidden" name="query" value=query/>
                {share}
                <Button submit=true kind=Kind::Primary class="item">{t::view_save()}</Button>
            </VerbForm>
        </Menu>
    }
    .into_any()
}

/// What the person has pinned, on their first page.
pub(super) fn pins() -> AnyView {
    let views = kit::resource(keys, || ListBoardViews { pinned: Some(true) });
    kit::shown(
        views,
        || ().into_any(),
        |page: Page<BoardView>| {
            if page.items.is_empty() {
                return ().into_any();
            }
            let cards = page.items.into_iter().map(pin).collect_view();
            view! { <section class="tiles" aria-label=t::pinned()>{cards}</section> }.into_any()
        },
    )
}

/// A pinned view: the figure that is explored, live, or the way to the page.
fn pin(view: BoardView) -> AnyView {
    if view.board != Board::Explore {
        let href = view.href();
        return view! { <kit::Tile label=view.name figure=board_words(view.board).to_owned() href=href/> }
            .into_any();
    }
    let get = base::named(&view.query);
    let ask = What::read(&get).ask(Chosen::read(get));
    let figures = kit::resource(explore::keys, move || ask.clone());
    kit::shown(
        figures,
        || view! { <Skeleton shape=Shape::Text count=2/> }.into_any(),
        move |of| pinned_tile(&view, &of),
    )
}

fn pinned_tile(view: &BoardView, of: &Exploration) -> AnyView {
    let currency = parts::currency_of(&of.currency);
    let figure = parts::written(of.total, of.unit, currency);
    let delta = parts::delta(of.total, of.previous, &of.against, of.measure.falling_is_good());
    let first = of.rows.first().filter(|_| !of.by.is_time()).map(|row| {
        let words =
            t::figure_is(explore::name_of_row(of.by, row), parts::written(row.value, of.unit, currency));
        view! { <p class="muted small">{words}</p> }
    });
    let (name, href, unit) = (view.name.clone(), view.href(), of.measure.words());
    view! {
        <kit::Tile label=name figure=figure unit=unit delta=delta.unwrap_or_else(|| ().into_any()) href=href>
            {first}
        </kit::Tile>
    }
    .into_any()
}

fn board_words(board: Board) -> &'static str {
    match board {
        Board::Home => t::start(),
        Board::Overview => t::overview(),
        Board::Explore => t::explore(),
    }
}

/// `/views`.
#[component]
pub fn ViewsPage() -> impl IntoView {
    let views = kit::resource(keys, ListBoardViews::default);
    view! {
        <Screen title=t::views()>
            {kit::shown(
                views,
                || view! { <Skeleton shape=Shape::Rows/> }.into_any(),
                |page: Page<BoardView>| list(page.items),
            )}
        </Screen>
    }
    .into_any()
}

fn list(views: Vec<BoardView>) -> AnyView {
    if views.is_empty() {
        return view! {
            <Card flush=true>
                <Empty title=t::no_views() note=t::no_views_note() icon=lucide::LuBookmark>
                    <LinkButton href=paths::EXPLORE>{t::explore()}</LinkButton>
                </Empty>
            </Card>
        }
        .into_any();
    }
    views.into_iter().map(card).collect_view().into_any()
}

fn card(view: BoardView) -> AnyView {
    let (id, choice) = (view.id, view.choice);
    let toasts = use_context::<Toasts>();
    let said = Callback::new(move |view: BoardView| {
        if let Some(toasts) = toasts {
            toasts.say(t::view_saved(view.name));
        }
    });
    let (owner, href) = (t::view_of(&view.owner_name), view.href());
    let change = view.may_change.then(|| change(&view, said));
    let tags = view! {
        <span class="line wrap">
            <Tag tone=Tone::Neutral>{board_words(view.board)}</Tag>
            {view.shared.then(|| view! { <Tag tone=Tone::Accent>{owner}</Tag> })}
            {choice.pinned.then(|| view! { <Tag tone=Tone::Good>{t::pinned()}</Tag> })}
        </span>
    };
    let rhythms: Vec<Option_> =
        Rhythm::ALL.iter().map(|one| Option_::new(one.as_str(), rhythm_words(*one))).collect();
    let formats: Vec<Option_> =
        Sending::ALL.iter().map(|one| Option_::new(one.as_str(), sending_words(*one))).collect();
    let hours: Vec<Option_> =
        (0..24_u8).map(|hour| Option_::new(hour.to_string(), format!("{hour:02}:00"))).collect();
    let field = move |name: &str| format!("{name}-{id}");
    let pin = ChooseBoardView { pinned: Some(!choice.pinned), ..unchosen(id) };
    let pin_words = if choice.pinned { t::unpin() } else { t::pin() };
    view! {
        <Card title=view.name.clone() aside=tags.into_any()>
            <div class="stack">
                <div class="line wrap">
                    <LinkButton href=href size=Size::Small>{t::open_view()}</LinkButton>
                    <VerbForm verb=pin next=paths::VIEWS done=said>
                        <input type="hidden" name="pinned" value=(!choice.pinned).to_string()/>
                        <Button submit=true size=Size::Small icon=lucide::LuPin>{pin_words}</Button>
                    </VerbForm>
                </div>
                <VerbForm verb=unchosen(id) next=paths::VIEWS done=said>
                    <div class="form-row r12">
                        <SelectField name="rhythm" id=field("rhythm") label=t::send_me() choices=rhythms value=choice.rhythm.as_str()/>
                        <SelectField name="format" id=field("format") label=t::send_as() choices=formats value=choice.format.as_str()/>
                        <SelectField name="hour" id=field("hour") label=t::send_at() choices=hours value=choice.hour.to_string()/>
                    </div>
                    <Button submit=true size=Size::Small>{t::keep()}</Button>
                </VerbForm>
                {change}
            </div>
        </Card>
    }
    .into_any()
}

const fn unchosen(id: BoardViewId) -> ChooseBoardView {
    ChooseBoardView { id, pinned: None, rhythm: None, format: None, hour: None }
}

/// Renaming, sharing and deleting.
fn change(view: &BoardView, said: Callback<BoardView>) -> AnyView {
    let id = view.id;
    let unchanged = |shared| ChangeBoardView { id, name: None, query: None, shared, version: None };
    let toasts = use_context::<Toasts>();
    let deleted = Callback::new(move |view: BoardView| {
        if let Some(toasts) = toasts {
            toasts.say_with_undo(t::view_deleted(view.name), move || {
                leptos::task::spawn_local(async move {
                    let _ = kit::ask(RestoreBoardView { id }).await;
                });
            });
        }
    });
    let share_words = if view.shared { t::view_unshare() } else { t::view_share() };
    let shared = !view.shared;
    let share = may_share().then(|| {
        view! {
            <VerbForm verb=unchanged(Some(shared)) next=paths::VIEWS done=said>
                <input type="hidden" name="_method" value="PATCH"/>
                <input type="hidden" name="shared" value=shared.to_string()/>
                <Button submit=true size=Size::Small icon=lucide::LuUsers>{share_words}</Button>
            </VerbForm>
        }
    });
    let name = view.name.clone();
    view! {
        <div class="line wrap">
            {share}
            <VerbForm verb=DeleteBoardView { id } next=paths::VIEWS done=deleted>
                <input type="hidden" name="_method" value="DELETE"/>
                <Button submit=true size=Size::Small icon=lucide::LuTrash2>{t::view_delete()}</Button>
            </VerbForm>
        </div>
        <VerbForm verb=unchanged(None) next=paths::VIEWS done=said>
            <input type="hidden" name="_method" value="PATCH"/>
            <div class="form-row r12">
                <TextField name="name" id=format!("name-{id}") label=t::view_name() value=name maxlength=60 required=true/>
            </div>
            <Button submit=true size=Size::Small>{t::view_rename()}</Button>
        </VerbForm>
    }
    .into_any()
}

fn rhythm_words(rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::Never => t::rhythm_never(),
        Rhythm::Daily => t::rhythm_daily(),
        Rhythm::Weekly => t::rhythm_weekly(),
        Rhythm::Monthly => t::rhythm_monthly(),
    }
}

fn sending_words(sending: Sending) -> &'static str {
    match sending {
        Sending::Digest => t::sending_digest(),
        Sending::Csv => t::sending_csv(),
        Sending::Xlsx => t::sending_xlsx(),
    }
}
