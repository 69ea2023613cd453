//! The verifier page without JavaScript: what is handed in by form or address is examined before the page is made.
use axum::body::Body;
use axum::http::{Method, Request};

use super::*;
use crate::examine::{Examined, Exhibit, Opening, Outcome, Unreadable};
use crate::server::{open, paper};
use crate::slip::Slip;

fn posted(fields: &[(&str, Option<&str>, &[u8])]) -> Request<Body> {
    let mut body = Vec::new();
    for (name, file, value) in fields {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        let head = format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend([head.as_bytes(), value, b"\r\n"].concat());
    }
    body.extend(b"--xyz--\r\n");
    let request = Request::builder().method(Method::POST).uri("/verify");
    request.header("content-type", "multipart/form-data; boundary=xyz").body(Body::from(body)).unwrap()
}

async fn opened(world: &World, request: Request<Body>) -> Opening {
    let (opening, request) = open(&world.parts, request).await;
    assert_eq!(request.method(), Method::GET);
    opening
}

fn all_hold(opening: &Opening) -> bool {
    let Some(Ok(Examined { findings, .. })) = &opening.1 else { return false };
    findings.iter().all(|finding| finding.outcome == Outcome::Holds)
}

#[rstest]
#[tokio::test]
async fn a_pasted_receipt_its_file_and_its_pdf_are_examined(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, [MIGRATIONS()]);
    let receipt = claim(&world, VENDOR, 1).await;
    let kept = world.ask(&Actor::nobody(), GetCheckpoint { vendor: VENDOR }).await.unwrap();
    claim(&world, VENDOR, 2).await;
    let json = serde_json::to_vec_pretty(&receipt).unwrap();
    let kept = serde_json::to_vec(&kept).unwrap();
    let pdf = paper::pdf(&receipt, "https://partners.example", None).unwrap();

    let pasted = opened(&world, posted(&[("file", Some(""), b""), ("receipt", None, &json)])).await;
    assert!(all_hold(&pasted), "{pasted:?}");
    assert_eq!(pasted.0.receipt.as_bytes(), json);
    let filed = opened(&world, posted(&[("file", Some("receipt.json"), &json), ("kept", None, &kept)])).await;
    assert!(all_hold(&filed) && filed.0.kept.as_bytes() == kept, "{filed:?}");
    let paper =
        opened(&world, posted(&[("file", Some("receipt.pdf"), &pdf), ("receipt", None, b"old text")])).await;
    assert!(all_hold(&paper), "{paper:?}");
    assert_eq!(paper.0.receipt.as_bytes(), json, "the form comes back with the receipt, not with the PDF");
}

#[rstest]
#[tokio::test]
async fn the_address_on_the_code_is_examined(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world!(engine, [MIGRATIONS()]);
    let receipt = claim(&world, VENDOR, 1).await;
    let get = |query: &str| Request::builder().uri(format!("/verify?{query}")).body(Body::empty()).unwrap();
    let query = Slip::of(&receipt).to_query();
    let scanned = opened(&world, get(&query)).await;
    assert!(all_hold(&scanned), "{scanned:?}");
    let forged = opened(&world, get(&query.replace("&seq=1", "&seq=2"))).await;
    assert!(matches!(&forged.1, Some(Ok(Examined { exhibit: Exhibit::Slip(_), .. }))) && !all_hold(&forged));
    let other = Slip { vendor: OTHER, ..Slip::of(&receipt) };
    assert!(!all_hold(&opened(&world, get(&other.to_query())).await));
    assert_eq!(opened(&world, get("")).await, Opening::default());
    assert_eq!(opened(&world, get("vendor=org_x&deal=&claim=%00")).await, Opening::default());
}

#[rstest]
#[tokio::test]
async fn what_is_no_receipt_or_checkpoint_is_told_apart(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, [MIGRATIONS()]);
    let receipt = serde_json::to_vec(&claim(&world, VENDOR, 1).await).unwrap();
    let noise = opened(&world, posted(&[("receipt", None, b"\xff\xfe{]")])).await;
    assert_eq!(noise.1, Some(Err(Unreadable::Receipt)));
    let kept = opened(&world, posted(&[("receipt", None, &receipt), ("kept", None, b"{}")])).await;
    assert_eq!(kept.1, Some(Err(Unreadable::Kept)));
    assert_eq!(opened(&world, posted(&[])).await, Opening::default());
    let large = opened(&world, posted(&[("receipt", None, &vec![b'x'; 300_000])])).await;
    assert_eq!((large.0.receipt.as_str(), large.1), ("", Some(Err(Unreadable::Receipt))));
    let broken =
        Request::builder().method(Method::POST).uri("/verify").body(Body::from("receipt=x")).unwrap();
    assert_eq!(opened(&world, broken).await, Opening::default());
}
