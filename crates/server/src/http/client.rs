//! The client of a request: its network address, and the origin of its page.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::ORIGIN;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue};
use ipnet::IpNet;

use crate::client_address::client_address;
use crate::forwarding::ForwardingNotice;
use crate::serve::Peer;

/// The client that sent a request.
pub(crate) struct Client {
    /// The address that its requests are counted under.
    pub(crate) address: IpAddr,
    /// The origin of its page.
    pub(crate) origin: Origin,
}

/// The origin of a page, where a browser names one.
pub(crate) struct Origin(Option<HeaderValue>);

impl Origin {
    /// The origin of a request to which the page does not matter.
    pub(crate) const NONE: Self = Self(None);

    /// Returns the origin as text. One that is no text is empty, and so belongs to nobody.
    pub(crate) fn as_str(&self) -> Option<&str> {
        self.0.as_ref().map(|value| value.to_str().unwrap_or_default())
    }
}

impl<S> FromRequestParts<S> for Client
where
    S: Sync,
    Arc<ClientAddresses>: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let address = Arc::<ClientAddresses>::from_ref(state).of(&parts.extensions, &parts.headers);
        Ok(Self { address, origin: Origin(parts.headers.get(ORIGIN).cloned()) })
    }
}

/// Reads the addresses of clients, which trusted proxies may name.
#[derive(Debug, Default)]
pub struct ClientAddresses {
    trusted_proxies: Vec<IpNet>,
    notice: ForwardingNotice,
}

impl ClientAddresses {
    /// Creates a reader that believes the `X-Forwarded-For` of these proxies alone.
    pub fn new(trusted_proxies: Vec<IpNet>) -> Self {
        Self { trusted_proxies, notice: ForwardingNotice::default() }
    }

    /// Returns the address that a request is counted under.
    pub(crate) fn of(&self, extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
        let peer = extensions.get::<Peer>().map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.0.ip());
        self.notice.check(peer, headers, &self.trusted_proxies);
        client_address(peer, forwarded_for(headers).into_iter(), &self.trusted_proxies)
    }
}

fn forwarded_for(headers: &HeaderMap) -> Vec<&str> {
    headers.get_all("x-forwarded-for").iter().map(|line| line.to_str().unwrap_or_default()).collect()
}
