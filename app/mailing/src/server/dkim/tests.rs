//! Signatures against the example of RFC 8463, and against a verifier that takes the message apart in its own way.
use base::clock::SystemChance;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use sha2::{Digest, Sha256};

use super::{Key, Signing, canonical, make, open, seal_anew};

const SEED: [u8; 32] = [9; 32];

/// RFC 8463, appendix A.
const MAIL: &str = "From: Joe SixPack <joe@football.example.com>\r\n\
To: Suzie Q <suzie@shopping.example.net>\r\n\
Subject: Is dinner ready?\r\n\
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n\
Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n\
\r\n\
Hi.\r\n\
\r\n\
We lost the game.  Are you hungry yet?\r\n\
\r\n\
Joe.\r\n";

#[test]
fn the_example_of_the_standard_is_signed_as_it_says() {
    let secret = STANDARD.decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=").unwrap();
    let pair = Ed25519KeyPair::from_seed_unchecked(&secret).unwrap();
    let (headers, body) = canonical::split(MAIL.as_bytes()).unwrap();
    let hash = STANDARD.encode(Sha256::digest(canonical::body(body)));
    assert_eq!(hash, "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
    let headers = canonical::headers(headers);
    let mut data = Vec::new();
    for name in ["from", "to", "subject", "date", "message-id"] {
        data.extend_from_slice(&headers.iter().find(|(known, _)| known == name).unwrap().1);
    }
    let signature = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n d=football.example.com; \
        i=@football.example.com;\r\n q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n subject : date : \
        message-id : from : subject : date;\r\n bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=";
    data.extend_from_slice(&canonical::unended(signature.as_bytes()));
    assert_eq!(
        STANDARD.encode(Key::Ed25519(pair).sign(&data).unwrap()),
        "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw=="
    );
}

#[test]
fn the_examples_of_relaxed_forms_come_out() {
    // RFC 6376, 3.4.5.
    let headers = canonical::headers(b"A: X\r\nB : Y\t\r\n\tZ  \r\n");
    let text: Vec<u8> = headers.into_iter().flat_map(|(_, relaxed)| relaxed).collect();
    assert_eq!(text, b"a:X\r\nb:Y Z\r\n");
    assert_eq!(canonical::body(b" C \r\nD \t E\r\n\r\n\r\n"), b" C\r\nD E\r\n");
    assert_eq!(canonical::body(b""), b"");
    assert_eq!(canonical::body(b"\r\n\r\n"), b"");
    assert_eq!(canonical::body(b"x"), b"x\r\n");
}

/// A verifier of its own: works on lines of text, and knows nothing of what made the signature.
fn verified(message: &str, public: &[u8]) -> bool {
    let (head, body) = message.split_once("\r\n\r\n").unwrap();
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let fields: Vec<(String, String)> = unfolded
        .split("\r\n")
        .map(|line| line.split_once(':').unwrap())
        .map(|(name, value)| {
            let words: Vec<&str> = value.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
            (name.trim().to_lowercase(), words.join(" "))
        })
        .collect();
    let signature = &fields.iter().find(|(name, _)| name == "dkim-signature").unwrap().1;
    let tag = |name: &str| {
        let tags = signature.split(';').map(|tag| tag.trim().split_once('=').unwrap());
        tags.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value.replace(' ', ""))
    };
    let mut lines: Vec<String> = body
        .split("\r\n")
        .map(|line| {
            let words: Vec<&str> = line.split([' ', '\t']).collect();
            let lead = if line.starts_with([' ', '\t']) && !line.trim().is_empty() { " " } else { "" };
            let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
            format!("{lead}{}", words.join(" "))
        })
        .collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let mut canonical = lines.join("\r\n");
    if !canonical.is_empty() {
        canonical.push_str("\r\n");
    }
    if tag("bh").unwrap() != STANDARD.encode(Sha256::digest(canonical.as_bytes())) {
        return false;
    }
    let mut left: Vec<&(String, String)> = fields.iter().collect();
    let mut data = String::new();
    for name in tag("h").unwrap().split(':') {
        if let Some(at) = left.iter().rposition(|(known, _)| known == name) {
            let (name, value) = left.remove(at);
            data = format!("{data}{name}:{value}\r\n");
        }
    }
    let (before, _) = signature.rsplit_once("b=").unwrap();
    let data = format!("{data}dkim-signature:{before}b=");
    let given = STANDARD.decode(tag("b").unwrap()).unwrap();
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public).verify(data.as_bytes(), &given).is_ok()
}

/// The key itself, out of its SubjectPublicKeyInfo.
fn bare(public: &str) -> Vec<u8> {
    STANDARD.decode(public).unwrap()[24..].to_vec()
}

#[test]
fn a_new_key_signs_what_others_can_verify() {
    let made = make(&SystemChance, &SEED).unwrap();
    assert!(made.public.starts_with("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA"), "{}", made.public);
    assert!(!made.sealed.contains(&made.public[44..80]));
    assert!(open(&made.sealed, &[8; 32]).is_err(), "sealed for one installation");
    assert!(open(&made.sealed[4..], &SEED).is_err() && open("", &SEED).is_err());
    let anew = seal_anew(&SystemChance, &made.sealed, &SEED, &[8; 32]).unwrap();
    assert!(open(&anew, &[8; 32]).is_ok() && open(&anew, &SEED).is_err());
    assert_eq!(seal_anew(&SystemChance, &anew, &SEED, &[8; 32]).unwrap(), anew, "once");
    assert!(seal_anew(&SystemChance, &made.sealed, &[1; 32], &[8; 32]).is_err());
    let key = open(&made.sealed, &SEED).unwrap();
    let signing = Signing { domain: "alpine.example".into(), selector: "rialto1".into(), key };
    let public = bare(&made.public);
    let body = "Line  one \t\r\n\r\n  indented\r\nlast line without an end";
    let mail = format!(
        "From: Alpine\r\n <hello@alpine.example>\r\nTo: a@b.example\r\nSubject:  Two   words\r\nX-Other: 1\r\n\
         List-Unsubscribe: <https://p.example/m/u/x>\r\n\r\n{body}"
    );
    let line = signing.sign(mail.as_bytes(), 1_793_610_000).unwrap();
    assert!(line.lines().all(|line| line.len() <= 78), "{line}");
    let signed = format!("{line}{mail}");
    assert!(verified(&signed, &public), "{signed}");
    // Changes on the way that are allowed, and those that are not.
    assert!(verified(&signed.replace("Subject:  Two", "SUBJECT: Two"), &public));
    assert!(verified(&signed.replace("X-Other: 1", "X-Other: 2"), &public));
    assert!(!verified(&signed.replace("Two   words", "Two wards"), &public));
    assert!(!verified(&signed.replace("Line", "Lime"), &public));
    assert!(!verified(&signed.replace("X-Other: 1", "From: evil@c.example"), &public), "a second sender");
    assert!(signing.sign(b"no end of headers", 0).is_err());
}

proptest! {
    #[test]
    fn both_forms_of_any_body_are_stable(lines in proptest::collection::vec("[ \ta-z]{0,12}", 0..12)) {
        let body = lines.join("\r\n");
        let once = canonical::body(body.as_bytes());
        prop_assert_eq!(canonical::body(&once), once.clone());
        prop_assert!(once.is_empty() || once.ends_with(b"\r\n"));
        prop_assert!(!once.ends_with(b"\r\n\r\n"));
    }

    #[test]
    fn nothing_that_is_signed_breaks_the_signer(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = (canonical::headers(&bytes), canonical::body(&bytes), canonical::unended(&bytes));
    }
}
