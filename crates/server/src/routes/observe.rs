//! One log line, one id and one measurement per request; never who asked or for what.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Builder;

use crate::app::App;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// What requests that no route took are counted under.
const NO_ROUTE: &str = "none";

/// Gives the request an id and, when it is answered, logs and measures it.
pub(super) async fn observe(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let id = new_id(&app);
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or(NO_ROUTE, MatchedPath::as_str);
    let span = tracing::info_span!("request", %id, method, route);
    let started = Instant::now();

    let mut response = next.run(request).instrument(span.clone()).await;

    let took = started.elapsed();
    let status = response.status().as_u16();
    app.metrics.record_request(route, status, took);
    span.in_scope(|| tracing::info!(status, ms = took.as_millis(), "answered"));
    // Where something went wrong, somebody may want to find it in the log; else it would only make answers larger.
    if status >= 400 {
        let id = HeaderValue::try_from(id).expect("a UUID is ASCII");
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// A client may make up methods, as long as it likes; the log takes down none of its words.
fn known(method: &Method) -> &'static str {
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

fn new_id(app: &App) -> String {
    let mut chance = [0; 16];
    app.context.entropy.fill(&mut chance);
    Builder::from_random_bytes(chance).into_uuid().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn method_that_a_client_made_up_is_not_repeated() {
        assert_eq!(known(&Method::from_bytes(b"OLENA").unwrap()), "other");
        assert_eq!(known(&Method::PATCH), "PATCH");
    }
}
