//! Links of mails: which message, and what for, under a seal. Nothing is stored for them, and nobody can make one.
use base::{MessageId, Parts, Problem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use sqlx::types::Uuid;

use super::store_keys;
use crate::model::StepId;

/// What the key of these links is made for.
const PURPOSE: &[u8] = b"rialto link 1: mailing\n";
/// Bytes of the seal: 96 bits, of which guessing finds none.
const SEAL: usize = 12;

/// What a link is for. Those that are followed often name the step, too, so that the way is known without a look into
/// the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Click { message: MessageId, step: StepId, link: u16 },
    Open { message: MessageId, step: StepId },
    Unsubscribe { message: MessageId },
}

/// Makes and reads links. Cheap to clone.
#[derive(Clone)]
pub struct Signer {
    now: Hmac<Sha256>,
    /// Keys of before: what was made with them is read still.
    before: Vec<Hmac<Sha256>>,
}

/// The key of links that a signing seed gives, in hex.
pub(super) fn key_of(seed: &[u8; 32]) -> String {
    let mut key = Sha256::new();
    key.update(PURPOSE);
    key.update(seed);
    hex::encode(key.finalize())
}

fn mac(key: &str) -> Hmac<Sha256> {
    Hmac::new_from_slice(&hex::decode(key).unwrap_or_default()).expect("a key of any length is taken")
}

impl Signer {
    /// With a key made from the installation's signing seed.
    #[must_use]
    pub fn new(parts: &Parts) -> Self {
        Self { now: mac(&key_of(parts.signing_seed())), before: Vec::new() }
    }

    /// The same, with the keys of before.
    ///
    /// # Errors
    /// `Internal` when the engine fails.
    pub async fn with_old(parts: &Parts) -> Result<Self, Problem> {
        let old = store_keys::link_keys(&mut parts.db().read().await?).await?;
        Ok(Self { before: old.iter().map(|key| mac(key)).collect(), ..Self::new(parts) })
    }

    /// The token of a link: letters, digits, `-` and `_`.
    #[must_use]
    pub fn sign(&self, purpose: Purpose) -> String {
        let mut bytes = Vec::with_capacity(64);
        match purpose {
            Purpose::Click { message, step, link } => {
                bytes.push(1);
                bytes.extend_from_slice(message.0.as_bytes());
                bytes.extend_from_slice(step.0.as_bytes());
                bytes.extend_from_slice(&link.to_be_bytes());
            }
            Purpose::Open { message, step } => {
                bytes.push(2);
                bytes.extend_from_slice(message.0.as_bytes());
                bytes.extend_from_slice(step.0.as_bytes());
            }
            Purpose::Unsubscribe { message } => {
                bytes.push(3);
                bytes.extend_from_slice(message.0.as_bytes());
            }
        }
        let mut mac = self.now.clone();
        mac.update(&bytes);
        bytes.extend_from_slice(&mac.finalize().into_bytes()[..SEAL]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What a token is for; none when it is not one of ours. Compares in constant time.
    #[must_use]
    pub fn read(&self, token: &str) -> Option<Purpose> {
        if token.len() > 100 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (said, seal) = bytes.split_at_checked(bytes.len().checked_sub(SEAL)?)?;
        let is_sealed = |key: &Hmac<Sha256>| {
            let mut mac = key.clone();
            mac.update(said);
            mac.verify_truncated_left(seal).is_ok()
        };
        if !std::iter::once(&self.now).chain(&self.before).any(is_sealed) {
            return None;
        }
        let id = |from: usize| said.get(from..from + 16).and_then(|bytes| Uuid::from_slice(bytes).ok());
        let message = MessageId(id(1)?);
        match (said[0], said.len()) {
            (1, 35) => {
                let link = u16::from_be_bytes([said[33], said[34]]);
                Some(Purpose::Click { message, step: StepId(id(17)?), link })
            }
            (2, 33) => Some(Purpose::Open { message, step: StepId(id(17)?) }),
            (3, 17) => Some(Purpose::Unsubscribe { message }),
            _ => None,
        }
    }
}

/// The token of one link.
#[must_use]
pub fn sign(parts: &Parts, purpose: Purpose) -> String {
    Signer::new(parts).sign(purpose)
}

/// What a token is for; none when it is not one of ours.
#[must_use]
pub fn read(parts: &Parts, token: &str) -> Option<Purpose> {
    Signer::new(parts).read(token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn signer(seed: u8) -> Signer {
        Signer { now: mac(&key_of(&[seed; 32])), before: Vec::new() }
    }

    fn all() -> [Purpose; 3] {
        let (message, step) = (MessageId(Uuid::from_u128(7)), StepId(Uuid::from_u128(u128::MAX - 1)));
        [
            Purpose::Click { message, step, link: 513 },
            Purpose::Open { message, step },
            Purpose::Unsubscribe { message },
        ]
    }

    #[test]
    fn a_link_is_read_by_whoever_made_it() {
        for purpose in all() {
            let token = signer(1).sign(purpose);
            assert!(token.len() <= 64, "{token}");
            assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
            assert_eq!(signer(1).read(&token), Some(purpose));
            assert_eq!(signer(2).read(&token), None, "another installation's");
            let later = Signer { before: vec![mac(&key_of(&[1; 32]))], ..signer(2) };
            assert_eq!(later.read(&token), Some(purpose), "made before the key was changed");
        }
    }

    #[test]
    fn no_letter_of_a_link_can_be_changed() {
        for purpose in all() {
            let token = signer(1).sign(purpose);
            for at in 0..token.len() {
                for other in ["A", "b", "_", ""] {
                    let mut forged = token.clone();
                    forged.replace_range(at..=at, other);
                    assert!(forged == token || signer(1).read(&forged).is_none(), "{forged}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_else_is_a_link(text in ".{0,120}", bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            prop_assert_eq!(signer(1).read(&text), None);
            prop_assert_eq!(signer(1).read(&URL_SAFE_NO_PAD.encode(bytes)), None);
        }
    }
}
