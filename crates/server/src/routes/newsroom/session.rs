//! Signs in by a name and a password, makes a password by a link, and signs out.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use dumka_api::newsroom::{Credentials, InviteSeen, Me, NewPassword, SignInLink, staff_paths};
use dumka_api::{Problem, ProblemKind};

use super::me::me;
use crate::auth::{AuthState, Caller, OwnAddress, SameOrigin, SessionCookie, device};
use crate::commands::{self, SessionToken};
use crate::http::json_body;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{
    BodyUnsupported, JsonInvalid, LinkSpent, NewsroomRefused, OriginNotAllowed, RateLimited, WriteFailed,
};

/// Signs in by a name and a password. A name that is not there is answered like a wrong password.
#[utoipa::path(
    post,
    path = staff_paths::SESSION,
    tag = "newsroom",
    request_body = Credentials,
    responses(
        (status = 200, description = "Who is signed in, with the cookie of the session", body = Me),
        JsonInvalid,
        (status = 401, description = "`sign_in_failed`", body = Problem, content_type = "application/problem+json"),
        OriginNotAllowed, BodyUnsupported, RateLimited, WriteFailed,
    )
)]
pub(crate) async fn sign_in(
    State(state): State<AuthState>,
    SameOrigin(own): SameOrigin,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let credentials: Credentials = json_body::read(&state.bodies, &parts.headers, body).await?;
    // Whoever tries one name from many addresses is slowed down, too.
    let name = commands::sign_in_name(&credentials.name);
    state.rates.sign_in_names.count_name_everywhere(&name).await.map_err(|limited| {
        let detail = "There were too many attempts to sign in by this name.";
        ApiError::new(ProblemKind::RateLimited, detail).retry_after(limited.retry_after_secs)
    })?;
    let device = device(&parts.headers);
    let token = commands::sign_in(&state.context, &state.passwords, &credentials, &device).await?;
    signed_in(&state, &own, &token).await
}

/// Tells whom a link invites. The link stays unused until a passkey or a password is made.
#[utoipa::path(
    post,
    path = staff_paths::SESSION_INVITE,
    tag = "newsroom",
    request_body = SignInLink,
    responses(
        (status = 200, description = "The person", body = InviteSeen),
        JsonInvalid, OriginNotAllowed, LinkSpent, BodyUnsupported, RateLimited, WriteFailed,
    )
)]
pub(crate) async fn invite(
    State(state): State<AuthState>,
    SameOrigin(own): SameOrigin,
    request: Request,
) -> Result<Json<InviteSeen>, ApiError> {
    let (parts, body) = request.into_parts();
    let SignInLink { link } = json_body::read(&state.bodies, &parts.headers, body).await?;
    let member = commands::linked_member(&state.context, &link).await?;
    Ok(Json(InviteSeen { name: member.name, passkeys: own.relying_party().is_some() }))
}

/// Makes a password by a link, and signs in. The person's other links end.
#[utoipa::path(
    post,
    path = staff_paths::SESSION_PASSWORD,
    tag = "newsroom",
    request_body = NewPassword,
    responses(
        (status = 200, description = "Who is signed in, with the cookie of the session", body = Me),
        JsonInvalid, OriginNotAllowed, LinkSpent, BodyUnsupported,
        (status = 422, description = "`password_too_short`, `password_too_long`", body = Problem, content_type = "application/problem+json"),
        RateLimited, WriteFailed,
    )
)]
pub(crate) async fn make_password(
    State(state): State<AuthState>,
    SameOrigin(own): SameOrigin,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let new: NewPassword = json_body::read(&state.bodies, &parts.headers, body).await?;
    let (link, device) = ((new.link.as_str(), new.password.as_str()), device(&parts.headers));
    let token = commands::make_password(&state.context, &state.passwords, link, &device).await?;
    signed_in(&state, &own, &token).await
}

/// Signs out: ends the session that asks.
#[utoipa::path(
    delete,
    path = staff_paths::SESSION,
    tag = "newsroom",
    security(("staff_session" = [])),
    responses(
        (status = 204, description = "The session has ended"),
        NewsroomRefused,
        (status = 404, description = "`not_found`: a key has no session", body = Problem, content_type = "application/problem+json"),
        RateLimited, WriteFailed,
    )
)]
pub(crate) async fn sign_out(
    State(state): State<AuthState>,
    Caller(_, session): Caller,
    request: Request,
) -> Result<Response, ApiError> {
    let session = session.ok_or_else(ApiError::not_found)?;
    state.context.store.end_session(&session.id).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(own) = OwnAddress::of(state.public_url.as_deref(), request.headers()) {
        response.headers_mut().insert(SET_COOKIE, SessionCookie::clear(own.transport()));
    }
    Ok(response)
}

/// Answers with the session's person and its cookie.
pub(super) async fn signed_in(
    state: &AuthState,
    own: &OwnAddress,
    SessionToken(token): &SessionToken,
) -> Result<Response, ApiError> {
    let caller = Caller::signed_in(&state.context, token).await?;
    let cookie = (SET_COOKIE, SessionCookie::set(token, own.transport()));
    Ok(([cookie], Json(me(state, &caller).await?)).into_response())
}
