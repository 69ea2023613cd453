//! Invitations and new passwords by e-mail.
use axum::http::StatusCode;
use base::db::Engine;
use base::mail::{Mail, Undelivered};
use base::{Actor, Problem, Role, Span};
use rstest::rstest;

use super::*;
use crate::server::JOBS;
use crate::*;

async fn mails(world: &World) -> Vec<Mail> {
    world.run_jobs().await;
    world.mailbox.take()
}

/// The token of the one link in a mail.
fn token(mail: &Mail) -> String {
    let (_, rest) = mail.text.split_once("token=").expect("a link with a token");
    rest.lines().next().unwrap_or_default().to_owned()
}

fn forgotten(email: &str) -> AskNewPassword {
    AskNewPassword { email: email.to_owned() }
}

fn choose(token: &str, password: &str) -> ChoosePassword {
    ChoosePassword { token: token.to_owned(), password: password.into() }
}

#[rstest]
#[tokio::test]
async fn an_invitation_comes_by_mail_with_a_link_of_its_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let world = world.with_jobs(JOBS);
    let town = town(&world).await;
    let ask = InviteUser { email: "n@alpine.example".into(), name: "Nora".into(), role: Role::Sales };
    let invited = world.ask(&town.paula, ask).await.unwrap();
    assert!(invited.mailed);
    let sent = mails(&world).await;
    assert_eq!((sent.len(), sent[0].to.email.as_str()), (1, "n@alpine.example"));
    assert_eq!(sent[0].subject, "Paula Peters added you to Alpine Systems");
    let link = token(&sent[0]);
    assert_ne!(link, invited.token, "what is shown on the screen is another link");
    let me = world.ask(&Actor::nobody(), choose(&link, "my-own-password")).await.unwrap();
    assert_eq!(me.user.id, invited.id);
    for used in [&link, &invited.token] {
        let again = world.ask(&Actor::nobody(), choose(used, "another-password")).await.unwrap_err();
        assert_eq!(again.code(), "invitation_over");
    }
    // Somebody who can sign in already is told where, not how.
    let known = InviteUser { email: "sam@alpine.example".into(), name: "Sam".into(), role: Role::Analyst };
    world.ask(&town.olivia, known).await.unwrap();
    let sent = mails(&world).await;
    assert!(sent[0].text.contains("/sign-in") && !sent[0].text.contains("token="), "{}", sent[0].text);
}

#[rstest]
#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_link_that_holds_once_and_for_an_hour(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let world = world.with_jobs(JOBS);
    town(&world).await;
    let cookie = sign_in(&world, "sam@alpine.example").await;
    world.ask(&Actor::nobody(), forgotten(" SAM@alpine.example")).await.unwrap();
    let sent = mails(&world).await;
    assert_eq!((sent.len(), sent[0].to.email.as_str()), (1, "sam@alpine.example"));
    let link = token(&sent[0]);
    world.ask(&Actor::nobody(), choose(&link, "a-better-password")).await.unwrap();
    let over = send(&world, "GET /api/v1/session", &[("cookie", &cookie)], "").await.status;
    assert_eq!(over, StatusCode::UNAUTHORIZED, "whoever was signed in is signed out");
    let again = world.ask(&Actor::nobody(), choose(&link, "again-a-password")).await.unwrap_err();
    assert_eq!(again.code(), "invitation_over");
    let old = SignIn { email: "sam@alpine.example".into(), password: PASSWORD.into() };
    assert_eq!(world.ask(&Actor::nobody(), old).await.unwrap_err(), Problem::Unauthenticated);
    let new = SignIn { email: "sam@alpine.example".into(), password: "a-better-password".into() };
    world.ask(&Actor::nobody(), new).await.unwrap();

    world.ask(&Actor::nobody(), forgotten("sam@alpine.example")).await.unwrap();
    let late = token(&mails(&world).await[0]);
    world.advance(Span::hours(1));
    let late = world.ask(&Actor::nobody(), choose(&late, "again-a-password")).await.unwrap_err();
    assert_eq!(late.code(), "invitation_over");
}

