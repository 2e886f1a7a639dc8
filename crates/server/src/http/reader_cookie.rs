//! Identifies a reader without JavaScript by the cookie `dumka-reader`, which comes with the first comment or vote.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

use crate::commands::{Context, is_reader_token, new_reader_token};

/// The name where browsers speak HTTPS. They take a cookie of this name from this host alone, by HTTPS alone (RFC 6265bis,
/// 4.1.3.2), so that neither a neighbouring host nor a line in between can plant one.
const SECURE_NAME: &str = "__Host-dumka-reader";
/// The name where they speak HTTP, or nobody knows.
const PLAIN_NAME: &str = "dumka-reader";
/// Browsers keep no cookie longer.
const KEPT: Duration = Duration::days(400);

/// The transport by which browsers reach this server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transport {
    /// By HTTPS.
    Secure,
    /// By HTTP, or nobody knows.
    Plain,
}

/// The reader's token, as the cookie carries it.
pub(crate) struct ReaderCookie(String);

impl ReaderCookie {
    /// Reads the cookie of a request. A token that this server did not make is none.
    pub(crate) fn of(context: &Context, headers: &HeaderMap, transport: Transport) -> Option<Self> {
        let names: &[&str] = match transport {
            Transport::Secure => &[SECURE_NAME],
            Transport::Plain => &[SECURE_NAME, PLAIN_NAME],
        };
        names.iter().find_map(|name| Self::named(context, headers, name))
    }

    fn named(context: &Context, headers: &HeaderMap, name: &str) -> Option<Self> {
        let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut cookies = lines.flat_map(Cookie::split_parse).filter_map(Result::ok);
        let own = cookies.find(|cookie| cookie.name() == name && is_reader_token(context, cookie.value()))?;
        Some(Self(own.value().into()))
    }

    /// Makes a token for a reader who has none.
    pub(crate) fn new(context: &Context) -> Self {
        Self(new_reader_token(context))
    }

    /// Returns the token.
    pub(crate) fn token(&self) -> &str {
        &self.0
    }

    /// Returns the value of `Set-Cookie`: for this server alone, and for no script.
    pub(crate) fn set_cookie(&self, transport: Transport) -> HeaderValue {
        let cookie = match transport {
            // The form may stand in an article of another site, and a browser that sent no cookie with it would get
            // another one in the place of its own. Who sends the form is judged by its origin.
            Transport::Secure => {
                let cookie = Cookie::build((SECURE_NAME, self.token())).path("/").secure(true);
                cookie.same_site(SameSite::None)
            }
            // Without a path it is for what stands beside the thread's page, whatever stands before that.
            Transport::Plain => Cookie::build((PLAIN_NAME, self.token())).same_site(SameSite::Lax),
        };
        let cookie = cookie.http_only(true).max_age(KEPT);
        HeaderValue::try_from(cookie.to_string()).expect("a token is ASCII")
    }
}
