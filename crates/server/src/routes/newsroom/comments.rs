//! Comments in queues, one with all that stands around it, and answers in place.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use dumka_api::Problem;
use dumka_api::newsroom::{
    CommentDetail, LiveHello, NewStaffReply, NewsroomComment, NewsroomListing, NewsroomThread, paths,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::comment_wire::{self, comment, comments, decision};
use super::question::{QueueParams, question};
use super::staff::IdPath;
use crate::auth::{AuthState, Caller};
use crate::commands::{self, Actor, CommentContext, count_queues, list_queue, show_context, sites_with};
use crate::domain::comment::CommentId;
use crate::domain::staff::Right;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{
    BodyUnsupported, JsonInvalid, NewsroomNotFound, NewsroomRefused, RateLimited, StoreUnavailable,
    WriteFailed,
};
use crate::http::query::{Once, Query};
use crate::http::{idempotency_key, json_body};

/// Lists the comments that a question finds, on the sites that the caller sees. Pages that follow each other by `next`
/// repeat no comment and leave none out, whatever comes in between.
#[utoipa::path(
    get,
    path = paths::COMMENTS,
    tag = "newsroom",
    params(QueueParams),
    security(("staff_session" = []), ("api_key" = [])),
    responses(
        (status = 200, description = "Comments, and the number of all that the question finds", body = NewsroomListing),
        (status = 400, description = "`query_invalid`, `limit_invalid`, `cursor_invalid`, `search_too_long`", body = Problem, content_type = "application/problem+json"),
        NewsroomRefused, NewsroomNotFound,
        (status = 422, description = "`value_invalid`: its `field` says which", body = Problem, content_type = "application/problem+json"),
        RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn list(
    State(state): State<AuthState>,
    caller: Caller,
    Query(params): Query<QueueParams>,
) -> Result<Json<NewsroomListing>, ApiError> {
    let (store, actor) = (&*state.context.store, caller.actor());
    let query = question(store, &actor, &params.read()?, Right::Read).await?;
    let (page, total) = list_queue(store, &query).await?;
    let next = page.comments.last().filter(|_| page.has_more).map(|last| last.comment.id.to_string());
    Ok(Json(NewsroomListing { comments: comments(page.comments, &actor), total, next }))
}

/// Shows a comment with all that stands around it.
#[utoipa::path(
    get,
    path = paths::COMMENT,
    tag = "newsroom",
    params(("id" = String, Path, description = "The comment's id")),
    security(("staff_session" = []), ("api_key" = [])),
    responses(
        (status = 200, description = "The comment, and what stands around it", body = CommentDetail),
        NewsroomRefused, NewsroomNotFound, RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn show(
    State(state): State<AuthState>,
    caller: Caller,
    IdPath(id): IdPath,
) -> Result<Json<CommentDetail>, ApiError> {
    let (store, actor) = (&*state.context.store, caller.actor());
    let context = show_context(store, &actor, comment_id(&id)?).await?;
    let key = context.comment.thread.clone();
    let thread = super::threads::thread(&state, &actor, &key).await?;
    Ok(Json(detail(context, thread, &actor)))
}

fn detail(context: CommentContext, thread: NewsroomThread, actor: &Actor<'_>) -> CommentDetail {
    let site = context.comment.thread.site.clone();
    CommentDetail {
        comment: comment(context.comment, actor),
        thread,
        ancestors: comments(context.ancestors, actor),
        replies: comments(context.replies, actor),
        reports: context
            .reports
            .into_iter()
            .map(|report| comment_wire::report(report, &site, actor))
            .collect(),
        decisions: context.decisions.into_iter().map(|record| decision(record, actor)).collect(),
        others: comments(context.others, actor),
        author: context.author,
    }
}

/// Answers a published comment with the badge of the caller's role. Only what somebody waits for gets an answer: a waiting
/// comment is approved first. With an `Idempotency-Key`, the same answer again is stored once.
#[utoipa::path(
    post,
    path = paths::REPLIES,
    tag = "newsroom",
    params(
        ("id" = String, Path, description = "The id of the comment that is answered"),
        ("Idempotency-Key" = Option<String>, Header, description = "1–128 visible ASCII characters; without one, the same text again is the same answer"),
    ),
    security(("staff_session" = []), ("api_key" = [])),
    request_body = NewStaffReply,
    responses(
        (status = 201, description = "The answer", body = NewsroomComment),
        JsonInvalid, NewsroomRefused, NewsroomNotFound, BodyUnsupported,
        (status = 422, description = "`text_empty`, `text_too_long`, `control_characters`, `parent_not_found`", body = Problem, content_type = "application/problem+json"),
        RateLimited, WriteFailed,
    )
)]
pub(crate) async fn reply(
    State(state): State<AuthState>,
    caller: Caller,
    IdPath(id): IdPath,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let key = parts.headers.get("idempotency-key").map(|key| idempotency_key::check(key.as_bytes()));
    let key = key.transpose()?;
    let new: NewStaffReply = json_body::read(&state.bodies, &parts.headers, body).await?;
    let (context, actor) = (&state.context, caller.actor());
    let id = commands::reply(context, &actor, (comment_id(&id)?, &new.text), key).await?;
    let stored = context.store.newsroom_comments(&[id]).await?.pop().ok_or_else(ApiError::not_found)?;
    Ok((StatusCode::CREATED, Json(comment(stored, &actor))).into_response())
}

/// The parameters of the counters.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CountersParams {
    /// Only this site.
    #[param(value_type = Option<String>)]
    site: Once,
}

impl CountersParams {
    /// Returns the site that is asked for.
    pub(super) fn site(&self) -> Result<Option<&str>, ApiError> {
        self.site.value("site")
    }
}

/// Counts the comments in the queues of the sites that the caller sees.
#[utoipa::path(
    get,
    path = paths::COUNTERS,
    tag = "newsroom",
    params(CountersParams),
    security(("staff_session" = []), ("api_key" = [])),
    responses(
        (status = 200, description = "The numbers, each up to 10,001", body = LiveHello),
        NewsroomRefused, NewsroomNotFound, RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn counters(
    State(state): State<AuthState>,
    caller: Caller,
    Query(params): Query<CountersParams>,
) -> Result<Json<LiveHello>, ApiError> {
    let store = &*state.context.store;
    let site = params.site()?.map(dumka_api::site::canonical);
    let sites = sites_with(store, &caller.actor(), Right::Read, site.as_deref()).await?;
    let sites = count_queues(store, sites).await?;
    Ok(Json(LiveHello { sites, server_time: state.context.clock.now().into() }))
}

/// Reads a comment's id. What is none names nothing.
pub(super) fn comment_id(text: &str) -> Result<CommentId, ApiError> {
    text.parse().map_err(|_| ApiError::not_found())
}
