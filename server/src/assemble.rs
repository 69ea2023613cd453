//! Puts the program together: parts, routes, layers.
use std::sync::Arc;

use app::{extra_paths, jobs, migrations, observers, routes, streams, verbs};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use base::clock::{SystemChance, SystemClock};
use base::db::{Db, migrate};
use base::files::Files;
use base::http::mount;
use base::jobs::JobKind;
use base::mail::Smtp;
use base::{Parts, Problem};
use mailing::server::Posting;
use outbound::{Names, Outbound, Policy};
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use crate::assets::{self, Site};
use crate::settings::{Settings, host_of, signing_seed};
use crate::{Failure, docs, health, hosts, layers, metrics, offline, pages};

/// Opens the store, brings it to the newest shape and puts the parts together.
pub(crate) async fn parts(settings: &Settings) -> Result<Parts, Failure> {
    let db = Db::open(&settings.database_url).await?;
    migrate(&db, &migrations()).await?;
    let parts = Parts::new(
        db,
        Box::new(SystemClock),
        Box::new(SystemChance),
        signing_seed(&settings.data)?,
        base::Settings {
            base_url: settings.base_url.trim_end_matches('/').to_owned(),
            data: settings.data.clone(),
            development: settings.development,
        },
    );
    parts.observe(observers());
    parts.keep_files_in(Files::at(&settings.files)?);
    if let Some(url) = &settings.smtp_url {
        let smtp = Smtp::new(url, settings.mail_from.clone(), host_of(&settings.base_url))?;
        parts.deliver_by(Box::new(smtp));
    }
    let names = match settings.dns {
        Some(server) => Names::of(server),
        None => Names::of_system(),
    };
    match names {
        Ok(names) => parts.reach_by(Outbound::new(Policy::default(), names)),
        Err(unanswered) => {
            tracing::warn!(%unanswered, "no websites are read and no host names checked: set RIALTO_DNS");
        }
    }
    if let Some(limits) = settings.limits.clone() {
        parts.limit(limits);
    }
    Ok(parts)
}

/// How mails to many are handed over; none where no mail server is configured.
pub(crate) fn posting(settings: &Settings) -> Result<Option<Posting>, Failure> {
    let Some(url) = &settings.smtp_url else { return Ok(None) };
    let (own, returns) = (settings.mail_from.clone(), settings.bounces.clone());
    let posting = Posting::new(url, own, returns, host_of(&settings.base_url), settings.mail_rates.clone())?;
    Ok(Some(posting))
}

/// All kinds of jobs.
pub(crate) fn job_kinds() -> Vec<JobKind> {
    jobs()
}

/// The OpenAPI document.
pub(crate) fn openapi() -> serde_json::Value {
    base::http::openapi::document(&verbs(), extra_paths())
}

/// Everything the server answers.
pub(crate) fn router(parts: &Parts, site: Arc<Site>) -> Result<Router, Failure> {
    let pages_site = site.clone();
    let document = Arc::new(openapi());
    let css = site.css().to_owned();
    let landing = landing::public_routes(parts, &css);
    let hosts = Arc::new(hosts::Hosts::new(parts, &css));
    let csrf = CsrfLayer::new().add_trusted_origin(parts.settings().base_url.clone())?;
    let api = mount(verbs())
        .merge(routes())
        .route("/api/openapi.json", get(docs::json(document.clone())))
        .route("/api/docs", get(docs::page(&document, css.clone())))
        .route("/api/{*rest}", axum::routing::any(no_such_call))
        .route(offline::OFFLINE_PATH, get(offline::page(css)))
        .method_not_allowed_fallback(no_such_method);
    let compression =
        CompressionLayer::new().br(true).gzip(true).quality(tower_http::CompressionLevel::Fastest);
    let for_people = |routes: Router<Parts>| {
        routes
            .layer(from_fn_with_state(parts.clone(), access::authenticate))
            .layer(csrf.clone())
            .with_state(parts.clone())
    };
    // For everybody, so without a look at who it is; forms are taken from their own pages alone.
    let landing = landing.layer(csrf.clone()).layer(from_fn(hosts::own_name));
    let measured = metrics::Metrics::new();
    // The room of a compressor is part of every answer that could be compressed, 5 kB of it: too much for a stream.
    Ok(Router::new()
        .route(offline::WORKER_PATH, get(offline::worker(&site)))
        .merge(for_people(api.fallback(pages::handler(pages_site))))
        .merge(assets::routes(site))
        .merge(themes::server::media_routes().with_state(parts.clone()))
        .merge(landing)
        .merge(health::routes(parts.clone()))
        .merge(hosts.routes())
        .merge(measured.routes(parts.clone()))
        .layer(compression)
        .merge(for_people(streams().method_not_allowed_fallback(no_such_method)))
        .layer(from_fn_with_state(hosts, hosts::place))
        .layer(from_fn(layers::secure))
        .layer(from_fn_with_state(measured, metrics::measure))
        .layer(from_fn(layers::identify)))
}

async fn no_such_call() -> axum::response::Response {
    base::http::problem_response(&Problem::NotFound)
}

async fn no_such_method() -> axum::response::Response {
    let mut response = base::http::problem_response(&Problem::Malformed {
        detail: "This address does not take this method.".to_owned(),
    });
    *response.status_mut() = axum::http::StatusCode::METHOD_NOT_ALLOWED;
    response
}
