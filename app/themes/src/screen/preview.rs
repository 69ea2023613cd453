//! Pages in small that wear the theme being made, light beside dark.
use kit::{Banner, Button, Delta, Kind, Tag, Tile, Tone};
use leptos::prelude::*;

use super::paint::paint;
use super::state::Studio;
use crate::t;

/// What is shown in small.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sample {
    Home,
    Form,
    Mail,
    SignIn,
}

impl Sample {
    const ALL: [Self; 4] = [Self::Home, Self::Form, Self::Mail, Self::SignIn];

    fn words(self) -> &'static str {
        match self {
            Self::Home => t::preview_home(),
            Self::Form => t::preview_form(),
            Self::Mail => t::preview_mail(),
            Self::SignIn => t::preview_sign_in(),
        }
    }
}

pub(super) fn previews(studio: Studio, brand: String) -> AnyView {
    let node = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let (Some(element), theme) = (node.get(), studio.shown()) else { return };
        studio.palette.with(|palette| paint(&element, &theme, palette));
    });
    let (sample, phone) = (RwSignal::new(Sample::Home), RwSignal::new(false));
    let tab = move |one: Sample| {
        view! {
            <button type="button" aria-pressed=move || (sample.get() == one).to_string() on:click=move |_| sample.set(one)>{one.words()}</button>
        }
    };
    let tabs = Sample::ALL.map(tab).collect_view();
    let worn = move |event: leptos::ev::Event| studio.compares.set(event_target_checked(&event));
    let narrow = move |event: leptos::ev::Event| phone.set(event_target_checked(&event));
    let frames = move || {
        let (sample, brand) = (sample.get(), brand.clone());
        [("light", t::light()), ("dark", t::dark())]
            .map(|(mode, words)| {
                let label = t::preview_of(words, sample.words());
                let page = page(sample, &brand);
                view! {
                    <figure class="preview">
                        <figcaption class="muted small">{words}</figcaption>
                        <div class="preview-page" data-theme=mode role="img" aria-label=label>
                            <div class="preview-inside" inert=true aria-hidden="true">{page}</div>
                        </div>
                    </figure>
                }
            })
            .collect_view()
    };
    view! {
        <div class="head">
            <div class="segmented" role="group" aria-label=t::preview()>{tabs}</div>
            <label class="check"><input type="checkbox" prop:checked=move || phone.get() on:change=narrow/><span>{t::as_phone()}</span></label>
            <label class="check"><input type="checkbox" prop:checked=move || studio.compares.get() on:change=worn/><span>{t::show_worn()}</span></label>
        </div>
        <div class="previews brand-scope" node_ref=node data-phone=move || phone.get().then_some("true")>{frames}</div>
    }
    .into_any()
}

fn page(sample: Sample, brand: &str) -> AnyView {
    match sample {
        Sample::Home => home(brand),
        Sample::Form => form(),
        Sample::Mail => mail(brand),
        Sample::SignIn => sign_in(brand),
    }
}

fn home(brand: &str) -> AnyView {
    let up = || view! { <Delta words=t::sample_delta() up=Some(true) tone=Tone::Good/> }.into_any();
    let bars = [34, 52, 41, 68, 57, 80, 96];
    let chart = bars.iter().zip(0..).map(|(height, place)| {
        view! { <rect x=place * 34 + 4 y=100 - height width="24" height=*height rx="3"></rect> }
    });
    let chart = chart.collect_view();
    view! {
        <p class="strong">{brand.to_owned()}</p>
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

fn mail(brand: &str) -> AnyView {
    view! {
        <section class="card pad stack gap-16 letter">
            <p class="strong letter-head">{brand.to_owned()}</p>
            <h3 class="title">{t::sample_mail_title()}</h3>
            <p>{t::sample_mail_text()}</p>
            <div class="actions"><Button kind=Kind::Primary>{t::sample_mail_button()}</Button></div>
            <p class="muted small">{t::sample_mail_foot()}</p>
        </section>
    }
    .into_any()
}

fn sign_in(brand: &str) -> AnyView {
    view! {
        <section class="card pad stack gap-16 narrow">
            <p class="line"><kit::BrandMark name=brand.to_owned() big=true/><span class="strong">{brand.to_owned()}</span></p>
            {field(t::sample_email(), "noor@alpine.example")}
            {field(t::sample_password(), "••••••••••")}
            <div class="actions"><Button kind=Kind::Primary>{t::sample_sign_in()}</Button><a class="link small">{t::sample_forgotten()}</a></div>
        </section>
    }
    .into_any()
}
