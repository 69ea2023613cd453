//! `rialto serve`.
use std::sync::Arc;
use std::time::Duration;

use base::mail::Post;
use base::{Parts, events, http, jobs};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use crate::assets::Site;
use crate::settings::Settings;
use crate::{Failure, assemble, connections};

/// How long streams and requests in hand may take after the signal to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until stopped; then finishes the work in hand.
#[expect(clippy::print_stdout, reason = "the address is the answer of this command")]
pub(crate) async fn serve(settings: Settings) -> Result<(), Failure> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if settings.development {
        log.init();
    } else {
        log.json().init();
    }

    let site = Arc::new(Site::load()?);
    let parts = assemble::parts(&settings).await?;
    tell_of_mails(&parts).await?;
    let router = assemble::router(&parts, site)?;
    let listener = tokio::net::TcpListener::bind(settings.addr).await?;
    println!("Rialto listens on {}", settings.base_url);

    let stop = CancellationToken::new();
    let kinds = assemble::job_kinds();
    let mut workers = Vec::from([
        tokio::spawn(jobs::work(parts.clone(), kinds.clone(), jobs::Lane::Here, stop.clone())),
        tokio::spawn(jobs::work(parts.clone(), kinds, jobs::Lane::Mail, stop.clone())),
        tokio::spawn(events::listen(parts.db().clone(), stop.clone())),
        tokio::spawn(sweep(parts.clone(), stop.clone())),
    ]);
    if let Some(posting) = assemble::posting(&settings)? {
        workers.push(tokio::spawn(mailing::server::work(parts.clone(), posting, stop.clone())));
    }
    let signal = stop.clone();
    tokio::spawn(async move {
        asked_to_stop().await;
        notices::stop_streams();
        signal.cancel();
    });
    tokio::select! {
        () = connections::serve(listener, router, stop.clone()) => {}
        () = async { stop.cancelled().await; tokio::time::sleep(GRACE).await } => {}
    }
    for worker in workers {
        let _ = tokio::time::timeout(GRACE, worker).await;
    }
    parts.db().close().await;
    Ok(())
}

/// Says in the log when mails are kept, or were given up: neither happens silently.
async fn tell_of_mails(parts: &Parts) -> Result<(), Failure> {
    let jobs::Tally { waiting, failed } = jobs::tally(parts.db(), jobs::MAIL).await?;
    if parts.mailer().post() == Post::Keeps {
        tracing::warn!(waiting, "RIALTO_SMTP_URL is not set: no e-mail is sent, what is to be sent waits");
    }
    if failed > 0 {
        tracing::warn!(failed, "mails were given up after many tries; `rialto mail retry` tries them again");
    }
    Ok(())
}

async fn asked_to_stop() {
    let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(error) => {
            tracing::error!(%error, "cannot listen for the signal to stop");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

/// Throws away what is too old to matter.
async fn sweep(parts: Parts, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(problem) = http::forget_old_keys(&parts).await {
            tracing::warn!(%problem, "old idempotency keys stay");
        }
        if let Err(problem) = access::server::forget_old_sessions(&parts).await {
            tracing::warn!(%problem, "old sessions stay");
        }
        if let Err(problem) = deals::server::forget_old_checks(&parts).await {
            tracing::warn!(%problem, "old counts of pre-checks stay");
        }
        if let Err(problem) = deals::server::forget_old_bulks(&parts).await {
            tracing::warn!(%problem, "old decisions about many deals stay");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(Duration::from_hours(1)) => {}
        }
    }
}
