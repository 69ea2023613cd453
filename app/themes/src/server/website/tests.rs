//! A website on this machine is read through the verb.
use base::db::Engine;
use base::limit::{Class, Limits, Rate};
use base::testing::World;
use base::{BrandId, Problem};
use outbound::testing::{Dns, Web, page, redirect};
use outbound::{Outbound, Policy};
use partners::fixtures::{Market, market};

use crate::{FoundIn, ProposeFromWebsite};

const PAGE: &str = r##"<!doctype html><title>Acme | Tools</title><meta name="theme-color" content="#0f766e">
    <link rel="manifest" href="/app.json"><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/a.css">
    <link rel="stylesheet" href="/missing.css"><link rel="stylesheet" href="http://10.0.0.1/secret.css">
    <link rel="icon" href="javascript:alert(1)"><style>b{color:#be123c}</style>"##;

fn website(target: &str) -> Vec<u8> {
    match target {
        "/" => page("text/html; charset=utf-8", PAGE),
        "/a.css" => page("text/css", ":root{--brand:#1d4ed8} a{color:#1d4ed8}"),
        "/app.json" => page("application/manifest+json", r##"{"theme_color":"#0f766e"}"##),
        "/plain" => page("text/html", "<p>Nothing here"),
        "/picture" => page("image/png", "x"),
        "/inside" => redirect("http://10.0.0.1/"),
        _ => b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_vec(),
    }
}

async fn stage() -> (World, Market, Web) {
    let mut tables = deals::server::tables();
    tables.push(crate::MIGRATIONS());
    let world = World::try_new(Engine::Sqlite, &tables).await.expect("a world");
    let market = market(&world).await;
    (world, market, Web::start(website).await)
}

fn of(id: BrandId, url: &str) -> ProposeFromWebsite {
    ProposeFromWebsite { id, url: url.to_owned() }
}

#[tokio::test]
async fn a_website_proposes_its_colours_name_and_logos() {
    let (world, market, web) = stage().await;
    let dns = Dns::start().await;
    world.parts.reach_by(dns.outbound());
    let found = world.ask(&market.owner, of(market.brand, &web.url("/"))).await.unwrap();
    assert_eq!(found.address, web.url("/"));
    assert_eq!(found.name.as_deref(), Some("Acme"));
    let colours: Vec<String> = found.colours.iter().map(|one| one.colour.to_string()).collect();
    assert_eq!(colours, ["#0f766e", "#1d4ed8", "#be123c"]);
    assert_eq!(found.colours[0].found_in, [FoundIn::ThemeColour, FoundIn::Manifest]);
    assert_eq!(found.colours[1].found_in, [FoundIn::Property, FoundIn::StyleSheet]);
    assert_eq!(found.logos, [web.url("/icon.svg")]);
    let plain = world.ask(&market.owner, of(market.brand, &web.url("/plain"))).await.unwrap();
    assert!(plain.colours.is_empty() && plain.name.is_none(), "{plain:?}");
    for (path, code) in [("/missing", "status"), ("/picture", "wrong_type")] {
        let problem = world.ask(&market.owner, of(market.brand, &web.url(path))).await.unwrap_err();
        assert_eq!(problem.code(), code, "{path}");
    }
    let inside = world.ask(&market.owner, of(market.brand, &web.url("/inside"))).await.unwrap_err();
    assert_eq!(inside.of_field("url").unwrap().code, "private_address");
}

#[tokio::test]
async fn this_machine_is_no_website() {
    let (world, market, web) = stage().await;
    let policy = Policy { ports: Vec::new(), ..Policy::default() };
    let dns = Dns::start().await;
    world.parts.reach_by(Outbound::new(policy, dns.names()));
    for (url, code) in [
        (web.url("/"), "private_address"),
        (format!("http://localhost:{}/", web.address.port()), "private_address"),
        ("http://169.254.169.254/latest/meta-data/".to_owned(), "private_address"),
        ("file:///etc/passwd".to_owned(), "not_an_address"),
        ("not an address".to_owned(), "not_an_address"),
    ] {
        let problem = world.ask(&market.owner, of(market.brand, &url)).await.unwrap_err();
        assert_eq!(
            problem.of_field("url").map(|fault| fault.code.as_ref()),
            Some(code),
            "{url}: {problem:?}"
        );
    }
    let nobody = world.ask(&market.owner, of(market.brand, "nobody.test")).await.unwrap_err();
    assert_eq!(nobody.code(), "no_such_host");
}

#[tokio::test]
async fn websites_are_read_for_those_who_dress_the_brand_and_not_too_often() {
    let (world, market, web) = stage().await;
    let dns = Dns::start().await;
    world.parts.reach_by(dns.outbound());
    world.parts.limit(Limits::default().with(Class::Fetch, Rate::new(1, 2)));
    let (url, id) = (web.url("/plain"), market.brand);
    assert_eq!(world.ask(&market.manager, of(id, &url)).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.alpine.owner, of(id, &url)).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.foreign.owner, of(id, &url)).await.unwrap_err(), Problem::NotFound);
    for _ in 0..2 {
        world.ask(&market.owner, of(id, &url)).await.unwrap();
    }
    let many = world.ask(&market.owner, of(id, &url)).await.unwrap_err();
    assert!(matches!(many, Problem::TooMany { .. }), "{many:?}");
}
