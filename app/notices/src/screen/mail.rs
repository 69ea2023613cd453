//! What one is sent by e-mail: by type of message, and when the daily summary comes.
use kit::{
    Banner, Button, Card, Choice, FormState, Kind, LinkButton, Screen, SelectField, Shape, Skeleton, Toasts,
    Tone, VerbForm, lucide, paths,
};
use leptos::prelude::*;

use crate::daily::Daily;
use crate::model::{MailChoices, TopicChoice};
use crate::t;
use crate::topic::{Topic, Way};
use crate::verbs::{ChooseMails, GetMailChoices};

/// `/inbox/mail`.
#[component]
pub fn MailChoicesPage() -> impl IntoView {
    let choices = kit::resource(Vec::new, || GetMailChoices {});
    let back = || {
        view! { <LinkButton href=paths::INBOX kind=Kind::Quiet icon=lucide::LuInbox>{t::inbox_title()}</LinkButton> }
            .into_any()
    };
    view! {
        <Screen title=t::mail_title() actions=back>
            {kit::shown(choices, || view! { <Skeleton shape=Shape::Form count=5/> }.into_any(), form)}
        </Screen>
    }
    .into_any()
}

fn form(choices: MailChoices) -> AnyView {
    let toasts = use_context::<Toasts>();
    let done = Callback::new(move |_: MailChoices| {
        if let Some(toasts) = toasts {
            toasts.say(t::mail_saved());
        }
    });
    let silent = (!choices.sent).then(|| view! { <Banner tone=Tone::Warn>{t::mail_not_sent()}</Banner> });
    let MailChoices { topics, daily, email, .. } = choices;
    view! {
        <div class="stack gap-16 mail-choices">
            {silent}
            <p class="muted">{t::mail_lead(email)}</p>
            <Card>
                <VerbForm verb=ChooseMails::default() next=paths::MAIL_CHOICES done=done>
                    {topics.into_iter().map(topic).collect_view()}
                    {hour(daily)}
                    <Save/>
                </VerbForm>
            </Card>
        </div>
    }
    .into_any()
}

fn topic(choice: TopicChoice) -> AnyView {
    let (label, help) = words(choice.topic);
    let ways = Way::ALL.map(|way| Choice::new(way.as_str(), way_words(way))).to_vec();
    view! { <SelectField name=choice.topic.as_str() label=label help=help choices=ways value=choice.way.as_str()/> }
        .into_any()
}

fn hour(daily: Daily) -> AnyView {
    let hours =
        (0..24).map(|hour| Daily(Some(hour))).map(|daily| Choice::new(daily.to_string(), daily.to_string()));
    let off = Choice::new(Daily(None).to_string(), t::daily_off());
    let hours: Vec<Choice> = hours.chain([off]).collect();
    view! { <SelectField name="daily" label=t::daily_at() help=t::daily_at_help() choices=hours value=daily.to_string()/> }
        .into_any()
}

#[component]
fn Save() -> impl IntoView {
    let pending = expect_context::<FormState>().pending;
    view! {
        <div class="form-foot">
            <Button submit=true kind=Kind::Primary busy=pending>{t::mail_save()}</Button>
        </div>
    }
    .into_any()
}

fn words(topic: Topic) -> (&'static str, &'static str) {
    match topic {
        Topic::Decisions => (t::topic_decisions(), t::topic_decisions_help()),
        Topic::Questions => (t::topic_questions(), t::topic_questions_help()),
        Topic::Leads => (t::topic_leads(), t::topic_leads_help()),
        Topic::Goals => (t::topic_goals(), t::topic_goals_help()),
        Topic::Course => (t::topic_course(), t::topic_course_help()),
        Topic::Cases => (t::topic_cases(), t::topic_cases_help()),
        Topic::Overdue => (t::topic_overdue(), t::topic_overdue_help()),
        Topic::News => (t::topic_news(), t::topic_news_help()),
    }
}

fn way_words(way: Way) -> &'static str {
    match way {
        Way::Instant => t::way_instant(),
        Way::Daily => t::way_daily(),
        Way::Never => t::way_never(),
    }
}
