//! Pages as samples: what a theme is tried on, in the studio and behind a link.
use kit::{
    Banner, BrandFace, BrandFooter, BrandLogo, BrandMark, Button, Delta, Emblem, Kind, Tag, Tile, Tone,
    Voice, paragraphs,
};
use leptos::prelude::*;

use crate::t;

/// A page that a theme is tried on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sample {
    Home,
    Form,
    Mail,
    SignIn,
    Landing,
}

impl Sample {
    pub(super) const ALL: [Self; 5] = [Self::Home, Self::Form, Self::Mail, Self::SignIn, Self::Landing];

    /// As it stands in an address.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Form => "form",
            Self::Mail => "mail",
            Self::SignIn => "sign-in",
            Self::Landing => "landing",
        }
    }

    /// Reads what [`Self::as_str`] wrote; anything else is the home.
    pub(super) fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|sample| sample.as_str() == text).unwrap_or(Self::Home)
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Home => t::preview_home(),
            Self::Form => t::preview_form(),
            Self::Mail => t::preview_mail(),
            Self::SignIn => t::preview_sign_in(),
            Self::Landing => t::preview_landing(),
        }
    }
}

/// The page of a brand that says this and has these pictures.
pub(super) fn page(sample: Sample, brand: &str, voice: &Voice, emblem: &Emblem) -> AnyView {
    match sample {
        Sample::Home => home(brand, voice, emblem),
        Sample::Form => form(),
        Sample::Mail => mail(brand, voice, emblem),
        Sample::SignIn => sign_in(brand, voice, emblem),
        Sample::Landing => landing(brand, voice, emblem),
    }
}

/// The brand's logo, or its mark and name.
fn whose(brand: &str, emblem: &Emblem, big: bool) -> AnyView {
    let name = brand.to_owned();
    match (&emblem.logo, &emblem.mark) {
        (Some(logo), _) => {
            view! { <BrandLogo light=logo.clone() dark=emblem.logo_dark.clone()/> }.into_any()
        }
        (None, Some(mark)) => view! {
            <p class="line"><BrandMark name=name.clone() logo=mark.clone() big=big/><span class="strong">{name}</span></p>
        }
        .into_any(),
        (None, None) => view! {
            <p class="line"><BrandMark name=name.clone() big=big/><span class="strong">{name}</span></p>
        }
        .into_any(),
    }
}

fn hero(emblem: &Emblem) -> AnyView {
    emblem.hero.clone().map(|hero| view! { <img class="sample-hero" src=hero alt=""/> }).into_any()
}

fn footer(brand: &str, voice: &Voice) -> AnyView {
    view! { <BrandFooter face=BrandFace::of(brand, voice) inside=true/> }.into_any()
}

fn lines(text: &str, class: &'static str) -> AnyView {
    paragraphs(text).into_iter().map(|line| view! { <p class=class>{line}</p> }).collect_view().into_any()
}

fn home(brand: &str, voice: &Voice, emblem: &Emblem) -> AnyView {
    let up = || view! { <Delta words=t::sample_delta() up=Some(true) tone=Tone::Good/> }.into_any();
    let bars = [34, 52, 41, 68, 57, 80, 96];
    let chart = bars.iter().zip(0..).map(|(height, place)| {
        view! { <rect x=place * 34 + 4 y=100 - height width="24" height=*height rx="3"></rect> }
    });
    let chart = chart.collect_view();
    view! {
        {whose(brand, emblem, false)}
        <div class="tiles">
            <Tile label=t::sample_won() figure="€1.28 m" delta=up()/>
            <Tile label=t::sample_open() figure="€2.41 m" unit=t::sample_deals()/>
        </div>
        <section class="card pad"><svg class="bars" viewBox="0 0 246 100" width="100%" height="90">{chart}</svg></section>
        <section class="card pad stack gap-8">
            <p class="line wrap"><a class="link">"Alder Works"</a><Tag tone=Tone::Good>{t::sample_approved()}</Tag></p>
            <p class="line wrap"><a class="link">"Birch & Co"</a><Tag tone=Tone::Warn>{t::sample_returned()}</Tag></p>
            <p class="line wrap"><a class="link">"Cedar Labs"</a><Tag tone=Tone::Accent>{t::sample_review()}</Tag></p>
            <p class="muted small">{t::sample_note()}</p>
        </section>
        {footer(brand, voice)}
    }
    .into_any()
}

