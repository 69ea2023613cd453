//! Which addresses are on the public network.
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address belongs to the public network: global unicast, by the registries of special-purpose addresses of
/// IANA (RFC 6890 and after). Whatever stands for an IPv4 address inside of an IPv6 address is judged as that one.
/// The metadata services of clouds are link-local or unique-local, and so not public.
#[must_use]
pub const fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

const fn is_public_v4(address: Ipv4Addr) -> bool {
    match address.octets() {
        // This network; private; loopback; multicast, reserved, everybody.
        [0 | 10 | 127 | 224..=255, ..]
        // Link-local.
        | [169, 254, ..]
        // Private.
        | [172, 16..=31, ..]
        | [192, 168, ..]
        // Between a provider and its customers (RFC 6598).
        | [100, 64..=127, ..]
        // Protocol assignments, and documentation (RFC 5737).
        | [192, 0, 0 | 2, _]
        | [198, 51, 100, _]
        | [203, 0, 113, _]
        // AS112 and its second range, AMT, relays of 6to4.
        | [192, 31, 196, _]
        | [192, 175, 48, _]
        | [192, 52, 193, _]
        | [192, 88, 99, _]
        // Benchmarks (RFC 2544).
        | [198, 18..=19, ..]
        // Answers to hosts in the machine of one cloud (Azure), the only such address that looks public.
        | [168, 63, 129, 16] => false,
        _ => true,
    }
}

const fn is_public_v6(address: Ipv6Addr) -> bool {
    let s = address.segments();
    // Only this part of the address space is given out at all; loopback, unspecified, IPv4-mapped and -compatible,
    // unique-local, link-local, site-local and multicast lie outside of it.
    if s[0] & 0xe000 != 0x2000 {
        // NAT64 (RFC 6052) is what the address inside of it is.
        return matches!(s, [0x64, 0xff9b, 0, 0, 0, 0, ..]) && is_public_v4(within(s[6], s[7]));
    }
    match s {
        // Protocol assignments (RFC 2928): Teredo, benchmarks, ORCHID. Documentation (RFC 3849, RFC 9637).
        [0x2001, 0..=0x01ff | 0x0db8, ..]
        | [0x3fff, 0..=0x0fff, ..]
        // Direct delegation AS112 (RFC 7534).
        | [0x2620, 0x004f, 0x8000, ..] => false,
        // 6to4 (RFC 3056) and ISATAP (RFC 5214) are what the address inside of them is.
        [0x2002, high, low, ..] | [_, _, _, _, 0 | 0x0200, 0x5efe, high, low] => is_public_v4(within(high, low)),
        _ => true,
    }
}

const fn within(high: u16, low: u16) -> Ipv4Addr {
    let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
    Ipv4Addr::new(a, b, c, d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_network_is_public() {
        let public = [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "93.184.216.34",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.1",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "168.63.129.15",
            "2001:4860:4860::8888",
            "2606:4700:4700::1111",
            "2a00:1450:4001::1",
            "2001:200::1",
            "2002:101:101::1",
            "64:ff9b::8.8.8.8",
            "2620:4f:8001::1",
        ];
        for text in public {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
        let special = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.255",
            "168.63.129.16",
            "169.254.0.1",
            "169.254.169.254",
            "169.254.170.2",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.0.192",
            "192.0.2.1",
            "192.31.196.1",
            "192.52.193.1",
            "192.88.99.1",
            "192.168.0.1",
            "192.168.255.255",
            "192.175.48.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::8.8.8.8",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::ffff:169.254.169.254",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b::169.254.169.254",
            "64:ff9b:1::8.8.8.8",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:a00:1::1",
            "2002:a9fe:a9fe::1",
            "2620:4f:8000::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fdff::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "ff0e::1",
            "2606:4700::5efe:10.0.0.1",
            "2606:4700::200:5efe:127.0.0.1",
        ];
        for text in special {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn what_is_inside_of_an_address_decides_for_all_of_ipv4() {
        for a in 0..=255u8 {
            for b in 0..=255u8 {
                let inner = Ipv4Addr::new(a, b, 5, 7);
                let [high, low] = [u16::from_be_bytes([a, b]), u16::from_be_bytes([5, 7])];
                let six_to_four = Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1);
                let nat64 = Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low);
                assert_eq!(is_public(six_to_four.into()), is_public(inner.into()), "{inner}");
                assert_eq!(is_public(nat64.into()), is_public(inner.into()), "{inner}");
                assert!(!is_public(inner.to_ipv6_mapped().into()), "{inner}");
            }
        }
    }
}
