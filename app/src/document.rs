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
    /// The pack of the area that the page lies in.
    pub area: Option<String>,
}

/// What the document itself says about its reader and brand.
#[derive(Clone, Debug)]
pub struct Dress {
    /// BCP 47 tag.
    pub language: &'static str,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// `light`, `dark`, or `system` to follow the device.
    pub theme: String,
    /// Minutes east of UTC for absolute times.
    pub offset_minutes: i32,
    /// IANA name of the reader's time zone, for the browser, which knows its past and future offsets.
    pub time_zone: String,
    /// What the brand of the page wears: custom properties for `:root`.
    pub face: String,
    /// Where the live stream stood when the page was made; empty when there is nothing to hear yet.
    pub live: String,
}

/// A panic ends the WASM with a trap, after which nothing in the page answers: then a notice offers to load it again.
const BROKEN: &str = "const broken=()=>{const b=document.getElementById('broken');b.toggleAttribute('data-offline',!navigator.onLine);b.hidden=false},\
    trapped=e=>{if(e instanceof WebAssembly.RuntimeError)broken()};\
    addEventListener('error',e=>trapped(e.error));addEventListener('unhandledrejection',e=>trapped(e.reason));";

/// Asks for the code as soon as the page is there with its style and fonts and was painted, all at once: the shell's
/// module goes to what starts it, an area's pack is taken by the script that loads areas. Not before, because the page
/// can be read and used without it, and on a slow line it would hold up what is seen first. As `<link rel="preload">` a
/// browser without scripts would fetch them too, for nothing.
fn early<'a>(files: impl IntoIterator<Item = &'a String>) -> String {
    let names: Vec<String> = files.into_iter().map(|file| format!("'{file}'")).collect();
    // A page that nobody looks at is not painted.
    format!(
        "globalThis.early={{}};{{const painted=new Promise(done=>addEventListener('load',()=>\
         {{if(document.hidden)done();else{{requestAnimationFrame(()=>setTimeout(done));\
         addEventListener('visibilitychange',done,{{once:true}})}}}}));\
         for(const m of [{}]){{early[m]=painted.then(()=>fetch(m));early[m].catch(()=>{{}})}}}}",
        names.join(",")
    )
}

/// The whole page.
pub fn document(assets: &Assets, dress: &Dress) -> impl IntoView + use<> {
    let nonce = use_nonce();
    let Assets { js, wasm, css, area } = assets.clone();
    let early = early(std::iter::once(&wasm).chain(&area));
    let start = format!(
        "import start,{{hydrate}} from '{js}';{BROKEN}\
         start({{module_or_path:early['{wasm}']}}).then(()=>hydrate().catch(e=>{{broken();throw e}}));"
    );
    let brand = dress.face.clone();
    let theme = Some(dress.theme.clone()).filter(|theme| theme == "light" || theme == "dark");
    view! {
        <!DOCTYPE html>
        <html lang=dress.language dir=dress.direction data-theme=theme data-offset=dress.offset_minutes.to_string()
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
                <style id=kit::FACE nonce=nonce.clone() inner_html=brand></style>
                <link rel="modulepreload" href=js/>
                <script nonce=nonce.clone() inner_html=early></script>
                <script type="module" nonce=nonce inner_html=start></script>
                <MetaTags/>
            </head>
            <body>
                <App/>
                <div id="broken" class="toasts" role="alert" hidden>
                    <div class="toast">
                        <span class="words">{crate::t::broken()}</span>
                        <span class="words when-offline">{crate::t::broken_offline()}</span>
                        <a class="button" rel="external" href="">{crate::t::reload()}</a>
                    </div>
                </div>
            </body>
        </html>
    }
}
