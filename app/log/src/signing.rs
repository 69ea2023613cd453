//! Ed25519 signatures (RFC 8032) over canonical JSON, and the keys that make and check them.
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_compact::{KeyPair, PublicKey, Seed, Signature};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A key that receipts and checkpoints can be checked with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct LogKey {
    /// The first 16 hex digits of the key's SHA-256.
    pub key_id: String,
    /// Always `Ed25519`.
    pub algorithm: String,
    /// The 32 bytes of the key, base64url without padding.
    pub public_key: String,
}

impl LogKey {
    /// A key by its bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let key_id = hex::encode(&Sha256::digest(bytes)[..8]);
        Self { key_id, algorithm: "Ed25519".to_owned(), public_key: URL_SAFE_NO_PAD.encode(bytes) }
    }
}

/// The key that signs; made once from the installation's seed.
pub struct Signer(KeyPair);

impl Signer {
    /// From the 32 secret bytes of RFC 8032.
    #[must_use]
    pub fn new(seed: [u8; 32]) -> Self {
        Self(KeyPair::from_seed(Seed::new(seed)))
    }

    /// What others check with.
    #[must_use]
    pub fn key(&self) -> LogKey {
        LogKey::of(&*self.0.pk)
    }

    /// The 32 bytes of the public key.
    #[must_use]
    pub fn public_bytes(&self) -> [u8; 32] {
        *self.0.pk
    }

    /// Signs a text for one use; a signature for one use does not hold for another.
    #[must_use]
    pub fn sign(&self, usage: &str, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(*self.0.sk.sign(message(usage, text), None))
    }
}

/// Whether a signature over a text holds under a key given as base64url.
#[must_use]
pub fn holds(public_key: &str, usage: &str, text: &str, signature: &str) -> bool {
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let key = bytes(public_key).and_then(|bytes| PublicKey::from_slice(&bytes).ok());
    let signature = bytes(signature).and_then(|bytes| Signature::from_slice(&bytes).ok());
    match (key, signature) {
        (Some(key), Some(signature)) => key.verify(message(usage, text), &signature).is_ok(),
        _ => false,
    }
}

fn message(usage: &str, text: &str) -> String {
    format!("{usage}\n{text}")
}
