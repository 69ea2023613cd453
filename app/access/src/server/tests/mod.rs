//! Access through its verbs and its layer, on both engines.
mod keys;
mod mails;
mod members;
mod sessions;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use base::db::{Engine, Tx};
use base::testing::World;
use base::{Actor, OrganizationId, ProgramId, Role, Side, UserId, execute};
use organizations::Organization;
use serde_json::Value;
use tower::ServiceExt;

use super::{
    Visitor, actor_by, actor_of, add_membership, authenticate, create_key, create_user, forget_old_sessions,
    pass_of, reset_password, set_preferences,
};
use crate::Password;

/// The columns of later slices that the context reads.
const SQLITE: &str = "
    create table brand (id blob, name text, hue integer, chroma_milli integer, sender_name text, sender_email text,
                        voice text, face integer);
    create table program (id blob, vendor_id blob, brand_id blob, name text, created_at integer);
    create table enrollment (program_id blob, partner_id blob, status text);";
const POSTGRES: &str = "
    create table brand (id uuid, name text, hue bigint, chroma_milli bigint, sender_name text, sender_email text,
                        voice text, face bigint);
    create table program (id uuid, vendor_id uuid, brand_id uuid, name text, created_at bigint);
    create table enrollment (program_id uuid, partner_id uuid, status text);";

pub(super) const PASSWORD: &str = "demo-rialto";

/// A vendor with two programs and a partner that is active in the first; Olivia owns the vendor, Paula the
/// partner, Sam sells there.
pub(crate) struct Town {
    pub(crate) vendor: OrganizationId,
    pub(crate) partner: OrganizationId,
    pub(crate) programs: [ProgramId; 2],
    pub(crate) olivia: Actor,
    pub(crate) paula: Actor,
    pub(crate) sam: Actor,
}

pub(crate) async fn town(world: &World) -> Town {
    let parts = world.parts.clone();
    let id = || parts.id(parts.clock().now());
    let (vendor, partner) = (OrganizationId(id()), OrganizationId(id()));
    let programs = [ProgramId(id()), ProgramId(id())];
    let brand = id();
    let parts = world.parts.clone();
    let people: Vec<UserId> = world
        .parts
        .db()
        .write(async move |tx: &mut Tx| {
            let tables = base::dialect!(tx, sqlite: SQLITE, postgres: POSTGRES);
            tx.run(tables).await?;
            organizations::server::insert(tx, &Organization::new(vendor, Side::Vendor, "Northwind")).await?;
            organizations::server::insert(tx, &Organization::new(partner, Side::Partner, "Alpine Systems")).await?;
            let sql = "insert into brand (id, name, hue, chroma_milli, face) values ($1, 'Aurora', 250, 120, 0)";
            execute!(tx, sqlx::query(sql).bind(brand))?;
            for (place, program) in programs.iter().enumerate() {
                let sql = "insert into program (id, vendor_id, brand_id, name, created_at) values ($1, $2, $3, $4, $5)";
                let (name, at) = (format!("Program {place}"), place as i64);
                execute!(tx, sqlx::query(sql).bind(program.0).bind(vendor.0).bind(brand).bind(&name).bind(at))?;
                let sql = "insert into enrollment (program_id, partner_id, status) values ($1, $2, $3)";
                let status = if place == 0 { "active" } else { "ended" };
                execute!(tx, sqlx::query(sql).bind(program.0).bind(partner.0).bind(status))?;
            }
            let mut people = Vec::new();
            for (email, name, organization, role) in [
                ("Olivia@Northwind.Example", "Olivia Berg", vendor, Role::VendorOwner),
                ("paula@alpine.example", "Paula Peters", partner, Role::PartnerOwner),
                ("sam@alpine.example", "Sam Okafor", partner, Role::Sales),
            ] {
                let password = Some(Password::from(PASSWORD));
                let new = super::NewUser { email: email.into(), name: name.into(), password };
                let user = create_user(tx, &parts, new).await?;
                add_membership(tx, &parts, user.id, organization, role).await?;
                people.push(user.id);
            }
            Ok(people)
        })
        .await
        .unwrap();
    let mut tx = world.parts.db().read().await.unwrap();
    let olivia = actor_of(&mut tx, people[0], vendor).await.unwrap();
    let paula = actor_of(&mut tx, people[1], partner).await.unwrap();
    let sam = actor_of(&mut tx, people[2], partner).await.unwrap();
    Town { vendor, partner, programs, olivia, paula, sam }
}

/// The product's layer over its verbs, and one page that says who looks at it.
pub(super) fn server(world: &World) -> Router {
    let page = get(|axum::Extension(visitor): axum::Extension<Visitor>| async move {
        let program = visitor.program().map(|program| program.name.clone()).unwrap_or_default();
        format!(
            "{} {} {program}",
            visitor.locale.tag(),
            visitor.me.map(|me| me.user.name).unwrap_or_default()
        )
    });
    base::http::mount(super::VERBS.iter().copied())
        .route("/page", page)
        .layer(from_fn_with_state(world.parts.clone(), authenticate))
        .with_state(world.parts.clone())
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// The session cookie it sets, `name=value`; empty value when it is taken away.
    pub(super) fn cookie(&self) -> Option<String> {
        let all = self.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        all.filter_map(|cookie| cookie.split(';').next())
            .find(|pair| pair.starts_with("rialto_session="))
            .map(str::to_owned)
    }
}

pub(super) async fn send(world: &World, line: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let (method, path) = line.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = server(world).oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 20).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

pub(super) const JSON: (&str, &str) = ("content-type", "application/json");
pub(super) const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Signs in over the wire; the cookie.
pub(super) async fn sign_in(world: &World, email: &str) -> String {
    let body = serde_json::json!({ "email": email, "password": PASSWORD }).to_string();
    let answer = send(world, "POST /api/v1/session", &[JSON], &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.cookie().unwrap()
}

pub(crate) async fn world_of(engine: Engine) -> Option<World> {
    World::try_new(engine, &[organizations::MIGRATIONS(), crate::MIGRATIONS()]).await
}
