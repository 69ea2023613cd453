//! One's own profile: name, language, time zone, theme, password, and the browsers one is signed in with.
use base::Page;
use kit::catalogue::Locale;
use kit::{
    Button, Card, Choice, FormState, Kind, Row, Screen, SelectField, Skeleton, TextField, VerbForm, When,
    load, paths,
};
use leptos::prelude::*;

use super::parts::{me, voice};
use super::zones;
use crate::{
    ChangePassword, EndSession, EndSessions, ListSessions, Password, SaveProfile, Session, Theme, User, t,
};

/// The profile of whoever is signed in.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let user = me().user;
    view! {
        <Screen title=t::profile_title() actions=|| view! { <SignOutButton/> }.into_any()>
            <div class="grid g2 profile">
                <Card title=t::profile_you() id="profile">
                    <VerbForm verb=SaveProfile::default() next=paths::PROFILE done=Callback::new(|_: User| load(paths::PROFILE))>
                        <ProfileFields user=user/>
                    </VerbForm>
                </Card>
                <div class="grid">
                    <PasswordCard/>
                    <SessionsCard/>
                </div>
            </div>
        </Screen>
    }
    .into_any()
}

#[component]
fn ProfileFields(user: User) -> impl IntoView {
    let pending = expect_context::<FormState>().pending;
    let locales = Locale::ALL.map(|locale| Choice::new(locale.tag(), locale.own_name())).to_vec();
    let themes = Theme::ALL.map(|theme| Choice::new(theme.as_str(), theme_name(theme))).to_vec();
    view! {
        <TextField name="name" label=t::your_name() value=user.name autocomplete="name" required=true/>
        <TextField name="_email" id="profile-email" label=t::email() value=user.email help=t::email_help() readonly=true/>
        <SelectField name="locale" label=t::language() choices=locales value=user.locale.tag()/>
        <SelectField name="time_zone" label=t::time_zone() help=t::time_zone_help() choices=zones::choices(&user.time_zone) value=user.time_zone/>
        <SelectField name="theme" label=t::theme() choices=themes value=user.theme.as_str()/>
        <div class="form-foot">
            <Button submit=true kind=Kind::Primary busy=pending>{t::save_profile()}</Button>
            <span class="end"><a class="link" href=paths::MAIL_CHOICES>{t::mail_settings()}</a></span>
        </div>
    }
    .into_any()
}

fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::System => t::theme_system(),
        Theme::Light => t::theme_light(),
        Theme::Dark => t::theme_dark(),
    }
}

#[component]
fn PasswordCard() -> impl IntoView {
    let verb = ChangePassword { password: Password(String::new()), new_password: Password(String::new()) };
    let (old, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let say = voice();
    let done = Callback::new(move |()| {
        old.set(String::new());
        new.set(String::new());
        say(t::password_changed());
    });
    view! {
        <Card title=t::password() id="password-card">
            <VerbForm verb=verb next=paths::PROFILE done=done>
                <PasswordFields old=old new=new/>
            </VerbForm>
        </Card>
    }
    .into_any()
}

#[component]
fn PasswordFields(old: RwSignal<String>, new: RwSignal<String>) -> impl IntoView {
    let pending = expect_context::<FormState>().pending;
    view! {
        <TextField name="password" label=t::password_in_use() kind="password" autocomplete="current-password" bind=old required=true/>
        <TextField name="new_password" label=t::new_password() help=t::password_help() kind="password" autocomplete="new-password" bind=new required=true/>
        <div class="form-foot">
            <Button submit=true busy=pending>{t::change_password()}</Button>
            <span class="help">{t::change_password_help()}</span>
        </div>
    }
    .into_any()
}

#[component]
fn SessionsCard() -> impl IntoView {
    let sessions = kit::resource(|| vec!["sessions".to_owned()], || ListSessions {});
    let footer = view! {
        <VerbForm verb=EndSessions {} next=paths::SIGN_IN before=leave() done=left()>
            <Button submit=true kind=Kind::Danger>{t::sign_out_everywhere()}</Button>
        </VerbForm>
    };
    view! {
        <Card title=t::sessions() id="sessions" flush=true footer=footer.into_any()>
            {kit::shown(sessions, || view! { <Skeleton count=2/> }.into_any(), |page: Page<Session>| view! {
                <ul class="rows">{page.items.into_iter().map(session_row).collect_view()}</ul>
            }.into_any())}
        </Card>
    }
    .into_any()
}

fn session_row(session: Session) -> impl IntoView {
    let title = if session.agent.is_empty() { t::unknown_browser().to_owned() } else { session.agent };
    let end = view! { <span class="muted small">{t::seen()}" "<When at=session.seen_at/></span> };
    view! { <Row title=title end=end.into_any()/> }
}

/// What goes before signing out: what only this browser has is deleted by it.
fn leave() -> Callback<(), bool> {
    let user = me().user.id;
    Callback::new(move |()| kit::leave(user))
}

/// What follows signing out.
fn left() -> Callback<()> {
    Callback::new(move |()| load(paths::SIGN_IN))
}

/// Signs out of this browser, with and without script.
#[component]
fn SignOutButton() -> impl IntoView {
    view! {
        <VerbForm verb=EndSession {} next=paths::SIGN_IN before=leave() done=left()>
            <Button submit=true icon=kit::lucide::LuLogOut>{t::sign_out()}</Button>
        </VerbForm>
    }
    .into_any()
}
