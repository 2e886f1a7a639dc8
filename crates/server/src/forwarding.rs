//! Tells the operator once of a proxy whose word is not believed, behind which all readers would count as one.

use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::HeaderMap;
use ipnet::IpNet;

use crate::client_address::is_public;
use crate::config::trusting;

const X_FORWARDED_FOR: &str = "x-forwarded-for";
/// Headers that proxies tell their clients' addresses by, besides the one that is read.
const NOT_READ: [&str; 2] = ["forwarded", "x-real-ip"];

/// A fault in the setting of proxies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Finding {
    /// A neighbour, which hardly is a reader, speaks for others.
    Untrusted(IpAddr),
    /// Somebody far away does: a proxy, or a reader who would like to be believed.
    UntrustedStranger,
    /// A trusted proxy tells its clients' addresses by a header that is not read.
    NotRead(IpAddr),
}

/// The warnings that were logged already.
#[derive(Debug, Default)]
pub struct ForwardingNotice {
    logged: [AtomicBool; 3],
}

impl ForwardingNotice {
    /// Checks a request of `peer`, and warns of a fault that was not logged before.
    pub fn check(&self, peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) {
        let Some(finding) = finding(peer.to_canonical(), headers, trusted) else { return };
        let logged = &self.logged[finding.number()];
        if !logged.load(Ordering::Relaxed) && !logged.swap(true, Ordering::Relaxed) {
            tracing::warn!("{}", finding.in_words());
        }
    }
}

impl Finding {
    fn number(self) -> usize {
        match self {
            Self::Untrusted(_) => 0,
            Self::UntrustedStranger => 1,
            Self::NotRead(_) => 2,
        }
    }

    /// The log names neighbours alone: a stranger may be a reader.
    fn in_words(self) -> String {
        match self {
            Self::Untrusted(peer) => format!(
                "a proxy at {peer} sends its clients' addresses, and is not trusted, so that all of them count as \
                 one: write {}",
                trusting(peer)
            ),
            Self::UntrustedStranger => {
                "somebody who is not in proxy.trusted sends other clients' addresses; if that is \
                your own proxy or CDN, all of its clients count as one: name its addresses in proxy.trusted"
                    .into()
            }
            Self::NotRead(peer) => format!(
                "the trusted proxy at {peer} sends its clients' addresses without X-Forwarded-For, the one header that \
                 is read, so that all of them count as one: let it send that"
            ),
        }
    }
}

fn finding(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> Option<Finding> {
    let tells = headers.contains_key(X_FORWARDED_FOR);
    let tells_otherwise = NOT_READ.iter().any(|name| headers.contains_key(*name));
    match trusted.iter().any(|net| net.contains(&peer)) {
        true => (tells_otherwise && !tells).then_some(Finding::NotRead(peer)),
        false if !(tells || tells_otherwise) => None,
        false if is_public(peer) => Some(Finding::UntrustedStranger),
        false => Some(Finding::Untrusted(peer)),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn found(peer: &str, header: &'static str, trusted: &str) -> Option<Finding> {
        let header = (HeaderName::from_static(header), HeaderValue::from_static("203.0.113.9"));
        let trusted: Vec<IpNet> = trusted.split_whitespace().map(|net| net.parse().unwrap()).collect();
        finding(peer.parse().unwrap(), &HeaderMap::from_iter([header]), &trusted)
    }

    #[test]
    fn every_header_of_a_neighbour_that_is_not_trusted_is_told() {
        for header in ["x-forwarded-for", "forwarded", "x-real-ip"] {
            for peer in ["127.0.0.1", "10.1.2.3", "172.18.0.1", "192.168.1.1", "::1", "fd00::1", "100.64.0.1"]
            {
                let neighbour = Some(Finding::Untrusted(peer.parse().unwrap()));
                assert_eq!(found(peer, header, "198.51.100.0/24"), neighbour, "{peer} {header}");
            }
        }
        assert_eq!(found("127.0.0.1", "accept", ""), None);
    }

    #[test]
    fn stranger_is_not_named() {
        assert_eq!(found("203.0.113.1", "x-forwarded-for", ""), Some(Finding::UntrustedStranger));
        assert!(!Finding::UntrustedStranger.in_words().contains("203.0.113"));
    }

    #[test]
    fn trusted_proxy_is_told_of_only_where_it_is_not_understood() {
        assert_eq!(found("127.0.0.1", "x-forwarded-for", "127.0.0.0/8"), None);
        let peer = "127.0.0.1".parse().unwrap();
        assert_eq!(found("127.0.0.1", "x-real-ip", "127.0.0.0/8"), Some(Finding::NotRead(peer)));
    }

    #[test]
    fn warning_says_what_to_write() {
        let words = Finding::Untrusted("172.18.0.1".parse().unwrap()).in_words();
        assert!(words.contains("[proxy]") && words.contains("trusted = [\"172.18.0.1\"]"), "{words}");
    }
}
