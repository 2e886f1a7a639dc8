//! Where a form was sent from, which nobody has asked a browser for permission to do: from this server's own page, from
//! one of the site's, or from elsewhere.

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN, REFERER};
use url::Url;

use super::form_reader::Transport;
use crate::app::App;
use crate::public_url::PublicUrl;
use crate::sites::Sites;

/// What browsers write in the place of an origin that they do not tell.
const OPAQUE: &str = "null";

/// Whether the form came from a page that may send it, or from no browser at all.
pub(super) fn may_send(app: &App, site: &str, headers: &HeaderMap) -> bool {
    let origin = text(headers, ORIGIN.as_str());
    match (origin, text(headers, "sec-fetch-site")) {
        (Some(origin), _) if origin != OPAQUE => is_known(app, site, headers, origin),
        // The browser itself compared the page with where the form goes.
        (_, Some(relation)) => matches!(relation, "same-origin" | "none"),
        (origin, None) => match text(headers, REFERER.as_str()).map(Url::parse) {
            Some(Ok(page)) => is_known(app, site, headers, &page.origin().ascii_serialization()),
            Some(Err(_)) => false,
            None => origin.is_none(),
        },
    }
}

/// How browsers reach this server: as its settings say, else as the page does that sends the form.
pub(super) fn transport(app: &App, headers: &HeaderMap) -> Transport {
    let page = || [ORIGIN, REFERER].iter().any(|name| text(headers, name.as_str()).is_some_and(is_https));
    let is_secure = app.public_url.as_ref().map_or_else(page, PublicUrl::is_secure);
    if is_secure { Transport::Secure } else { Transport::Plain }
}

fn is_https(address: &str) -> bool {
    address.starts_with("https://")
}

fn is_known(app: &App, site: &str, headers: &HeaderMap, origin: &str) -> bool {
    app.sites.admit(site, Some(origin)).is_ok() || is_own(app, headers, origin)
}

/// Whether a page of this origin is this server's. Where its address is not known, it goes by the name it was asked
/// under, of which a browser tells no scheme; and not where no site is configured, since that name may be anybody's.
fn is_own(app: &App, headers: &HeaderMap, origin: &str) -> bool {
    if let Some(url) = &app.public_url {
        return url.origin() == origin;
    }
    let is_configured = matches!(app.sites, Sites::Configured(_));
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    is_configured && authority.is_some() && authority == text(headers, HOST.as_str())
}

/// The one value of a header; several, or one that is no text, are none that is known.
fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    Some(if values.next().is_some() { "" } else { value.to_str().unwrap_or_default() })
}
