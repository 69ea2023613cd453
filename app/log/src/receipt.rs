//! Receipts: what a partner holds to prove what was claimed and when. The same check runs in the server, in
//! the browser and in `rialto verify`.
use base::{OrganizationId, Timestamp, canonical};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::merkle::{Hash, root_of_inclusion};
use crate::signing::{LogKey, holds};
use crate::slip::Slip;

/// What a receipt's signature is for.
pub const RECEIPT: &str = "rialto receipt 1";

/// Proof of a claim: its content, its moment, its place in the vendor's log, signed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Always `rialto receipt 1`.
    pub format: String,
    /// Whose log it is.
    pub vendor: OrganizationId,
    /// What was claimed: a deal's id.
    pub deal: String,
    /// The claim as it was submitted.
    pub claim: Value,
    /// Hex SHA-256 of the claim in canonical JSON (RFC 8785).
    pub claim_hash: String,
    /// When the server received it. Never earlier than that of the entry before.
    #[serde(deserialize_with = "exactly")]
    pub priority_at: Timestamp,
    /// Counts up by one within the vendor, from 1: decides between claims of the same millisecond.
    pub seq: i64,
    /// Place in the log, from 0.
    pub log_index: i64,
    /// Hex hash of the entry before; 64 zeros for the first.
    pub prev_hash: String,
    /// Hex hash of this entry: the RFC 6962 leaf hash of its canonical JSON.
    pub entry_hash: String,
    /// How many entries the log had with this one.
    pub tree_size: i64,
    /// Hex head of the log's Merkle tree at that size.
    pub root: String,
    /// Inclusion proof of the entry in that tree (RFC 6962, section 2.1.1), hex.
    pub inclusion: Vec<String>,
    /// Which key signed.
    pub key_id: String,
    /// That key, base64url, so that the receipt can be checked alone. Compare it with the keys that the
    /// vendor publishes.
    pub public_key: String,
    /// Ed25519, base64url: over `rialto receipt 1`, a line feed and all other fields in canonical JSON.
    pub signature: String,
}

/// An instant in exactly the form that we write: another spelling of the same instant is another text.
pub(crate) fn exactly<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(from)?;
    Timestamp::parse(&text)
        .filter(|at| at.to_string() == text)
        .ok_or_else(|| serde::de::Error::custom("not a time as receipts write it"))
}

/// One thing that is checked about a receipt by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Check {
    /// The claim is the one that was hashed.
    Claim,
    /// The entry says this claim, moment and place, and names the entry before it.
    Entry,
    /// The entry is in the log's tree.
    Inclusion,
    /// The signature holds for everything above.
    Signature,
    /// The key is one that the vendor publishes.
    Key,
}

impl Check {
    /// In the order in which they build on each other.
    pub const ALL: [Self; 5] = [Self::Claim, Self::Entry, Self::Inclusion, Self::Signature, Self::Key];
}

/// A receipt that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Whether the key was compared with published ones; otherwise the receipt only agrees with itself.
    pub key_is_published: bool,
}

/// The first check that a receipt fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken(pub Check);

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0 {
            Check::Claim => "the claim is not the one that was hashed",
            Check::Entry => "the log entry does not belong to this claim, moment and place",
            Check::Inclusion => "the entry is not in the log's tree",
            Check::Signature => "the signature does not hold",
            Check::Key => "the key is not one that the vendor publishes",
        })
    }
}

impl std::error::Error for Broken {}

/// Checks a receipt. `keys` are those published by the vendor (`GET /log/keys`); without any, the receipt is
/// checked against the key that it names itself.
///
/// # Errors
/// The first check that fails.
pub fn verify(receipt: &Receipt, keys: &[LogKey]) -> Result<Verified, Broken> {
    for check in Check::ALL {
        if !passes(receipt, check, keys) {
            return Err(Broken(check));
        }
    }
    Ok(Verified { key_is_published: !keys.is_empty() })
}

