//! Judges by its origin a form that no browser has asked permission for: one of this server's own page, of a page of the
//! site, or of another.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN, REFERER};
use url::Url;

use crate::http::reader_cookie::Transport;
use crate::public_url::PublicUrl;
use crate::sites::Sites;

/// The word of browsers for an origin that they do not tell.
const OPAQUE: &str = "null";

/// Judges the origins of forms.
#[derive(Clone)]
pub(crate) struct FormOrigins {
    /// The sites served.
    pub(crate) sites: Arc<Sites>,
    /// The address at which browsers reach this server, where it is configured.
    pub(crate) public_url: Option<Arc<PublicUrl>>,
}

impl FormOrigins {
    /// Tells whether a form for `site` came from a page that may send it, or from no browser at all.
    pub(crate) fn allow(&self, site: &str, headers: &HeaderMap) -> bool {
        let origin = text(headers, ORIGIN.as_str());
        match (origin, text(headers, "sec-fetch-site")) {
            (Some(origin), _) if origin != OPAQUE => self.is_known(site, headers, origin),
            // The browser itself compared the page with where the form goes.
            (_, Some(relation)) => matches!(relation, "same-origin" | "none"),
            (origin, None) => match text(headers, REFERER.as_str()).map(Url::parse) {
                Some(Ok(page)) => self.is_known(site, headers, &page.origin().ascii_serialization()),
                Some(Err(_)) => false,
                None => origin.is_none(),
            },
        }
    }

    /// Returns how browsers reach this server: as its settings say, else as the page does that sends the form.
    pub(crate) fn transport(&self, headers: &HeaderMap) -> Transport {
        let page = || [ORIGIN, REFERER].iter().any(|name| text(headers, name.as_str()).is_some_and(is_https));
        let is_secure = self.public_url.as_ref().map_or_else(page, |url| url.is_secure());
        if is_secure { Transport::Secure } else { Transport::Plain }
    }

    fn is_known(&self, site: &str, headers: &HeaderMap, origin: &str) -> bool {
        self.sites.admit(site, Some(origin)).is_ok() || self.is_own(headers, origin)
    }

    /// Tells whether a page of this origin is this server's. Where its address is not configured, it goes by the name it
    /// was asked under, of which a browser tells no scheme; and not where no site is configured, since that name may be
    /// anybody's.
    fn is_own(&self, headers: &HeaderMap, origin: &str) -> bool {
        if let Some(url) = &self.public_url {
            return url.origin() == origin;
        }
        let is_configured = matches!(*self.sites, Sites::Configured(_));
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        is_configured && authority.is_some() && authority == text(headers, HOST.as_str())
    }
}

fn is_https(address: &str) -> bool {
    address.starts_with("https://")
}

/// Returns the one value of a header. Several, or one that is no text, count as an empty one.
fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    Some(if values.next().is_some() { "" } else { value.to_str().unwrap_or_default() })
}
