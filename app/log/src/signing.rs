//! Ed25519 signatures (RFC 8032) over canonical JSON, the keys that check them, and how one key vouches for the
//! next. What makes them is [`crate::server`]'s.
use base::{Timestamp, canonical};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_compact::{PublicKey, Signature};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

/// What an endorsement's signature is for.
pub const KEY: &str = "rialto key 1";

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
    /// Since when it signs; left out before its first signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// When another one took its place; left out while it signs. What it signed before stays good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired_at: Option<Timestamp>,
    /// Id of the key that it took over from; left out for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endorsed_by: Option<String>,
    /// That key's Ed25519 signature, base64url: over `rialto key 1`, a line feed and `endorsed_by`, `key_id`,
    /// `public_key` and `since` in canonical JSON. Whoever trusts the older key can so trust this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endorsement: Option<String>,
}

impl LogKey {
    /// A key by its bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            key_id: hex::encode(&Sha256::digest(bytes)[..8]),
            algorithm: "Ed25519".to_owned(),
            public_key: URL_SAFE_NO_PAD.encode(bytes),
            since: None,
            retired_at: None,
            endorsed_by: None,
            endorsement: None,
        }
    }

    /// The same key, vouched for by the one that it takes over from.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn endorsed(self, by: &crate::server::Signer, since: Timestamp) -> Self {
        let key = Self { since: Some(since), endorsed_by: Some(by.key().key_id), ..self };
        let endorsement = by.sign(KEY, &key.endorsed_text());
        Self { endorsement: Some(endorsement), ..key }
    }

    fn endorsed_text(&self) -> String {
        canonical(&json!({
            "endorsed_by": self.endorsed_by,
            "key_id": self.key_id,
            "public_key": self.public_key,
            "since": self.since,
        }))
    }
}

/// Whether key `to` is key `from`, or `from` vouches for it, directly or through keys between them.
#[must_use]
pub fn leads_to(keys: &[LogKey], from: &str, to: &str) -> bool {
    let find = |id: &str| keys.iter().find(|key| key.key_id == id);
    let Some(mut key) = find(to) else { return false };
    // Each step goes one key back, so there are fewer of them than keys; a circle ends here, too.
    for _ in 0..keys.len() {
        if key.key_id == from {
            return true;
        }
        let before = key.endorsed_by.as_deref().and_then(find);
        let (Some(before), Some(endorsement)) = (before, &key.endorsement) else { return false };
        if !holds(&before.public_key, KEY, &key.endorsed_text(), endorsement) {
            return false;
        }
        key = before;
    }
    false
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

pub(crate) fn message(usage: &str, text: &str) -> String {
    format!("{usage}\n{text}")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::server::Signer;

    #[test]
    fn trust_goes_along_endorsements_and_not_back() {
        let signers = [1, 2, 3].map(|n| Signer::new([n; 32]));
        let at = Timestamp(1_793_610_000_000);
        let keys = [
            signers[0].key(),
            signers[1].key().endorsed(&signers[0], at),
            signers[2].key().endorsed(&signers[1], at),
        ];
        let id = |n: usize| keys[n].key_id.as_str();
        assert!(
            leads_to(&keys, id(0), id(2)) && leads_to(&keys, id(1), id(2)) && leads_to(&keys, id(2), id(2))
        );
        assert!(!leads_to(&keys, id(2), id(0)));
        assert!(!leads_to(&keys[1..], id(0), id(2)), "a key between them is missing");
        let mut forged = keys.clone();
        forged[1].since = Some(Timestamp(0));
        assert!(!leads_to(&forged, &keys[0].key_id, &keys[2].key_id));
        assert!(!leads_to(&keys, "nobody", id(2)));
    }

    #[test]
    fn keys_that_vouch_for_each_other_lead_nowhere_else() {
        let (a, b) = (Signer::new([1; 32]), Signer::new([2; 32]));
        let at = Timestamp(0);
        let keys = [a.key().endorsed(&b, at), b.key().endorsed(&a, at)];
        assert!(!leads_to(&keys, "somebody", &keys[0].key_id));
    }
}