/// One check by itself, for those who show them line by line.
#[must_use]
pub fn passes(receipt: &Receipt, check: Check, keys: &[LogKey]) -> bool {
    match check {
        Check::Claim => receipt.claim_hash == claim_hash(&receipt.claim),
        Check::Entry => receipt.entry_hash == hex::encode(Slip::of(receipt).hash()),
        Check::Inclusion => is_included(receipt),
        Check::Signature => holds(&receipt.public_key, RECEIPT, &signed_text(receipt), &receipt.signature),
        Check::Key => {
            let own = |key: &LogKey| key.key_id == receipt.key_id && key.public_key == receipt.public_key;
            keys.is_empty() || keys.iter().any(own)
        }
    }
}

/// Hex SHA-256 of a claim in canonical JSON.
#[must_use]
pub fn claim_hash(claim: &Value) -> String {
    hex::encode(Sha256::digest(canonical(claim)))
}

/// What the signature is over: all fields but itself.
#[must_use]
pub fn signed_text(receipt: &Receipt) -> String {
    let mut value = serde_json::to_value(receipt).unwrap_or_default();
    if let Value::Object(fields) = &mut value {
        fields.remove("signature");
    }
    canonical(&value)
}

fn is_included(receipt: &Receipt) -> bool {
    let (Ok(index), Ok(size)) = (u64::try_from(receipt.log_index), u64::try_from(receipt.tree_size)) else {
        return false;
    };
    let path: Option<Vec<Hash>> = receipt.inclusion.iter().map(|text| read_hash(text)).collect();
    let found = read_hash(&receipt.entry_hash)
        .zip(path)
        .and_then(|(leaf, path)| root_of_inclusion(leaf, index, size, &path));
    found.is_some_and(|root| hex::encode(root) == receipt.root)
}

/// Finds a receipt in a text: the text itself, or the file that is attached to a receipt's PDF, which we write
/// uncompressed so that it can be found without reading PDF.
#[must_use]
pub fn find(text: &str) -> Option<Receipt> {
    let text = text.trim().trim_start_matches('\u{feff}');
    if !text.starts_with("%PDF-") {
        return base::tree::read(text).ok();
    }
    let attached = &text[text.find(&format!("{{\"format\":\"{RECEIPT}\""))?..];
    // JSON as we write it has no line breaks of its own.
    base::tree::read(attached.split_once("\nendstream")?.0).ok()
}

/// Reads a hash from 64 hex digits.
#[must_use]
pub fn read_hash(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    hex::decode_to_slice(text, &mut hash).ok()?;
    Some(hash)
}

/// A claim as lines: `customer.name`, `Acme Corporation`. What is empty is left out.
#[must_use]
pub fn flat(claim: &Value) -> Vec<(String, String)> {
    fn walk(name: &str, value: &Value, lines: &mut Vec<(String, String)>) {
        let below = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") };
        match value {
            Value::Null => {}
            Value::String(text) if text.is_empty() => {}
            Value::String(text) => lines.push((name.to_owned(), text.clone())),
            Value::Bool(_) | Value::Number(_) => lines.push((name.to_owned(), value.to_string())),
            Value::Array(items) => {
                for (place, item) in items.iter().enumerate() {
                    walk(&below(&(place + 1).to_string()), item, lines);
                }
            }
            Value::Object(fields) => {
                for (field, item) in fields {
                    walk(&below(field), item, lines);
                }
            }
        }
    }
    let mut lines = Vec::new();
    walk("", claim, &mut lines);
    lines
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_claim_becomes_lines_without_what_is_empty() {
        let claim =
            json!({ "customer": { "name": "Acme", "phone": "" }, "products": [{ "sku": "GTX" }], "n": null });
        let lines = flat(&claim);
        let expected = [("customer.name", "Acme"), ("products.1.sku", "GTX")];
        assert_eq!(lines, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
