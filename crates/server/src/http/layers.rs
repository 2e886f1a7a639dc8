//! Middleware of every route: the limit of time, panics, unknown paths, security headers.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use axum::extract::Request;
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use dumka_api::ProblemKind;
use futures_util::future::{FutureExt, TryFutureExt};

use crate::http::middleware::{Inner, Responding};
use crate::http::problem::ApiError;

/// The time in which every request is answered.
#[derive(Debug, Clone, Copy)]
pub struct RequestTimeout(pub Duration);

/// Answers 503 where a route takes longer than `timeout`, and 500 where it panics.
pub(crate) fn answer_always<S: Inner>(
    timeout: &RequestTimeout,
    inner: &mut S,
    request: Request,
) -> impl Responding + use<S> {
    // What a panic leaves half done is dropped with the future.
    let response = AssertUnwindSafe(inner.call(request)).catch_unwind();
    tokio::time::timeout(timeout.0, response).map(|response| match response {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => Ok(answer_panic(&*panic)),
        Err(_) => {
            tracing::error!("a request was not answered in time");
            Ok(ApiError::store_unavailable().into_response())
        }
    })
}

/// Turns a handler's panic into a problem.
fn answer_panic(panic: &(dyn Any + Send)) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words");
    tracing::error!(panic = words, "a handler panicked");
    ApiError::internal().into_response()
}

/// Answers a path that no route has.
pub(crate) async fn not_found() -> ApiError {
    ApiError::not_found()
}

/// Answers a method that the path's route does not take; the router adds `Allow`.
pub(crate) async fn method_not_allowed() -> ApiError {
    ApiError::new(ProblemKind::MethodNotAllowed, "This path does not take this method; see the Allow header.")
}

const NOSNIFF: (HeaderName, HeaderValue) = (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));

/// Adds the security headers that a response does not have yet. A script makes no document of what it fetches, to which the
/// policies of documents would apply.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "a middleware takes its state by reference")]
pub(crate) fn secure<S: Inner>((): &(), inner: &mut S, request: Request) -> impl Responding + use<S> {
    let add = if is_script(request.headers()) { with_file_headers } else { with_security_headers };
    inner.call(request).map_ok(add)
}

/// Tells whether a browser's script asks (Fetch Metadata Request Headers, 2.1).
pub(crate) fn is_script(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-dest").is_some_and(|destination| destination == "empty")
}

/// Adds the security headers of documents that a response does not have yet.
pub(crate) fn with_security_headers(response: Response) -> Response {
    const DEFAULTS: [(HeaderName, HeaderValue); 3] = [
        NOSNIFF,
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
    ];
    add(&DEFAULTS, response)
}

/// Adds the one security header of what is no document.
pub(crate) fn with_file_headers(response: Response) -> Response {
    add(&[NOSNIFF], response)
}

fn add(headers: &[(HeaderName, HeaderValue)], mut response: Response) -> Response {
    for (name, value) in headers {
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    response
}
