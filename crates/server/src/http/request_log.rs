//! One log line, one id and one measurement per request; never who asked or for what.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method, Response};
use futures_util::future::TryFutureExt;
use tracing::{Instrument, Span};
use uuid::Builder;

use crate::commands::Context;
use crate::http::middleware::{Inner, Responding};
use crate::metrics::Metrics;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The label of requests that no route took.
const NO_ROUTE: &str = "none";

/// The log of requests and their measurements.
pub(crate) struct RequestLog {
    /// Draws the ids of requests.
    pub(crate) context: Context,
    /// Takes the measurements.
    pub(crate) metrics: Arc<Metrics>,
}

/// A request until it is answered, for the log.
struct LoggedRequest {
    id: String,
    route: Option<MatchedPath>,
    span: Span,
    started: Instant,
}

/// Gives the request an id and, when it is answered, logs and measures it.
pub(crate) fn record<S: Inner<B>, B>(
    log: &Arc<RequestLog>,
    inner: &mut S,
    request: Request,
) -> impl Responding<B> + use<S, B> {
    let logged = LoggedRequest::new(&log.context, &request);
    let log = Arc::clone(log);
    let response = logged.span.in_scope(|| inner.call(request)).instrument(logged.span.clone());
    response.map_ok(move |response| logged.log_response(&log.metrics, response))
}

impl LoggedRequest {
    fn new(context: &Context, request: &Request) -> Self {
        let id = new_id(context);
        let route = request.extensions().get::<MatchedPath>().cloned();
        let method = method_label(request.method());
        let span = tracing::info_span!("request", %id, method, route = route_label(route.as_ref()));
        Self { id, route, span, started: Instant::now() }
    }

    fn log_response<B>(self, metrics: &Metrics, mut response: Response<B>) -> Response<B> {
        let took = self.started.elapsed();
        let status = response.status().as_u16();
        metrics.record_request(route_label(self.route.as_ref()), status, took);
        self.span.in_scope(|| tracing::info!(status, ms = took.as_millis(), "answered"));
        // Where something went wrong, somebody may want to find it in the log; else it would only make answers larger.
        if status >= 400 {
            let id = HeaderValue::try_from(self.id).expect("a UUID is ASCII");
            response.headers_mut().insert(REQUEST_ID, id);
        }
        response
    }
}

fn route_label(route: Option<&MatchedPath>) -> &str {
    route.map_or(NO_ROUTE, MatchedPath::as_str)
}

/// A client may make up methods, as long as it likes; the log takes down none of its words.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn new_id(context: &Context) -> String {
    let mut random = [0; 16];
    context.entropy.fill(&mut random);
    Builder::from_random_bytes(random).into_uuid().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn method_that_a_client_made_up_is_not_repeated() {
        assert_eq!(method_label(&Method::from_bytes(b"OLENA").unwrap()), "other");
        assert_eq!(method_label(&Method::PATCH), "PATCH");
    }
}
