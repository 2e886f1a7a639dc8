//! The key that makes a post repeatable.

use axum::http::HeaderMap;
use dumka_api::ProblemKind;
use dumka_api::limits::IDEMPOTENCY_KEY_MAX_BYTES;

use crate::http::cors::IDEMPOTENCY_KEY;
use crate::http::problem::ApiError;

/// Reads the request's one `Idempotency-Key`.
pub(crate) fn read(headers: &HeaderMap) -> Result<&str, ApiError> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
    let Some(value) = values.next() else {
        let detail = "A post needs an Idempotency-Key, so that it can be repeated safely.";
        return Err(ApiError::new(ProblemKind::IdempotencyKeyMissing, detail));
    };
    if values.next().is_some() { Err(invalid()) } else { check(value.as_bytes()) }
}

/// Checks a key: visible ASCII, without the end of a line.
pub(crate) fn check(key: &[u8]) -> Result<&str, ApiError> {
    let is_key = (1..=IDEMPOTENCY_KEY_MAX_BYTES).contains(&key.len()) && key.iter().all(u8::is_ascii_graphic);
    std::str::from_utf8(key).ok().filter(|_| is_key).ok_or_else(invalid)
}

fn invalid() -> ApiError {
    let detail = "The key is one header of 1 to 128 visible ASCII characters.";
    ApiError::new(ProblemKind::IdempotencyKeyInvalid, detail).over(IDEMPOTENCY_KEY_MAX_BYTES)
}
