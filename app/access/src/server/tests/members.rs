//! The people of an organisation.
use axum::http::StatusCode;
use base::db::Engine;
use base::{Actor, Problem, Role, Span};
use rstest::rstest;

use super::*;
use crate::access::Do;
use crate::*;

fn invite(email: &str, role: Role) -> InviteUser {
    InviteUser { email: email.into(), name: "Nora New".into(), role }
}

#[rstest]
#[tokio::test]
async fn somebody_invited_chooses_a_password_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let town = town(&world).await;
    assert_eq!(
        world.ask(&town.sam, invite("n@alpine.example", Role::Sales)).await.unwrap_err().code(),
        "role"
    );
    let other_side = world.ask(&town.paula, invite("n@alpine.example", Role::Analyst)).await.unwrap_err();
    assert_eq!(other_side.of_field("role").unwrap().code, "unknown");
    let invited = world.ask(&town.paula, invite("N@alpine.example", Role::Sales)).await.unwrap();
    let again = world.ask(&town.paula, invite("n@alpine.example", Role::Sales)).await.unwrap_err();
    assert_eq!(again.of_field("email").unwrap().code, "a_member");
    let members =
        world.ask(&town.paula, ListUsers { q: Some("NORA".into()), ..Default::default() }).await.unwrap();
    assert!(members.items[0].invited && members.items[0].id == invited.id);
    let choose = || ChoosePassword { token: invited.token.clone(), password: "my-own-password".into() };
    let me = world.ask(&Actor::nobody(), choose()).await.unwrap();
    assert_eq!((me.user.id, me.role()), (invited.id, Some(Role::Sales)));
    assert_eq!(world.ask(&Actor::nobody(), choose()).await.unwrap_err().code(), "invitation_over");
    let late = world.ask(&town.paula, invite("late@alpine.example", Role::Sales)).await.unwrap();
    world.advance(Span::days(7));
    let choose = ChoosePassword { token: late.token, password: "my-own-password".into() };
    assert_eq!(world.ask(&Actor::nobody(), choose).await.unwrap_err().code(), "invitation_over");
}

#[rstest]
#[tokio::test]
async fn an_invitation_never_replaces_somebodys_password(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let town = town(&world).await;
    let invited = world.ask(&town.olivia, invite("sam@alpine.example", Role::Analyst)).await.unwrap();
    assert_eq!(Some(invited.id), town.sam.user);
    let choose = ChoosePassword { token: invited.token, password: "taken-over-now".into() };
    assert_eq!(world.ask(&Actor::nobody(), choose).await.unwrap_err().code(), "invitation_over");
    let cookie = sign_in(&world, "sam@alpine.example").await;
    let me = send(&world, "GET /api/v1/session", &[("cookie", &cookie)], "").await.json();
    assert_eq!(me["memberships"].as_array().unwrap().len(), 2);
}

#[rstest]
#[tokio::test]
async fn owners_manage_their_own_people_and_one_of_them_stays(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let town = town(&world).await;
    let (sam, paula, olivia) = (town.sam.user.unwrap(), town.paula.user.unwrap(), town.olivia.user.unwrap());
    let change = |id, role| ChangeRole { id, role };
    assert_eq!(world.ask(&town.paula, change(olivia, Role::Sales)).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&town.paula, RemoveMember { id: olivia }).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&town.paula, change(paula, Role::Sales)).await.unwrap_err().code(), "last_owner");
    assert_eq!(world.ask(&town.paula, RemoveMember { id: paula }).await.unwrap_err().code(), "last_owner");
    world.ask(&town.paula, change(sam, Role::PartnerOwner)).await.unwrap();
    let cookie = sign_in(&world, "paula@alpine.example").await;
    world.ask(&town.paula, RemoveMember { id: paula }).await.unwrap();
    let me = send(&world, "GET /api/v1/session", &[("cookie", &cookie)], "").await;
    assert_eq!((me.status, me.json()["organization"].is_null()), (StatusCode::OK, true));
    let list = send(&world, "GET /api/v1/users", &[("cookie", &cookie)], "").await;
    assert_eq!(list.json()["code"], "no_organization");
}

#[rstest]
#[tokio::test]
async fn people_are_listed_page_by_page_and_only_ones_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let town = town(&world).await;
    let first = world.ask(&town.sam, ListUsers { limit: Some(1), ..Default::default() }).await.unwrap();
    assert_eq!((first.items[0].name.as_str(), first.total), ("Paula Peters", 2));
    let next = ListUsers { cursor: first.next_cursor, ..Default::default() };
    let next = world.ask(&town.sam, next).await.unwrap();
    assert_eq!((next.items[0].name.as_str(), next.items.len(), next.next_cursor), ("Sam Okafor", 1, None));
    let by_email = ListUsers { q: Some("northwind".into()), ..Default::default() };
    assert!(world.ask(&town.sam, by_email).await.unwrap().items.is_empty());
}

#[test]
fn the_policy_names_a_way_out_whenever_it_refuses() {
    for what in Do::ALL {
        assert_eq!(what.by(&Actor::nobody()), Err(Problem::Unauthenticated), "{what:?}");
        if let Err(Problem::Forbidden { detail, .. }) = what.by(&Actor::system()) {
            assert!(detail.ends_with('.'), "{what:?}");
        }
    }
}
