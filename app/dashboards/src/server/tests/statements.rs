//! What a page asks of a database that is not in the same process: each statement is a journey.
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base::db::Engine;
use base::testing::World;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::explore::sold;
use crate::{ListAtRisk, ListLeaders, PartnerDashboard, VendorActivation, VendorDashboard};

/// Counts the statements that this thread sends.
#[derive(Clone, Default)]
struct Sent(Arc<AtomicUsize>);

impl Sent {
    /// Those since the last time.
    fn count(&self) -> usize {
        self.0.swap(0, Ordering::Relaxed)
    }
}

impl Subscriber for Sent {
    fn enabled(&self, of: &Metadata<'_>) -> bool {
        of.target() == "sqlx::query"
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_page_asks_little_of_a_database_far_away() {
    let world = installed!(Engine::Postgres);
    let market = sold(&world).await;
    let sent = Sent::default();
    let _counting = tracing::subscriber::set_default(sent.clone());
    let (manager, owner) = (&market.manager, &market.alpine.owner);
    let month = || Some("30d".to_owned());

    world.ask(manager, VendorDashboard { period: month(), ..VendorDashboard::default() }).await.unwrap();
    assert_eq!(sent.count(), 3, "the programs, the sums, the names of products");
    world.ask(owner, PartnerDashboard { period: month(), ..PartnerDashboard::default() }).await.unwrap();
    assert_eq!(sent.count(), 3);
    world.ask(manager, ListLeaders { period: month(), ..ListLeaders::default() }).await.unwrap();
    assert_eq!(sent.count(), 3, "the programs, the sums that are money, the partners");
    world.ask(manager, VendorActivation::default()).await.unwrap();
    assert_eq!(sent.count(), 2);
    world.ask(manager, ListAtRisk::default()).await.unwrap();
    assert_eq!(sent.count(), 2);
}
