//! One piece of a campaign as a document of its own, to be shown in a frame of our pages.
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::Response;
use axum::routing::get;
use axum::{Extension, Router};
use base::http::problem_response;
use base::{Actor, CampaignId, Parts, Problem};
use creative::{Token, Values};
use serde::Deserialize;

use super::{ask, drawing};
use crate::access::Do;

pub(super) const PATH: &str = "/api/v1/campaigns/{id}/preview";

/// `GET /api/v1/campaigns/{id}/preview`.
pub(super) fn routes() -> Router<Parts> {
    Router::new().route(PATH, get(show))
}

#[derive(Deserialize)]
struct Asked {
    asset: String,
    #[serde(default)]
    dark: bool,
}

async fn show(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response<Body> {
    let asked = match asked {
        Ok(Query(asked)) => asked,
        Err(rejection) => return problem_response(&Problem::Malformed { detail: rejection.body_text() }),
    };
    match drawn(&parts, &actor, &id, &asked).await {
        Ok(html) => kits::server::framed_document(&html, asked.dark),
        Err(problem) => problem_response(&problem),
    }
}

async fn drawn(parts: &Parts, actor: &Actor, id: &str, asked: &Asked) -> Result<String, Problem> {
    if !actor.is_known() {
        return Err(Problem::Unauthenticated);
    }
    Do::Read.by(actor, None)?;
    let id: CampaignId = id.parse().map_err(|_| Problem::NotFound)?;
    let mut tx = parts.db().read().await?;
    let campaign = ask::found(&mut tx, actor, id).await?;
    let drawn = drawing::asset(&mut tx, parts, &campaign, &asked.asset).await?.ok_or(Problem::NotFound)?;
    drop(tx);
    let (first, last) = actor.name.split_once(' ').unwrap_or((&actor.name, ""));
    let values: Values = [
        (Token::FirstName, first.to_owned()),
        (Token::LastName, last.to_owned()),
        (Token::Company, campaign.partner_name.clone()),
    ]
    .into();
    let mut setting = drawn.setting;
    // Below the address at which the person is, whichever host name that has.
    let base = setting.base_url.clone();
    if !base.is_empty() {
        setting.brand.logo_url = setting.brand.logo_url.replace(&base, "");
        setting.partner_logo_url = setting.partner_logo_url.replace(&base, "");
    }
    kits::server::document(drawn.asset.kind, drawn.content, setting, values).await
}
