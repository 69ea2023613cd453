//! Performs the verbs of host names, and says which brand is behind one.
mod book;
mod check;
mod name;
mod page;
mod store;
#[cfg(test)]
mod tests;

use base::db::{Migrations, Tx};
use base::events::{self, Happened};
use base::http::{Mounted, Perform, mounted};
use base::jobs::{JobKind, job};
use base::{Actor, BrandId, Page, Parts, Problem};
use programs::Brand;
use serde_json::json;

use crate::access::Do;
use crate::model::{Host, HostId, HostState};
use crate::rules;
use crate::verbs::*;
pub use book::Book;
pub use page::{Closed, closed, unknown};

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();
/// The jobs of this slice.
pub const JOBS: &[JobKind] = &[job::<check::RecheckHost>()];
/// What can be asked over the wire.
pub const VERBS: &[Mounted] = &[
    mounted::<ListHosts>(),
    mounted::<AddHost>(),
    mounted::<CheckHost>(),
    mounted::<ChoosePrimaryHost>(),
    mounted::<RemoveHost>(),
];

/// The key that moves in lists of host names.
const HOSTS: &str = "hosts";

/// Where links in a brand's mails lead: its primary host name, or the installation's address. Without a slash at the
/// end. Links that carry a secret lead to the installation's own address always: who has a host name decides where it
/// leads.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn address_of(tx: &mut Tx, parts: &Parts, brand: Option<BrandId>) -> Result<String, Problem> {
    let base = parts.settings().base_url.trim_end_matches('/');
    let name = match brand {
        Some(brand) => store::primary(tx, brand).await?,
        None => None,
    };
    Ok(name.map_or_else(|| base.to_owned(), |name| rules::address_at(base, &name)))
}

/// The host of an address, without its port: `https://partners.example:8443` is of `partners.example`.
#[must_use]
pub fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    authority.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(authority, |(host, _)| host)
}

/// As it is told: with the host that it must lead to.
fn told(parts: &Parts, host: Host) -> Host {
    Host { target: host_of(&parts.settings().base_url).to_owned(), ..host }
}

async fn all_told(tx: &mut Tx, parts: &Parts, brand: BrandId) -> Result<Page<Host>, Problem> {
    let all = store::of_brand(tx, brand).await?;
    Ok(Page::whole(all.into_iter().map(|host| told(parts, host)).collect()))
}

/// A brand whose host names the actor keeps.
async fn brand_of(tx: &mut Tx, actor: &Actor, id: BrandId) -> Result<Brand, Problem> {
    Do::Keep.by(actor)?;
    programs::server::brand_in(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)
}

/// A host name that the actor keeps, with its brand.
async fn kept(tx: &mut Tx, actor: &Actor, id: HostId) -> Result<(Host, Brand), Problem> {
    Do::Keep.by(actor)?;
    let host = store::find(tx, id).await?.ok_or(Problem::NotFound)?;
    let brand = brand_of(tx, actor, host.brand).await?;
    Ok((host, brand))
}

async fn announce(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    kind: &'static str,
    (brand, host): (&Brand, Option<&Host>),
) -> Result<(), Problem> {
    let happened = Happened {
        vendor: brand.vendor,
        kind,
        subject: brand.id.to_string(),
        program: None,
        partner: None,
        keys: vec![HOSTS.to_owned()],
        data: json!({ "id": host.map(|host| host.id), "host": host.map(|host| &host.name),
            "state": host.map(|host| host.state) }),
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}

impl Perform for ListHosts {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Host>, Problem> {
        let mut tx = parts.db().read().await?;
        let brand = brand_of(&mut tx, actor, self.id).await?;
        all_told(&mut tx, parts, brand.id).await
    }
}

impl Perform for AddHost {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Host, Problem> {
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let brand = brand_of(tx, &actor_, self.id).await?;
            let name = name::read(&self.host, host_of(&parts_.settings().base_url))?;
            if store::of_brand(tx, brand.id).await?.len() >= rules::MOST {
                return Err(Problem::refused(
                    "too_many_hosts",
                    "A brand has at most 20 host names. Remove one first.",
                ));
            }
            let now = parts_.clock().now();
            let mut secret = [0; 16];
            parts_.chance().fill(&mut secret);
            let token = hex::encode(secret);
            let host = Host {
                id: HostId(parts_.id(now)),
                brand: brand.id,
                shown: name::shown(&name),
                state: HostState::Pending,
                is_primary: false,
                record: rules::record(&name, &token),
                target: String::new(),
                name,
                added_at: now,
                added_by_name: actor_.name.clone(),
                verified_at: None,
                failing_since: None,
                version: 1,
            };
            if !store::insert(tx, &host, &token).await? {
                return Err(Problem::field("host", "added_already", "The brand has this host name already."));
            }
            announce(tx, &parts_, &actor_, "host.added", (&brand, Some(&host))).await?;
            Ok(told(&parts_, host))
        };
        parts.db().write(work).await
    }
}

impl Perform for ChoosePrimaryHost {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Host>, Problem> {
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let brand = brand_of(tx, &actor_, self.id).await?;
            let all = store::of_brand(tx, brand.id).await?;
            let chosen = match self.host {
                None => None,
                Some(id) => Some(all.iter().find(|host| host.id == id).ok_or(Problem::NotFound)?.clone()),
            };
            if chosen.as_ref().is_some_and(|host| host.state != HostState::Verified) {
                return Err(Problem::refused(
                    "not_verified",
                    "Check the name first: its record must be in the DNS.",
                ));
            }
            let before = all.into_iter().find(|host| host.is_primary);
            if before.as_ref().map(|host| host.id) != self.host {
                // In this order: a brand has one at most, at every moment.
                if let Some(host) = before {
                    store::update(tx, &Host { is_primary: false, version: host.version + 1, ..host }).await?;
                }
                if let Some(host) = chosen.clone() {
                    store::update(tx, &Host { is_primary: true, version: host.version + 1, ..host }).await?;
                }
                announce(tx, &parts_, &actor_, "host.primary_chosen", (&brand, chosen.as_ref())).await?;
            }
            all_told(tx, &parts_, brand.id).await
        };
        parts.db().write(work).await
    }
}

impl Perform for RemoveHost {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Host, Problem> {
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let (host, brand) = kept(tx, &actor_, self.id).await?;
            store::delete(tx, host.id).await?;
            announce(tx, &parts_, &actor_, "host.removed", (&brand, Some(&host))).await?;
            Ok(told(&parts_, host))
        };
        parts.db().write(work).await
    }
}
