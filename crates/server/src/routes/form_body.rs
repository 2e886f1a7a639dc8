//! Reading a form as browsers send it where no script runs.

use std::time::Duration;

use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use dumka_api::ProblemKind;

use super::query::Query;
use super::request_body;
use crate::problem::Failure;

/// Reads a form's names and values.
pub(super) async fn read(headers: &HeaderMap, body: Body, patience: Duration) -> Result<Query, Failure> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let detail = "The form is expected as application/x-www-form-urlencoded.";
        return Err(Failure::new(ProblemKind::ContentTypeUnsupported, detail));
    }
    let bytes = request_body::read(headers, body, patience).await?;
    let text = std::str::from_utf8(&bytes);
    Query::parse(text.map_err(|_| Failure::new(ProblemKind::QueryInvalid, "The form is not UTF-8."))?)
}
