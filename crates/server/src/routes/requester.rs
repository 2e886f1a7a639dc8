//! Who asks: the page's origin and the client's address.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};

use axum::extract::{FromRequestParts, Request};
use axum::http::header::ORIGIN;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};

use crate::app::App;
use crate::client_address::client_address;
use crate::serve::Peer;

/// The origin of the page that asks, where a browser names one.
pub(super) struct Origin(Option<HeaderValue>);

impl Origin {
    /// The origin that these headers name.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        Self(headers.get(ORIGIN).cloned())
    }

    /// No origin, as of one whose page does not matter.
    pub(super) const NONE: Self = Self(None);

    /// The origin as text; one that is no text is empty, and so belongs to nobody.
    pub(super) fn as_str(&self) -> Option<&str> {
        self.0.as_ref().map(|value| value.to_str().unwrap_or_default())
    }
}

impl<S: Sync> FromRequestParts<S> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

/// The address that a request is counted under.
pub(super) fn address(app: &App, request: &Request) -> IpAddr {
    let peer = request.extensions().get::<Peer>().map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.0.ip());
    app.forwarding.look(peer, request.headers(), &app.trusted_proxies);
    client_address(peer, forwarded_for(request.headers()).into_iter(), &app.trusted_proxies)
}

fn forwarded_for(headers: &HeaderMap) -> Vec<&str> {
    headers.get_all("x-forwarded-for").iter().map(|line| line.to_str().unwrap_or_default()).collect()
}
