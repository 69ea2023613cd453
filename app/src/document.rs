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
    /// What the page says, in its language.
    pub texts: String,
    /// The pack of the area that the page lies in.
    pub area: Option<String>,
}

/// What the document itself says about its reader and brand.
#[derive(Clone, Debug)]
pub struct Dress {
    /// BCP 47 tag.
    pub language: &'static str,
    /// What the brand calls things in that language, as JSON.
    pub words: Option<String>,
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
    /// The icons of the page's brand; none where no brand is known, which has the product's own.
    pub icons: Option<themes::icons::Icons>,
    /// The pictures that the frame shows.
    pub emblem: kit::Emblem,
}

/// What stands in the tab, on start screens, and in the manifest for them.
fn icons(of: Option<&themes::icons::Icons>) -> AnyView {
    let own = || ("/favicon.svg".to_owned(), "image/svg+xml");
    let (favicon, kind) = of.map_or_else(own, |icons| icons.favicon.clone());
    let touch = of.map_or_else(|| "/apple-touch-icon.png".to_owned(), |icons| icons.touch.clone());
    let manifest = of.map_or_else(|| "/site.webmanifest".to_owned(), |icons| icons.manifest.clone());
    view! {
        <link rel="icon" href=favicon type=kind/>
        <link rel="apple-touch-icon" href=touch/>
        <link rel="manifest" href=manifest/>
    }
    .into_any()
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
    let Assets { js, wasm, css, texts, area } = assets.clone();
    let early = early([&wasm, &texts].into_iter().chain(&area));
    let start = format!(
        "import start,{{hydrate}} from '{js}';{BROKEN}\
         const read=r=>{{if(!r.ok)throw Error(r.url);return r.text()}};\
         Promise.all([early['{texts}'].then(read),start({{module_or_path:early['{wasm}']}})])\
         .then(([texts])=>hydrate(texts)).catch(e=>{{broken();throw e}});"
    );
    let (brand, emblem) = (dress.face.clone(), dress.emblem.clone());
    let theme = Some(dress.theme.clone()).filter(|theme| theme == "light" || theme == "dark");
    view! {
        <!DOCTYPE html>
        <html lang=dress.language dir=dress.direction data-theme=theme data-offset=dress.offset_minutes.to_string()
            data-live=dress.live.clone() data-zone=dress.time_zone.clone() data-words=dress.words.clone()
            data-logo=emblem.logo data-logo-dark=emblem.logo_dark data-mark=emblem.mark data-hero=emblem.hero>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#0e1012" media="(prefers-color-scheme: dark)"/>
                <meta name="description" content=crate::t::description()/>
                {icons(dress.icons.as_ref())}
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
