//! Sender domains: added with a key of their own, looked at in the DNS, and used for mails once their record is there.
use base::db::Tx;
use base::events::{self, Happened};
use base::http::{Perform, set_header};
use base::jobs::{Job, enqueue};
use base::limit::Class;
use base::{Actor, OrganizationId, Page, Parts, Problem, Scope, Side};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::types::Uuid;

use super::queue::readable;
use super::store_senders::{self, Keyed};
use super::{dkim, store_keys, token};
use crate::access::Do;
use crate::model::{RecordFinding, SenderDomain, SenderId, SenderState};
use crate::rules::{self, Change, Standing, read_dkim, read_version};
use crate::verbs::{AddSender, CheckSender, ListSenders, RemoveSender};

/// The installation's signing key becomes another one: keys of sender domains are sealed for it, and links in mails that
/// went out hold on. In the unit of work that changes the key; again changes nothing.
///
/// # Errors
/// `Internal` when the engine fails, or a key was sealed elsewhere.
pub async fn rotate(tx: &mut Tx, parts: &Parts, next: &[u8; 32]) -> Result<(), Problem> {
    let now = parts.clock().now();
    store_keys::keep_link_key(tx, &token::key_of(parts.signing_seed()), now).await?;
    for (id, sealed) in store_keys::sealed(tx).await? {
        let anew = dkim::seal_anew(parts.chance(), &sealed, parts.signing_seed(), next);
        store_keys::seal_anew(tx, id, &anew.map_err(Problem::internal)?).await?;
    }
    Ok(())
}

/// Looks at a domain that was verified, and again a day later.
#[derive(Serialize, Deserialize)]
pub(super) struct RecheckSender {
    sender: SenderId,
}

fn mark(sender: SenderId) -> String {
    format!("mailing.recheck_sender {sender}")
}

impl Perform for ListSenders {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<SenderDomain>, Problem> {
        Do::KeepSenders.by(actor)?;
        let all = store_senders::list(&mut parts.db().read().await?, actor.scope()).await?;
        Ok(Page::whole(all))
    }
}

impl Perform for AddSender {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<SenderDomain, Problem> {
        Do::KeepSenders.by(actor)?;
        let organization = actor.organization()?;
        let is_vendor = actor.side() == Some(Side::Vendor);
        let (address, domain) = readable(&self.address).ok_or_else(|| {
            Problem::field("address", "not_an_address", "Write an e-mail address: hello@example.com.")
        })?;
        let brand = match (is_vendor, self.brand) {
            (true, Some(brand)) => Some(brand),
            (true, None) => return Err(Problem::field("brand", "required", "Choose a brand.")),
            // A partner sends from its own domains; brands are none of its.
            (false, Some(_)) => return Err(Problem::NotFound),
            (false, None) => None,
        };
        // Before anything is written, and beside other work: it takes tenths of a second.
        let parts_ = parts.clone();
        let made = tokio::task::spawn_blocking(move || dkim::make(parts_.chance(), parts_.signing_seed()));
        let made = made.await.map_err(Problem::internal)?.map_err(Problem::internal)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let owner: Uuid = match brand {
                Some(brand) => {
                    programs::server::brand_in(tx, brand, actor_.scope())
                        .await?
                        .ok_or(Problem::NotFound)?
                        .id
                        .0
                }
                None => organization.0,
            };
            if store_senders::count(tx, owner).await? >= rules::MOST_SENDERS {
                return Err(Problem::refused(
                    "too_many_senders",
                    "Ten sender domains are the most. Remove one first.",
                ));
            }
            let now = parts_.clock().now();
            let id = SenderId(parts_.id(now));
            let mut random = [0; 4];
            parts_.chance().fill(&mut random);
            let selector = format!("rialto-{}", hex::encode(random));
            let mailbox = address.rsplit_once('@').map_or("", |(mailbox, _)| mailbox);
            let shown = SenderDomain {
                id,
                partner: (!is_vendor).then_some(organization),
                brand,
                record_name: format!("{selector}._domainkey.{domain}"),
                record_value: format!("v=DKIM1; k=rsa; p={}", made.public),
                domain,
                address: address.clone(),
                state: SenderState::Pending,
                dkim: RecordFinding::Unknown,
                spf: RecordFinding::Unknown,
                dmarc: RecordFinding::Unknown,
                checked_at: None,
                verified_at: None,
                failing_since: None,
                added_at: now,
                added_by_name: actor_.name.clone(),
                version: 1,
            };
            let keyed = Keyed { shown, selector, public_key: made.public, sealed_key: made.sealed };
            let vendor = is_vendor.then_some(organization);
            if !store_senders::insert(tx, &keyed, (owner, vendor), mailbox).await? {
                return Err(Problem::field("address", "added_already", "The domain is on the list already."));
            }
            told(tx, &parts_, &actor_, ("sender.added", &keyed.shown)).await?;
            Ok(keyed.shown)
        };
        parts.db().write(work).await
    }
}

