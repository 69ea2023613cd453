//! Takes banners, papers, posts along: files of a campaign's pieces, for those who may see it.
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Response, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Extension, Router};
use base::http::problem_response;
use base::{Actor, CampaignId, Parts, Problem, Side};
use campaigns::CampaignState;

use super::make::File;
use super::{live, make};
use crate::access::Do;

/// Where a file of a piece is.
pub(super) const PATH: &str = "/api/v1/campaigns/{id}/assets/{key}/{file}";

/// `GET /api/v1/campaigns/{id}/assets/{key}/{file}`.
pub fn routes() -> Router<Parts> {
    Router::new().route(PATH, get(send))
}

type Names = (String, String, String);

async fn send(
    State(parts): State<Parts>,
    Extension(actor): Extension<Actor>,
    names: Result<Path<Names>, PathRejection>,
) -> Response<Body> {
    let Ok(Path(names)) = names else { return problem_response(&Problem::NotFound) };
    match found(&parts, &actor, names).await {
        Ok((name, file)) => handed_out(&name, file),
        Err(problem) => problem_response(&problem),
    }
}

async fn found(parts: &Parts, actor: &Actor, (id, key, name): Names) -> Result<(String, File), Problem> {
    Do::Download.by(actor, None)?;
    let id: CampaignId = id.parse().map_err(|_| Problem::NotFound)?;
    let campaign = live::campaign(parts, actor, id).await?;
    Do::Download.by(actor, Some(&campaign))?;
    takes(actor, campaign.state)?;
    let mut tx = parts.db().read().await?;
    let drawn = campaigns::server::asset(&mut tx, parts, &campaign, &key).await?;
    let mut drawn = drawn.ok_or(Problem::NotFound)?;
    live::at_home(&mut tx, parts, &campaign, &mut drawn.setting).await?;
    drop(tx);
    let shown = format!("{}-{name}", campaign.slug);
    Ok((shown, make::file(parts, &campaign, drawn, name).await?))
}

/// Whether files may leave the house: the vendor looks at any time, a partner takes what may go out.
fn takes(actor: &Actor, state: CampaignState) -> Result<(), Problem> {
    if actor.side() == Some(Side::Vendor) {
        return Ok(());
    }
    match state {
        CampaignState::Draft | CampaignState::Checked | CampaignState::AwaitingApproval => {
            Err(Problem::refused(
                "not_launched",
                "Launch the campaign first. What was made for it can be taken when it may go out.",
            ))
        }
        CampaignState::Cancelled | CampaignState::Recalled => {
            Err(Problem::refused("over", "This campaign is over. Nothing of it may be used any more."))
        }
        CampaignState::Approved
        | CampaignState::Scheduled
        | CampaignState::Sending
        | CampaignState::Paused
        | CampaignState::Sent
        | CampaignState::Archived => Ok(()),
    }
}

fn handed_out(name: &str, file: File) -> Response<Body> {
    let mut response = file.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    // Opened by itself, nothing in it may run or load.
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    // The name holds letters, digits, hyphens and dots alone.
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
