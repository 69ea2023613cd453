//! The partner's card: kept, or filled from the partner's record.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, OrganizationId, Parts, Problem, Scope, Side};
use creative::PartnerCard;
use serde_json::json;

use super::store::{self, Found};
use crate::access::Do;
use crate::model::{Campaign, KeptCard};
use crate::verbs::{GetPartnerCard, KeepPartnerCard};

/// A website that links may lead to; nothing for any other text.
fn website(text: Option<String>) -> String {
    let text = text.unwrap_or_default();
    let text = text.trim();
    match text.split_once("://") {
        Some(("https" | "http", rest)) => format!("https://{rest}"),
        Some(_) => String::new(),
        None if text.is_empty() => String::new(),
        None => format!("https://{text}"),
    }
}

/// What is kept; before that what the partner's record says.
pub(super) async fn card_of(tx: &mut Tx, partner: OrganizationId) -> Result<KeptCard, Problem> {
    if let Some(kept) = store::card(tx, partner).await? {
        return Ok(kept);
    }
    let record = organizations::server::find(tx, partner).await?.ok_or(Problem::NotFound)?;
    let card = PartnerCard { name: record.name, website: website(record.website), ..PartnerCard::default() };
    Ok(KeptCard { card, changed_at: None, changed_by_name: None, version: 0 })
}

/// With the card that is kept with it, or the partner's of today.
pub(super) async fn with_card(tx: &mut Tx, found: Found) -> Result<Campaign, Problem> {
    let Found { mut campaign, has_card } = found;
    if !has_card {
        campaign.card = card_of(tx, campaign.partner).await?.card;
    }
    Ok(campaign)
}

/// Who asks is the one who signs, and the one who is written to, until somebody says otherwise.
async fn signed(tx: &mut Tx, actor: &Actor, mut kept: KeptCard) -> Result<KeptCard, Problem> {
    if kept.version == 0
        && let Some(user) = actor.user
    {
        let person = store::person(tx, user).await?;
        kept.card.signed_by = actor.name.clone();
        kept.card.email = person.map(|(_, email)| email).unwrap_or_default();
    }
    Ok(kept)
}

/// Keeps the card that a first campaign is made with, so that it is one and the same for everybody of the partner.
pub(super) async fn keep_first(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    partner: OrganizationId,
) -> Result<(), Problem> {
    let kept = card_of(tx, partner).await?;
    if kept.version > 0 {
        return Ok(());
    }
    let kept = signed(tx, actor, kept).await?;
    store::keep_card(tx, actor, (partner, &kept.card), 0, parts.clock().now()).await
}

impl Perform for GetPartnerCard {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<KeptCard, Problem> {
        let partner = Do::Make.partner(actor)?;
        let mut tx = parts.db().read().await?;
        let kept = card_of(&mut tx, partner).await?;
        signed(&mut tx, actor, kept).await
    }
}

fn checked(mut card: PartnerCard) -> Result<PartnerCard, Problem> {
    for text in [
        &mut card.name,
        &mut card.phone,
        &mut card.email,
        &mut card.website,
        &mut card.action_url,
        &mut card.signed_by,
        &mut card.signed_as,
    ] {
        *text = text.trim().replace(['\r', '\n', '\0'], " ");
    }
    for text in [&mut card.about, &mut card.address] {
        *text = text.trim().replace(['\r', '\0'], "");
    }
    if card.name.is_empty() {
        return Err(Problem::field("card.name", "required", "This field is needed."));
    }
    if !card.email.is_empty() && crate::rules::rows::address(&card.email).is_none() {
        return Err(Problem::field("card.email", "not_an_email", "Give an address like name@example.com."));
    }
    for (field, url) in [("card.website", &mut card.website), ("card.action_url", &mut card.action_url)] {
        if !url.is_empty() && !url.contains("://") {
            *url = format!("https://{url}");
        }
        let host = url
            .strip_prefix("https://")
            .and_then(|rest| rest.split(['/', '?', '#']).next())
            .unwrap_or_default();
        let odd = !host.contains('.') || host.contains('@') || url.contains(char::is_whitespace);
        if !url.is_empty() && odd {
            return Err(Problem::field(field, "not_a_url", "Give an address like https://example.com."));
        }
    }
    let is_colour = card.colour.len() == 7
        && card.colour.starts_with('#')
        && card.colour[1..].bytes().all(|byte| byte.is_ascii_hexdigit());
    if !card.colour.is_empty() && !is_colour {
        return Err(Problem::field("card.colour", "not_a_colour", "Give a colour like #2563eb."));
    }
    Ok(card)
}

impl Perform for KeepPartnerCard {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<KeptCard, Problem> {
        let partner = Do::Make.partner(actor)?;
        let mut card = checked(self.card)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let known = store::card(tx, partner).await?;
            let now_kept = known.as_ref().map_or(0, |known| known.version);
            if self.version.is_some_and(|seen| seen != now_kept) {
                return Err(Problem::Stale);
            }
            // Only what this partner uploaded, at its true size.
            card.logo_size = (0, 0);
            if let Some(hash) = &card.logo {
                let logos = store::logos(tx, partner).await?;
                let known = logos.into_iter().find(|logo| logo.hash == *hash);
                let unknown =
                    || Problem::field("card.logo", "unknown", "There is no such picture; upload it first.");
                let known = known.ok_or_else(unknown)?;
                card.logo_size = (known.width, known.height);
            }
            store::keep_card(tx, &actor_, (partner, &card), now_kept, parts_.clock().now()).await?;
            let of = (partner, Side::Partner);
            let data = json!({ "version": now_kept + 1 });
            organizations::server::record(tx, &parts_, &actor_, of, "card.kept", partner, data).await?;
            card_of(tx, partner).await
        };
        parts.db().write(work).await
    }
}

/// Whether a scope is the partner's own.
pub(super) fn is_own(scope: Scope, partner: OrganizationId) -> bool {
    matches!(scope, Scope::Partner(own) if own == partner) || scope == Scope::System
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_card_says_is_made_safe() {
        let card = |website: &str, email: &str| PartnerCard {
            name: " Alpine\r\n".into(),
            website: website.into(),
            email: email.into(),
            ..PartnerCard::default()
        };
        let fine = checked(card("alpine.example", "a@alpine.example")).unwrap();
        assert_eq!((fine.name.as_str(), fine.website.as_str()), ("Alpine", "https://alpine.example"));
        for odd in [
            "javascript:alert(1)",
            "https://",
            "http://x.example",
            "https://a@b.example",
            "https://a b.example",
        ] {
            assert!(checked(card(odd, "")).is_err(), "{odd}");
        }
        assert!(checked(card("", "a@alpine.example\nBcc: x@y.example")).is_err());
    }

    #[test]
    fn a_record_s_website_becomes_an_address() {
        assert_eq!(website(Some("alpine.example".into())), "https://alpine.example");
        assert_eq!(website(Some("http://alpine.example".into())), "https://alpine.example");
        assert_eq!(website(Some("ftp://x".into())), "");
        assert_eq!(website(None), "");
    }
}
