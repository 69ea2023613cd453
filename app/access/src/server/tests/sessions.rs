//! Coming in, going out, set-up, profile and context.
use axum::http::StatusCode;
use base::db::Engine;
use base::{Actor, OrganizationId, Problem, Role, Span, world};
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::*;

#[rstest]
#[tokio::test]
async fn somebody_signs_in_looks_around_and_signs_out(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let town = town(&world).await;
    let cookie = sign_in(&world, " olivia@NORTHWIND.example ").await;
    let me = send(&world, "GET /api/v1/session", &[("cookie", &cookie)], "").await.json();
    assert_eq!(me["user"]["email"], "olivia@northwind.example");
    assert_eq!(me["organization"]["role"], "vendor_owner");
    assert_eq!(me["programs"].as_array().unwrap().len(), 2);
    assert_eq!(me["program"]["id"], town.programs[0].to_string());
    assert_eq!((me["program"]["hue"].as_u64(), me["program"]["chroma"].as_u64()), (Some(250), Some(120)));
    let page = send(&world, "GET /page", &[("cookie", &cookie), ("accept", "text/html")], "").await;
    assert_eq!(page.text, "en Olivia Berg Program 0");
    let out = send(&world, "DELETE /api/v1/session", &[("cookie", &cookie)], "").await;
    assert_eq!((out.status, out.cookie().as_deref()), (StatusCode::NO_CONTENT, Some("rialto_session=")));
    let over = send(&world, "GET /api/v1/session", &[("cookie", &cookie)], "").await;
    assert_eq!(over.status, StatusCode::UNAUTHORIZED);
    let german =
        send(&world, "GET /page", &[("accept", "text/html"), ("accept-language", "de-AT,en")], "").await;
    assert_eq!(german.text, "de  ");
}

#[rstest]
#[tokio::test]
async fn a_wrong_password_and_an_unknown_e_mail_are_told_alike(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    town(&world).await;
    let wrong = SignIn { email: "sam@alpine.example".into(), password: "something-else".into() };
    let unknown = SignIn { email: "who@alpine.example".into(), password: PASSWORD.into() };
    assert_eq!(world.ask(&Actor::nobody(), wrong).await, Err(Problem::Unauthenticated));
    assert_eq!(world.ask(&Actor::nobody(), unknown).await, Err(Problem::Unauthenticated));
    let form = send(
        &world,
        "POST /api/v1/session",
        &[FORM],
        "email=sam%40alpine.example&password=wrong-one-here&_back=%2Fsign-in",
    )
    .await;
    assert_eq!(
        (form.status, form.headers["location"].to_str().unwrap()),
        (StatusCode::SEE_OTHER, "/sign-in")
    );
    assert_eq!(form.cookie(), None);
    let form = send(
        &world,
        "POST /api/v1/session",
        &[FORM],
        "email=sam%40alpine.example&password=demo-rialto&_next=%2Fdeals",
    )
    .await;
    assert_eq!(form.headers["location"], "/deals");
    assert!(form.cookie().is_some());
}

#[rstest]
#[tokio::test]
async fn guessing_is_slowed_down_until_a_quarter_of_an_hour_has_passed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let email = format!("guess-{engine:?}@alpine.example");
    let guess = || SignIn { email: email.clone(), password: "wrong".into() };
    for _ in 0..10 {
        assert_eq!(world.ask(&Actor::nobody(), guess()).await, Err(Problem::Unauthenticated));
    }
    let too_many = world.ask(&Actor::nobody(), guess()).await;
    assert_eq!(too_many, Err(Problem::TooMany { retry_after_s: 900 }));
    world.advance(Span::minutes(15));
    assert_eq!(world.ask(&Actor::nobody(), guess()).await, Err(Problem::Unauthenticated));
}

