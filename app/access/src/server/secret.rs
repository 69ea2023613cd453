//! Secrets: random tokens kept as hashes, and passwords under Argon2id.
use std::sync::LazyLock;

use argon2::password_hash::{PasswordHash, SaltString};
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use base::{Parts, Problem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::Password;

/// Each hash takes 19 MiB and some 30 ms of a core: more than two at once would starve everybody else.
static HASHING: Semaphore = Semaphore::const_new(2);

/// What an unknown e-mail is checked against, so that it takes as long as a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody's password", [7; 16]).unwrap_or_default());

/// SHA-256 of a token. Tokens are 256 random bits: no salt or slow hash is needed.
pub(super) type TokenHash = [u8; 32];

/// A fresh token: 43 characters of URL-safe base 64, and what is kept of it.
pub(super) fn token(parts: &Parts, prefix: &str) -> (String, TokenHash) {
    let mut random = [0; 32];
    parts.chance().fill(&mut random);
    let text = format!("{prefix}{}", URL_SAFE_NO_PAD.encode(random));
    let hash = token_hash(&text);
    (text, hash)
}

pub(super) fn token_hash(text: &str) -> TokenHash {
    Sha256::digest(text.as_bytes()).into()
}

/// The hash of a password, in the PHC string format. Takes a turn and some 30 ms, off the async threads.
///
/// # Errors
/// `Internal` when the machine lacks memory.
pub async fn hash_password(parts: &Parts, password: &Password) -> Result<String, Problem> {
    let mut salt = [0; 16];
    parts.chance().fill(&mut salt);
    let text = password.0.clone();
    in_turn(move || hash(&text, salt)).await?
}

/// Whether a password is the one of a hash. Without a hash it takes as long and is wrong.
pub(super) async fn verify(password: Password, stored: Option<String>) -> Result<bool, Problem> {
    in_turn(move || {
        let known = stored.is_some();
        let stored = stored.as_deref().unwrap_or(&NOBODY);
        let parsed = PasswordHash::new(stored).map_err(Problem::internal)?;
        let fits = Argon2::default().verify_password(password.0.as_bytes(), &parsed).is_ok();
        Ok(known && fits)
    })
    .await?
}

/// Argon2id with the parameters of OWASP's first choice for small memory: 19 MiB, two passes, one lane.
fn hash(password: &str, salt: [u8; 16]) -> Result<String, Problem> {
    let salt = SaltString::encode_b64(&salt).map_err(Problem::internal)?;
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(Problem::internal)?;
    Ok(hash.to_string())
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let _turn = HASHING.acquire().await.map_err(Problem::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
}
