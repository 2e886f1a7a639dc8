//! Who acts on a thread's own page: a browser without scripts, known by a cookie that it is given at its first act.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use dumka_api::paths;

use super::bearer::is_token;
use crate::domain::token::TokenHash;
use crate::entropy::Entropy;

const NAME: &str = "dumka-reader";
/// Browsers keep no cookie longer.
const KEPT: Duration = Duration::days(400);

/// The token of a reader, like the one that the widget keeps in the page's storage.
pub(super) struct FormReader(String);

impl FormReader {
    /// The reader who asks, if they have acted before.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut cookies = lines.flat_map(Cookie::split_parse).filter_map(Result::ok);
        let own = cookies.find(|cookie| cookie.name() == NAME && is_token(cookie.value()))?;
        Some(Self(own.value().into()))
    }

    /// A reader who has not acted yet.
    pub(super) fn fresh(entropy: &dyn Entropy) -> Self {
        let mut chance = [0; 32];
        entropy.fill(&mut chance);
        Self(BASE64_URL_SAFE_NO_PAD.encode(chance))
    }

    /// The token.
    pub(super) fn token(&self) -> &str {
        &self.0
    }

    /// What the reader's votes are kept under.
    pub(super) fn hash(&self) -> TokenHash {
        TokenHash::of(&self.0)
    }

    /// What gives the token to the browser: for this server's pages of threads alone, and for no script.
    pub(super) fn cookie(&self, is_secure: bool) -> HeaderValue {
        // The form may stand in an article of another site, and a browser that sent no cookie with it would get
        // another one in the place of its own. Who sends the form is judged by its origin.
        let same_site = if is_secure { SameSite::None } else { SameSite::Lax };
        let cookie = Cookie::build((NAME, self.token()))
            .path(paths::THREAD)
            .http_only(true)
            .secure(is_secure)
            .same_site(same_site)
            .max_age(KEPT);
        HeaderValue::try_from(cookie.to_string()).expect("a token is ASCII")
    }
}
