//! Pages for one reader alone, which no cache keeps.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::http::etag;
use crate::routes::page_body::{PageBody, set_page_policy};

/// No cache keeps it, and nothing on the way changes it: some rewrite e-mail addresses, which readers type.
const PRIVATE_PAGE: HeaderValue = HeaderValue::from_static("no-store, no-transform");

/// Tells the browser when to try again, where that is known.
pub(super) fn with_retry_after(mut response: Response, secs: Option<u64>) -> Response {
    if let Some(secs) = secs {
        response.headers_mut().insert(RETRY_AFTER, secs.into());
    }
    response
}

/// Answers with a page for one reader alone.
pub(super) fn private_page(status: StatusCode, body: PageBody) -> Response {
    let content_type = [(CONTENT_TYPE, HeaderValue::from_static(body.content_type))];
    private((status, content_type, body.text).into_response())
}

/// Keeps a page out of every cache.
pub(super) fn private(mut response: Response) -> Response {
    for name in [ETAG, etag::CDN_CACHE_CONTROL] {
        response.headers_mut().remove(name);
    }
    response.headers_mut().insert(CACHE_CONTROL, PRIVATE_PAGE);
    set_page_policy(&mut response);
    response
}
