//! The network address of a client, as far as trusted proxies are believed.

use std::net::{IpAddr, Ipv6Addr};

use ipnet::IpNet;

/// The client's address: the peer's, or, where the peer is a trusted proxy, the rightmost address of
/// `X-Forwarded-For` that is not a trusted proxy itself. `Forwarded` and `X-Real-IP` are not read.
///
/// A forged header only ever adds addresses on the left, beyond the first one that is not trusted.
pub fn client_address<'a>(
    peer: IpAddr,
    forwarded_for: impl DoubleEndedIterator<Item = &'a str>,
    trusted: &[IpNet],
) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|net| net.contains(&address));
    let mut client = peer.to_canonical();
    let hops = forwarded_for.rev().flat_map(|line| line.rsplit(',')).map(parse);
    for hop in hops {
        if !is_trusted(client) {
            return client;
        }
        let Some(address) = hop else { return client };
        client = address;
    }
    client
}

/// Returns the key that rate limits count by: a whole IPv4 address, or the /64 that one IPv6 customer is given.
pub fn rate_limit_key(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    }
}

/// Tells whether an address can be one of many on the internet: neither this machine's nor one of a network around it, where
/// proxies stand.
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            // 100.64.0.0/10 is a provider's own network (RFC 6598).
            let [first, second, ..] = address.octets();
            let is_shared = first == 100 && (64..128).contains(&second);
            let is_near = address.is_loopback() || address.is_private() || address.is_link_local();
            !(is_near || is_shared || address.is_unspecified())
        }
        IpAddr::V6(address) => {
            let is_near = address.is_unique_local() || address.is_unicast_link_local();
            !(address.is_loopback() || is_near || address.is_unspecified())
        }
    }
}

/// An entry of `X-Forwarded-For`; some proxies add a port, and brackets around IPv6.
fn parse(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let with_port = || entry.parse().map(|address: std::net::SocketAddr| address.ip());
    let bracketed = || entry.trim_start_matches('[').trim_end_matches(']').parse();
    let address: Result<IpAddr, _> = entry.parse().or_else(|_| with_port()).or_else(|_| bracketed());
    address.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded_for: &[&str], trusted: &[&str]) -> String {
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        client_address(peer.parse().unwrap(), forwarded_for.iter().copied(), &trusted).to_string()
    }

    #[test]
    fn header_of_an_untrusted_peer_is_ignored() {
        assert_eq!(client("198.51.100.7", &["203.0.113.1"], &[]), "198.51.100.7");
        assert_eq!(client("198.51.100.7", &["203.0.113.1"], &["127.0.0.1/32"]), "198.51.100.7");
    }

    #[test]
    fn rightmost_untrusted_entry_is_the_client() {
        let trusted = ["127.0.0.0/8", "10.0.0.0/8"];
        assert_eq!(client("127.0.0.1", &["6.6.6.6, 203.0.113.1, 10.1.1.1"], &trusted), "203.0.113.1");
        assert_eq!(client("127.0.0.1", &["6.6.6.6", "203.0.113.1"], &trusted), "203.0.113.1");
    }

    #[test]
    fn rubbish_in_the_header_ends_the_search() {
        assert_eq!(client("127.0.0.1", &["203.0.113.1, nonsense"], &["127.0.0.1/32"]), "127.0.0.1");
        assert_eq!(client("127.0.0.1", &[""], &["127.0.0.1/32"]), "127.0.0.1");
    }

    #[test]
    fn ports_and_brackets_of_proxies_are_understood() {
        assert_eq!(client("127.0.0.1", &["203.0.113.1:4711"], &["127.0.0.1/32"]), "203.0.113.1");
        assert_eq!(client("::1", &["[2001:db8::1]:80"], &["::1/128"]), "2001:db8::1");
    }

    #[test]
    fn mapped_ipv4_is_ipv4() {
        assert_eq!(client("::ffff:127.0.0.1", &["::ffff:203.0.113.1"], &["127.0.0.1/32"]), "203.0.113.1");
    }

    #[test]
    fn ipv6_is_counted_by_its_64_bit_network() {
        let key = |text: &str| rate_limit_key(text.parse().unwrap()).to_string();
        assert_eq!(key("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(key("203.0.113.9"), "203.0.113.9");
    }

    #[test]
    fn neighbours_are_not_public() {
        let is_public = |text: &str| is_public(text.parse().unwrap());
        for near in
            ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.0.1", "100.64.0.1", "0.0.0.0"]
        {
            assert!(!is_public(near) && !is_public(&format!("::ffff:{near}")), "{near}");
        }
        for near in ["::1", "fe80::1", "fd00::1", "::"] {
            assert!(!is_public(near), "{near}");
        }
        for far in ["203.0.113.1", "100.128.0.1", "172.32.0.1", "2001:db8::1"] {
            assert!(is_public(far), "{far}");
        }
    }
}