#[rstest]
#[tokio::test]
async fn nobody_learns_who_has_an_account_and_nobody_is_flooded(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let world = world.with_jobs(JOBS);
    town(&world).await;
    let known = world.ask(&Actor::nobody(), forgotten("sam@alpine.example")).await;
    let unknown = world.ask(&Actor::nobody(), forgotten("nobody@alpine.example")).await;
    assert_eq!(known, unknown);
    assert_eq!(mails(&world).await.len(), 1);
    let mut count = 0;
    for _ in 0..5 {
        world.ask(&Actor::nobody(), forgotten("sam@alpine.example")).await.unwrap();
        count += mails(&world).await.len();
    }
    assert_eq!(count, 2, "three in an hour");
}

#[rstest]
#[tokio::test]
async fn a_link_whose_mail_was_not_taken_holds_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(world) = world_of(engine).await else { return };
    let world = world.with_jobs(JOBS);
    town(&world).await;
    world.mailbox.refuse(Some(Undelivered::Later("nobody there".into())));
    world.ask(&Actor::nobody(), forgotten("sam@alpine.example")).await.unwrap();
    for _ in 0..4 {
        assert!(mails(&world).await.is_empty());
        world.advance(Span::minutes(5));
    }
    world.mailbox.refuse(None);
    let sent = mails(&world).await;
    assert_eq!(sent.len(), 1, "tries that failed do not count as links");
    world.ask(&Actor::nobody(), choose(&token(&sent[0]), "a-better-password")).await.unwrap();
    // A day later nobody wants it any more.
    world.ask(&Actor::nobody(), forgotten("sam@alpine.example")).await.unwrap();
    world.mailbox.refuse(Some(Undelivered::Later("nobody there".into())));
    assert!(mails(&world).await.is_empty());
    world.mailbox.refuse(None);
    world.advance(Span::days(1));
    assert!(mails(&world).await.is_empty());
}

#[rstest]
#[tokio::test]
async fn a_brand_speaks_to_whom_it_invites(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Some(world) = world_of(engine).await else { return };
    let world = world.with_jobs(JOBS);
    let town = town(&world).await;
    let said = r#"{"mail_header":"For partners","mail_footer":"Aurora Inc.","reply_to":"help@aurora.example","locale":"de"}"#;
    let say =
        async move |tx: &mut Tx| Ok(execute!(tx, sqlx::query("update brand set voice = $1").bind(said))?);
    assert_eq!(world.parts.db().write(say).await.unwrap(), 1);
    let ask = InviteUser { email: "n@alpine.example".into(), name: "Nora".into(), role: Role::Sales };
    world.ask(&town.paula, ask).await.unwrap();
    let sent = mails(&world).await;
    let mail = &sent[0];
    // Whoever is new is spoken to in the brand's language; the sender's address stays the installation's own.
    assert!(mail.html.contains("lang=\"de\""), "{}", mail.html);
    let (from, reply) = (mail.from.clone().unwrap(), mail.reply_to.clone().unwrap());
    assert_eq!((from.name.as_str(), from.email.as_str()), ("Aurora", ""));
    assert_eq!(reply.email, "help@aurora.example");
    assert!(mail.text.contains("-- \nAurora\nFor partners\n"), "{}", mail.text);
    assert!(mail.text.ends_with("Aurora Inc.\n"), "{}", mail.text);
    // A choice of one's own stays: Sam is known, and reads English.
    let known = InviteUser { email: "sam@alpine.example".into(), name: "Sam".into(), role: Role::Analyst };
    world.ask(&town.olivia, known).await.unwrap();
    assert!(mails(&world).await[0].html.contains("lang=\"en\""));
    world.ask(&Actor::nobody(), forgotten("n@alpine.example")).await.unwrap();
    let anew = mails(&world).await;
    assert!(anew[0].text.contains("-- \nAurora\nFor partners\n"), "{}", anew[0].text);
}
