//! Keys of sender domains: made here, sealed before they are stored, opened to sign.
use base::clock::Chance;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use num_bigint::BigUint;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::signature::RsaKeyPair;
use sha2::{Digest, Sha256};

use super::Key;

/// What the key that seals is made for.
const PURPOSE: &[u8] = b"rialto seal 1: signing keys of sender domains\n";
/// Bits of one prime; the modulus has twice as many.
const PRIME_BITS: usize = 1024;
/// Rounds of Miller and Rabin with random bases: FIPS 186-5 asks for 5 at this size, for an error below 2^-112.
const ROUNDS: usize = 8;
const EXPONENT: u32 = 65_537;

/// A new key.
pub struct Made {
    /// For the record in the DNS: base64 of the public key (SubjectPublicKeyInfo).
    pub public: String,
    /// The private key, sealed.
    pub sealed: String,
}

/// Makes an RSA key of 2,048 bits and seals it. Takes tenths of a second of one core.
///
/// # Errors
/// When the key that came out is refused.
#[expect(clippy::many_single_char_names, reason = "the standard's own names")]
pub fn make(chance: &dyn Chance, seed: &[u8; 32]) -> Result<Made, String> {
    // Names of the numbers as RFC 8017 has them.
    let e = BigUint::from(EXPONENT);
    let one = BigUint::from(1u8);
    let (p, q, d) = loop {
        let (mut p, mut q) = (prime(chance, &e), prime(chance, &e));
        if p < q {
            std::mem::swap(&mut p, &mut q);
        }
        // FIPS 186-5: primes that are too near each other are found from their product.
        if (&p - &q).bits() <= PRIME_BITS as u64 - 100 {
            continue;
        }
        let (p1, q1) = (&p - &one, &q - &one);
        let lambda = (&p1 * &q1) / gcd(p1, q1);
        if let Some(d) = e.modinv(&lambda) {
            break (p, q, d);
        }
    };
    let n = &p * &q;
    let (dp, dq) = (&d % (&p - &one), &d % (&q - &one));
    let inverse = q.modinv(&p).ok_or("two primes with a common divisor")?;
    let private = sequence(&[
        integer(&BigUint::from(0u8)),
        integer(&n),
        integer(&e),
        integer(&d),
        integer(&p),
        integer(&q),
        integer(&dp),
        integer(&dq),
        integer(&inverse),
    ]);
    // What ring takes it signs with: it checks that the numbers belong together.
    RsaKeyPair::from_der(&private).map_err(|refused| format!("a new RSA key: {refused}"))?;
    let public_key = sequence(&[integer(&n), integer(&e)]);
    let mut bits = vec![0];
    bits.extend_from_slice(&public_key);
    const RSA: [u8; 15] =
        [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
    let public = sequence(&[RSA.to_vec(), tagged(0x03, &bits)]);
    Ok(Made { public: STANDARD.encode(public), sealed: seal(chance, seed, &private)? })
}

/// Opens a sealed key.
///
/// # Errors
/// When it was sealed by another installation, or changed.
pub fn open(sealed: &str, seed: &[u8; 32]) -> Result<Key, String> {
    let opened = opened(sealed, seed)?;
    let pair = RsaKeyPair::from_der(&opened).map_err(|refused| format!("a stored RSA key: {refused}"))?;
    Ok(Key::Rsa(Box::new(pair)))
}

fn opened(sealed: &str, seed: &[u8; 32]) -> Result<Vec<u8>, String> {
    let bytes = STANDARD.decode(sealed).map_err(|_| "a sealed key that is not base64")?;
    let (nonce, rest) = bytes.split_first_chunk::<NONCE_LEN>().ok_or("a sealed key that is too short")?;
    let mut rest = rest.to_vec();
    let opened: &[u8] = sealing(seed)?
        .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(PURPOSE), &mut rest)
        .map_err(|_| "a key that another installation sealed")?;
    Ok(opened.to_vec())
}

