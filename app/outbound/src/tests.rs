//! Asks real servers on this machine, and those that must not be asked.
use std::io::Write as _;
use std::net::IpAddr;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

use crate::testing::{Dns, Web, only_here, page, redirect};
use crate::{Fetched, Outbound, Policy, Refusal, Wanted};

const HTML: Wanted<'static> = Wanted { types: &["text/html"], most: 100_000 };

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn as_gzip(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn answer(target: &str) -> Vec<u8> {
    match target {
        "/" => page("Text/HTML; charset=utf-8", "<title>Hello</title>"),
        "/style" => page("text/css", "a{}"),
        "/chunks" => b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n2\r\nHe\r\n3\r\nllo\r\n0\r\n\r\n".to_vec(),
        "/endless" => {
            let mut text = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n".to_vec();
            text.resize(400_000, b'x');
            text
        }
        "/large" => page("text/html", "x".repeat(100_001)),
        "/just" => page("text/html", "x".repeat(100_000)),
        "/gzip" => as_gzip(&packed(b"Hello")),
        "/bomb" => as_gzip(&packed(&vec![0; 50_000_000])),
        "/torn" => as_gzip(&packed(&[7; 5_000])[..20]),
        "/no-gzip" => as_gzip(b"Hello"),
        "/brotli" => b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-encoding: br\r\ncontent-length: 1\r\n\r\nx".to_vec(),
        "/short" => b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 9\r\n\r\nx".to_vec(),
        "/gone" => b"HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n".to_vec(),
        "/noise" => b"\x16\x03\x01 nonsense".to_vec(),
        "/loop" => redirect("/loop"),
        "/once" | "/3" => redirect("/"),
        "/1" => redirect("/2"),
        "/2" => redirect("/3"),
        "/0" => redirect("/1"),
        "/to-metadata" => redirect("http://169.254.169.254/latest/meta-data/"),
        "/to-private" => redirect("http://10.1.2.3/"),
        "/to-file" => redirect("file:///etc/passwd"),
        "/to-user" => redirect("http://user:secret@example.com/"),
        "/to-name" => redirect("http://inside.test/"),
        _ => b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_vec(),
    }
}

async fn get(outbound: &Outbound, url: &str) -> Result<Fetched, Refusal> {
    outbound.fetch(url, HTML).await
}

#[tokio::test]
async fn a_page_is_fetched_as_it_is() {
    let (dns, web) = (Dns::start().await, Web::start(answer).await);
    let outbound = dns.outbound();
    let page = get(&outbound, &web.url("/#part")).await.unwrap();
    assert_eq!((page.text().as_str(), page.content_type.as_str()), ("<title>Hello</title>", "text/html"));
    assert_eq!(page.url.as_str(), web.url("/"));
    for (path, text) in [("/chunks", "Hello"), ("/gzip", "Hello")] {
        assert_eq!(get(&outbound, &web.url(path)).await.unwrap().text(), text, "{path}");
    }
    assert_eq!(get(&outbound, &web.url("/just")).await.unwrap().bytes.len(), 100_000);
    let style = outbound.fetch(&web.url("/style"), Wanted { types: &["text/css"], most: 3 }).await.unwrap();
    assert_eq!(style.text(), "a{}");
}

#[tokio::test]
async fn what_is_too_much_or_not_what_it_says_is_refused() {
    let (dns, web) = (Dns::start().await, Web::start(answer).await);
    let outbound = dns.outbound();
    for (path, refusal) in [
        ("/large", Refusal::TooLarge),
        ("/endless", Refusal::TooLarge),
        ("/bomb", Refusal::TooLarge),
        ("/torn", Refusal::Unreadable),
        ("/no-gzip", Refusal::Unreadable),
        ("/brotli", Refusal::Unreadable),
        ("/short", Refusal::Unreadable),
        ("/noise", Refusal::Unreadable),
        ("/style", Refusal::WrongType),
        ("/gone", Refusal::Status(410)),
        ("/nothing", Refusal::Status(404)),
    ] {
        assert_eq!(get(&outbound, &web.url(path)).await.unwrap_err(), refusal, "{path}");
    }
}

#[tokio::test]
async fn a_redirection_is_a_new_address_with_the_same_questions() {
    let (dns, web) = (Dns::start().await, Web::start(answer).await);
    dns.set_addresses("inside.test", &["192.168.1.1".parse().unwrap()]);
    let outbound = dns.outbound();
    for path in ["/once", "/1"] {
        assert_eq!(get(&outbound, &web.url(path)).await.unwrap().url.path(), "/", "{path}");
    }
    for (path, refusal) in [
        ("/0", Refusal::TooManyRedirects),
        ("/loop", Refusal::TooManyRedirects),
        ("/to-metadata", Refusal::Private),
        ("/to-private", Refusal::Private),
        ("/to-name", Refusal::Private),
        ("/to-file", Refusal::NotAnAddress),
        ("/to-user", Refusal::NotAnAddress),
    ] {
        assert_eq!(get(&outbound, &web.url(path)).await.unwrap_err(), refusal, "{path}");
    }
}

#[tokio::test]
async fn this_machine_is_not_reached_under_the_usual_policy() {
    let (dns, web) = (Dns::start().await, Web::start(answer).await);
    let port = web.address.port();
    dns.set_addresses("loop.test", &["127.0.0.1".parse().unwrap()]);
    // One good address does not make up for another: it would be a matter of luck which is connected to.
    dns.set_addresses("both.test", &["1.1.1.1".parse().unwrap(), "127.0.0.1".parse().unwrap()]);
    dns.set_addresses("six.test", &["::1".parse().unwrap()]);
    let outbound = Outbound::new(Policy { ports: Vec::new(), ..Policy::default() }, dns.names());
    let literal =
        ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0", "169.254.169.254", "localhost"];
    for host in ["loop.test", "both.test", "six.test"].into_iter().chain(literal) {
        let refused = get(&outbound, &format!("http://{host}:{port}/")).await.unwrap_err();
        assert_eq!(refused, Refusal::Private, "{host}");
    }
    let usual = Outbound::new(Policy::default(), dns.names());
    assert_eq!(get(&usual, &web.url("/")).await.unwrap_err(), Refusal::Port);
}

#[tokio::test]
async fn a_name_is_looked_up_once_and_its_address_is_the_one_that_is_asked() {
    let (dns, web) = (Dns::start().await, Web::start(answer).await);
    let port = web.address.port();
    dns.set_addresses("www.test", &["127.0.0.1".parse().unwrap()]);
    let outbound = dns.outbound();
    assert!(get(&outbound, &format!("http://www.test:{port}/")).await.is_ok());
    // The name moves: what was found before is not used again, and the new address is looked at.
    dns.set_addresses("www.test", &["10.0.0.1".parse().unwrap()]);
    let refused = get(&outbound, &format!("http://www.test:{port}/")).await.unwrap_err();
    assert_eq!(refused, Refusal::Private);
    let refused = get(&outbound, &format!("http://nobody.test:{port}/")).await.unwrap_err();
    assert_eq!(refused, Refusal::NoSuchHost);
}

#[tokio::test]
async fn who_answers_slowly_or_not_at_all_is_left() {
    let dns = Dns::start().await;
    let slow = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = slow.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = slow.accept().await {
            tokio::spawn(async move {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n").await;
                while stream.write_all(b"x").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            });
        }
    });
    let policy = Policy { within: Duration::from_millis(300), ..only_here() };
    let outbound = Outbound::new(policy, dns.names());
    assert_eq!(get(&outbound, &format!("http://{address}/")).await.unwrap_err(), Refusal::TooSlow);
    let closed = TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap();
    assert_eq!(get(&outbound, &format!("http://{closed}/")).await.unwrap_err(), Refusal::Unreachable);
    // No TLS is spoken there.
    let refused = get(&dns.outbound(), &format!("https://{address}/")).await.unwrap_err();
    assert_eq!(refused, Refusal::Unreachable);
}

#[tokio::test]
async fn texts_are_read_whole() {
    let dns = Dns::start().await;
    let outbound = dns.outbound();
    assert_eq!(outbound.texts("_rialto.portal.test").await, Ok(vec![]));
    let long = "x".repeat(400);
    dns.set_texts("_rialto.portal.test", &["one", &long]);
    let mut texts = outbound.texts("_rialto.portal.test").await.unwrap();
    texts.sort();
    assert_eq!(texts, ["one".to_owned(), long]);
    dns.set_texts("_rialto.portal.test", &[]);
    dns.set_addresses("_rialto.portal.test", &[IpAddr::from([127, 0, 0, 1])]);
    assert_eq!(outbound.texts("_rialto.portal.test").await, Ok(vec![]));
}

#[tokio::test]
async fn nobody_is_reached_where_nobody_decided() {
    let web = Web::start(answer).await;
    let outbound = Outbound::nowhere();
    assert_eq!(get(&outbound, "https://www.example.com/").await.unwrap_err(), Refusal::Unreachable);
    assert!(get(&outbound, &web.url("/")).await.is_err());
    assert!(outbound.texts("example.com").await.is_err());
}
