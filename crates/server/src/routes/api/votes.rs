//! Votes on comments.

use axum::extract::{Request, State};
use axum::response::Response;
use dumka_api::{NewVote, Problem, Voted, paths};

use super::comment::{CommentPath, no_store, visible_comment};
use crate::app::WriteState;
use crate::commands::{self, Actor, CastVote};
use crate::domain::vote;
use crate::http::client::Client;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{
    BodyUnsupported, JsonInvalid, OriginNotAllowed, TokenRequired, WriteFailed,
};
use crate::http::{bearer, json_body};

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
        JsonInvalid,
        TokenRequired,
        OriginNotAllowed,
        (status = 404, description = "`not_found`: not published, or not there", body = Problem, content_type = "application/problem+json"),
        BodyUnsupported,
        (status = 422, description = "`value_invalid`: neither 1 nor 0 nor -1", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`, with `Retry-After`: too many votes, or too many readers of one address", body = Problem, content_type = "application/problem+json"),
        WriteFailed,
    )
)]
pub(crate) async fn vote(
    State(state): State<WriteState>,
    path: CommentPath,
    client: Client,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let token = bearer::required(&parts.headers)?;
    let vote = vote::check(json_body::read(&state.bodies, &parts.headers, body).await?)?;
    let anybody = Actor::Guest { token: None, address: client.address };
    let (record, _) = visible_comment(&state, path, &anybody, &client.origin).await?;
    let voter = Actor::Guest { token: Some(token), address: client.address };
    let votes_per_address = state.reader_limits.votes_per_address;
    let cast = CastVote { comment: record.comment.id, vote, votes_per_address };
    Ok(no_store(&commands::vote(&state.context, &voter, cast).await?))
}
