//! Bearer tokens (RFC 6750): what a browser shows to be known again.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use dumka_api::ProblemKind;
use dumka_api::limits::{TOKEN_MAX_BYTES, TOKEN_MIN_BYTES};

use crate::problem::Failure;

/// The request's one bearer token: 16 to 128 visible ASCII characters.
pub(super) fn token(headers: &HeaderMap) -> Result<&str, Failure> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        let detail = "This needs an Authorization header with a bearer token.";
        return Err(Failure::new(ProblemKind::TokenMissing, detail));
    };
    let token = value.to_str().ok().and_then(bearer);
    token.filter(|_| values.next().is_none()).ok_or_else(|| {
        let detail = "The Authorization header is one bearer token of 16 to 128 visible ASCII characters.";
        Failure::new(ProblemKind::TokenInvalid, detail)
    })
}

fn bearer(credentials: &str) -> Option<&str> {
    let (scheme, token) = credentials.split_once(' ')?;
    let is_token = (TOKEN_MIN_BYTES..=TOKEN_MAX_BYTES).contains(&token.len())
        && token.bytes().all(|byte| byte.is_ascii_graphic());
    (scheme.eq_ignore_ascii_case("bearer") && is_token).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bearer_token_in_its_bounds_is_one() {
        let longest = "x".repeat(128);
        assert_eq!(bearer("Bearer 0123456789abcdef"), Some("0123456789abcdef"));
        assert_eq!(bearer(&format!("bearer {longest}")), Some(longest.as_str()));
        for credentials in [
            "Bearer",
            "Bearer ",
            "Bearer 0123456789abcde",
            "Basic 0123456789abcdef",
            "0123456789abcdef",
            "Bearer 0123456789 abcdef",
            &format!("Bearer {longest}x"),
        ] {
            assert_eq!(bearer(credentials), None, "{credentials}");
        }
    }
}
