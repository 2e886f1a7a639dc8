//! The cookie of a session: for this server alone, for no script, and never sent from pages of others.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

use crate::domain::staff_session::SESSION_MAX_SECS;
use crate::http::reader_cookie::Transport;

/// The name where browsers speak HTTPS. They take a cookie of this name from this host alone, by HTTPS alone (RFC 6265bis,
/// 4.1.3.2).
const SECURE_NAME: &str = "__Host-dumka-staff";
/// The name where they speak HTTP, on this machine.
const PLAIN_NAME: &str = "dumka-staff";
/// Browsers keep it as long as the session may last.
const KEPT: Duration = Duration::seconds(SESSION_MAX_SECS.cast_signed());

/// The cookie of a session.
pub(crate) struct SessionCookie;

impl SessionCookie {
    /// Reads the token of a request. Of two cookies with the name, one was planted, and nobody knows which.
    pub(crate) fn token(headers: &HeaderMap, transport: Transport) -> Option<String> {
        let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        let cookies = lines.flat_map(Cookie::split_parse).filter_map(Result::ok);
        let mut own = cookies.filter(|cookie| cookie.name() == name(transport));
        let token = own.next()?.value().to_owned();
        own.next().is_none().then_some(token)
    }

    /// Returns the value of `Set-Cookie` that begins a session.
    pub(crate) fn set(token: &str, transport: Transport) -> HeaderValue {
        header(&cookie(token, transport).max_age(KEPT).build())
    }

    /// Returns the value of `Set-Cookie` that ends one.
    pub(crate) fn clear(transport: Transport) -> HeaderValue {
        header(&cookie("", transport).max_age(Duration::ZERO).build())
    }
}

fn name(transport: Transport) -> &'static str {
    match transport {
        Transport::Secure => SECURE_NAME,
        Transport::Plain => PLAIN_NAME,
    }
}

fn cookie(value: &str, transport: Transport) -> cookie::CookieBuilder<'_> {
    let cookie = Cookie::build((name(transport), value)).path("/").http_only(true);
    cookie.same_site(SameSite::Strict).secure(transport == Transport::Secure)
}

fn header(cookie: &Cookie<'_>) -> HeaderValue {
    HeaderValue::try_from(cookie.to_string()).expect("a token is ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookie_is_for_this_host_alone() {
        let set = SessionCookie::set("t", Transport::Secure);
        let set = set.to_str().unwrap();
        for part in
            ["__Host-dumka-staff=t", "HttpOnly", "SameSite=Strict", "Secure", "Path=/", "Max-Age=2592000"]
        {
            assert!(set.contains(part), "{set}");
        }
        assert!(!set.contains("Domain"));
        let plain = SessionCookie::set("t", Transport::Plain);
        assert!(
            plain.to_str().unwrap().starts_with("dumka-staff=t")
                && !plain.to_str().unwrap().contains("Secure")
        );
    }

    #[test]
    fn token_is_read_by_the_name_of_the_transport() {
        let mut headers = HeaderMap::new();
        let line = "dumka-staff=plain; other=1; __Host-dumka-staff=secure";
        headers.append(COOKIE, HeaderValue::from_static(line));
        assert_eq!(SessionCookie::token(&headers, Transport::Plain).as_deref(), Some("plain"));
        assert_eq!(SessionCookie::token(&headers, Transport::Secure).as_deref(), Some("secure"));
        headers.append(COOKIE, HeaderValue::from_static("dumka-staff=planted"));
        assert_eq!(SessionCookie::token(&headers, Transport::Plain), None);
    }
}
