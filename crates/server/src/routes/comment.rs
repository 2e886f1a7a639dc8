//! One comment: how it stands, and what its author does with it.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use dumka_api::{CommentEdit, Problem, SingleComment, Submitted, paths};
use serde::Serialize;

use super::requester::Origin;
use super::{bearer, json_body};
use crate::app::App;
use crate::commands::{self, OwnComment, SitePolicy};
use crate::domain::comment::CommentId;
use crate::domain::token::TokenHash;
use crate::problem::{Failure, NO_STORE};
use crate::storage::{CommentRecord, Visibility};

/// The comment that a path names. What is no id names nothing.
pub(super) struct CommentPath(CommentId);

impl<S: Send + Sync> FromRequestParts<S> for CommentPath {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let id = path.ok().and_then(|Path(id)| id.parse().ok());
        id.map(Self).ok_or_else(Failure::not_found)
    }
}

/// Shows a comment as everybody sees it; to its author, who brings the edit token, also while it is pending, and
/// with the text as written.
#[utoipa::path(
    get,
    path = paths::COMMENT,
    tag = "comments",
    params(("id" = String, Path, description = "The comment's id")),
    security((), ("edit_token" = [])),
    responses(
        (status = 200, description = "The comment, or the mark that stands in its place", body = SingleComment),
        (status = 401, description = "`token_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "With a token: `not_yours`, `origin_not_allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: hidden or not there", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`store_unavailable`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(
    State(app): State<Arc<App>>,
    path: CommentPath,
    origin: Origin,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let token = bearer::token(&headers)?;
    // What everybody may read is the same from every page.
    let origin = if token.is_some() { origin } else { Origin::NONE };
    let (known, policy) = known(&app, path, token, &origin).await?;
    let shown = match token {
        Some(token) => commands::show(&app.context, &policy, OwnComment::claim(known, token)?)?,
        None => SingleComment {
            comment: known.comment.for_everybody(),
            text: None,
            edit_until: None,
            server_time: None,
        },
    };
    Ok(unstored(&shown))
}

/// Gives a comment another text, inside the edit window. It is checked and moderated like a new one, so it may
/// become pending; a pending one stays so. The same text again changes nothing.
#[utoipa::path(
    patch,
    path = paths::COMMENT,
    tag = "comments",
    params(("id" = String, Path, description = "The comment's id")),
    security(("edit_token" = [])),
    request_body(content = CommentEdit, example = json!({"text": "About time, *really*.", "edited_at": null})),
    responses(
        (status = 200, description = "The comment as it is now", body = Submitted),
        (status = 400, description = "`json_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`not_yours`, `edit_window_over`, `origin_not_allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: hidden, removed or not there", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`edit_conflict`: the text has changed since `edited_at`", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`body_too_large`: over 64 KiB", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`content_type_unsupported`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`text_empty`, `text_too_long`, `control_characters`; `value_invalid`: `edited_at` is no time", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`store_unavailable`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
        (status = 507, description = "`store_full`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn edit(
    State(app): State<Arc<App>>,
    path: CommentPath,
    origin: Origin,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let token = bearer::required(&headers)?;
    let edit: CommentEdit = json_body::read(&headers, body, app.body_timeout).await?;
    let (known, policy) = known(&app, path, Some(token), &origin).await?;
    let own = OwnComment::claim(known, token)?;
    Ok(unstored(&commands::edit(&app.context, &policy, &own, &edit).await?))
}

/// Deletes a comment, inside the edit window, with everything that its author wrote in it. Where others answered
/// it, an empty mark stands in its place. Once more is answered like once.
#[utoipa::path(
    delete,
    path = paths::COMMENT,
    tag = "comments",
    params(("id" = String, Path, description = "The comment's id")),
    security(("edit_token" = [])),
    responses(
        (status = 204, description = "It is gone"),
        (status = 401, description = "`token_missing`, `token_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`not_yours`, `edit_window_over`, `origin_not_allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: hidden or not there", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`store_unavailable`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn delete(
    State(app): State<Arc<App>>,
    path: CommentPath,
    origin: Origin,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let token = bearer::required(&headers)?;
    let (known, policy) = known(&app, path, Some(token), &origin).await?;
    commands::delete(&app.context, &policy, &OwnComment::claim(known, token)?).await?;
    Ok((StatusCode::NO_CONTENT, [(CACHE_CONTROL, NO_STORE)]).into_response())
}

/// The comment that whoever asks may know of, on a site that their page may use. That a hidden one is there is
/// told to nobody but its author, whichever page they ask from.
pub(super) async fn known(
    app: &App,
    CommentPath(id): CommentPath,
    token: Option<TokenHash>,
    origin: &Origin,
) -> Result<(CommentRecord, SitePolicy), Failure> {
    let known = app.context.store.comment(id).await?;
    let may_know = |known: &CommentRecord| {
        known.visibility == Visibility::Visible || token == Some(known.edit_token_hash)
    };
    let known = known.filter(may_know).ok_or_else(Failure::not_found)?;
    let policy = app.sites.admit(&known.thread.site, origin.as_str())?;
    Ok((known, policy))
}

/// An answer for one reader alone.
pub(super) fn unstored(value: &impl Serialize) -> Response {
    let no_store: (_, HeaderValue) = (CACHE_CONTROL, NO_STORE);
    ([no_store], Json(value)).into_response()
}
