//! What the first partner makes of the kits: an audience, one campaign that is out, one that waits for its time, one in the
//! making.
use ::campaigns::{
    AddContact, Campaign, ChangeCampaign, ConsentSource, CreateAudience, CreateCampaign, GetCampaignDesk,
    GetPartnerCard, KeepPartnerCard, LaunchCampaign,
};
use ::kits::ListKits;
use base::clock::FixedClock;
use base::db::Tx;
use base::events::{self, Happened};
use base::http::Perform;
use base::jobs::{Lane, run_due};
use base::{Actor, AudienceId, CampaignId, Datelike, Parts, Span};

use super::cast::Cast;
use super::{Dice, told};
use crate::Failure;

/// People of the audience.
const PEOPLE: usize = 60;
const FIRST: [&str; 12] =
    ["Anna", "Ben", "Clara", "David", "Elif", "Felix", "Greta", "Hugo", "Ines", "Jonas", "Klara", "Leo"];
const LAST: [&str; 10] =
    ["Berger", "Conti", "Dubois", "Egger", "Fischer", "Gruber", "Huber", "Ivanov", "Jansen", "Kovac"];
const COMPANIES: [&str; 8] =
    ["Alpsee", "Bergbahn", "Citadel", "Donau", "Edelweiss", "Föhn", "Gletscher", "Hafen"];

/// Tells it, on the last day of the story, after the kits.
pub(super) async fn tell(parts: &Parts, cast: &Cast, clock: &FixedClock) -> Result<(), Failure> {
    let kits =
        told(ListKits { limit: Some(20), ..ListKits::default() }.perform(parts, &cast.paula).await, "kits")?;
    if kits.items.len() < 3 {
        return Err("the demo's kits are missing".into());
    }
    card(parts, cast).await?;
    let audience = audience(parts, cast).await?;
    let zone = "Europe/Vienna";
    let now = parts.clock().now();
    let later = (now + Span::days(6)).date();
    let at = format!("{:04}-{:02}-{:02}T09:00", later.year(), later.month(), later.day());
    for (place, kit) in kits.items.iter().take(3).enumerate() {
        let create = CreateCampaign { kit: kit.id, name: None, language: Some("en".to_owned()) };
        let made: Campaign = told(create.perform(parts, &cast.paula).await, "a campaign")?;
        if place == 2 {
            continue;
        }
        let send_on = (place == 1).then(|| at.clone());
        let change = ChangeCampaign {
            id: made.id,
            name: None,
            language: None,
            overrides: None,
            audience: Some(audience),
            send_on,
            time_zone: Some(zone.to_owned()),
            quiet: Some(true),
            version: None,
        };
        told(change.perform(parts, &cast.paula).await, "a campaign's people")?;
        launch(parts, cast, made.id).await?;
        if place == 0 {
            go_out(parts, cast, clock, made.id).await?;
        }
    }
    Ok(())
}

/// The first one is out: its people were written to, and some of them read it. Nothing is sent for it.
async fn go_out(parts: &Parts, cast: &Cast, clock: &FixedClock, id: CampaignId) -> Result<(), Failure> {
    clock.advance(Span::seconds(::campaigns::rules::UNDO_SECONDS + 1));
    work(parts).await?;
    let (parts_, at) = (parts.clone(), parts.clock().now());
    let vendor = cast.vendor;
    let story = async move |tx: &mut Tx| {
        let sent = mailing::server::tell_as_sent(tx, id, at).await?;
        let happened = Happened {
            vendor,
            kind: "mailing.step_sent",
            subject: id.to_string(),
            program: None,
            partner: None,
            keys: vec!["mailing".to_owned(), id.to_string()],
            data: serde_json::json!({ "campaign": id, "step": 0, "sent": sent }),
        };
        events::append(tx, &parts_, &Actor::system(), happened).await.map(drop)
    };
    told(parts.db().write(story).await, "mails of the past")?;
    work(parts).await
}

/// Does what is due.
async fn work(parts: &Parts) -> Result<(), Failure> {
    while told(run_due(parts, &app::jobs(), Lane::Here).await, "jobs")? > 0 {}
    Ok(())
}

/// Launches what nothing stops; what lacks something stays in the making, as it would with people.
async fn launch(parts: &Parts, cast: &Cast, id: CampaignId) -> Result<(), Failure> {
    let desk = told(GetCampaignDesk { id }.perform(parts, &cast.paula).await, "a campaign's page")?;
    if ::campaigns::rules::passes(&desk.found) {
        told(LaunchCampaign { id, version: None }.perform(parts, &cast.paula).await, "a launch")?;
    }
    Ok(())
}

async fn card(parts: &Parts, cast: &Cast) -> Result<(), Failure> {
    let kept = told(GetPartnerCard {}.perform(parts, &cast.paula).await, "a card")?;
    let logo =
        pictures::monogram_icon(Some('A'), [20, 92, 88], Err(512)).map_err(|error| error.to_string())?;
    let partner = cast.paula.organization().map_err(|problem| problem.to_string())?;
    let logo = told(::campaigns::server::upload_logo(parts, &cast.paula, partner, logo).await, "a logo")?;
    let mut card = kept.card;
    card.logo = Some(logo.hash);
    "Alpine Systems GmbH\nMaria-Theresien-Straße 18\n6020 Innsbruck".clone_into(&mut card.address);
    "+43 512 555 010".clone_into(&mut card.phone);
    "https://alpine.example".clone_into(&mut card.website);
    "Cloud and security for companies in the Alps, since 2009.".clone_into(&mut card.about);
    "Managing director".clone_into(&mut card.signed_as);
    told(KeepPartnerCard { card, version: Some(kept.version) }.perform(parts, &cast.paula).await, "a card")?;
    Ok(())
}

async fn audience(parts: &Parts, cast: &Cast) -> Result<AudienceId, Failure> {
    let create = CreateAudience { name: "Customers in the Alps".to_owned() };
    let id = told(create.perform(parts, &cast.paula).await, "an audience")?.id;
    let (mut dice, today) = (Dice::new(11), parts.clock().now().date());
    for place in 0..PEOPLE {
        let (first, last, company) = (*dice.pick(&FIRST), *dice.pick(&LAST), *dice.pick(&COMPANIES));
        let add = AddContact {
            id,
            email: format!("{}.{}{place}@example.com", first.to_lowercase(), last.to_lowercase()),
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            company: format!("{company} AG"),
            source: if dice.chance(60) { ConsentSource::Customer } else { ConsentSource::Event },
            on: today,
            wording: "Alpine Systems may write to me about news and events.".to_owned(),
            opt_in: None,
        };
        told(add.perform(parts, &cast.paula).await, "a person")?;
    }
    Ok(id)
}
