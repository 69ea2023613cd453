//! Files in a folder, and in a store that is spoken to over HTTP.
use super::*;

#[tokio::test]
async fn a_file_is_put_once_read_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::at(&FilesUrl(folder.path().join("files").display().to_string())).unwrap();
    let name = "pictures/ab/64.png";
    assert_eq!(files.get(name).await, Ok(None));
    for _ in 0..2 {
        files.put(name, b"bytes".to_vec()).await.unwrap();
    }
    assert_eq!(files.get(name).await, Ok(Some(b"bytes".to_vec())));
    assert_eq!(std::fs::read(folder.path().join("files").join(name)).unwrap(), b"bytes");
    for _ in 0..2 {
        files.remove(name).await.unwrap();
    }
    assert_eq!(files.get(name).await, Ok(None));
}

#[tokio::test]
async fn no_name_leads_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("secret"), "x").unwrap();
    let files = Files::folder(&folder.path().join("files")).unwrap();
    for name in ["../secret", "a/../../secret", "./../secret"] {
        assert!(matches!(files.get(name).await, Err(Problem::Internal { .. })), "{name}");
    }
}

#[test]
fn an_address_is_not_shown() {
    let url = FilesUrl::from("s3://key:secret@bucket");
    assert_eq!((format!("{url:?}").as_str(), url.folder()), ("FilesUrl(…)", None));
    assert_eq!(FilesUrl::from("/srv/files").folder(), Some(Path::new("/srv/files")));
}

#[cfg(feature = "s3")]
mod over_http {
    use std::collections::HashMap;
    use std::sync::Mutex;

    use axum::Router;
    use axum::body::Bytes;
    use axum::extract::State;
    use axum::http::{HeaderMap, Method, StatusCode, Uri};

    use super::*;

    type Kept = Arc<Mutex<HashMap<String, Bytes>>>;

    /// The least of the protocol: objects by their path, and a signature with each request.
    async fn answer(
        State(kept): State<Kept>,
        method: Method,
        uri: Uri,
        headers: HeaderMap,
        body: Bytes,
    ) -> (StatusCode, HeaderMap, Bytes) {
        let signed = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut head = HeaderMap::new();
        head.insert("etag", "\"1\"".parse().unwrap());
        head.insert("last-modified", "Sat, 28 Nov 2026 09:00:00 GMT".parse().unwrap());
        if !signed.starts_with("AWS4-HMAC-SHA256 Credential=key/") {
            return (StatusCode::FORBIDDEN, head, Bytes::new());
        }
        let mut kept = kept.lock().unwrap();
        let path = uri.path().to_owned();
        match method {
            Method::PUT => {
                kept.insert(path, body);
                (StatusCode::OK, head, Bytes::new())
            }
            Method::DELETE => {
                kept.remove(&path);
                (StatusCode::NO_CONTENT, head, Bytes::new())
            }
            _ => match kept.get(&path) {
                Some(found) => (StatusCode::OK, head, found.clone()),
                None => (StatusCode::NOT_FOUND, head, Bytes::new()),
            },
        }
    }

    #[tokio::test]
    async fn a_file_goes_to_a_store_that_speaks_s3() {
        let kept = Kept::default();
        let router = Router::new().fallback(answer).with_state(kept.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let url = format!("s3://key:se%2Fcret@brand-files?region=eu-central-1&endpoint=http://{address}");
        let files = Files::at(&FilesUrl(url)).unwrap();
        files.put("pictures/ab/64.png", b"bytes".to_vec()).await.unwrap();
        assert!(kept.lock().unwrap().contains_key("/brand-files/pictures/ab/64.png"));
        assert_eq!(files.get("pictures/ab/64.png").await, Ok(Some(b"bytes".to_vec())));
        assert_eq!(files.get("pictures/ab/32.png").await, Ok(None));
        files.remove("pictures/ab/64.png").await.unwrap();
        assert_eq!(files.get("pictures/ab/64.png").await, Ok(None));
    }

    #[test]
    fn a_wrong_address_is_told_without_it() {
        for wrong in ["s3://", "s3://key:hush@bucket?bucket=other", "s3://key:hush@"] {
            let told = Files::at(&FilesUrl::from(wrong)).err().unwrap();
            assert!(!told.contains("hush") && told.contains("RIALTO_FILES"), "{told}");
        }
    }
}
