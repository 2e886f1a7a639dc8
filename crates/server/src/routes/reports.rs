//! Reports of comments.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use dumka_api::{NewReport, Problem, paths};
use serde_json::json;

use super::requester::{Origin, address};
use super::{bearer, json_body};
use crate::app::App;
use crate::commands::{self, Reporter};
use crate::domain::comment::CommentId;
use crate::problem::{Failure, NO_STORE};

/// Reports a comment to the moderators. When readers of so many addresses as the server is set to have reported
/// it, it waits for a moderator.
#[utoipa::path(
    post,
    path = paths::REPORT,
    tag = "comments",
    params(
        ("id" = String, Path, description = "The comment's id"),
        ("Authorization" = String, Header, description = "`Bearer` and the reader's own token: 16–128 visible ASCII characters that the browser made up and keeps"),
    ),
    request_body(content = NewReport, example = json!({"reason": "spam", "note": "The same under every article."})),
    responses(
        (status = 202, description = "The report is kept; an empty object", body = Object, example = json!({})),
        (status = 400, description = "`json_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, with `WWW-Authenticate`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`origin_not_allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no published comment has this id", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "`request_timeout`: the body did not arrive in time", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`already_reported` by the same reader", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`body_too_large`: over 64 KiB", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`content_type_unsupported`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`reason_invalid`, `note_too_long`, `control_characters`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`store_unavailable`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
        (status = 507, description = "`store_full`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn report(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    origin: Origin,
    request: Request,
) -> Result<Response, Failure> {
    let address = address(&app, &request);
    let (parts, body) = request.into_parts();
    let token = bearer::token(&parts.headers)?;
    let id = commented(&app, &id, &origin).await?;
    let new: NewReport = json_body::read(&parts.headers, body, app.body_timeout).await?;
    let reporter = Reporter { token, address };
    commands::report(&app.context, app.reports_to_hold, (id, &new), reporter).await?;
    app.metrics.record_report();
    Ok((StatusCode::ACCEPTED, [(CACHE_CONTROL, NO_STORE)], Json(json!({}))).into_response())
}

/// The comment of this id, on a site that pages of `origin` may use.
async fn commented(app: &App, id: &str, origin: &Origin) -> Result<CommentId, Failure> {
    let id = id.parse().map_err(|_| Failure::not_found())?;
    let thread = app.context.store.thread_of(id).await?.ok_or_else(Failure::not_found)?;
    app.sites.admit(&thread.site, origin.as_str())?;
    Ok(id)
}
