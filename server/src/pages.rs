//! Renders pages: who is asking, in which language and brand, then the app.
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use access::{Me, Visitor};
use app::{Assets, Dress, document};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use base::http::{FLASH_COOKIE, Perform, take_flash};
use base::{Actor, NoticeId, Parts, Problem};
use kit::catalogue::{Locale, OwnWords, Reader};
use kit::{SentForm, paths};
use leptos::prelude::provide_context;

use crate::assets::Site;
use crate::{hosts, worn};

type Answer = Pin<Box<dyn Future<Output = Response> + Send>>;

/// The handler of every address that is not the API's or a file's.
pub(crate) fn handler(
    site: Arc<Site>,
) -> impl Fn(State<Parts>, Request) -> Answer + Clone + Send + Sync + 'static {
    // The resources of a page run on this program's own threads; a second call finds it done.
    let _ = any_spawner::Executor::init_tokio();
    move |State(parts), request| {
        let site = Arc::clone(&site);
        Box::pin(async move { page(&parts, &site, request).await })
    }
}

/// What the page at an address has to name.
fn assets(site: &Site, path: &str, locale: Locale) -> Assets {
    Assets {
        js: site.js().to_owned(),
        wasm: site.wasm().to_owned(),
        css: site.css().to_owned(),
        texts: site.texts(locale.tag()).to_owned(),
        area: app::area_of(path).and_then(|area| site.pack(area)).map(str::to_owned),
    }
}

