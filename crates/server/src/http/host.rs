//! The header `Host`, which every request of HTTP/1.1 brings once (RFC 9112, 3.2).

use axum::extract::Request;
use axum::http::header::{CONNECTION, HOST};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Version};
use axum::response::{IntoResponse, Response};
use dumka_api::ProblemKind;
use futures_util::future::{Either, ready};

use super::layers;
use super::middleware::{Inner, Responding};
use crate::http::problem::ApiError;

/// Refuses requests of which a proxy in front may think that they are for somebody else.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "a middleware takes its state by reference")]
pub(crate) fn require<S: Inner>((): &(), inner: &mut S, request: Request) -> impl Responding + use<S> {
    if is_right(request.version(), request.headers()) {
        return Either::Left(inner.call(request));
    }
    Either::Right(ready(Ok(refusal())))
}

fn refusal() -> Response {
    let detail = "A request needs one Host header, with the name of a host and perhaps a port.";
    let mut response = ApiError::new(ProblemKind::HostInvalid, detail).into_response();
    // Whoever is not sure where a request ends should not send the next one after it.
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    layers::with_security_headers(response)
}

fn is_right(version: Version, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => version < Version::HTTP_11,
        (Some(host), None) => host.to_str().is_ok_and(is_host),
        (Some(_), Some(_)) => false,
    }
}

/// A host and perhaps a port (RFC 3986, 3.2.2 and 3.2.3), whose digits may be left out.
fn is_host(text: &str) -> bool {
    let host = text.rsplit_once(':').filter(|(_, port)| port.bytes().all(|digit| digit.is_ascii_digit()));
    let host = host.map_or(text, |(host, _)| host);
    let is_authority = host.parse::<Authority>().is_ok_and(|authority| authority.host() == host);
    is_authority && !host.is_empty() && has_whole_escapes(host)
}

fn has_whole_escapes(host: &str) -> bool {
    host.split('%')
        .skip(1)
        .all(|rest| rest.len() >= 2 && rest.bytes().take(2).all(|it| it.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_taken(version: Version, hosts: &[&'static str]) -> bool {
        let headers = hosts.iter().map(|host| (HOST, HeaderValue::from_static(host)));
        let mut all = HeaderMap::new();
        headers.for_each(|(name, value)| {
            all.append(name, value);
        });
        is_right(version, &all)
    }

    #[test]
    fn one_host_is_right() {
        for host in [
            "news.example",
            "news.example:8080",
            "news.example:",
            "127.0.0.1:80",
            "[::1]:8080",
            "[2001:db8::1]",
            "localhost",
            "a_b.example",
            "xn--b1amarcd.example",
        ] {
            assert!(is_taken(Version::HTTP_11, &[host]), "{host}");
        }
    }

    #[test]
    fn none_several_and_broken_ones_are_refused() {
        assert!(!is_taken(Version::HTTP_11, &[]));
        assert!(is_taken(Version::HTTP_10, &[]), "it came with HTTP/1.1");
        for version in [Version::HTTP_10, Version::HTTP_11] {
            assert!(!is_taken(version, &["a.example", "a.example"]));
            for host in [
                "",
                ":80",
                "a b",
                "a.example/",
                "a.example/x",
                "user@a.example",
                "a.example:80:80",
                "a.example:x",
                "http://a.example",
                "a.example?x",
                "a.example#x",
                "[::1",
                "::1",
                "a\\b",
                "a%zz",
                "a%2",
                "<script>",
                "a.example, b.example",
            ] {
                assert!(!is_taken(version, &[host]), "{host}");
            }
        }
    }
}
