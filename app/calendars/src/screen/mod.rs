//! The page of one's calendar feed: make it, see its address once, renew or end it.
use ::access::Secret;
use kit::{
    Button, Card, Empty, Fact, KeyValues, Kind, LinkButton, Menu, Screen, Shape, Skeleton, When, lucide,
};
use leptos::prelude::*;

use crate::model::{Feed, NewFeed};
use crate::t;
use crate::verbs::{EndCalendarFeed, GetCalendarFeed, MakeCalendarFeed};

/// `/calendar`.
#[component]
pub fn CalendarPage() -> impl IntoView {
    let feed = kit::resource(|| vec!["calendar_feeds".to_owned()], || GetCalendarFeed {});
    let made = RwSignal::new(None::<NewFeed>);
    let hands = Hands { feed, made, busy: RwSignal::new(false), toasts: use_context::<kit::Toasts>() };
    let needs_script = format!("<p class=\"help\">{}</p>", t::needs_script());
    view! {
        <Screen title=Signal::derive(|| t::title().to_owned())>
            <div class="stack gap-20">
                <p class="muted">{t::lead()}</p>
                <noscript inner_html=needs_script></noscript>
                {move || made.get().map(|made| address(&made))}
                {kit::shown(feed, || view! { <Skeleton shape=Shape::Record/> }.into_any(), move |feed| shown(&feed, hands))}
                <Card title=t::what()>
                    <ul class="stack gap-4">
                        <li>{t::what_answers()}</li>
                        <li>{t::what_grace()}</li>
                        <li>{t::what_protection()}</li>
                    </ul>
                </Card>
            </div>
        </Screen>
    }
    .into_any()
}

/// What the page's parts share.
#[derive(Clone, Copy)]
struct Hands {
    feed: kit::Asked<Feed>,
    made: RwSignal<Option<NewFeed>>,
    busy: RwSignal<bool>,
    toasts: Option<kit::Toasts>,
}

impl Hands {
    fn make(self) {
        self.run(async move {
            let made = kit::ask(MakeCalendarFeed {}).await?;
            let _ = self.made.try_set(Some(made));
            Ok(None)
        });
    }

    fn end(self) {
        self.run(async move {
            kit::ask(EndCalendarFeed {}).await?;
            let _ = self.made.try_set(None);
            Ok(Some(t::ended()))
        });
    }

    fn run(self, work: impl Future<Output = Result<Option<&'static str>, base::Problem>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            let done = work.await;
            let _ = self.busy.try_set(false);
            self.feed.refetch();
            match (self.toasts, done) {
                (Some(toasts), Ok(Some(words))) => toasts.say(words),
                (Some(toasts), Err(problem)) => toasts.fail(kit::sentence(&problem)),
                _ => {}
            }
        });
    }
}

fn shown(feed: &Feed, hands: Hands) -> AnyView {
    let Some(made_at) = feed.created_at else {
        return view! {
            <Card>
                <Empty title=t::none() note=t::none_note() icon=lucide::LuCalendarPlus tight=true>
                    <span class="needs-script">
                        <Button kind=Kind::Primary icon=lucide::LuPlus busy=hands.busy on_click=move |_| hands.make()>{t::make()}</Button>
                    </span>
                </Empty>
            </Card>
        }
        .into_any();
    };
    let used = match feed.used_at {
        Some(at) => view! { <When at=at/> }.into_any(),
        None => t::never_used().into_any(),
    };
    view! {
        <Card title=t::active()>
            <div class="stack gap-16">
                <KeyValues>
                    <Fact label=t::made_at()><When at=made_at/></Fact>
                    <Fact label=t::used_at()>{used}</Fact>
                </KeyValues>
                <div class="actions needs-script">
                    <Menu summary=t::renew().into_any() roomy=true>
                        <div class="stack gap-8">
                            <p>{t::renew_consequence()}</p>
                            <Button kind=Kind::Primary class="item" on_click=move |_| hands.make()>{t::renew()}</Button>
                        </div>
                    </Menu>
                    <Menu summary=t::end().into_any() class="button danger" roomy=true>
                        <div class="stack gap-8">
                            <p>{t::end_consequence()}</p>
                            <Button kind=Kind::Fatal class="item" on_click=move |_| hands.end()>{t::end()}</Button>
                        </div>
                    </Menu>
                </div>
            </div>
        </Card>
    }
    .into_any()
}

/// The address, which is shown once.
fn address(made: &NewFeed) -> AnyView {
    // What browsers hand to the calendar program.
    let rest = made.url.split_once("://").map_or(made.url.as_str(), |(_, rest)| rest);
    let (subscribe, url) = (format!("webcal://{rest}"), made.url.clone());
    view! {
        <Card>
            <div class="stack gap-16">
                <Secret name="calendar-url" label=t::address() help=t::address_help() value=url/>
                <div class="actions"><LinkButton href=subscribe icon=lucide::LuCalendarPlus>{t::open_in_calendar()}</LinkButton></div>
            </div>
        </Card>
    }
    .into_any()
}
