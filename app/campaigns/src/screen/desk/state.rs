//! What the page of a campaign holds while it is made: everything is kept by itself a moment after it was moved.
use std::time::Duration;

use base::{AudienceId, CampaignId, Problem};
use creative::{Override, Overrides, PartnerCard, Spot};
use leptos::prelude::*;

use crate::model::CampaignDesk;
use crate::verbs::{ChangeCampaign, GetCampaignDesk, KeepPartnerCard};

/// How long nothing moves before it is kept.
const CALM: Duration = Duration::from_millis(600);

/// Whether what is on the page is on the server.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kept {
    Yes,
    Waiting,
    /// It could not be kept; what is on the page stays there.
    No(Problem),
}

/// What was moved and is not kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Moved {
    campaign: bool,
    card: bool,
}

/// One campaign being made.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) id: CampaignId,
    /// The latest from the server.
    pub(super) of: RwSignal<CampaignDesk>,
    pub(super) name: RwSignal<String>,
    pub(super) language: RwSignal<String>,
    pub(super) overrides: RwSignal<Overrides>,
    pub(super) card: RwSignal<PartnerCard>,
    pub(super) audience: RwSignal<Option<AudienceId>>,
    /// As the clock stands in the zone; empty for at once.
    pub(super) send_on: RwSignal<String>,
    pub(super) zone: RwSignal<String>,
    pub(super) quiet: RwSignal<bool>,
    pub(super) kept: RwSignal<Kept>,
    /// Counts what was kept, so that previews are drawn anew.
    pub(super) drawn: RwSignal<u32>,
    moved: StoredValue<Moved>,
    moves: StoredValue<u32>,
    keeping: StoredValue<bool>,
    /// What is done as soon as all is kept.
    after: StoredValue<Option<Callback<()>>>,
}

impl Desk {
    pub(super) fn new(of: CampaignDesk) -> Self {
        let campaign = &of.campaign;
        Self {
            id: campaign.id,
            name: RwSignal::new(campaign.name.clone()),
            language: RwSignal::new(campaign.language.clone()),
            overrides: RwSignal::new(campaign.overrides.clone()),
            card: RwSignal::new(campaign.card.clone()),
            audience: RwSignal::new(campaign.audience),
            send_on: RwSignal::new(of.send_on.clone()),
            zone: RwSignal::new(campaign.time_zone.clone()),
            quiet: RwSignal::new(campaign.quiet),
            kept: RwSignal::new(Kept::Yes),
            drawn: RwSignal::new(0),
            of: RwSignal::new(of),
            moved: StoredValue::new(Moved::default()),
            moves: StoredValue::new(0),
            keeping: StoredValue::new(false),
            after: StoredValue::new(None),
        }
    }

    fn is_busy(self) -> bool {
        let moved = self.moved.try_get_value().unwrap_or_default();
        moved != Moved::default() || self.keeping.try_get_value().unwrap_or(false)
    }

    /// It changed elsewhere, or went on by itself.
    pub(super) fn learn(self, of: CampaignDesk) {
        let known = self.of.try_with_untracked(|known| known.clone());
        if known.as_ref() == Some(&of) || known.is_none() || self.is_busy() {
            return;
        }
        self.take(of);
    }

    /// Takes what the server says of everything.
    fn take(self, of: CampaignDesk) {
        let campaign = of.campaign.clone();
        put(self.name, campaign.name);
        put(self.language, campaign.language);
        put(self.overrides, campaign.overrides);
        put(self.card, campaign.card);
        put(self.audience, campaign.audience);
        put(self.send_on, of.send_on.clone());
        put(self.zone, campaign.time_zone);
        put(self.quiet, campaign.quiet);
        put(self.of, of);
        let _ = self.drawn.try_update(|count| *count += 1);
    }

    /// What stands in a block's place, if anything.
    pub(super) fn override_of(self, spot: &Spot) -> Option<Override> {
        self.overrides.with(|all| all.0.iter().find(|(known, _)| known == spot).map(|(_, one)| one.clone()))
    }

