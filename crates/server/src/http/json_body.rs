//! Reads JSON request bodies; a refusal repeats nothing of them.

use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use dumka_api::ProblemKind;
use dumka_api::limits::BODY_MAX_BYTES;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::http::problem::ApiError;
use crate::http::request_body::{BodyLimits, Bounds, DRAIN_MAX_BYTES};

/// Reads a value of the wire from a request's body of at most [`BODY_MAX_BYTES`].
pub(crate) async fn read<T: DeserializeOwned>(
    bodies: &BodyLimits,
    headers: &HeaderMap,
    body: Body,
) -> Result<T, ApiError> {
    read_up_to(BODY_MAX_BYTES, bodies, headers, body).await
}

/// The same of a body of at most `max_bytes`.
pub(crate) async fn read_up_to<T: DeserializeOwned>(
    max_bytes: usize,
    bodies: &BodyLimits,
    headers: &HeaderMap,
    body: Body,
) -> Result<T, ApiError> {
    require_json(headers)?;
    let bounds = Bounds { kept: max_bytes, taken: DRAIN_MAX_BYTES };
    let bytes = bodies.read_within(bounds, headers, body).await?;
    if bytes.trim_ascii_start().starts_with(b"[") {
        // Serde would take an array's values for an object's fields, one after the other.
        let detail = "An object is expected, not an array, at line 1.";
        return Err(ApiError::new(ProblemKind::JsonInvalid, detail));
    }
    serde_json::from_slice(&bytes).map_err(|error| not_json(&error))
}

fn require_json(headers: &HeaderMap) -> Result<(), ApiError> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !is_json(content_type) {
        let detail = "The body is expected as application/json in UTF-8.";
        return Err(ApiError::new(ProblemKind::ContentTypeUnsupported, detail));
    }
    Ok(())
}

/// `application/json`, at most with the one charset that JSON has.
fn is_json(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    is_json
        && parts.filter(|part| !part.is_empty()).all(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or_default();
            !name.eq_ignore_ascii_case("charset") || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        })
}

/// Says what is wrong and where; serde's own words would repeat what was sent.
fn not_json(error: &serde_json::Error) -> ApiError {
    let what = match error.classify() {
        Category::Syntax => "The JSON is malformed",
        Category::Data => "The JSON is not of the expected form",
        Category::Eof | Category::Io => "The JSON ends too early",
    };
    let detail = format!("{what} at line {}, column {}.", error.line(), error.column());
    ApiError::new(ProblemKind::JsonInvalid, detail)
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn only_json_in_utf8_is_taken() {
        for content_type in
            ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""]
        {
            assert!(is_json(content_type), "{content_type}");
        }
        for content_type in
            ["", "text/plain", "application/json; charset=latin1", "application/jsonx", "text/json"]
        {
            assert!(!is_json(content_type), "{content_type}");
        }
    }
}
