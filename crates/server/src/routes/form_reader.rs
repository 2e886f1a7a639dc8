//! Who acts on a thread's own page: a browser without scripts, known by a cookie that it is given at its first act.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

use crate::commands::{Context, is_reader_token, new_reader_token};
use crate::domain::token::TokenHash;

/// Where browsers speak HTTPS. They take a cookie of this name from this host alone, by HTTPS alone (RFC 6265bis,
/// 4.1.3.2), so that neither a neighbouring host nor a line in between can plant one.
const SECURE_NAME: &str = "__Host-dumka-reader";
/// Where they speak HTTP, or nobody knows.
const PLAIN_NAME: &str = "dumka-reader";
/// Browsers keep no cookie longer.
const KEPT: Duration = Duration::days(400);

/// How browsers reach this server, as far as one request tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transport {
    /// By HTTPS.
    Secure,
    /// By HTTP, or nobody knows.
    Plain,
}

/// The token of a reader, like the one that the widget keeps in the page's storage.
pub(super) struct FormReader(String);

impl FormReader {
    /// The reader who asks, if they have acted before. A token that this server did not make is none.
    pub(super) fn of(context: &Context, headers: &HeaderMap, transport: Transport) -> Option<Self> {
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

    /// A reader who has not acted yet.
    pub(super) fn fresh(context: &Context) -> Self {
        Self(new_reader_token(context))
    }

    /// The token.
    pub(super) fn token(&self) -> &str {
        &self.0
    }

    /// What the reader's votes are kept under.
    pub(super) fn hash(&self) -> TokenHash {
        TokenHash::of(&self.0)
    }

    /// What gives the token to the browser: for this server alone, and for no script.
    pub(super) fn cookie(&self, transport: Transport) -> HeaderValue {
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