/// Seals a key for another seed. One that is sealed for it already stays as it is.
///
/// # Errors
/// When it was sealed by another installation, or changed.
pub fn seal_anew(
    chance: &dyn Chance,
    sealed: &str,
    old: &[u8; 32],
    new: &[u8; 32],
) -> Result<String, String> {
    if opened(sealed, new).is_ok() {
        return Ok(sealed.to_owned());
    }
    seal(chance, new, &opened(sealed, old)?)
}

fn seal(chance: &dyn Chance, seed: &[u8; 32], private: &[u8]) -> Result<String, String> {
    let mut nonce = [0; NONCE_LEN];
    chance.fill(&mut nonce);
    let mut sealed = private.to_vec();
    sealing(seed)?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(PURPOSE), &mut sealed)
        .map_err(|_| "a key cannot be sealed")?;
    Ok(STANDARD.encode([nonce.to_vec(), sealed].concat()))
}

fn sealing(seed: &[u8; 32]) -> Result<LessSafeKey, String> {
    let mut key = Sha256::new();
    key.update(PURPOSE);
    key.update(seed);
    let key = UnboundKey::new(&AES_256_GCM, &key.finalize()).map_err(|_| "a sealing key of a wrong size")?;
    Ok(LessSafeKey::new(key))
}

/// A random prime of [`PRIME_BITS`] with its two highest bits set, so that the product of two has twice as many.
fn prime(chance: &dyn Chance, e: &BigUint) -> BigUint {
    let small = small_primes();
    let one = BigUint::from(1u8);
    loop {
        let mut bytes = [0; PRIME_BITS / 8];
        chance.fill(&mut bytes);
        bytes[0] |= 0xC0;
        bytes[PRIME_BITS / 8 - 1] |= 1;
        let candidate = BigUint::from_bytes_be(&bytes);
        let divides = |prime: &u32| &candidate % *prime == BigUint::from(0u8);
        if small.iter().any(divides) || (&candidate - &one) % e == BigUint::from(0u8) {
            continue;
        }
        if is_probably_prime(chance, &candidate) {
            return candidate;
        }
    }
}

/// Miller and Rabin.
fn is_probably_prime(chance: &dyn Chance, n: &BigUint) -> bool {
    let one = BigUint::from(1u8);
    let before = n - &one;
    let twos = before.trailing_zeros().unwrap_or(0);
    let odd = &before >> twos;
    'rounds: for _ in 0..ROUNDS {
        let mut bytes = [0; PRIME_BITS / 8];
        chance.fill(&mut bytes);
        let base = BigUint::from_bytes_be(&bytes) % (&before - &one) + &one;
        let mut x = base.modpow(&odd, n);
        if x == one || x == before {
            continue;
        }
        for _ in 1..twos {
            x = &x * &x % n;
            if x == before {
                continue 'rounds;
            }
        }
        return false;
    }
    true
}

/// Odd primes below 2,000.
fn small_primes() -> Vec<u32> {
    (3..2_000).step_by(2).filter(|n| (3..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0)).collect()
}

fn gcd(mut a: BigUint, mut b: BigUint) -> BigUint {
    while b.bits() > 0 {
        (a, b) = (b.clone(), a % b);
    }
    a
}

fn integer(number: &BigUint) -> Vec<u8> {
    let mut bytes = number.to_bytes_be();
    // The highest bit is the sign's.
    if bytes[0] & 0x80 != 0 {
        bytes.insert(0, 0);
    }
    tagged(0x02, &bytes)
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tagged(0x30, &parts.concat())
}

/// DER: tag, length, content; of at most 65,535 bytes.
fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = vec![tag];
    match length {
        0..0x80 => out.push(length as u8),
        0x80..0x100 => out.extend_from_slice(&[0x81, length as u8]),
        _ => out.extend_from_slice(&[0x82, (length >> 8) as u8, length as u8]),
    }
    out.extend_from_slice(content);
    out
}