    /// Puts something into a block's place; nothing brings the kit's own words back.
    pub(super) fn write(self, spot: &Spot, one: Option<Override>) {
        self.overrides.update(|all| {
            all.0.retain(|(known, _)| known != spot);
            all.0.extend(one.map(|one| (spot.clone(), one)));
        });
        self.note();
    }

    /// Something of the campaign was moved.
    pub(super) fn note(self) {
        self.touch(|moved| moved.campaign = true);
    }

    /// Something of the card was moved.
    pub(super) fn note_card(self, change: impl FnOnce(&mut PartnerCard)) {
        self.card.update(change);
        self.touch(|moved| moved.card = true);
    }

    fn touch(self, change: impl FnOnce(&mut Moved)) {
        self.moved.update_value(change);
        self.kept.set(Kept::Waiting);
        let mine = self.moves.get_value() + 1;
        self.moves.set_value(mine);
        set_timeout(
            move || {
                if self.moves.try_get_value() == Some(mine) {
                    self.keep();
                }
            },
            CALM,
        );
    }

    /// Does something once all that was moved is kept.
    pub(super) fn then(self, action: Callback<()>) {
        if self.is_busy() {
            self.after.set_value(Some(action));
            self.keep();
        } else {
            action.run(());
        }
    }

    /// Keeps what was moved; one at a time, as each names the version that the one before it made.
    fn keep(self) {
        if self.keeping.try_get_value() != Some(false) {
            return;
        }
        let moved = self.moved.get_value();
        if moved == Moved::default() {
            return;
        }
        self.moved.set_value(Moved::default());
        self.keeping.set_value(true);
        let card = moved.card.then(|| KeepPartnerCard {
            card: self.card.get_untracked(),
            version: Some(self.of.with_untracked(|of| of.card_version)),
        });
        let change = moved.campaign.then(|| ChangeCampaign {
            id: self.id,
            name: Some(self.name.get_untracked()).filter(|name| !name.trim().is_empty()),
            language: Some(self.language.get_untracked()),
            overrides: Some(self.overrides.get_untracked()),
            audience: self.audience.get_untracked(),
            send_on: Some(self.send_on.get_untracked()),
            time_zone: Some(self.zone.get_untracked()),
            quiet: Some(self.quiet.get_untracked()),
            version: Some(self.of.with_untracked(|of| of.campaign.version)),
        });
        leptos::task::spawn_local(async move {
            let answer = keep(self.id, card, change).await;
            let _ = self.keeping.try_set_value(false);
            match answer {
                Ok(of) => self.is_kept(of),
                Err(problem) => {
                    let _ = self.after.try_set_value(None);
                    let _ = self.moved.try_update_value(|now| {
                        now.card |= moved.card;
                        now.campaign |= moved.campaign;
                    });
                    let _ = self.kept.try_set(Kept::No(problem));
                }
            }
        });
    }

    fn is_kept(self, of: CampaignDesk) {
        if self.of.try_set(of).is_some() {
            return;
        }
        let _ = self.drawn.try_update(|count| *count += 1);
        if self.moved.try_get_value() != Some(Moved::default()) {
            // Something moved meanwhile.
            return self.keep();
        }
        let _ = self.kept.try_set(Kept::Yes);
        if let Some(action) = self.after.try_update_value(Option::take).flatten() {
            action.run(());
        }
    }

    /// Asks anew, after something else than its words was done with it.
    pub(super) fn refresh(self) {
        leptos::task::spawn_local(async move {
            if let Ok(of) = kit::ask(GetCampaignDesk { id: self.id }).await
                && !self.is_busy()
                && self.of.try_with_untracked(|_| ()).is_some()
            {
                self.take(of);
            }
        });
    }
}

async fn keep(
    id: CampaignId,
    card: Option<KeepPartnerCard>,
    change: Option<ChangeCampaign>,
) -> Result<CampaignDesk, Problem> {
    if let Some(card) = card {
        kit::ask(card).await?;
    }
    match change {
        Some(change) => kit::ask(change).await,
        None => kit::ask(GetCampaignDesk { id }).await,
    }
}

/// Sets a signal that has another value.
fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.try_with_untracked(|known| *known != value) == Some(true) {
        signal.set(value);
    }
}
