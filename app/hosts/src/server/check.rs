//! Looks in the DNS, when somebody asks and once a day.
use base::db::Tx;
use base::http::{Perform, set_header};
use base::jobs::{Job, enqueue};
use base::limit::Class;
use base::{Actor, Parts, Problem};
use programs::Brand;
use serde::{Deserialize, Serialize};

use super::{announce, kept, store, told};
use crate::model::{CheckAnswer, Host, HostCheck, HostId, HostState};
use crate::rules::{self, Change};
use crate::verbs::CheckHost;

/// Looks at a name that was shown, and again a day later.
#[derive(Serialize, Deserialize)]
pub(super) struct RecheckHost {
    host: HostId,
}

fn mark(host: HostId) -> String {
    format!("hosts.recheck {host}")
}

async fn look(parts: &Parts, host: &Host) -> CheckAnswer {
    match parts.outbound().texts(&host.record.name).await {
        Ok(texts) => rules::read(&texts, &host.record),
        Err(_) => CheckAnswer::Unanswered,
    }
}

/// Writes down what a look changed, if anything.
async fn settle(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    (host, brand): (Host, &Brand),
    answer: CheckAnswer,
) -> Result<HostCheck, Problem> {
    let now = parts.clock().now();
    let before = host.clone();
    let (next, change) = host.seen(answer, now);
    let Some(change) = change else { return Ok(HostCheck { host: next, answer }) };
    match change {
        // Whoever shows a name first has it; the other learns that it is taken, and no more.
        Change::Verified if !store::own(tx, &next.name, next.id).await? => {
            return Ok(HostCheck { host: before, answer: CheckAnswer::Taken });
        }
        Change::Lost => store::disown(tx, next.id).await?,
        Change::Verified | Change::Missed | Change::FoundAgain => {}
    }
    let next = Host { version: before.version + 1, ..next };
    store::update(tx, &next).await?;
    announce(tx, parts, actor, change.kind(), (brand, Some(&next))).await?;
    if change == Change::Verified {
        enqueue(tx, parts, &RecheckHost { host: next.id }, now + rules::AGAIN, Some(&mark(next.id))).await?;
    }
    Ok(HostCheck { host: next, answer })
}

impl Perform for CheckHost {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<HostCheck, Problem> {
        let (host, _) = kept(&mut parts.db().read().await?, actor, self.id).await?;
        let sender = actor.user.map_or_else(
            || actor.organization().map(|id| id.to_string()).unwrap_or_default(),
            |user| user.to_string(),
        );
        let left = parts.limiter().take(Class::Fetch, &sender, parts.clock().now())?;
        for (name, value) in &left {
            set_header(name.clone(), value.clone());
        }
        let answer = look(parts, &host).await;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            // It may have been removed, or checked by somebody else, while the DNS was asked.
            let (host, brand) = kept(tx, &actor_, self.id).await?;
            let check = settle(tx, &parts_, &actor_, (host, &brand), answer).await?;
            Ok(HostCheck { host: told(&parts_, check.host), ..check })
        };
        parts.db().write(work).await
    }
}

impl Job for RecheckHost {
    const NAME: &'static str = "hosts.recheck";

    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let found = store::find(&mut parts.db().read().await?, self.host).await?;
        let Some(host) = found.filter(|host| host.state == HostState::Verified) else { return Ok(()) };
        let answer = look(parts, &host).await;
        let parts_ = parts.clone();
        let work = async move |tx: &mut Tx| {
            let actor = Actor::system();
            let Some(host) = store::find(tx, self.host).await? else { return Ok(()) };
            let brand = programs::server::brand(tx, host.brand).await?.ok_or(Problem::NotFound)?;
            let after = settle(tx, &parts_, &actor, (host, &brand), answer).await?.host;
            if after.state != HostState::Verified {
                return Ok(());
            }
            let again = if answer == CheckAnswer::Unanswered { rules::SOON } else { rules::AGAIN };
            let at = parts_.clock().now() + again;
            enqueue(tx, &parts_, &self, at, Some(&mark(self.host))).await
        };
        parts.db().write(work).await
    }
}
