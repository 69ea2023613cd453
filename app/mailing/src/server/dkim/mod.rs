//! DKIM signatures (RFC 6376, RFC 8463), relaxed in headers and body, made with ring.
mod canonical;
mod keys;
#[cfg(test)]
mod tests;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use sha2::{Digest, Sha256};

pub use keys::{make, open, seal_anew};

/// Headers that are signed where a message has them. `From` twice: a second one added on the way breaks the signature.
const SIGNED: [&str; 13] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "feedback-id",
    "mime-version",
    "content-type",
    "from",
];

/// A private key.
pub enum Key {
    Rsa(Box<RsaKeyPair>),
    /// As the standard's own example has it. New keys are RSA's, which every receiver knows.
    #[cfg_attr(not(test), expect(dead_code, reason = "too few receivers know it to be made for a domain"))]
    Ed25519(Ed25519KeyPair),
}

/// In whose name messages are signed.
pub struct Signing {
    pub domain: String,
    pub selector: String,
    pub key: Key,
}

impl Signing {
    /// The header line that signs a message, to be put before it. `at` is seconds since 1970.
    ///
    /// # Errors
    /// When the message has no end of its headers, or the key does not sign.
    pub fn sign(&self, message: &[u8], at: i64) -> Result<String, String> {
        self.sign_headers(message, &SIGNED, &format!("t={at};"))
    }

    fn sign_headers(&self, message: &[u8], names: &[&str], more: &str) -> Result<String, String> {
        let (headers, body) = canonical::split(message).ok_or("a message without an end of its headers")?;
        let headers = canonical::headers(headers);
        let mut chosen = Vec::new();
        let mut data = Vec::with_capacity(2048);
        let mut used = vec![false; headers.len()];
        for name in names {
            // The last of several first, as receivers count them; one that is not there is signed as absent.
            let place = (0..headers.len()).rev().find(|at| !used[*at] && headers[*at].0 == *name);
            match place {
                Some(place) => {
                    used[place] = true;
                    data.extend_from_slice(&headers[place].1);
                }
                None if chosen.contains(name) => {}
                None => continue,
            }
            chosen.push(*name);
        }
        let hash = STANDARD.encode(Sha256::digest(canonical::body(body)));
        let algorithm = match self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        };
        let start = format!(
            "DKIM-Signature: v=1; a={algorithm}; c=relaxed/relaxed;\r\n d={}; s={}; {more}\r\n h={};\r\n bh={hash};\r\n b=",
            self.domain,
            self.selector,
            folded_names(&chosen),
        );
        data.extend_from_slice(&canonical::unended(start.as_bytes()));
        let signature = STANDARD.encode(self.key.sign(&data)?);
        let mut line = start;
        for (place, part) in signature.as_bytes().chunks(72).enumerate() {
            line.push_str(if place == 0 { "" } else { "\r\n " });
            line.push_str(std::str::from_utf8(part).unwrap_or_default());
        }
        line.push_str("\r\n");
        Ok(line)
    }
}

/// Names on lines of at most 72 letters.
fn folded_names(names: &[&str]) -> String {
    let mut text = String::new();
    let mut width = 2;
    for (place, name) in names.iter().enumerate() {
        if place > 0 {
            text.push(':');
            width += 1;
        }
        if width + name.len() > 72 {
            text.push_str("\r\n  ");
            width = 2;
        }
        text.push_str(name);
        width += name.len();
    }
    text
}

impl Key {
    fn sign(&self, data: &[u8]) -> Result<Vec<u8>, String> {
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), data, &mut signature)
                    .map_err(|_| "the RSA key does not sign")?;
                Ok(signature)
            }
            // RFC 8463: what is signed is the hash.
            Self::Ed25519(pair) => Ok(pair.sign(&Sha256::digest(data)).as_ref().to_vec()),
        }
    }
}
