//! `rialto user` and `rialto token`.
use access::Password;
use access::server::{NewUser, add_membership, create_key, create_user, user_by_email};
use base::clock::Chance;
use base::db::Tx;
use base::{Parts, Problem, Role};

use crate::settings::Settings;
use crate::{Failure, assemble};

/// `rialto user add`.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn add(
    settings: &Settings,
    email: &str,
    name: &str,
    organization: &str,
    role: &str,
) -> Result<(), Failure> {
    let parts = assemble::parts(settings).await?;
    let role = Role::parse(role).ok_or_else(|| format!("there is no role {role}"))?;
    let password = random_password(&parts);
    let new = NewUser {
        email: email.to_owned(),
        name: name.to_owned(),
        password: Some(Password(password.clone())),
    };
    let (parts_, organization) = (parts.clone(), organization.to_owned());
    parts
        .db()
        .write(async move |tx: &mut Tx| {
            let found = organizations::server::by_slug(tx, &organization).await?.ok_or(Problem::NotFound)?;
            let user = create_user(tx, &parts_, new).await?;
            add_membership(tx, &parts_, user.id, found.id, role).await
        })
        .await?;
    println!("{email} can sign in with the password {password}");
    Ok(())
}

/// `rialto user reset`.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn reset(settings: &Settings, email: &str) -> Result<(), Failure> {
    let parts = assemble::parts(settings).await?;
    let password = random_password(&parts);
    access::server::reset_password(&parts, email, Password(password.clone())).await?;
    println!("{email} can sign in with the password {password}; all sessions have ended");
    Ok(())
}

/// `rialto token create`.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn token(settings: &Settings, email: &str, name: &str) -> Result<(), Failure> {
    let parts = assemble::parts(settings).await?;
    let (parts_, email, name) = (parts.clone(), email.to_owned(), name.to_owned());
    let secret = parts
        .db()
        .write(async move |tx: &mut Tx| {
            let user = user_by_email(tx, &email).await?.ok_or(Problem::NotFound)?;
            create_key(tx, &parts_, user.id, &name).await
        })
        .await?;
    println!("{secret}");
    Ok(())
}

/// 20 letters and digits that are not mixed up: about 100 bits.
fn random_password(parts: &Parts) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567899";
    let mut random = [0; 20];
    Chance::fill(parts.chance(), &mut random);
    random.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect()
}
