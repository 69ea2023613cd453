//! The verifier page for those without JavaScript: reads what was handed in and examines it before the page is made.
use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::Method;
use base::http::Perform;
use base::{Actor, Parts};

use crate::examine::{Examined, Exhibit, HandedIn, Opening, Unreadable};
use crate::slip::Slip;

/// The longest text that comes back in the form.
const MOST_BYTES: usize = 64 * 1024;

/// Takes what a request for the verifier page hands in, by form or by address, and gives the request back as one that
/// only asks for the page.
pub async fn open(parts: &Parts, request: Request<Body>) -> (Opening, Request<Body>) {
    let (mut head, body) = request.into_parts();
    let mut handed_in = if head.method == Method::POST {
        head.method = Method::GET;
        let form = Multipart::from_request(Request::from_parts(head.clone(), body), &()).await;
        match form {
            Ok(form) => read(form).await,
            Err(_) => HandedIn::default(),
        }
    } else {
        HandedIn { slip: slip(head.uri.query().unwrap_or_default()), ..HandedIn::default() }
    };
    let examined = if handed_in.is_empty() { None } else { Some(examine(parts, &handed_in).await) };
    tidy(&mut handed_in, examined.as_ref());
    ((handed_in, examined), Request::from_parts(head, Body::empty()))
}

async fn examine(parts: &Parts, handed_in: &HandedIn) -> Result<Examined, Unreadable> {
    let ask = async |verb: crate::GetEvidence| verb.perform(parts, &Actor::nobody()).await;
    handed_in.examine(ask).await
}

/// The form comes back with the receipt rather than with the PDF that it was attached to, and not with whole books.
fn tidy(handed_in: &mut HandedIn, examined: Option<&Result<Examined, Unreadable>>) {
    if let Some(Ok(Examined { exhibit: Exhibit::Receipt(receipt), .. })) = examined {
        handed_in.receipt = serde_json::to_string_pretty(receipt).unwrap_or_default();
    }
    for text in [&mut handed_in.receipt, &mut handed_in.kept] {
        if text.len() > MOST_BYTES || text.contains('\0') {
            text.clear();
        }
    }
}

/// The form's fields; a file goes before what was pasted. What is broken off or too long stays out, and is then told as
/// unreadable.
async fn read(mut form: Multipart) -> HandedIn {
    let mut handed_in = HandedIn::default();
    while let Ok(Some(field)) = form.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        let Ok(bytes) = field.bytes().await else { break };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "file" if !text.is_empty() => handed_in.receipt = text,
            "receipt" if handed_in.receipt.is_empty() => handed_in.receipt = text,
            "kept" => handed_in.kept = text,
            _ => {}
        }
    }
    handed_in
}

/// The slip of an address. Nothing in one needs unescaping: ids, base64url and numbers have no special letters.
fn slip(query: &str) -> Option<Slip> {
    let pairs = || query.split('&').filter_map(|pair| pair.split_once('='));
    Slip::from_query(|name| pairs().find(|(known, _)| *known == name).map(|(_, value)| value.to_owned()))
}
