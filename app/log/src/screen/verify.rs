//! The verifier: anybody checks a receipt here, without an account. The browser does it; without JavaScript the server.
use kit::{
    Banner, Button, Fact, FileDrop, FormState, KeyValues, Kind, LinkButton, Tell, TextArea, Tone, When,
    lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::findings;
use crate::examine::{Examined, HandedIn, Opening, Outcome, Unreadable};
use crate::slip::Slip;
use crate::t;

/// The state of the page.
#[derive(Clone, Copy)]
struct Desk {
    receipt: RwSignal<String>,
    kept: RwSignal<String>,
    slip: StoredValue<Option<Slip>>,
    outcome: RwSignal<Option<Result<Examined, Unreadable>>>,
    /// Whether this browser made the examination that is shown.
    here: RwSignal<bool>,
    form: FormState,
}

/// `/verify`: takes a receipt as file or text, or an entry from the address, and shows what was found.
#[component]
pub fn VerifyPage() -> impl IntoView {
    let from_address = || use_query_map().with_untracked(|query| Slip::from_query(|name| query.get(name)));
    let opening = SharedValue::<Opening, kit::Json>::new_with_encoding(|| {
        use_context::<Opening>()
            .unwrap_or_else(|| (HandedIn { slip: from_address(), ..HandedIn::default() }, None))
    })
    .into_inner();
    let (handed_in, examined) = opening;
    let has_kept = !handed_in.kept.is_empty();
    let anything = !handed_in.is_empty();
    let desk = Desk {
        receipt: RwSignal::new(handed_in.receipt),
        kept: RwSignal::new(handed_in.kept),
        slip: StoredValue::new(handed_in.slip),
        outcome: RwSignal::new(examined),
        here: RwSignal::new(false),
        form: FormState::new(),
    };
    provide_context(desk.form);
    // What the server found is not taken on trust: once the page is alive it is found again here.
    Effect::new(move |_| {
        if anything {
            run(desk);
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        run(desk);
    };
    view! {
        <leptos_meta::Title text=t::verify_title()/>
        <main class="alone" id="main">
            <div class="panel wide">
                <div class="stack gap-8">
                    <h1>{t::verify_title()}</h1>
                    <p class="muted">{t::verify_lead()}</p>
                </div>
                <div role="status">{move || desk.outcome.with(|outcome| outcome.as_ref().map(verdict))}</div>
                {move || desk.outcome.with(|outcome| report(outcome.as_ref(), desk.here.get()))}
                <form method="post" action=paths::VERIFY enctype="multipart/form-data" class="form" on:submit=submit>
                    {fields(desk, has_kept)}
                    <Button submit=true kind=Kind::Primary icon=lucide::LuShieldCheck>{t::verify_do()}</Button>
                </form>
                <p class="muted small">{t::verify_private()}" "{t::offline_hint()}" "<code>"rialto verify receipt.json"</code></p>
            </div>
        </main>
    }
    .into_any()
}

fn fields(desk: Desk, has_kept: bool) -> AnyView {
    view! {
        <FileDrop
            name="file"
            label=t::verify_file()
            help=t::verify_file_help()
            accept=".json,.pdf,application/json,application/pdf"
            on_choose=Callback::new(move |_| take_file(desk))
        />
        <TextArea name="receipt" label=t::verify_paste() bind=desk.receipt rows=5 optional=true/>
        <details class="more" open=has_kept>
            <summary>{t::verify_kept()}</summary>
            <TextArea name="kept" label=t::verify_kept_label() help=t::verify_kept_help() bind=desk.kept rows=4 optional=true/>
        </details>
    }
    .into_any()
}

fn verdict(found: &Result<Examined, Unreadable>) -> AnyView {
    let (tone, words) = match found {
        Err(Unreadable::Receipt) => (Tone::Bad, t::unreadable_receipt()),
        Err(Unreadable::Kept) => (Tone::Bad, t::unreadable_kept()),
        Ok(examined) => match findings::sum(&examined.findings) {
            Outcome::Fails => (Tone::Bad, t::verdict_fails()),
            Outcome::Unknown | Outcome::Waiting => (Tone::Warn, t::verdict_unknown()),
            Outcome::Holds => (Tone::Good, t::verdict_holds()),
        },
    };
    view! { <Banner tone=tone>{words}</Banner> }.into_any()
}

fn report(found: Option<&Result<Examined, Unreadable>>, here: bool) -> AnyView {
    let Some(Ok(examined)) = found else { return ().into_any() };
    let slip = examined.exhibit.slip();
    let by = if here { t::by_browser() } else { t::by_server() };
    let now = examined.now.as_ref().map(|now| {
        let href = format!("/api/v1/log/checkpoint?vendor={}", now.vendor);
        view! {
            <p class="muted small">{t::log_now(now.tree_size.to_string())}" "{t::keep_checkpoint_why()}</p>
            <div class="actions"><LinkButton href=href download=true icon=lucide::LuDownload>{t::keep_checkpoint()}</LinkButton></div>
        }
    });
    view! {
        <article class="receipt" aria-labelledby="found-title">
            <div>
                <h2 id="found-title">{t::checks_title()}</h2>
                <p class="muted small">{by}</p>
            </div>
            {findings::list(&examined.findings)}
            <hr class="tear"/>
            <KeyValues>
                <Fact label=t::subject()><code class="hash">{slip.deal.clone()}</code></Fact>
                <Fact label=t::priority_at()>
                    <When at=slip.priority_at tell=Tell::Absolute/>" "<span class="muted small">{slip.priority_at.to_string()}</span>
                </Fact>
                <Fact label=t::log_index()><span class="num">{slip.log_index}</span></Fact>
                <Fact label=t::vendor()><code class="hash">{slip.vendor.to_string()}</code></Fact>
            </KeyValues>
            {findings::claim(&examined.exhibit)}
            {findings::hashes(&examined.exhibit)}
            {now}
        </article>
    }
    .into_any()
}

/// Examines what stands in the form, here.
fn run(desk: Desk) {
    leptos::task::spawn_local(async move {
        let handed_in = HandedIn {
            receipt: desk.receipt.try_get_untracked().unwrap_or_default(),
            kept: desk.kept.try_get_untracked().unwrap_or_default(),
            slip: desk.slip.try_get_value().flatten(),
        };
        if handed_in.is_empty() {
            let _ = desk.outcome.try_set(Some(Err(Unreadable::Receipt)));
            return;
        }
        let _ = desk.form.pending.try_set(true);
        let found = handed_in.examine(async |question| kit::ask(question).await).await;
        let _ = desk.form.pending.try_set(false);
        let _ = desk.here.try_set(true);
        let _ = desk.outcome.try_set(Some(found));
    });
}

/// Reads the file that was chosen or dropped into the text below it, and examines it.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn take_file(desk: Desk) {
    use leptos::wasm_bindgen::JsCast;
    let input = document().get_element_by_id("file");
    let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok()) else {
        return;
    };
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    leptos::task::spawn_local(async move {
        let text = wasm_bindgen_futures::JsFuture::from(file.text()).await;
        let text = text.ok().and_then(|text| text.as_string()).unwrap_or_default();
        // A PDF is shown as the receipt that is attached to it.
        let attached = crate::receipt::find(&text).and_then(|receipt| serde_json::to_value(&receipt).ok());
        let attached = attached.map(|receipt| format!("{receipt:#}"));
        let plain = if text.starts_with("%PDF-") { String::new() } else { text };
        let _ = desk.receipt.try_set(attached.unwrap_or(plain));
        // So that the same file can be chosen again.
        input.set_value("");
        run(desk);
    });
}

#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
fn take_file(_: Desk) {}
