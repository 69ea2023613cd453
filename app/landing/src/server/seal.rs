//! When a page was drawn, in a hidden field that nobody else can make.
use base::{CampaignId, Parts, Timestamp};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// What the key is made for.
const PURPOSE: &[u8] = b"rialto landing form 1\n";
/// Hexadecimal digits of a seal.
const DIGITS: usize = 32;

fn mac(parts: &Parts, campaign: CampaignId, at: &str) -> Hmac<Sha256> {
    let mut key = Sha256::new();
    key.update(PURPOSE);
    key.update(parts.signing_seed());
    let mut mac = Hmac::<Sha256>::new_from_slice(&key.finalize()).expect("a key of any length is taken");
    mac.update(campaign.0.as_bytes());
    mac.update(at.as_bytes());
    mac
}

/// The instant under our seal, for the form of one campaign.
pub(super) fn sealed(parts: &Parts, campaign: CampaignId, at: Timestamp) -> String {
    let at = at.0.to_string();
    let seal = hex::encode(mac(parts, campaign, &at).finalize().into_bytes());
    format!("{at}.{}", &seal[..DIGITS])
}

/// The instant, if the seal is ours and of this campaign.
pub(super) fn opened(parts: &Parts, campaign: CampaignId, text: &str) -> Option<Timestamp> {
    let (at, seal) = text.split_once('.')?;
    let is_written_so = at.len() <= 20 && seal.len() == DIGITS;
    let seal = hex::decode(seal).ok().filter(|_| is_written_so)?;
    // Compares in the same time whatever is wrong.
    mac(parts, campaign, at).verify_truncated_left(&seal).ok()?;
    at.parse().ok().map(Timestamp)
}
