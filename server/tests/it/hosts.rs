//! The real binary under names: its own, a brand's, and those that are nobody's.
use outbound::testing::Dns;
use serde_json::{Value, json};

use crate::running::{Ground, Running, Whole, site};

/// Asks under a name, as a proxy would.
fn under(server: &Running, name: &str, path: &str) -> Whole {
    let headers = [("x-forwarded-host", name), ("accept", "text/html")];
    server.ask("GET", path, &headers, "").expect("an answer")
}

struct Owner<'a> {
    server: &'a Running,
    cookie: String,
}

impl Owner<'_> {
    fn post(&self, path: &str, body: &Value) -> Value {
        let headers = [("cookie", self.cookie.as_str())];
        let path = format!("/api/v1{path}");
        let answer = self.server.ask("POST", &path, &headers, &body.to_string()).expect("an answer");
        assert!((200..300).contains(&answer.status), "{path}: {} {}", answer.status, answer.body);
        answer.json()
    }
}

/// Sets an installation up; gives its owner.
fn set_up(server: &Running) -> Owner<'_> {
    let ask = json!({ "vendor": "Acme", "name": "Olga", "email": "olga@acme.example", "password": "a-long-Password-7" });
    let answer = server.ask("POST", "/api/v1/set-up", &[], &ask.to_string()).expect("an answer");
    assert_eq!(answer.status, 201, "{}", answer.body);
    let line = answer.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a cookie");
    let cookie = line.split(';').next().unwrap_or_default().to_owned();
    assert!(!line.to_ascii_lowercase().contains("domain="), "a session is of one host: {line}");
    Owner { server, cookie }
}

/// The content of the page's style element.
fn style(page: &Whole) -> &str {
    let from = page.body.find("<style").and_then(|at| page.body[at..].find('>').map(|end| at + end + 1));
    let rest = from.map_or("", |from| &page.body[from..]);
    rest.split("</style>").next().unwrap_or_default()
}

// The server of the DNS answers while this thread waits for ours.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_wears_the_brand_whose_name_was_asked_and_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let dns = Dns::start().await;
    let address = dns.address().to_string();
    let settings = [("RIALTO_PROXIES", "1"), ("RIALTO_DNS", address.as_str())];
    let server =
        Running::start_with(&Ground::embedded(folder.path().join("data")), &site(folder.path()), &settings);
    let owner = set_up(&server);
    let brand = owner.post("/brands", &json!({ "name": "Harbor", "hue": 20, "chroma": 0.1 }));
    let id = brand["id"].as_str().expect("an id");
    // With two brands, none is known where no name of theirs is asked.
    owner.post("/brands", &json!({ "name": "Quay", "hue": 200, "chroma": 0.1 }));
    owner.post(&format!("/brands/{id}/theme/publish"), &json!({ "theme": { "colour": "#be123c" } }));
    let host = owner.post(&format!("/brands/{id}/hosts"), &json!({ "host": "portal.acme.test" }));

    // Nobody's yet, whatever was added.
    let page = under(&server, "portal.acme.test", "/sign-in");
    assert_eq!(page.status, 421, "{}", page.head);
    assert!(!page.body.contains("Harbor") && !page.body.contains("<style"), "{}", page.body);
    assert!(page.head.contains("content-security-policy: "), "{}", page.head);
    assert_eq!(under(&server, "portal.acme.test", "/api/v1/brands").status, 421);
    for path in ["/healthz", "/readyz"] {
        assert_eq!(under(&server, "portal.acme.test", path).status, 200, "{path}");
    }
    let ours =
        |name: &str| under(&server, "inner", &format!("/.well-known/rialto/host?domain={name}")).status;
    assert_eq!((ours("portal.acme.test"), ours("127.0.0.1"), ours("")), (404, 200, 404));

    dns.set_texts("_rialto.portal.acme.test", &[host["record"]["value"].as_str().expect("a value")]);
    let check = owner.post(&format!("/hosts/{}/check", host["id"].as_str().expect("an id")), &json!({}));
    assert_eq!(check["answer"], "found", "{check}");
    assert_eq!((ours("portal.acme.test"), ours("Portal.ACME.test.")), (200, 200));
    let page = under(&server, "Portal.Acme.test:8443", "/sign-in");
    assert_eq!(page.status, 200, "{}", page.head);
    assert!(style(&page).contains("--accent:light-dark(#be123c,"), "{}", style(&page));
    assert!(page.body.contains("Harbor"), "the sign-in says whose it is");
    for name in ["127.0.0.1:3000", "rialto", "localhost"] {
        let page = under(&server, name, "/sign-in");
        assert_eq!(page.status, 200, "{name}");
        assert!(
            !style(&page).contains("#be123c") && !page.body.contains("Harbor"),
            "{name}: {}",
            style(&page)
        );
    }
    assert_eq!(under(&server, "other.acme.test", "/sign-in").status, 421);

    // The vendor's own people are at home there, though the brand has no program yet.
    let headers =
        [("x-forwarded-host", "portal.acme.test"), ("accept", "text/html"), ("cookie", &owner.cookie)];
    let page = server.ask("GET", "/profile", &headers, "").expect("an answer");
    assert_eq!(page.status, 200, "{}", page.head);
    assert!(style(&page).contains("#be123c"), "{}", style(&page));
}
