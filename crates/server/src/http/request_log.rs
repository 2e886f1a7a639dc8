//! One log line, one id and one measurement per request; never who asked or for what.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Builder;

use crate::commands::Context;
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

/// Gives the request an id and, when it is answered, logs and measures it.
pub(crate) async fn record(State(log): State<Arc<RequestLog>>, request: Request, next: Next) -> Response {
    let id = new_id(&log.context);
    let method = method_label(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or(NO_ROUTE, MatchedPath::as_str);
    let span = tracing::info_span!("request", %id, method, route);
    let started = Instant::now();

    let mut response = next.run(request).instrument(span.clone()).await;

    let took = started.elapsed();
    let status = response.status().as_u16();
    log.metrics.record_request(route, status, took);
    span.in_scope(|| tracing::info!(status, ms = took.as_millis(), "answered"));
    // Where something went wrong, somebody may want to find it in the log; else it would only make answers larger.
    if status >= 400 {
        let id = HeaderValue::try_from(id).expect("a UUID is ASCII");
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
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
