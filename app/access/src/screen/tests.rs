//! What screens say, rendered without server or browser.
use any_spawner::{CustomExecutor, Executor};
use base::db::Engine;
use base::testing::World;
use base::{Actor, OrganizationId, Problem, ProgramId, Role, Side, UserId};
use futures::StreamExt;
use kit::SentForm;
use kit::catalogue::{Locale, Reader};
use leptos::prelude::*;
use leptos_router::components::Router;
use leptos_router::location::RequestUrl;

use super::*;
use crate::server::tests::{town, world_of};
use crate::{CreateApiKey, Me, Membership, ProgramRef, Theme, User, WhoAmI};

fn paula() -> Me {
    let id = "01h455vb4pex5vsknk084sn02q";
    let organization: OrganizationId = format!("org_{id}").parse().expect("an id");
    let program = |last: char, name: &str| ProgramRef {
        id: format!("prog_{}{last}", &id[..25]).parse::<ProgramId>().expect("an id"),
        name: name.to_owned(),
        vendor: organization,
        vendor_name: "Northwind".to_owned(),
        brand_id: format!("brand_{id}").parse().expect("an id"),
        brand_name: "Aurora".to_owned(),
        hue: 250,
        chroma: 120,
        face: 3,
    };
    let membership = Membership {
        organization,
        organization_name: "Alpine Systems".to_owned(),
        side: Side::Partner,
        role: Role::PartnerOwner,
    };
    Me {
        user: User {
            id: format!("user_{id}").parse::<UserId>().expect("an id"),
            email: "paula@alpine.example".to_owned(),
            name: "Paula Peters".to_owned(),
            locale: Locale::En,
            time_zone: "Europe/Berlin".to_owned(),
            theme: Theme::System,
            version: 1,
        },
        memberships: vec![membership.clone()],
        organization: Some(membership),
        program: Some(program('a', "Cloud")),
        programs: vec![program('a', "Cloud"), program('b', "Edge")],
    }
}

fn rendered(locale: Locale, view: impl FnOnce() -> AnyView) -> String {
    Owner::new().with(|| {
        provide_context(Reader { locale, ..Reader::default() });
        view().to_html()
    })
}

#[test]
fn the_switch_leads_to_the_other_programs_and_out_without_script() {
    let html = rendered(Locale::En, || {
        provide_me(paula());
        view! { <ContextSwitcher/> }.into_any()
    });
    assert_eq!(html.matches(r#"action="/api/v1/session/context""#).count(), 1, "{html}");
    assert!(html.contains("Edge") && html.contains(r#"value="prog_01h455vb4pex5vsknk084sn02b""#), "{html}");
    assert!(html.contains(r#"action="/api/v1/session/end""#) && html.contains("Sign out"), "{html}");
}

/// Resources start on the test's own runtime.
struct Tokio;

impl CustomExecutor for Tokio {
    fn spawn(&self, work: std::pin::Pin<Box<dyn Future<Output = ()> + Send>>) {
        tokio::spawn(work);
    }
    fn spawn_local(&self, _: std::pin::Pin<Box<dyn Future<Output = ()>>>) {}
    fn poll_local(&self) {}
}

#[tokio::test]
async fn a_wrong_password_is_said_in_the_readers_language_and_the_address_is_kept() {
    let _ = Executor::init_custom_executor(Tokio);
    let html = rendered(Locale::De, || {
        provide_context(RequestUrl::new("/sign-in?next=%2Fdeals"));
        let typed = vec![("email".to_owned(), "sam@alpine.example".to_owned())];
        provide_context(Some(SentForm {
            verb: "SignIn".into(),
            problem: Some(Problem::Unauthenticated),
            typed,
        }));
        view! { <Router><SignInPage/></Router> }.into_any()
    });
    assert!(html.contains("E-Mail oder Passwort ist falsch."), "{html}");
    assert!(html.contains(r#"value="sam@alpine.example""#) && html.contains(r#"value="/deals""#), "{html}");
    assert!(html.contains(r#"action="/api/v1/session""#), "{html}");
}

#[tokio::test]
async fn the_sign_in_page_speaks_for_its_brand() {
    let _ = Executor::init_custom_executor(Tokio);
    let html = rendered(Locale::En, || {
        provide_context(RequestUrl::new("/sign-in"));
        leptos_meta::provide_meta_context();
        provide_context(kit::BrandFace {
            name: "Aurora".into(),
            sign_in_title: "Welcome, partner".into(),
            sign_in_text: "With your <work> address.\nWe are glad.".into(),
            footer: "Aurora Inc.".into(),
            links: vec![kit::BrandLink {
                label: "Imprint".into(),
                url: "https://example.com/imprint".into(),
            }],
        });
        view! { <Router><SignInPage/></Router> }.into_any()
    });
    assert!(html.contains("<h1>Welcome, partner"), "{html}");
    assert!(html.contains("With your &lt;work&gt; address.") && html.contains("We are glad."), "{html}");
    assert!(html.contains("Aurora Inc."), "{html}");
    assert!(
        html.contains(r#"href="https://example.com/imprint""#) && html.contains(r#"rel="noopener external""#),
        "{html}"
    );
}

/// A page as the server sends it to a browser without script, for somebody of the town.
async fn page(world: &World, actor: &Actor, page: fn() -> AnyView) -> String {
    let me = match actor.user {
        Some(_) => Some(world.ask(actor, WhoAmI {}).await.expect("everybody knows themselves")),
        None => None,
    };
    let (parts, actor) = (world.parts.clone(), actor.clone());
    let owner = Owner::new();
    let stream = owner.with(|| {
        provide_context(parts);
        provide_context(actor);
        provide_context(RequestUrl::new("/"));
        leptos_meta::provide_meta_context();
        if let Some(me) = me {
            provide_me(me);
        }
        view! { <Router>{page()}</Router> }.into_any().to_html_stream_in_order()
    });
    stream.collect::<String>().await
}

#[tokio::test]
async fn every_page_is_complete_without_script() {
    let _ = Executor::init_custom_executor(Tokio);
    let Some(world) = world_of(Engine::Sqlite).await else { return };
    let town = town(&world).await;
    world
        .ask(&town.sam, CreateApiKey { name: "CRM connector".into(), expires_in_days: None })
        .await
        .expect("a key");
    let keys = page(&world, &town.sam, || view! { <ApiKeysPage/> }.into_any()).await;
    assert!(keys.contains("CRM connector") && keys.contains("/revoke"), "{keys}");
    let people = page(&world, &town.paula, || view! { <MembersPage/> }.into_any()).await;
    assert!(
        people.contains("Sam Okafor") && people.contains("/remove") && people.contains("Add somebody"),
        "{people}"
    );
    let people = page(&world, &town.sam, || view! { <MembersPage/> }.into_any()).await;
    assert!(people.contains("Paula Peters") && !people.contains("/remove"), "{people}");
    let profile = page(&world, &town.olivia, || view! { <ProfilePage/> }.into_any()).await;
    assert!(profile.contains("Olivia Berg") && profile.contains("/api/v1/sessions/end"), "{profile}");
    let set_up = page(&world, &Actor::nobody(), || view! { <SetUpPage/> }.into_any()).await;
    assert!(set_up.contains("This installation has been set up."), "{set_up}");
}
