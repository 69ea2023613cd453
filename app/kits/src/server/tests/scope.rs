//! Who sees which kit, and what a repeated request does.
use base::testing::World;

use super::*;

#[rstest]
#[tokio::test]
async fn a_partner_sees_what_is_published_where_it_is_active(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let partner = &market.alpine.owner;
    let draft = made(&world, &market, "Draft").await.kit;
    let kit = published(&world, &market, "Spring").await.kit;
    assert_eq!(names(&world, partner).await, ["Spring"]);
    assert_eq!(names(&world, &market.owner).await, ["Spring", "Draft"]);
    let asked = ListKits { state: Some(KitState::Draft), ..ListKits::default() };
    assert_eq!(world.ask(partner, asked).await.unwrap().total, 0);
    assert_eq!(world.ask(partner, GetKit { id: draft.id }).await.unwrap_err(), Problem::NotFound);

    // What is being changed is the vendor's own affair.
    let keep = KeepKitDraft { id: kit.id, content: content("Secret", "Soon"), version: None };
    world.ask(&market.owner, keep).await.unwrap();
    let seen = world.ask(partner, GetKit { id: kit.id }).await.unwrap();
    assert_eq!(
        (seen.content.name.as_str(), seen.kit.is_drafted, &seen.kit.changed_by_name),
        ("Spring", false, &None)
    );
    let preview =
        PreviewKit { id: kit.id, asset: "post-1".into(), language: "en".into(), partner: None, number: None };
    let rival = PreviewKit { partner: Some(market.bluepeak.id), ..preview.clone() };
    assert_eq!(world.ask(partner, rival).await.unwrap_err().of_field("partner").unwrap().code, "unknown");
    let drawn = world.ask(partner, preview.clone()).await.unwrap();
    assert_eq!(drawn.subject, "Come and see", "what is published");
    let other = PreviewKit { number: Some(9), ..preview };
    assert_eq!(world.ask(partner, other).await.unwrap_err().of_field("number").unwrap().code, "unknown");
    let versions = ListKitVersions { id: kit.id, cursor: None, limit: None };
    assert_eq!(world.ask(partner, versions).await.unwrap_err().code(), "role");

    let scope = partner.scope();
    let open = async |world: &World| {
        let mut tx = world.parts.db().read().await.unwrap();
        crate::server::open_to(&mut tx, kit.id, scope).await.unwrap().is_some()
    };
    assert!(open(&world).await);
    for status in [EnrollmentStatus::Suspended, EnrollmentStatus::Ended] {
        stand(&world, &market, status).await;
        assert_eq!(names(&world, partner).await, Vec::<String>::new(), "{status:?}");
        assert!(!open(&world).await);
    }
    stand(&world, &market, EnrollmentStatus::Active).await;
    assert!(open(&world).await);
    assert_eq!(names(&world, &market.foreign.partner.owner).await, Vec::<String>::new());
}

#[rstest]
#[tokio::test]
async fn kits_of_others_are_not_found(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let kit = published(&world, &market, "Spring").await.kit;
    let (id, stranger) = (kit.id, &market.foreign.owner);
    assert_eq!(world.ask(stranger, GetKit { id }).await.unwrap_err(), Problem::NotFound);
    let keep = KeepKitDraft { id, content: content("Theirs", "Hello"), version: None };
    assert_eq!(world.ask(stranger, keep).await.unwrap_err(), Problem::NotFound);
    let ask = PublishKit { id, note: String::new(), version: None };
    assert_eq!(world.ask(stranger, ask).await.unwrap_err(), Problem::NotFound);
    let ask = RecallKit { id, number: None, reason: "Mine".into() };
    assert_eq!(world.ask(stranger, ask).await.unwrap_err(), Problem::NotFound);
    assert_eq!(world.ask(stranger, RetireKit { id }).await.unwrap_err(), Problem::NotFound);
    assert_eq!(world.ask(stranger, DeleteKit { id }).await.unwrap_err(), Problem::NotFound);
    let preview =
        PreviewKit { id, asset: "post-1".into(), language: "en".into(), partner: None, number: None };
    assert_eq!(world.ask(stranger, preview).await.unwrap_err(), Problem::NotFound);
    let theirs = PreviewKit {
        id,
        asset: "post-1".into(),
        language: "en".into(),
        partner: Some(market.foreign.partner.id),
        number: None,
    };
    assert_eq!(
        world.ask(&market.owner, theirs).await.unwrap_err().of_field("partner").unwrap().code,
        "unknown"
    );
    let copy = CreateKit {
        program: market.foreign.program,
        name: None,
        topic: None,
        ready: None,
        copy_of: Some(id),
        language: None,
    };
    assert_eq!(
        world.ask(stranger, copy.clone()).await.unwrap_err().of_field("copy_of").unwrap().code,
        "unknown"
    );
    assert_eq!(
        world.ask(&market.owner, copy).await.unwrap_err().of_field("program").unwrap().code,
        "unknown"
    );
    // Who may look may not change.
    for actor in [&market.manager, &market.analyst, &market.alpine.owner] {
        assert!(world.ask(actor, GetKit { id }).await.is_ok());
        assert_eq!(world.ask(actor, create(&market)).await.unwrap_err().code(), "role");
        assert_eq!(world.ask(actor, RetireKit { id }).await.unwrap_err().code(), "role");
    }
}