async fn page(parts: &Parts, site: &Site, request: Request<Body>) -> Response {
    let verifies = request.uri().path() == paths::VERIFY;
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    // Mail programs end a summary by themselves with a POST to the page that people see (RFC 8058).
    let unsubscribes = request.uri().path().strip_prefix("/u/").map(str::to_owned);
    if !(is_read || (verifies || unsubscribes.is_some()) && *request.method() == Method::POST) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let request = match unsubscribes.filter(|_| !is_read) {
        Some(token) => match unsubscribe(parts, token, request).await {
            Ok(request) => request,
            Err(problem) => return base::http::problem_response(&problem),
        },
        None => request,
    };
    // Without scripts the server examines what was handed in before it makes the page.
    let (handed_in, request) = if verifies {
        let (opening, request) = log::server::open(parts, request).await;
        (Some(opening), request)
    } else {
        (None, request)
    };
    let actor = request.extensions().get::<Actor>().cloned().unwrap_or_else(Actor::nobody);
    let Some(mut visitor) = request.extensions().get::<Visitor>().cloned() else {
        return base::http::problem_response(&Problem::internal("a page without its visitor"));
    };
    if let Some(to) = elsewhere(parts, &actor, visitor.me.as_ref(), request.uri()).await {
        return Redirect::to(&to).into_response();
    }
    let at = (hosts::At::of(&request), request.uri());
    let host = match hosts::visit(parts, &actor, &mut visitor, at, site.css()).await {
        Ok(host) => host,
        Err(response) => return *response,
    };
    let shared = match themes::server::shared_by(parts, request.uri().path()).await {
        Ok(shared) => shared,
        Err(problem) => return base::http::problem_response(&problem),
    };
    let is_shared = shared.is_some();
    let is_secret = request.uri().path().starts_with("/preview/");
    let (brand, said) = match worn::brand(parts, host.as_ref(), visitor.program()).await {
        Ok(brand) => brand,
        Err(problem) => return base::http::problem_response(&problem),
    };
    // A brand's language is for those who have named none of ours.
    let locale = match (&visitor.me, said.locale) {
        (None, Some(locale)) if worn::names_no_language(request.headers()) => locale,
        _ => visitor.locale,
    };
    let assets = assets(site, request.uri().path(), locale);
    let own = said.words.get(locale.tag());
    let language = Reader {
        locale,
        offset_minutes: visitor.offset_minutes,
        words: own.and_then(|own| OwnWords::of(locale, own)),
    };
    let sent = take_flash(request.headers()).map(|flash| SentForm {
        verb: flash.verb,
        problem: flash.problem,
        typed: flash.typed,
    });
    let pictures = match worn::pictures(parts, brand.as_ref(), shared.as_ref()).await {
        Ok(pictures) => pictures,
        Err(problem) => return base::http::problem_response(&problem),
    };
    let face = match worn::face(parts, brand.as_ref(), shared.as_ref()).await {
        Ok(face) => face,
        Err(problem) => return base::http::problem_response(&problem),
    };
    let dress = Dress {
        language: locale.tag(),
        words: own.and_then(|own| serde_json::to_string(own).ok()),
        direction: locale.direction(),
        theme: visitor.theme.as_str().to_owned(),
        offset_minutes: visitor.offset_minutes,
        time_zone: visitor.time_zone.clone(),
        face,
        // Taken before anything is read, so that the page's stream misses nothing.
        live: if actor.is_known() {
            notices::bookmark(parts, &actor).await.unwrap_or_default()
        } else {
            String::new()
        },
        icons: pictures.as_ref().map(|(icons, _)| icons.clone()),
        emblem: pictures.map(|(_, emblem)| emblem).unwrap_or_default(),
    };
    let emblem = dress.emblem.clone();
    let reader = visitor.me.as_ref().map(Me::reader).unwrap_or_default();
    let (me, zone, now) = (visitor.me, visitor.time_zone, parts.clock().now());
    let had_flash = sent.is_some();
    let own_host = kit::OwnHost(host.is_some());
    let shown = worn::shown(brand.as_ref(), shared.as_ref(), &said);
    let (parts, context_actor) = (parts.clone(), actor);
    let context = move || {
        provide_context(parts.clone());
        provide_context(context_actor.clone());
        provide_context(language.clone());
        provide_context(kit::Zone(zone.clone()));
        provide_context(kit::Now(now));
        provide_context(emblem.clone());
        provide_context(me.clone());
        provide_context(own_host);
        provide_context(sent.clone());
        provide_context(shown.clone());
        if let Some(handed_in) = handed_in.clone() {
            provide_context(handed_in);
        }
        if let (Some(nonce), Some(response)) =
            (leptos::nonce::use_nonce(), leptos::prelude::use_context::<leptos_axum::ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&policy(&nonce))
        {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    };
    let render = leptos_axum::render_app_async_with_context(context, move || document(&assets, &dress));
    let mut response = render(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if is_secret {
        if !is_shared {
            *response.status_mut() = StatusCode::NOT_FOUND;
        }
        response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    }
    if let Ok(reader) = HeaderValue::from_str(&reader) {
        response.headers_mut().insert(crate::offline::READER, reader);
    }
    if had_flash
        && let Ok(gone) = HeaderValue::from_str(&format!("{FLASH_COOKIE}=; Path=/; HttpOnly; Max-Age=0"))
    {
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    response
}

/// Ends the summary that a link belongs to; what is left to do is showing its page. A link of nobody's is shown as such.
async fn unsubscribe(parts: &Parts, token: String, request: Request<Body>) -> Result<Request<Body>, Problem> {
    let ended = notices::EndDailyMail { token }.perform(parts, &Actor::nobody()).await;
    match ended {
        Ok(_) | Err(Problem::NotFound) => {}
        Err(problem) => return Err(problem),
    }
    let (mut head, _) = request.into_parts();
    head.method = Method::GET;
    Ok(Request::from_parts(head, Body::empty()))
}

/// Where somebody must go first: to the set-up while there is nobody, to the sign-in when signed out, to the
/// start when signed in already.
async fn elsewhere(parts: &Parts, actor: &Actor, me: Option<&Me>, uri: &Uri) -> Option<String> {
    let path = uri.path();
    if me.is_some() {
        if let Some(notice) = path.strip_prefix("/inbox/").and_then(|id| id.parse::<NoticeId>().ok()) {
            // Somebody else's, or one that is gone: the page that is not there says so.
            return notices::follow(parts, actor, notice).await.ok();
        }
        return [paths::SIGN_IN, paths::SET_UP].contains(&path).then(|| paths::HOME.to_owned());
    }
    let empty = access::server::needs_set_up(parts).await.unwrap_or(false);
    match path {
        paths::SET_UP => (!empty).then(|| paths::SIGN_IN.to_owned()),
        paths::SIGN_IN | paths::FORGOTTEN | paths::CHOOSE_PASSWORD | paths::GALLERY | paths::VERIFY
            if !empty =>
        {
            None
        }
        _ if path.starts_with("/u/") || path.starts_with("/preview/") => None,
        _ if empty => Some(paths::SET_UP.to_owned()),
        paths::HOME => Some(paths::SIGN_IN.to_owned()),
        _ => Some(paths::sign_in_then(uri.path_and_query().map_or(path, |whole| whole.as_str()))),
    }
}

/// Scripts with the page's nonce only; no inline style attributes; WASM may compile.
pub(crate) fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; worker-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}
