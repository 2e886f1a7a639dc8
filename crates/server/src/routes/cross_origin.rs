//! Which pages' scripts may read answers: those of the sites for comments, everybody's for the widget's files.

use std::sync::Arc;
use std::time::Duration;

use axum::http::header::{
    ACCESS_CONTROL_EXPOSE_HEADERS, AUTHORIZATION, CONTENT_TYPE, HeaderName, LOCATION, RETRY_AFTER,
};
use axum::http::{HeaderValue, Method, request};
use axum::response::Response;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

use crate::app::App;

/// The header that makes a post repeatable.
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The header by which a stream is resumed. Browsers send it of themselves, other readers of streams may.
pub(super) const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Browsers keep a preflight's answer at most a day, most of them less.
const PREFLIGHT_MAX_AGE: Duration = Duration::from_hours(24);

/// Pages of any served site may read answers, failures included; whether a page may use the one site it asks
/// for is each route's own question.
pub(super) fn of_sites(app: &Arc<App>) -> CorsLayer {
    let app = Arc::clone(app);
    let knows = move |origin: &HeaderValue, _: &request::Parts| {
        origin.to_str().is_ok_and(|origin| app.sites.knows_origin(origin))
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(knows))
        .allow_methods([
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::OPTIONS,
        ])
        .allow_headers([CONTENT_TYPE, IDEMPOTENCY_KEY, AUTHORIZATION, LAST_EVENT_ID])
        .max_age(PREFLIGHT_MAX_AGE)
}

/// Lets pages read what an answer tells in its headers; most tell nothing there, and are shorter for it.
pub(super) async fn expose(mut response: Response) -> Response {
    let told = [LOCATION, RETRY_AFTER].into_iter().find(|name| response.headers().contains_key(name));
    if let Some(name) = told {
        response.headers_mut().insert(ACCESS_CONTROL_EXPOSE_HEADERS, name.into());
    }
    response
}

/// Any page may load the widget's files.
pub(super) fn of_anybody() -> CorsLayer {
    CorsLayer::new().allow_origin(Any).allow_methods([Method::GET]).max_age(PREFLIGHT_MAX_AGE)
}
