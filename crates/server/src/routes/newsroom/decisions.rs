//! Decisions: made, listed, taken back.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use dumka_api::limits::DECISIONS_BODY_MAX_BYTES;
use dumka_api::newsroom::{DecisionOutcome, DecisionsMade, NewDecisions, UndoSet, paths};
use dumka_api::problem::MEDIA_TYPE;
use dumka_api::{Problem, ProblemKind, site};
use serde::Serialize;

use super::comment_wire::{comment, decision};
use super::comments::comment_id;
use super::question::{question, time, value_invalid};
use super::staff::IdPath;
use crate::auth::{AuthState, Caller};
use crate::commands::{self, Actor, ChosenComments, DecidedComment, NewDecision, NotDecided, sites_with};
use crate::domain::decision::{check_note, check_words};
use crate::domain::staff::Right;
use crate::http::json_body;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{
    BodyUnsupported, JsonInvalid, NewsroomNotFound, NewsroomRefused, RateLimited, WriteFailed,
};
use crate::storage::{DecisionId, DecisionRefusal, DecisionWords, LogQuery, SeenComment};

/// The largest number of decisions that one request takes back.
const MAX_UNDONE: u32 = 10_000;

/// Decides on comments: on those that are named, each with the revision of the text that was seen, or on all that a query
/// finds while it finds as many as expected. Each has an outcome; where nothing at all was decided on, the status is that
/// of the first outcome.
#[utoipa::path(
    post,
    path = paths::DECISIONS,
    tag = "newsroom",
    security(("staff_session" = []), ("api_key" = [])),
    request_body = NewDecisions,
    responses(
        (status = 200, description = "An outcome for each comment", body = DecisionsMade),
        JsonInvalid, NewsroomRefused, NewsroomNotFound,
        (status = 409, description = "`decision_outdated`, with `results`; `query_changed`, with `limit`: the number found", body = Problem, content_type = "application/problem+json"),
        BodyUnsupported,
        (status = 422, description = "`value_invalid`, `comments_too_many`, `note_too_long`, `words_too_long`, `control_characters`, `decision_invalid`", body = Problem, content_type = "application/problem+json"),
        RateLimited, WriteFailed,
    )
)]
pub(crate) async fn decide(
    State(state): State<AuthState>,
    caller: Caller,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let new: NewDecisions =
        json_body::read_up_to(DECISIONS_BODY_MAX_BYTES, &state.bodies, &parts.headers, body).await?;
    let (store, actor) = (&*state.context.store, caller.actor());
    let words = DecisionWords {
        reason: new.reason,
        note: check_note(new.note.as_deref())?,
        words: check_words(new.words.as_deref())?,
    };
    let comments = match (new.comments, new.query, new.expect) {
        (Some(comments), None, None) => {
            let seen = comments.iter().map(|comment| {
                let id = comment.id.parse().map_err(|_| value_invalid("comments"))?;
                Ok(SeenComment { id, text_revision: Some(comment.text_revision) })
            });
            ChosenComments::Named(seen.collect::<Result<_, ApiError>>()?)
        }
        (None, Some(query), Some(expected)) => {
            let query = Box::new(question(store, &actor, &query, Right::Decide).await?);
            ChosenComments::Found { query, expected }
        }
        (None, Some(_), None) => return Err(value_invalid("expect")),
        _ => return Err(value_invalid("comments")),
    };
    let new = NewDecision { comments, act: new.decision, words };
    let results = commands::decide(store, &actor, new, state.context.clock.now()).await?;
    Ok(made(results, &actor))
}

/// Takes one decision back, as a decision of its own.
#[utoipa::path(
    post,
    path = paths::DECISION_UNDO,
    tag = "newsroom",
    params(("id" = String, Path, description = "The decision's id")),
    security(("staff_session" = []), ("api_key" = [])),
    responses(
        (status = 200, description = "The decision that takes it back", body = DecisionsMade),
        NewsroomRefused, NewsroomNotFound,
        (status = 409, description = "`decision_superseded`, with `results`: it was taken back, or decided again since", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`decision_invalid`: nothing that can be taken back", body = Problem, content_type = "application/problem+json"),
        RateLimited, WriteFailed,
    )
)]
pub(crate) async fn undo(
    State(state): State<AuthState>,
    caller: Caller,
    IdPath(id): IdPath,
) -> Result<Response, ApiError> {
    let (context, actor) = (&state.context, caller.actor());
    let id = DecisionId(comment_id(&id)?.0);
    let result = commands::undo(&*context.store, &actor, id, context.clock.now()).await?;
    Ok(made(vec![result], &actor))
}

