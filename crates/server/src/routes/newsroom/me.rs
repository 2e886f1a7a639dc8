//! `GET /api/v1/newsroom/me`

use axum::Json;
use axum::extract::State;
use dumka_api::newsroom::{Me, SiteRole, staff_paths};

use crate::auth::{AuthState, Caller};
use crate::http::problem::ApiError;
use crate::http::problem::responses::{NewsroomRefused, RateLimited, StoreUnavailable};

/// Tells who asks, with the roles as they are now and the sites that are seen.
#[utoipa::path(
    get,
    path = staff_paths::ME,
    tag = "newsroom",
    security(("staff_session" = []), ("api_key" = [])),
    responses(
        (status = 200, description = "The member of staff or the key", body = Me),
        NewsroomRefused, RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn show(State(state): State<AuthState>, caller: Caller) -> Result<Json<Me>, ApiError> {
    me(&state, &caller).await.map(Json)
}

/// Describes a caller.
pub(super) async fn me(state: &AuthState, Caller(principal, session): &Caller) -> Result<Me, ApiError> {
    let sites = match state.sites.configured_ids() {
        Some(ids) => ids,
        None => state.context.store.sites().await?,
    };
    let seen = |site: String| Some(SiteRole { role: principal.role_on(&site)?, site });
    Ok(Me {
        id: principal.id.clone(),
        name: principal.name.clone(),
        roles: principal.roles.clone(),
        sites: sites.into_iter().filter_map(seen).collect(),
        session_until: session.as_ref().map(|session| session.until.into()),
        server_time: state.context.clock.now().into(),
    })
}
