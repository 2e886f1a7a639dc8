//! The address at which a browser reaches this server, and the demand that a page of this very origin asks.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;
use dumka_api::ProblemKind;

use super::AuthState;
use crate::credentials::RelyingParty;
use crate::http::problem::ApiError;
use crate::http::reader_cookie::Transport;
use crate::origin::is_loopback_origin;
use crate::public_url::PublicUrl;

/// The address at which browsers reach this server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnAddress(PublicUrl);

impl OwnAddress {
    /// The configured address, or else the one asked for where that is on this machine. Any other name may be anybody's: a
    /// page could have brought it to lead here.
    pub(crate) fn of(public_url: Option<&PublicUrl>, headers: &HeaderMap) -> Option<Self> {
        if let Some(url) = public_url {
            return Some(Self(url.clone()));
        }
        let host = headers.get(HOST)?.to_str().ok()?;
        // A browser leaves out the port of HTTP.
        let origin = ["http://", host.strip_suffix(":80").unwrap_or(host)].concat();
        is_loopback_origin(&origin).then(|| Self(PublicUrl::new(&origin)))
    }

    /// Returns the address with its path.
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns the transport by which browsers come.
    pub(crate) fn transport(&self) -> Transport {
        if self.0.is_secure() { Transport::Secure } else { Transport::Plain }
    }

    /// Returns the party for which browsers make passkeys; none where they make none.
    pub(crate) fn relying_party(&self) -> Option<RelyingParty> {
        RelyingParty::at(self.0.origin())
    }

    /// Tells whether a request comes from a page of this origin. Browsers name it in every request that changes something.
    fn is_of(&self, headers: &HeaderMap) -> bool {
        let mut origins = headers.get_all(ORIGIN).iter();
        let origin = origins.next().and_then(|origin| origin.to_str().ok());
        origin == Some(self.0.origin()) && origins.next().is_none()
    }
}

/// A request from a page of this server's own origin.
pub(crate) struct SameOrigin(pub(crate) OwnAddress);

impl SameOrigin {
    /// Fails where the request is from any other page, or from none.
    pub(crate) fn require(public_url: Option<&PublicUrl>, headers: &HeaderMap) -> Result<Self, ApiError> {
        let own = OwnAddress::of(public_url, headers);
        own.filter(|own| own.is_of(headers)).map(Self).ok_or_else(refusal)
    }
}

fn refusal() -> ApiError {
    let detail =
        "This needs the header Origin with this server's own origin: that of public_url, or of this machine.";
    ApiError::new(ProblemKind::OriginNotAllowed, detail)
}

impl<S> FromRequestParts<S> for SameOrigin
where
    S: Sync,
    AuthState: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let public_url: Option<Arc<PublicUrl>> = AuthState::from_ref(state).public_url;
        Self::require(public_url.as_deref(), &parts.headers)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(all: &[(HeaderName, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in all {
            headers.append(name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn configured_address_is_believed_whatever_is_asked_for() {
        let url = PublicUrl::new("https://news.example/dumka");
        let asked = headers(&[(HOST, "evil.example"), (ORIGIN, "https://news.example")]);
        let own = SameOrigin::require(Some(&url), &asked).ok().unwrap().0;
        assert_eq!((own.as_str(), own.transport()), ("https://news.example/dumka", Transport::Secure));
        for origin in ["https://evil.example", "http://news.example", "https://news.example:8443", "null"] {
            let asked = headers(&[(HOST, "news.example"), (ORIGIN, origin)]);
            assert!(SameOrigin::require(Some(&url), &asked).is_err(), "{origin}");
        }
    }

    #[test]
    fn without_it_only_pages_of_this_machine_are_believed() {
        for (host, origin) in
            [("localhost:8080", "http://localhost:8080"), ("127.0.0.1:80", "http://127.0.0.1")]
        {
            let own = SameOrigin::require(None, &headers(&[(HOST, host), (ORIGIN, origin)]));
            assert_eq!(own.ok().unwrap().0.transport(), Transport::Plain);
        }
        for (host, origin) in [
            ("localhost:8080", "http://localhost:8081"),
            ("localhost:8080", "http://127.0.0.1:8080"),
            ("localhost:8080", "https://localhost:8080"),
            ("evil.example", "http://evil.example"),
        ] {
            let own = SameOrigin::require(None, &headers(&[(HOST, host), (ORIGIN, origin)]));
            assert!(own.is_err(), "{origin}");
        }
    }

    #[test]
    fn request_without_an_origin_or_with_two_is_refused() {
        let local = "http://localhost";
        for origins in [&[][..], &[(ORIGIN, local), (ORIGIN, local)]] {
            let asked = headers(&[&[(HOST, "localhost")], origins].concat());
            assert!(SameOrigin::require(None, &asked).is_err());
        }
    }
}
