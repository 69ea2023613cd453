//! The key that signs: the server's alone. What everybody checks with is in [`crate::signing`].
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};

use crate::signing::{LogKey, message};

/// The key that signs; made once from the installation's seed.
pub struct Signer(SigningKey);

impl Signer {
    /// From the 32 secret bytes of RFC 8032.
    #[must_use]
    pub fn new(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    /// What others check with.
    #[must_use]
    pub fn key(&self) -> LogKey {
        LogKey::of(&self.public_bytes())
    }

    /// The 32 bytes of the public key.
    #[must_use]
    pub fn public_bytes(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Signs a text for one use; a signature for one use does not hold for another.
    #[must_use]
    pub fn sign(&self, usage: &str, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.0.sign(message(usage, text).as_bytes()).to_bytes())
    }
}