impl Perform for RemoveSender {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<SenderDomain, Problem> {
        Do::KeepSenders.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let keyed = store_senders::find(tx, self.id, actor_.scope()).await?.ok_or(Problem::NotFound)?;
            store_senders::delete(tx, self.id).await?;
            told(tx, &parts_, &actor_, ("sender.removed", &keyed.shown)).await?;
            Ok(keyed.shown)
        };
        parts.db().write(work).await
    }
}

/// What the DNS says of the three records.
#[derive(Clone, Copy)]
struct Look {
    dkim: RecordFinding,
    spf: RecordFinding,
    dmarc: RecordFinding,
}

async fn look(parts: &Parts, keyed: &Keyed) -> Look {
    let (domain, outbound) = (&keyed.shown.domain, parts.outbound());
    let policy = format!("_dmarc.{domain}");
    let (dkim, spf, dmarc) = futures::join!(
        outbound.texts(&keyed.shown.record_name),
        outbound.texts(domain),
        outbound.texts(&policy)
    );
    let unanswered = RecordFinding::Unanswered;
    Look {
        dkim: dkim.map_or(unanswered, |texts| read_dkim(&texts, &keyed.public_key)),
        spf: spf.map_or(unanswered, |texts| read_version(&texts, "v=spf1")),
        dmarc: dmarc.map_or(unanswered, |texts| read_version(&texts, "v=DMARC1")),
    }
}

/// Writes down what a look found.
async fn settle(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    keyed: Keyed,
    look: Look,
) -> Result<SenderDomain, Problem> {
    let now = parts.clock().now();
    let before = keyed.shown;
    let standing = Standing {
        state: before.state,
        verified_at: before.verified_at,
        failing_since: before.failing_since,
    };
    let (next, change) = standing.seen(look.dkim, now);
    let shown = SenderDomain {
        state: next.state,
        verified_at: next.verified_at,
        failing_since: next.failing_since,
        dkim: look.dkim,
        spf: look.spf,
        dmarc: look.dmarc,
        checked_at: Some(now),
        version: before.version + 1,
        ..before
    };
    store_senders::update(tx, &shown).await?;
    let kind = match change {
        None => return Ok(shown),
        Some(Change::Verified) => "sender.verified",
        Some(Change::Missed) => "sender.missed",
        Some(Change::FoundAgain) => "sender.found_again",
        Some(Change::Lost) => "sender.lost",
    };
    told(tx, parts, actor, (kind, &shown)).await?;
    if change == Some(Change::Verified) {
        let job = RecheckSender { sender: shown.id };
        enqueue(tx, parts, &job, now + rules::AGAIN, Some(&mark(shown.id))).await?;
    }
    Ok(shown)
}

impl Perform for CheckSender {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<SenderDomain, Problem> {
        Do::KeepSenders.by(actor)?;
        let found = store_senders::find(&mut parts.db().read().await?, self.id, actor.scope()).await?;
        let keyed = found.ok_or(Problem::NotFound)?;
        let asker = actor.user.map_or_else(
            || actor.organization().map(|id| id.to_string()).unwrap_or_default(),
            |user| user.to_string(),
        );
        let left = parts.limiter().take(Class::Fetch, &asker, parts.clock().now())?;
        for (name, value) in &left {
            set_header(name.clone(), value.clone());
        }
        let look = look(parts, &keyed).await;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            // It may have been removed, or checked by somebody else, while the DNS was asked.
            let found = store_senders::find(tx, self.id, actor_.scope()).await?;
            settle(tx, &parts_, &actor_, found.ok_or(Problem::NotFound)?, look).await
        };
        parts.db().write(work).await
    }
}

impl Job for RecheckSender {
    const NAME: &'static str = "mailing.recheck_sender";

    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let found = store_senders::find(&mut parts.db().read().await?, self.sender, Scope::System).await?;
        let Some(keyed) = found.filter(|keyed| keyed.shown.state == SenderState::Verified) else {
            return Ok(());
        };
        let look = look(parts, &keyed).await;
        let parts_ = parts.clone();
        let work = async move |tx: &mut Tx| {
            let found = store_senders::find(tx, self.sender, Scope::System).await?;
            let Some(keyed) = found else { return Ok(()) };
            let after = settle(tx, &parts_, &Actor::system(), keyed, look).await?;
            if after.state != SenderState::Verified {
                return Ok(());
            }
            let again = if look.dkim == RecordFinding::Unanswered { rules::SOON } else { rules::AGAIN };
            let at = parts_.clock().now() + again;
            enqueue(tx, &parts_, &self, at, Some(&mark(self.sender))).await
        };
        parts.db().write(work).await
    }
}

/// An event of the vendor whose brand it is. A partner's domain belongs to no vendor: the log of none tells of it.
async fn told(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    (kind, shown): (&'static str, &SenderDomain),
) -> Result<(), Problem> {
    let Some(brand) = shown.brand else { return Ok(()) };
    let Some(brand) = programs::server::brand(tx, brand).await? else { return Ok(()) };
    let vendor: OrganizationId = brand.vendor;
    let happened = Happened {
        vendor,
        kind,
        subject: brand.id.to_string(),
        program: None,
        partner: None,
        keys: vec!["senders".to_owned()],
        data: json!({ "id": shown.id, "host": shown.domain, "state": shown.state }),
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}
