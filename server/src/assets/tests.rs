//! What a browser gets for its files.

use axum::http::Request;
use tower::ServiceExt;

use super::*;

/// A site of one script, packed once, and one public file, in a folder of its own.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("rialto-assets-{}-{name}", std::process::id()));
        fs::create_dir_all(folder.join("pkg")).unwrap();
        let manifest = r#"{"js": "/pkg/rialto.1.js", "wasm": "/pkg/rialto.2.wasm", "css": "/pkg/rialto.3.css",
            "texts": {"en": "/pkg/texts.en.6.txt"}, "areas": {"here": "/pkg/here.4.pack", "there": "/pkg/there.5.pack"}}"#;
        fs::write(folder.join("manifest.json"), manifest).unwrap();
        fs::write(folder.join("pkg/rialto.1.js"), "let plain;").unwrap();
        fs::write(folder.join("pkg/rialto.1.js.br"), "packed").unwrap();
        fs::write(folder.join("pkg/here.4.pack"), "here").unwrap();
        fs::write(folder.join("pkg/there.5.pack"), "there").unwrap();
        fs::write(folder.join("pkg/texts.en.6.txt"), "texts").unwrap();
        fs::write(folder.join("robots.txt"), "User-agent: *").unwrap();
        Self(folder)
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        let site = Site::from(Source::Folder(self.0.clone())).unwrap();
        let request =
            headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
        routes(Arc::new(site)).oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn body(response: Response) -> String {
    String::from_utf8(axum::body::to_bytes(response.into_body(), 1000).await.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn a_browser_that_knows_brotli_gets_it_and_keeps_it() {
    let site = Folder::new("brotli");
    let response = site.get("/pkg/rialto.1.js", &[("accept-encoding", "gzip, br;q=0.9")]).await;
    assert_eq!(response.headers()["content-encoding"], "br");
    assert_eq!(response.headers()["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(response.headers()["cache-control"], FOR_EVER);
    assert_eq!(response.headers()["vary"], "accept-encoding");
    assert_eq!(body(response).await, "packed");
}

#[tokio::test]
async fn a_browser_that_refuses_brotli_gets_the_plain_file() {
    let site = Folder::new("plain");
    let response = site.get("/pkg/rialto.1.js", &[("accept-encoding", "br;q=0, gzip")]).await;
    assert!(!response.headers().contains_key("content-encoding"));
    assert_eq!(body(response).await, "let plain;");
}

#[tokio::test]
async fn a_file_that_has_not_changed_is_not_sent_again() {
    let site = Folder::new("etag");
    let first = site.get("/robots.txt", &[]).await;
    assert_eq!(first.headers()["cache-control"], FOR_AN_HOUR);
    let etag = first.headers()["etag"].to_str().unwrap().to_owned();
    let second = site.get("/robots.txt", &[("if-none-match", &etag)]).await;
    assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
}

#[test]
fn an_area_needs_its_own_pack_and_what_all_pages_need() {
    let folder = Folder::new("needed");
    let site = Site::from(Source::Folder(folder.0.clone())).unwrap();
    assert_eq!(site.needed_in(&["here"]), ["/pkg/here.4.pack", "/pkg/rialto.1.js"]);
}

#[tokio::test]
async fn only_files_of_the_site_are_served() {
    let site = Folder::new("closed");
    for path in [
        "/pkg/gone.js",
        "/pkg/../manifest.json",
        "/pkg/%2e%2e/manifest.json",
        "/pkg/rialto.1.js.br",
        "/manifest.json",
    ] {
        assert_eq!(site.get(path, &[]).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
