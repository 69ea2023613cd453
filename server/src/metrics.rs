//! Counts for Prometheus (text exposition format 0.0.4): requests by class of answer, time spent, memory, mails
//! that wait.
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::Parts;
use base::jobs::{MAIL, Tally, tally};

/// Upper bounds of the histogram's buckets, in microseconds.
const BOUNDS_US: [u64; 10] = [500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 500_000, 2_500_000];

/// Counters of this process; cheap to clone.
#[derive(Clone)]
pub(crate) struct Metrics(Arc<Counts>);

#[derive(Default)]
struct Counts {
    classes: [AtomicU64; 6],
    buckets: [AtomicU64; BOUNDS_US.len() + 1],
    spent_us: AtomicU64,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        Self(Arc::default())
    }

    pub(crate) fn routes(&self, parts: Parts) -> Router {
        Router::new().route("/metrics", get(show)).with_state((self.clone(), parts))
    }
}

/// Measures every request but the ones that never end.
pub(crate) async fn measure(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let response = next.run(request).await;
    let spent = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let class = usize::from(response.status().as_u16() / 100).min(5);
    metrics.0.classes[class].fetch_add(1, Ordering::Relaxed);
    let bucket = BOUNDS_US.iter().position(|bound| spent <= *bound).unwrap_or(BOUNDS_US.len());
    metrics.0.buckets[bucket].fetch_add(1, Ordering::Relaxed);
    metrics.0.spent_us.fetch_add(spent, Ordering::Relaxed);
    response
}

async fn show(State((Metrics(counts), parts)): State<(Metrics, Parts)>) -> impl IntoResponse {
    let mut text = String::from("# TYPE rialto_requests_total counter\n");
    for (class, count) in counts.classes.iter().enumerate().skip(1) {
        let _ =
            writeln!(text, "rialto_requests_total{{class=\"{class}xx\"}} {}", count.load(Ordering::Relaxed));
    }
    text.push_str("# TYPE rialto_request_seconds histogram\n");
    let mut sum = 0;
    for (bucket, count) in counts.buckets.iter().enumerate() {
        sum += count.load(Ordering::Relaxed);
        let bound =
            BOUNDS_US.get(bucket).map_or_else(|| "+Inf".to_owned(), |us| (*us as f64 / 1e6).to_string());
        let _ = writeln!(text, "rialto_request_seconds_bucket{{le=\"{bound}\"}} {sum}");
    }
    let spent = counts.spent_us.load(Ordering::Relaxed) as f64 / 1e6;
    let _ = writeln!(text, "rialto_request_seconds_sum {spent}\nrialto_request_seconds_count {sum}");
    if let Ok(Tally { waiting, failed }) = tally(parts.db(), MAIL).await {
        let _ = writeln!(
            text,
            "# TYPE rialto_mails gauge\nrialto_mails{{state=\"waiting\"}} {waiting}\nrialto_mails{{state=\"failed\"}} {failed}"
        );
    }
    if let Some(bytes) = resident_bytes() {
        let _ = writeln!(
            text,
            "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes {bytes}"
        );
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}

/// Resident memory as Linux counts it, in pages of 4 KiB.
fn resident_bytes() -> Option<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    statm.split(' ').nth(1)?.parse::<u64>().ok().map(|pages| pages * 4096)
}
