//! Reads bearer tokens (RFC 6750), and keeps their hashes alone.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use dumka_api::ProblemKind;
use dumka_api::limits::{TOKEN_MAX_BYTES, TOKEN_MIN_BYTES};

use crate::domain::token::TokenHash;
use crate::http::problem::ApiError;

/// Reads the token of a request, where it has one.
pub(crate) fn token(headers: &HeaderMap) -> Result<Option<TokenHash>, ApiError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let token = value.to_str().ok().and_then(bearer).filter(|token| is_token(token));
    match token {
        Some(token) if values.next().is_none() => Ok(Some(TokenHash::of(token))),
        _ => Err(ApiError::new(
            ProblemKind::TokenInvalid,
            "Authorization is one header: Bearer and a token of 16 to 128 visible ASCII characters.",
        )),
    }
}

/// Reads the token of a request that needs one.
pub(crate) fn required(headers: &HeaderMap) -> Result<TokenHash, ApiError> {
    token(headers)?.ok_or_else(ApiError::token_missing)
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim_matches(' '))
}

/// Tells whether a text can be a token.
fn is_token(text: &str) -> bool {
    (TOKEN_MIN_BYTES..=TOKEN_MAX_BYTES).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(values: &[&'static str]) -> HeaderMap {
        let mut all = HeaderMap::new();
        for value in values {
            all.append(AUTHORIZATION, HeaderValue::from_static(value));
        }
        all
    }

    #[test]
    fn token_is_taken_whatever_the_case_of_its_scheme() {
        for value in ["Bearer 0123456789abcdef", "bearer 0123456789abcdef", "BEARER  0123456789abcdef"] {
            let hash = token(&headers(&[value])).unwrap();
            assert_eq!(hash, Some(TokenHash::of("0123456789abcdef")), "{value}");
        }
        assert_eq!(token(&HeaderMap::new()).unwrap(), None);
    }

    #[test]
    fn anything_else_is_refused() {
        for value in [
            "",
            "Bearer",
            "Bearer ",
            "Bearer short",
            "0123456789abcdef",
            "Basic 0123456789abcdef",
            "Bearer 0123 56789abcdef",
        ] {
            assert!(token(&headers(&[value])).is_err(), "{value}");
        }
        let twice = headers(&["Bearer 0123456789abcdef", "Bearer 0123456789abcdef"]);
        assert!(token(&twice).is_err());
        assert!(required(&HeaderMap::new()).is_err());
    }
}
