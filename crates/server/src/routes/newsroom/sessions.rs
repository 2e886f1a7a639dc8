//! Lists the caller's own sessions, and ends sessions.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use dumka_api::newsroom::{Session, staff_paths};

use super::staff::IdPath;
use super::staff_wire::session;
use crate::auth::{AuthState, Caller};
use crate::commands;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{
    NewsroomNotFound, NewsroomRefused, RateLimited, StoreUnavailable, WriteFailed,
};

/// Lists the caller's own sessions that are alive, newest first.
#[utoipa::path(
    get,
    path = staff_paths::SESSIONS,
    tag = "newsroom",
    security(("staff_session" = [])),
    responses(
        (status = 200, description = "The sessions; none of a key", body = [Session]),
        NewsroomRefused, RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn list(
    State(state): State<AuthState>,
    Caller(principal, current): Caller,
) -> Result<Json<Vec<Session>>, ApiError> {
    let sessions = commands::sessions_of(&state.context, &principal.id).await?;
    let current = current.as_ref().map(|current| current.id.as_str());
    Ok(Json(sessions.into_iter().map(|one| session(one, current)).collect()))
}

/// Ends a session: one of the caller's own, or one of a person whom the caller manages.
#[utoipa::path(
    delete,
    path = staff_paths::SESSIONS_ONE,
    tag = "newsroom",
    params(("id" = String, Path, description = "The session's id")),
    security(("staff_session" = []), ("api_key" = [])),
    responses(
        (status = 204, description = "The session has ended"),
        NewsroomRefused, NewsroomNotFound, RateLimited, WriteFailed,
    )
)]
pub(crate) async fn end(
    State(state): State<AuthState>,
    caller: Caller,
    IdPath(id): IdPath,
) -> Result<StatusCode, ApiError> {
    let own = commands::sessions_of(&state.context, &caller.0.id).await?;
    if own.iter().any(|session| session.id == id) {
        state.context.store.end_session(&id).await?;
    } else {
        commands::end_staff_session(&state.context, &caller.actor(), &id).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
