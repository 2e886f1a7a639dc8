//! Whether the server lives, whether it can serve, and what it has counted.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use dumka_api::Problem;

use crate::app::App;
use crate::problem::{Failure, NO_STORE};

/// Says that the process lives; a watchdog may restart it otherwise.
#[utoipa::path(get, path = "/healthz", tag = "operation",
    responses((status = 200, description = "The process lives", body = String, content_type = "text/plain")))]
pub(super) async fn alive() -> Response {
    ([(CACHE_CONTROL, NO_STORE)], "alive\n").into_response()
}

/// Says whether comments can be read and written; a load balancer sends readers elsewhere otherwise.
#[utoipa::path(get, path = "/readyz", tag = "operation",
    responses(
        (status = 200, description = "Comments can be read and written", body = String, content_type = "text/plain"),
        (status = 503, description = "`store_unavailable`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn ready(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    app.context.store.ping().await?;
    Ok(([(CACHE_CONTROL, NO_STORE)], "ready\n").into_response())
}

/// What the server has counted since it started, in the OpenMetrics text format.
#[utoipa::path(get, path = "/metrics", tag = "operation",
    responses((status = 200, description = "Counters and histograms", body = String,
        content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8")))]
pub(super) async fn metrics(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let text = app.metrics.to_text().map_err(|error| {
        tracing::error!(%error, "the metrics could not be written");
        Failure::internal()
    })?;
    let content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-store")], text).into_response())
}