/// What the route of a preview answers: status, policy, type and document.
async fn document(world: &World, actor: &Actor, path: &str) -> (u16, String, String, String) {
    use tower::ServiceExt as _;
    let routes =
        crate::server::routes().layer(axum::Extension(actor.clone())).with_state(world.parts.clone());
    let request = axum::http::Request::get(path).body(axum::body::Body::empty()).unwrap();
    let response = routes.oneshot(request).await.unwrap();
    let header = |name: &str| {
        response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    let (status, policy, media) =
        (response.status().as_u16(), header("content-security-policy"), header("content-type"));
    let body = axum::body::to_bytes(response.into_body(), 10_000_000).await.unwrap();
    (status, policy, media, String::from_utf8_lossy(&body).into_owned())
}

#[rstest]
#[tokio::test]
async fn a_preview_is_a_document_under_a_policy_of_its_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let id = published(&world, &market, "Spring").await.kit.id;
    let path = kit::paths::kit_preview(id, "post-1", "en");
    let (status, policy, media, html) = document(&world, &market.owner, &path).await;
    assert_eq!((status, media.as_str()), (200, "text/html; charset=utf-8"));
    assert!(
        policy.starts_with("default-src 'none'") && policy.contains("sandbox allow-same-origin"),
        "{policy}"
    );
    assert!(!policy.contains("script"), "{policy}");
    assert!(html.contains("<base target=\"_blank\">"), "{html}");
    let (_, _, _, dark) = document(&world, &market.owner, &format!("{path}&dark=true")).await;
    assert_ne!(dark, html);
    assert_eq!(document(&world, &market.foreign.owner, &path).await.0, 404);
    assert_eq!(document(&world, &Actor::nobody(), &path).await.0, 401);
    assert_eq!(
        document(&world, &market.owner, &format!("{path}&file=true")).await.0,
        404,
        "a post is no file"
    );
    let motif = format!("{}/waves.png", kit::paths::kit_motifs(id));
    let (status, _, media, _) = document(&world, &market.alpine.sales, &motif).await;
    assert_eq!((status, media.as_str()), (200, "image/png"));
    assert_eq!(document(&world, &market.owner, &motif.replace("waves", "nothing")).await.0, 404);
}

#[rstest]
#[tokio::test]
async fn campaigns_wear_the_brand(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let mut tx = world.parts.db().read().await.unwrap();
    let of = crate::server::setting(&mut tx, &world.parts, market.brand, "ar").await.unwrap();
    assert_eq!((of.brand.name.as_str(), of.right_to_left, of.brand.logo), ("Northwind", true, None));
    assert_eq!(of.words.unsubscribe, "إلغاء الاشتراك");
    assert_eq!(of.base_url, "http://localhost:3000");
    let before = of.brand.light;
    drop(tx);
    let theme = themes::Theme::of("#0f766e".parse().unwrap());
    let publish = themes::PublishTheme { id: market.brand, theme, note: String::new(), version: None };
    world.ask(&market.owner, publish).await.unwrap();
    let mut tx = world.parts.db().read().await.unwrap();
    let of = crate::server::setting(&mut tx, &world.parts, market.brand, "nl").await.unwrap();
    assert_ne!(of.brand.light, before);
    assert_eq!((of.brand.light.accent.as_str(), of.words.unsubscribe.as_str()), ("#0f766e", "Unsubscribe"));
    assert!(!of.right_to_left);
}
