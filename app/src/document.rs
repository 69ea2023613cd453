//! The HTML document around the app: language, theme, brand colours, style sheet and the script that starts it.
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::App;

/// Where the browser's files are; names change with their content.
#[derive(Clone, Debug)]
pub struct Assets {
    pub js: String,
    pub wasm: String,
    pub css: String,
}

/// What the document itself says about its reader and brand.
#[derive(Clone, Debug)]
pub struct Dress {
    /// BCP 47 tag.
    pub language: &'static str,
    /// `light`, `dark`, or `system` to follow the device.
    pub theme: String,
    /// Minutes east of UTC for absolute times.
    pub offset_minutes: i32,
    /// IANA name of the reader's time zone, for the browser, which knows its past and future offsets.
    pub time_zone: String,
    /// Hue of the brand in OKLCH degrees, 0 to 359.
    pub hue: i64,
    /// Chroma of the brand, in thousandths.
    pub chroma_milli: i64,
    /// Where the live stream stood when the page was made; empty when there is nothing to hear yet.
    pub live: String,
}

/// The whole page.
pub fn document(assets: &Assets, dress: &Dress) -> impl IntoView + use<> {
    let nonce = use_nonce();
    let Assets { js, wasm, css } = assets.clone();
    let start = format!(
        "import start,{{hydrate}} from '{js}';start({{module_or_path:'{wasm}'}}).then(()=>hydrate());"
    );
    let brand = format!(
        ":root{{--hue:{};--chroma:{}.{:03}}}",
        dress.hue.rem_euclid(360),
        dress.chroma_milli.clamp(0, 400) / 1000,
        dress.chroma_milli.clamp(0, 400) % 1000
    );
    let theme = Some(dress.theme.clone()).filter(|theme| theme == "light" || theme == "dark");
    view! {
        <!DOCTYPE html>
        <html lang=dress.language dir="ltr" data-theme=theme data-offset=dress.offset_minutes.to_string()
            data-live=dress.live.clone() data-zone=dress.time_zone.clone()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#0e1012" media="(prefers-color-scheme: dark)"/>
                <meta name="description" content=crate::t::description()/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="manifest" href="/site.webmanifest"/>
                <link rel="stylesheet" href=css/>
                <style nonce=nonce.clone() inner_html=brand></style>
                <link rel="modulepreload" href=js/>
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                <script type="module" nonce=nonce inner_html=start></script>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