fn field(label: &'static str, value: &'static str) -> AnyView {
    view! { <div class="field"><span class="label">{label}</span><span class="input sample">{value}</span></div> }.into_any()
}

fn form() -> AnyView {
    view! {
        <section class="card pad stack gap-16">
            {field(t::sample_customer(), "Alder Works GmbH")}
            {field(t::sample_value(), "48,000.00")}
            <Banner tone=Tone::Good>{t::sample_clear()}</Banner>
            <Banner tone=Tone::Bad>{t::sample_fault()}</Banner>
            <div class="actions">
                <Button kind=Kind::Primary>{t::sample_register()}</Button>
                <Button>{t::sample_draft()}</Button>
                <Button kind=Kind::Danger>{t::sample_withdraw()}</Button>
            </div>
        </section>
    }
    .into_any()
}

fn mail(brand: &str, voice: &Voice, emblem: &Emblem) -> AnyView {
    let sender = if voice.sender_name.is_empty() { brand } else { &voice.sender_name };
    let reply = (!voice.reply_to.is_empty()).then(|| t::sample_reply(&voice.reply_to));
    let name = match &emblem.logo {
        // A mail has one logo, on light ground.
        Some(logo) => view! { <BrandLogo light=logo.clone() dark=None/> }.into_any(),
        None => brand.to_owned().into_any(),
    };
    let header = (!voice.mail_header.is_empty())
        .then(|| view! { <span class="block small regular">{voice.mail_header.clone()}</span> });
    view! {
        <section class="card pad stack gap-16 letter">
            <p class="muted small">{t::sample_from(sender)}{reply.map(|reply| view! { <br/>{reply} })}</p>
            <div class="strong letter-head">{name}{header}</div>
            <h3 class="title">{t::sample_mail_title()}</h3>
            <p>{t::sample_mail_text()}</p>
            <div class="actions"><Button kind=Kind::Primary>{t::sample_mail_button()}</Button></div>
            <p class="muted small">{t::sample_mail_foot()}</p>
            {lines(&voice.mail_footer, "muted small")}
        </section>
    }
    .into_any()
}

fn sign_in(brand: &str, voice: &Voice, emblem: &Emblem) -> AnyView {
    let title =
        if voice.sign_in_title.is_empty() { t::sample_sign_in() } else { voice.sign_in_title.as_str() };
    view! {
        {hero(emblem)}
        <section class="card pad stack gap-16 narrow">
            {whose(brand, emblem, true)}
            <h3 class="title">{title.to_owned()}</h3>
            {lines(&voice.sign_in_text, "")}
            {field(t::sample_email(), "noor@alpine.example")}
            {field(t::sample_password(), "••••••••••")}
            <div class="actions"><Button kind=Kind::Primary>{t::sample_sign_in()}</Button><a class="link small">{t::sample_forgotten()}</a></div>
            {footer(brand, voice)}
        </section>
    }
    .into_any()
}

fn landing(brand: &str, voice: &Voice, emblem: &Emblem) -> AnyView {
    let promise = |title: &'static str, text: &'static str| {
        view! { <section class="card pad stack gap-8"><h4 class="strong">{title}</h4><p class="muted small">{text}</p></section> }
    };
    view! {
        <section class="landing stack gap-16">
            {whose(brand, emblem, false)}
            {hero(emblem)}
            <h3 class="display">{t::sample_landing_title()}</h3>
            <p class="muted">{t::sample_landing_text()}</p>
            <div class="actions"><Button kind=Kind::Primary>{t::sample_landing_button()}</Button><Button>{t::sample_landing_more()}</Button></div>
        </section>
        <div class="promises">
            {promise(t::sample_promise_one(), t::sample_promise_one_text())}
            {promise(t::sample_promise_two(), t::sample_promise_two_text())}
        </div>
        {footer(brand, voice)}
    }
    .into_any()
}
