//! Reports of comments.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use dumka_api::{NewReport, Problem, paths};
use serde_json::json;

use super::comment::{CommentPath, no_store, visible_comment};
use crate::app::WriteState;
use crate::commands::{self, Actor, FileReport};
use crate::http::client::Client;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{
    BodyTooSlow, BodyUnsupported, JsonInvalid, OriginNotAllowed, RateLimited, WriteFailed,
};
use crate::http::{bearer, json_body};

/// Reports a comment to the moderators. When readers of so many addresses as the server is set to have reported
/// it, it waits for a moderator.
#[utoipa::path(
    post,
    path = paths::REPORT,
    tag = "comments",
    params(("id" = String, Path, description = "The comment's id")),
    security(("reader_token" = [])),
    request_body(content = NewReport, example = json!({"reason": "spam", "note": "The same under every article."})),
    responses(
        (status = 202, description = "The report is kept; an empty object", body = Object, example = json!({})),
        JsonInvalid,
        (status = 401, description = "`token_missing`, `token_invalid`, with `WWW-Authenticate`", body = Problem, content_type = "application/problem+json"),
        OriginNotAllowed,
        (status = 404, description = "`not_found`: no published comment has this id", body = Problem, content_type = "application/problem+json"),
        BodyTooSlow,
        (status = 409, description = "`already_reported` by the same reader", body = Problem, content_type = "application/problem+json"),
        BodyUnsupported,
        (status = 422, description = "`reason_invalid`, `note_too_long`, `control_characters`", body = Problem, content_type = "application/problem+json"),
        RateLimited, WriteFailed,
    )
)]
pub(crate) async fn report(
    State(state): State<WriteState>,
    path: CommentPath,
    client: Client,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let token = bearer::required(&parts.headers)?;
    let anybody = Actor::Guest { token: None, address: client.address };
    let (record, _) = visible_comment(&state, path, &anybody, &client.origin).await?;
    let report: NewReport = json_body::read(&state.bodies, &parts.headers, body).await?;
    let reporter = Actor::Guest { token: Some(token), address: client.address };
    let file = FileReport {
        comment: record.comment.id,
        report: &report,
        to_hold: state.reader_limits.reports_to_hold,
    };
    commands::report(&state.context, &reporter, file).await?;
    state.metrics.record_report();
    Ok((StatusCode::ACCEPTED, no_store(&json!({}))).into_response())
}