#[rstest]
#[tokio::test]
async fn a_session_lives_as_long_as_it_is_used(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Some(world) = world_of(engine).await else { return };
    town(&world).await;
    let cookie = sign_in(&world, "sam@alpine.example").await;
    let ask = async || send(&world, "GET /api/v1/session", &[("cookie", &cookie)], "").await;
    assert_eq!(ask().await.cookie(), None, "just noted");
    world.advance(Span::days(13));
    assert_eq!(ask().await.cookie(), Some(cookie.clone()), "the cookie lives on with the session");
    world.advance(Span::days(13));
    assert_eq!(ask().await.status, StatusCode::OK);
    world.advance(Span::days(14));
    assert_eq!(ask().await.status, StatusCode::UNAUTHORIZED);
    forget_old_sessions(&world.parts).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_repeated_sign_in_signs_in_again_and_keeps_no_trace_of_the_password(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    town(&world).await;
    let body = json!({ "email": "sam@alpine.example", "password": PASSWORD }).to_string();
    let headers = [JSON, ("idempotency-key", "again")];
    let first = send(&world, "POST /api/v1/session", &headers, &body).await.cookie().unwrap();
    let second = send(&world, "POST /api/v1/session", &headers, &body).await.cookie().unwrap();
    assert_ne!(first, second);
    for cookie in [first, second] {
        assert_eq!(
            send(&world, "GET /api/v1/session", &[("cookie", &cookie)], "").await.status,
            StatusCode::OK
        );
    }
    let mut tx = world.parts.db().read().await.unwrap();
    let kept: i64 =
        base::on!(tx, |conn| sqlx::query_scalar("select count(*) from idempotency").fetch_one(conn).await)
            .unwrap();
    assert_eq!(kept, 0);
}

#[rstest]
#[tokio::test]
async fn one_login_serves_several_organisations(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Some(world) = world_of(engine).await else { return };
    let town = town(&world).await;
    let cookie = sign_in(&world, "sam@alpine.example").await;
    let switch = async |organization: OrganizationId, program: Option<ProgramId>| {
        let body = json!({ "organization": organization, "program": program }).to_string();
        send(&world, "PUT /api/v1/session/context", &[JSON, ("cookie", &cookie)], &body).await
    };
    assert_eq!(switch(town.vendor, None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        switch(town.partner, Some(town.programs[1])).await.status,
        StatusCode::NOT_FOUND,
        "enrolment ended"
    );
    let (parts, user) = (world.parts.clone(), town.sam.user.unwrap());
    let add = async move |tx: &mut Tx| add_membership(tx, &parts, user, town.vendor, Role::Analyst).await;
    assert!(world.parts.db().write(add).await.unwrap());
    let there = switch(town.vendor, Some(town.programs[1])).await.json();
    assert_eq!(there["program"]["id"], town.programs[1].to_string());
    let me = send(&world, "GET /api/v1/session", &[("cookie", &cookie)], "").await.json();
    assert_eq!(
        (&me["organization"]["role"], &me["program"]["name"]),
        (&json!("analyst"), &json!("Program 1"))
    );
    let form = format!("organization={}&_next=%2F", town.partner);
    let back = send(&world, "POST /api/v1/session/context", &[FORM, ("cookie", &cookie)], &form).await;
    assert_eq!(back.headers["location"], "/");
    let me = send(&world, "GET /api/v1/session", &[("cookie", &cookie)], "").await.json();
    assert_eq!(me["organization"]["role"], "sales");
    let away = SwitchContext { organization: town.partner, program: None };
    assert_eq!(world.ask(&town.sam, away).await.unwrap_err().code(), "no_session");
}

#[rstest]
#[tokio::test]
async fn the_first_person_sets_the_installation_up_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let tables =
        async |tx: &mut Tx| Ok(tx.run(base::dialect!(tx, sqlite: SQLITE, postgres: POSTGRES)).await?);
    world.parts.db().write(tables).await.unwrap();
    let set_up = || SetUp {
        vendor: "Northwind".into(),
        name: "Olivia".into(),
        email: "olivia@northwind.example".into(),
        password: PASSWORD.into(),
    };
    assert!(world.ask(&Actor::nobody(), CheckSetUp {}).await.unwrap().needed);
    let weak = SetUp { password: "short".into(), ..set_up() };
    let fault = world.ask(&Actor::nobody(), weak).await.unwrap_err();
    assert_eq!(fault.of_field("password").unwrap().code, "too_short");
    let me = world.ask(&Actor::nobody(), set_up()).await.unwrap();
    assert_eq!(me.role(), Some(Role::VendorOwner));
    assert!(!world.ask(&Actor::nobody(), CheckSetUp {}).await.unwrap().needed);
    assert_eq!(world.ask(&Actor::nobody(), set_up()).await.unwrap_err().code(), "already_set_up");
}

#[rstest]
#[tokio::test]
async fn a_profile_is_its_owners(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world!(engine, [organizations::MIGRATIONS(), crate::MIGRATIONS()]);
    let town = town(&world).await;
    let moved = UpdateProfile { time_zone: Some("Mars/Base".into()), ..Default::default() };
    let fault = world.ask(&town.sam, moved).await.unwrap_err();
    assert_eq!(fault.of_field("time_zone").unwrap().code, "unknown");
    let save = SaveProfile {
        name: Some(" Sam O. ".into()),
        locale: Some(kit::catalogue::Locale::De),
        time_zone: Some("Europe/Berlin".into()),
        theme: Some(Theme::Dark),
    };
    let user = world.ask(&town.sam, save).await.unwrap();
    assert_eq!((user.name.as_str(), user.version, user.theme), ("Sam O.", 2, Theme::Dark));
    let late = UpdateProfile { theme: Some(Theme::Light), version: Some(1), ..Default::default() };
    assert_eq!(world.ask(&town.sam, late).await, Err(Problem::Stale));
    assert_eq!(world.ask(&Actor::system(), UpdateProfile::default()).await.unwrap_err().code(), "no_person");
    let (user, parts) = (town.sam.user.unwrap(), world.parts.clone());
    let set = async move |tx: &mut Tx| {
        set_preferences(tx, user, kit::catalogue::Locale::En, "UTC", Theme::System).await
    };
    parts.db().write(set).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_new_password_signs_out_the_other_browsers(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let town = town(&world).await;
    let (here, there) =
        (sign_in(&world, "sam@alpine.example").await, sign_in(&world, "sam@alpine.example").await);
    let alive = async |cookie: &str| {
        send(&world, "GET /api/v1/session", &[("cookie", cookie)], "").await.status == StatusCode::OK
    };
    let change = async |old: &str| {
        let body = json!({ "password": old, "new_password": "quite-another-one" }).to_string();
        send(&world, "POST /api/v1/profile/password", &[JSON, ("cookie", &here)], &body).await
    };
    assert_eq!(change("not-the-one-in-use").await.json()["errors"][0]["code"], "wrong_password");
    assert_eq!(change(PASSWORD).await.status, StatusCode::NO_CONTENT);
    assert!(alive(&here).await && !alive(&there).await);
    assert_eq!(world.ask(&town.sam, ListSessions {}).await.unwrap().total, 1);
    let all = send(&world, "POST /api/v1/sessions/end", &[FORM, ("cookie", &here)], "_next=%2Fsign-in").await;
    assert_eq!(all.headers["location"], "/sign-in");
    assert!(!alive(&here).await);
    let old = SignIn { email: "sam@alpine.example".into(), password: PASSWORD.into() };
    assert_eq!(world.ask(&Actor::nobody(), old).await, Err(Problem::Unauthenticated));
}

#[rstest]
#[tokio::test]
async fn a_password_reset_on_the_command_line_ends_all_sessions(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let town = town(&world).await;
    let cookie = sign_in(&world, "sam@alpine.example").await;
    let mut headers = HeaderMap::new();
    headers.insert(header::COOKIE, cookie.parse().unwrap());
    assert_eq!(actor_by(&world.parts, pass_of(&headers)).await.unwrap().user, town.sam.user);
    reset_password(&world.parts, " SAM@alpine.example", "another-password".into()).await.unwrap();
    assert_eq!(actor_by(&world.parts, pass_of(&headers)).await, Ok(Actor::nobody()));
    let again = SignIn { email: "sam@alpine.example".into(), password: "another-password".into() };
    assert!(world.ask(&Actor::nobody(), again).await.is_ok());
    let unknown = reset_password(&world.parts, "who@alpine.example", "another-password".into()).await;
    assert_eq!(unknown, Err(Problem::NotFound));
}
