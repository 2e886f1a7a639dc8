//! A reader's vote on a comment.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use dumka_api::{NewVote, Problem, Voted, paths};

use super::comment::{CommentPath, known, unstored};
use super::requester::{Origin, address};
use super::{bearer, json_body};
use crate::app::App;
use crate::commands::{self, Voter};
use crate::domain::comment::{Status, StoredComment};
use crate::domain::token::TokenHash;
use crate::domain::vote::{self, Vote};
use crate::problem::Failure;

/// Votes for or against a comment, or withdraws the vote. A reader has one on each comment and may change it; they
/// are known by a token that their browser makes up and keeps, and that is good for nothing else.
#[utoipa::path(
    put,
    path = paths::VOTE,
    tag = "comments",
    params(("id" = String, Path, description = "The comment's id")),
    security(("reader_token" = [])),
    request_body(content = NewVote, example = json!({"value": 1})),
    responses(
        (status = 200, description = "The votes as they are now", body = Voted, example = json!({"votes": {"up": 3, "down": 0}, "value": 1})),
        (status = 400, description = "`json_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`origin_not_allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: not published, or not there", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`body_too_large`: over 64 KiB", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`content_type_unsupported`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`value_invalid`: neither 1 nor 0 nor -1", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`, with `Retry-After`: too many votes, or too many readers of one address", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`store_unavailable`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
        (status = 507, description = "`store_full`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn vote(
    State(app): State<Arc<App>>,
    path: CommentPath,
    origin: Origin,
    request: Request,
) -> Result<Response, Failure> {
    let address = address(&app, &request);
    let (parts, body) = request.into_parts();
    let reader = bearer::required(&parts.headers)?;
    let vote = vote::check(json_body::read(&parts.headers, body, app.body_timeout).await?)?;
    let (known, _) = known(&app, path, None, &origin).await?;
    Ok(unstored(&cast(&app, &known.comment, (address, reader), vote).await?))
}

/// Counts a reader's vote on a comment that is published.
pub(super) async fn cast(
    app: &App,
    comment: &StoredComment,
    (address, reader): (IpAddr, TokenHash),
    vote: Vote,
) -> Result<Voted, Failure> {
    if comment.status != Status::Published {
        return Err(Failure::not_found());
    }
    let comment = comment.id;
    let voter = Voter { reader, address, readers_per_address: app.votes_per_address };
    let outcome = commands::vote(&app.context, comment, voter, vote).await;
    outcome.map_err(|error| Failure::of_vote(error, app.context.clock.now()))
}
