//! Themes that wait for their time: scheduled, taken back, published when it has come.
use base::db::Tx;
use base::http::Perform;
use base::jobs::{Job, enqueue};
use base::{Actor, BrandId, Parts, Problem, Scope, Timestamp};
use programs::Brand;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::publish::{Publication, announce, publish};
use super::store_waiting::{self, Waiting};
use super::{brand_of, theme_of};
use crate::model::{BrandTheme, ThemeSchedule};
use crate::rules;
use crate::verbs::{PublishScheduledTheme, ScheduleTheme, TakeBackTheme};

impl Perform for ScheduleTheme {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BrandTheme, Problem> {
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let brand = brand_of(tx, &actor_, self.id).await?;
            super::pictures::known(tx, &brand, &self.theme).await?;
            let now = parts_.clock().now();
            rules::may_wait(self.at, now)?;
            let schedule = ThemeSchedule {
                theme: self.theme,
                note: self.note.trim().to_owned(),
                at: self.at,
                scheduled_at: now,
                scheduled_by_name: actor_.name.clone(),
            };
            let waiting = Waiting { schedule, by: actor_.user };
            if !store_waiting::add(tx, brand.id, &waiting).await? {
                return Err(Problem::refused(
                    "waits_already",
                    "A theme waits for its time already. Take it back first.",
                ));
            }
            let job = PublishDue { brand: brand.id, at: self.at };
            enqueue(tx, &parts_, &job, self.at, Some(&format!("{} {}", PublishDue::NAME, brand.id))).await?;
            let data = json!({ "at": self.at, "colour": waiting.schedule.theme.colour });
            announce(tx, &parts_, &actor_, "brand.theme_scheduled", &brand, data).await?;
            theme_of(tx, &brand).await
        };
        parts.db().write(work).await
    }
}

fn none_waits() -> Problem {
    Problem::refused("nothing_waits", "No theme waits for its time.")
}

impl Perform for TakeBackTheme {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BrandTheme, Problem> {
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let brand = brand_of(tx, &actor_, self.id).await?;
            // Its job finds nothing then.
            let Some(waiting) = store_waiting::take(tx, brand.id).await? else { return Err(none_waits()) };
            let data = json!({ "at": waiting.schedule.at });
            announce(tx, &parts_, &actor_, "brand.theme_taken_back", &brand, data).await?;
            theme_of(tx, &brand).await
        };
        parts.db().write(work).await
    }
}

impl Perform for PublishScheduledTheme {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BrandTheme, Problem> {
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let brand = brand_of(tx, &actor_, self.id).await?;
            let Some(waiting) = store_waiting::take(tx, brand.id).await? else { return Err(none_waits()) };
            let by = (actor_.user, actor_.name.clone());
            publish(tx, &parts_, &actor_, &brand, publication(waiting, by)).await?;
            theme_of(tx, &brand).await
        };
        parts.db().write(work).await
    }
}

fn publication(waiting: Waiting, by: (Option<base::UserId>, String)) -> Publication {
    let ThemeSchedule { theme, note, at, .. } = waiting.schedule;
    Publication { theme, note, same_as: None, by, waited_until: Some(at) }
}

/// Publishes the theme that waits, when its time has come. One that was taken back, or waits for another time by now, is
/// none of this job's.
#[derive(Serialize, Deserialize)]
pub(super) struct PublishDue {
    brand: BrandId,
    at: Timestamp,
}

impl Job for PublishDue {
    const NAME: &'static str = "themes.publish_due";

    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let parts_ = parts.clone();
        let work = async move |tx: &mut Tx| {
            let Some(waiting) = store_waiting::find(tx, self.brand).await? else { return Ok(()) };
            if waiting.schedule.at != self.at {
                return Ok(());
            }
            let brand: Option<Brand> = programs::server::brand_in(tx, self.brand, Scope::System).await?;
            let Some(brand) = brand else { return Ok(()) };
            store_waiting::take(tx, brand.id).await?;
            let by = (waiting.by, waiting.schedule.scheduled_by_name.clone());
            publish(tx, &parts_, &Actor::system(), &brand, publication(waiting, by)).await
        };
        parts.db().write(work).await
    }
}
