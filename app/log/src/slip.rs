//! The slip: a receipt's log entry without what was claimed, short enough for an address and a QR code.
use base::{OrganizationId, Timestamp, canonical};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::merkle::{Hash, leaf_hash};
use crate::receipt::{Receipt, read_hash};

/// One entry of a vendor's log: hashes, moment and place, but nothing of what was claimed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slip {
    pub vendor: OrganizationId,
    /// What was claimed: a deal's id.
    pub deal: String,
    /// Hex SHA-256 of the claim in canonical JSON.
    pub claim_hash: String,
    pub priority_at: Timestamp,
    pub seq: i64,
    pub log_index: i64,
    /// Hex hash of the entry before; 64 zeros for the first.
    pub prev_hash: String,
}

impl Slip {
    /// The entry that a receipt names.
    #[must_use]
    pub fn of(receipt: &Receipt) -> Self {
        Self {
            vendor: receipt.vendor,
            deal: receipt.deal.clone(),
            claim_hash: receipt.claim_hash.clone(),
            priority_at: receipt.priority_at,
            seq: receipt.seq,
            log_index: receipt.log_index,
            prev_hash: receipt.prev_hash.clone(),
        }
    }

    /// The entry as it is hashed: canonical JSON.
    #[must_use]
    pub fn text(&self) -> String {
        canonical(&json!({
            "claim_hash": self.claim_hash,
            "deal": self.deal,
            "log_index": self.log_index,
            "prev_hash": self.prev_hash,
            "priority_at": self.priority_at,
            "seq": self.seq,
            "vendor": self.vendor,
        }))
    }

    /// The RFC 6962 leaf hash.
    #[must_use]
    pub fn hash(&self) -> Hash {
        leaf_hash(self.text().as_bytes())
    }

    /// As the query of the verifier's address. Hashes are base64url there, which is a third shorter than hex.
    #[must_use]
    pub fn to_query(&self) -> String {
        let short = |hex: &str| read_hash(hex).map(|hash| URL_SAFE_NO_PAD.encode(hash)).unwrap_or_default();
        format!(
            "vendor={}&deal={}&claim={}&at={}&seq={}&index={}&prev={}",
            self.vendor,
            base::escape(&self.deal),
            short(&self.claim_hash),
            self.priority_at.0,
            self.seq,
            self.log_index,
            short(&self.prev_hash)
        )
    }

    /// Reads it from the fields of a query; `None` when one is missing or is not what it should be.
    #[must_use]
    pub fn from_query(field: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let hash = |name: &str| {
            let bytes = URL_SAFE_NO_PAD.decode(field(name)?).ok()?;
            (bytes.len() == 32).then(|| hex::encode(bytes))
        };
        let number = |name: &str| field(name)?.parse::<i64>().ok();
        Some(Self {
            vendor: field("vendor")?.parse().ok()?,
            deal: field("deal")?,
            claim_hash: hash("claim")?,
            priority_at: Timestamp(number("at")?),
            seq: number("seq")?,
            log_index: number("index")?,
            prev_hash: hash("prev")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use base::reexport::uuid::Uuid;

    use super::*;

    fn slip() -> Slip {
        Slip {
            vendor: OrganizationId(Uuid::from_u128(7)),
            deal: "deal_01h455vb4pex5vsknk084sn02q".to_owned(),
            claim_hash: hex::encode([0xab; 32]),
            priority_at: Timestamp(1_793_610_000_123),
            seq: 6,
            log_index: 5,
            prev_hash: hex::encode([7; 32]),
        }
    }

    fn read(query: &str) -> Option<Slip> {
        let field = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
        };
        Slip::from_query(field)
    }

    #[test]
    fn a_slip_survives_its_address() {
        let query = slip().to_query();
        assert_eq!(read(&query), Some(slip()));
        assert!(query.len() < 260, "short enough for a code that a phone reads from paper: {}", query.len());
    }

    #[test]
    fn half_a_slip_is_none() {
        let query = slip().to_query();
        assert_eq!(read(&query.replace("&seq=6", "")), None);
        assert_eq!(read(&query.replace("&prev=", "&prev=A")), None);
        assert_eq!(read(&query.replace("&index=5", "&index=x")), None);
    }
}
