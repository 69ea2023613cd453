//! Who is signed in, and for which organisation and program.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, BrandId, OrganizationId, Parts, Problem, ProgramId, UserId};

use super::client::Client;
use super::store;
use crate::access::Do;
use crate::{ChooseContext, Me, SwitchContext, WhoAmI};

/// Everything the screens know about an actor.
pub(super) async fn me_of(tx: &mut Tx, actor: &Actor) -> Result<Me, Problem> {
    let id = actor.user.ok_or_else(|| Problem::forbidden("no_person", "Only a person has a profile."))?;
    let user = store::person(tx, id).await?.ok_or(Problem::Unauthenticated)?;
    let memberships = store::memberships(tx, id).await?;
    let at = actor.standing.map(|standing| standing.organization);
    let organization = memberships.iter().find(|one| Some(one.organization) == at).cloned();
    let programs = match &organization {
        Some(one) => store::programs(tx, one.organization, one.side).await?,
        None => Vec::new(),
    };
    let chosen = actor.standing.and_then(|standing| standing.program);
    // A program that was left meanwhile is as good as none chosen.
    let program = programs.iter().find(|one| Some(one.id) == chosen).or(programs.first()).cloned();
    Ok(Me { user, memberships, organization, program, programs })
}

impl Perform for WhoAmI {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Me, Problem> {
        let mut tx = parts.db().read().await?;
        me_of(&mut tx, actor).await
    }
}

impl Perform for SwitchContext {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Me, Problem> {
        switch(parts, actor, self.organization, self.program).await
    }
}

impl Perform for ChooseContext {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Me, Problem> {
        switch(parts, actor, self.organization, self.program).await
    }
}

/// Acts for another organisation of the person's own from now on; for links that lead there. Where the program is none
/// of that organisation's any more, with its first one.
///
/// # Errors
/// `NotFound` for an organisation the person does not belong to; `Refused` without a session.
pub async fn act_for(
    parts: &Parts,
    actor: &Actor,
    organization: OrganizationId,
    program: Option<ProgramId>,
) -> Result<(), Problem> {
    match switch(parts, actor, organization, program).await {
        Err(Problem::NotFound) if program.is_some() => switch(parts, actor, organization, None).await,
        done => done,
    }
    .map(drop)
}

/// Where a person has a program of a brand: the first of their organisations, by name, that has one.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn place_of_brand(
    tx: &mut Tx,
    user: UserId,
    brand: BrandId,
) -> Result<Option<(OrganizationId, ProgramId)>, Problem> {
    for one in store::memberships(tx, user).await? {
        let programs = store::programs(tx, one.organization, one.side).await?;
        if let Some(program) = programs.iter().find(|program| program.brand_id == brand) {
            return Ok(Some((one.organization, program.id)));
        }
    }
    Ok(None)
}

/// Sets the session to another place of the person's own. No event: nothing changes for anybody else.
async fn switch(
    parts: &Parts,
    actor: &Actor,
    organization: OrganizationId,
    program: Option<ProgramId>,
) -> Result<Me, Problem> {
    Do::SwitchContext.by(actor)?;
    let session = Client::current().session.ok_or_else(|| {
        Problem::refused("no_session", "A key acts for one organisation. Use a key of the other one.")
    })?;
    let actor = actor.clone();
    parts
        .db()
        .write(async move |tx: &mut Tx| {
            let user = actor.user.ok_or(Problem::Unauthenticated)?;
            let there = super::actor_of(tx, user, organization).await?;
            let standing = there.standing.map(|standing| base::Standing { program, ..standing });
            let me = me_of(tx, &Actor { standing, ..there }).await?;
            if program.is_some_and(|wanted| me.programs.iter().all(|one| one.id != wanted)) {
                return Err(Problem::NotFound);
            }
            if !store::set_context(tx, &session, organization, program).await? {
                return Err(Problem::Unauthenticated);
            }
            Ok(me)
        })
        .await
}
