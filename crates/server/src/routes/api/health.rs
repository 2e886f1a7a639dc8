//! Liveness, readiness and metrics, for operators.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use dumka_api::Problem;

use crate::commands::Context;
use crate::http::problem::{ApiError, NO_STORE};
use crate::metrics::Metrics;
use crate::readiness::Readiness;

/// Says that the process lives; a watchdog may restart it otherwise.
#[utoipa::path(get, path = "/healthz", tag = "operation",
    responses((status = 200, description = "The process lives", body = String, content_type = "text/plain")))]
pub(crate) async fn alive() -> Response {
    ([(CACHE_CONTROL, NO_STORE)], "alive\n").into_response()
}

/// Says whether comments can be read and written; a load balancer sends readers elsewhere otherwise.
#[utoipa::path(get, path = "/readyz", tag = "operation",
    responses(
        (status = 200, description = "Comments can be read and written", body = String, content_type = "text/plain"),
        (status = 503, description = "`store_unavailable`, also from the moment at which the server is asked to stop", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn ready(
    State(readiness): State<Readiness>,
    State(context): State<Context>,
) -> Result<Response, ApiError> {
    if readiness.is_draining() {
        return Err(ApiError::stopping());
    }
    context.store.ping().await?;
    Ok(([(CACHE_CONTROL, NO_STORE)], "ready\n").into_response())
}

/// Tells what the server has counted since it started, in the OpenMetrics text format.
#[utoipa::path(get, path = "/metrics", tag = "operation",
    responses((status = 200, description = "Counters and histograms", body = String,
        content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8")))]
pub(crate) async fn metrics(State(metrics): State<Arc<Metrics>>) -> Result<Response, ApiError> {
    let text = metrics.to_text().map_err(|error| {
        tracing::error!(%error, "the metrics could not be written");
        ApiError::internal()
    })?;
    let content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-store")], text).into_response())
}
