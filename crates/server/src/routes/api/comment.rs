//! One comment: shows it, and edits or deletes it for its author.

use axum::Json;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use dumka_api::{CommentEdit, Problem, SingleComment, Submitted, paths};
use serde::Serialize;

use crate::app::WriteState;
use crate::commands::{self, Actor, OwnComment, SitePolicy};
use crate::domain::comment::CommentId;
use crate::http::client::{Client, Origin};
use crate::http::problem::responses::{
    BodyUnsupported, ChangeRefused, CommentNotFound, JsonInvalid, RateLimited, StoreUnavailable, WriteFailed,
};
use crate::http::problem::{ApiError, NO_STORE};
use crate::http::{bearer, json_body};
use crate::storage::{CommentRecord, Visibility};

/// The comment that a path names. What is no id names nothing.
pub(crate) struct CommentPath(CommentId);

impl<S: Send + Sync> FromRequestParts<S> for CommentPath {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let id = path.ok().and_then(|Path(id)| id.parse().ok());
        id.map(Self).ok_or_else(ApiError::not_found)
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
        CommentNotFound,
        RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn show(
    State(state): State<WriteState>,
    path: CommentPath,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let token = bearer::token(&headers)?;
    // What everybody may read is the same from every page.
    let origin = if token.is_some() { client.origin } else { Origin::NONE };
    let actor = Actor::Guest { token, address: client.address };
    let (record, policy) = visible_comment(&state, path, &actor, &origin).await?;
    let shown = if token.is_some() {
        commands::show(&state.context, &policy, OwnComment::claim(&state.context, &actor, record)?)?
    } else {
        let comment = record.comment.for_everybody();
        SingleComment { comment, text: None, edit_until: None, server_time: None }
    };
    Ok(no_store(&shown))
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
        JsonInvalid,
        ChangeRefused,
        (status = 404, description = "`not_found`: hidden, removed or not there", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`edit_conflict`: the text has changed since `edited_at`", body = Problem, content_type = "application/problem+json"),
        BodyUnsupported,
        (status = 422, description = "`text_empty`, `text_too_long`, `control_characters`; `value_invalid`: `edited_at` is no time", body = Problem, content_type = "application/problem+json"),
        RateLimited, WriteFailed,
    )
)]
pub(crate) async fn edit(
    State(state): State<WriteState>,
    path: CommentPath,
    client: Client,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let token = Some(bearer::required(&parts.headers)?);
    let edit: CommentEdit = json_body::read(&state.bodies, &parts.headers, body).await?;
    let actor = Actor::Guest { token, address: client.address };
    let (record, policy) = visible_comment(&state, path, &actor, &client.origin).await?;
    let own = OwnComment::claim(&state.context, &actor, record)?;
    Ok(no_store(&commands::edit(&state.context, &policy, &own, &edit).await?))
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
        ChangeRefused,
        CommentNotFound,
        RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn delete(
    State(state): State<WriteState>,
    path: CommentPath,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let token = Some(bearer::required(&headers)?);
    let actor = Actor::Guest { token, address: client.address };
    let (record, policy) = visible_comment(&state, path, &actor, &client.origin).await?;
    let own = OwnComment::claim(&state.context, &actor, record)?;
    commands::delete(&state.context, &policy, &own).await?;
    Ok((StatusCode::NO_CONTENT, [(CACHE_CONTROL, NO_STORE)]).into_response())
}

/// Finds the comment that the actor may know of, on a site that their page may use. That a hidden one is there is told
/// to nobody but its author, whichever page they ask from.
pub(crate) async fn visible_comment(
    state: &WriteState,
    CommentPath(id): CommentPath,
    actor: &Actor<'_>,
    origin: &Origin,
) -> Result<(CommentRecord, SitePolicy), ApiError> {
    let record = state.context.store.comment(id).await?;
    let may_know = |record: &CommentRecord| {
        record.visibility == Visibility::Visible || actor.is_author_of(&state.context, record)
    };
    let record = record.filter(may_know).ok_or_else(ApiError::not_found)?;
    let policy = state.sites.admit(&record.thread.site, origin.as_str())?;
    Ok((record, policy))
}

/// Answers one reader alone: no cache keeps it.
pub(crate) fn no_store(value: &impl Serialize) -> Response {
    let no_store: (_, HeaderValue) = (CACHE_CONTROL, NO_STORE);
    ([no_store], Json(value)).into_response()
}
