//! One piece of a campaign as a whole document, for whoever draws it with a card and words of its own.
use axum::body::Body;
use axum::http::Response;
use base::Problem;
use creative::draw::{self, FormState, Personal, Setting};
use creative::{AssetKind, Content, Values};

use super::preview::at_a_desk;
use super::{frame, route};

/// One pixel that is nothing: nobody is told of openings of a preview.
const NOTHING: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

/// Draws a piece as a document; takes a processor for a while.
///
/// # Errors
/// `Internal` when the drawing does not end.
pub async fn document(
    kind: AssetKind,
    content: Content,
    setting: Setting,
    values: Values,
) -> Result<String, Problem> {
    at_a_desk(move || drawn(kind, &content, &setting, &values)).await
}

fn drawn(kind: AssetKind, content: &Content, setting: &Setting, values: &Values) -> String {
    match kind {
        AssetKind::Email => {
            let mail = draw::mail(content, setting);
            let link = |place: u16| mail.links.get(usize::from(place)).cloned().unwrap_or_default();
            let personal = Personal { values, link: &link, unsubscribe: "#unsubscribe", opened: NOTHING };
            mail.html.fill(&personal, true)
        }
        AssetKind::LandingPage | AssetKind::Invitation | AssetKind::OnePager => {
            draw::page(content, setting, &FormState::default(), "")
        }
        AssetKind::Social => frame::post(setting, &draw::post(content, setting), &content.subject),
        AssetKind::Banner => {
            let drawn = draw::BANNERS.map(|size| (size, draw::banner(content, setting, size)));
            frame::banners(setting, &drawn, &content.subject)
        }
    }
}

/// The answer that a frame of our pages shows: always light or always dark, nothing in it runs, and it is kept nowhere.
#[must_use]
pub fn framed_document(html: &str, dark: bool) -> Response<Body> {
    route::handed_out("text/html; charset=utf-8", "private, no-store", frame::framed(html, dark).into_bytes())
}