/// Takes back everything that somebody decided in a time, on the sites on which the caller may decide.
#[utoipa::path(
    post,
    path = paths::DECISIONS_UNDO,
    tag = "newsroom",
    security(("staff_session" = []), ("api_key" = [])),
    request_body = UndoSet,
    responses(
        (status = 200, description = "An outcome for each decision, the newest first", body = DecisionsMade),
        JsonInvalid, NewsroomRefused, NewsroomNotFound, BodyUnsupported,
        (status = 422, description = "`value_invalid`: its `field` says which", body = Problem, content_type = "application/problem+json"),
        RateLimited, WriteFailed,
    )
)]
pub(crate) async fn undo_set(
    State(state): State<AuthState>,
    caller: Caller,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let set: UndoSet = json_body::read(&state.bodies, &parts.headers, body).await?;
    let (store, actor) = (&*state.context.store, caller.actor());
    let site = set.site.as_deref().map(site::canonical);
    let query = LogQuery {
        sites: Some(sites_with(store, &actor, Right::Decide, site.as_deref()).await?),
        by: Some(set.by),
        since: time(Some(&set.since), "since")?,
        until: time(set.until.as_ref(), "until")?,
        limit: MAX_UNDONE,
        ..LogQuery::default()
    };
    let results = commands::undo_all(store, &actor, query, state.context.clock.now()).await?;
    Ok(Json(outcomes(results, &actor)).into_response())
}

/// A failure of all comments, with the outcome of each.
#[derive(Serialize)]
struct NothingDecided {
    #[serde(flatten)]
    problem: Problem,
    #[serde(flatten)]
    made: DecisionsMade,
}

/// Answers with the outcomes; as a problem where there is none but failures.
fn made(results: Vec<DecidedComment>, actor: &Actor<'_>) -> Response {
    let made = outcomes(results, actor);
    let Some(kind) = made.results.first().filter(|_| made.decided == 0).and_then(|first| first.kind) else {
        return Json(made).into_response();
    };
    let error = ApiError::new(kind, "Nothing was decided; each comment has its reason.");
    let (status, problem) = (error.status(), error.into_problem());
    let body = serde_json::to_vec(&NothingDecided { problem, made }).expect("outcomes have string keys only");
    (status, [(CONTENT_TYPE, MEDIA_TYPE)], body).into_response()
}

fn outcomes(results: Vec<DecidedComment>, actor: &Actor<'_>) -> DecisionsMade {
    let results: Vec<_> = results.into_iter().map(|result| outcome(result, actor)).collect();
    DecisionsMade {
        decided: results.iter().filter(|result| result.decision.is_some()).count() as u64,
        results,
    }
}

fn outcome(result: DecidedComment, actor: &Actor<'_>) -> DecisionOutcome {
    let id = result.id.to_string().into();
    let comment = result.now.map(|now| Box::new(comment(now, actor)));
    match result.outcome {
        Ok(record) => DecisionOutcome {
            id,
            status: StatusCode::OK.as_u16(),
            decision: Some(decision(record, actor)),
            kind: None,
            comment,
        },
        Err(reason) => {
            let kind = kind_of(reason);
            let status = ApiError::new(kind, "").status().as_u16();
            DecisionOutcome { id, status, decision: None, kind: Some(kind), comment }
        }
    }
}

fn kind_of(reason: NotDecided) -> ProblemKind {
    match reason {
        NotDecided::NotAllowed => ProblemKind::RoleInsufficient,
        NotDecided::Refused(DecisionRefusal::NotThere) => ProblemKind::NotFound,
        NotDecided::Refused(DecisionRefusal::Outdated) => ProblemKind::DecisionOutdated,
        NotDecided::Refused(DecisionRefusal::NotFitting) => ProblemKind::DecisionInvalid,
        NotDecided::Refused(DecisionRefusal::Superseded) => ProblemKind::DecisionSuperseded,
    }
}
