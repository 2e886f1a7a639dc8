//! Makes passkeys by a link, and signs in by one.

use axum::Json;
use axum::extract::{Request, State};
use axum::response::Response;
use dumka_api::Problem;
use dumka_api::newsroom::{Me, PasskeyAnswer, PasskeyChallenge, SignInLink, staff_paths};

use super::session::signed_in;
use crate::auth::{AuthState, OwnAddress, SameOrigin, device};
use crate::commands::{self, SignInError};
use crate::credentials::RelyingParty;
use crate::http::json_body;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{
    BodyUnsupported, JsonInvalid, LinkSpent, OriginNotAllowed, RateLimited, WriteFailed,
};

/// Begins to make a passkey by a link. It is finished within five minutes.
#[utoipa::path(
    post,
    path = staff_paths::SESSION_PASSKEY_REGISTER,
    tag = "newsroom",
    request_body = SignInLink,
    responses(
        (status = 200, description = "The options of `navigator.credentials.create`", body = PasskeyChallenge),
        JsonInvalid,
        (status = 401, description = "`passkey_invalid`: browsers make none for this address", body = Problem, content_type = "application/problem+json"),
        OriginNotAllowed, LinkSpent, BodyUnsupported, RateLimited, WriteFailed,
    )
)]
pub(crate) async fn begin_registration(
    State(state): State<AuthState>,
    SameOrigin(own): SameOrigin,
    request: Request,
) -> Result<Json<PasskeyChallenge>, ApiError> {
    let (parts, body) = request.into_parts();
    let SignInLink { link } = json_body::read(&state.bodies, &parts.headers, body).await?;
    Ok(Json(commands::begin_passkey(&state.context, &here(&own)?, &link).await?))
}

/// Makes a passkey by a link, and signs in. The person's other links end.
#[utoipa::path(
    put,
    path = staff_paths::SESSION_PASSKEY_REGISTER,
    tag = "newsroom",
    request_body = PasskeyAnswer,
    responses(
        (status = 200, description = "Who is signed in, with the cookie of the session", body = Me),
        JsonInvalid,
        (status = 401, description = "`passkey_invalid`", body = Problem, content_type = "application/problem+json"),
        OriginNotAllowed, LinkSpent, BodyUnsupported, RateLimited, WriteFailed,
    )
)]
pub(crate) async fn register(
    State(state): State<AuthState>,
    SameOrigin(own): SameOrigin,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let answer: PasskeyAnswer = json_body::read(&state.bodies, &parts.headers, body).await?;
    let token =
        commands::make_passkey(&state.context, &here(&own)?, &answer, &device(&parts.headers)).await?;
    signed_in(&state, &own, &token).await
}

/// Begins to sign in by a passkey, which the person chooses. It is finished within five minutes.
#[utoipa::path(
    post,
    path = staff_paths::SESSION_PASSKEY,
    tag = "newsroom",
    responses(
        (status = 200, description = "The options of `navigator.credentials.get`", body = PasskeyChallenge),
        (status = 401, description = "`passkey_invalid`: browsers make none for this address", body = Problem, content_type = "application/problem+json"),
        OriginNotAllowed, RateLimited, WriteFailed,
    )
)]
pub(crate) async fn begin_sign_in(
    State(state): State<AuthState>,
    SameOrigin(own): SameOrigin,
) -> Result<Json<PasskeyChallenge>, ApiError> {
    Ok(Json(commands::begin_passkey_sign_in(&state.context, &here(&own)?).await?))
}

/// Signs in by a passkey.
#[utoipa::path(
    put,
    path = staff_paths::SESSION_PASSKEY,
    tag = "newsroom",
    request_body = PasskeyAnswer,
    responses(
        (status = 200, description = "Who is signed in, with the cookie of the session", body = Me),
        JsonInvalid,
        (status = 401, description = "`passkey_invalid`", body = Problem, content_type = "application/problem+json"),
        OriginNotAllowed, BodyUnsupported, RateLimited, WriteFailed,
    )
)]
pub(crate) async fn sign_in(
    State(state): State<AuthState>,
    SameOrigin(own): SameOrigin,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let answer: PasskeyAnswer = json_body::read(&state.bodies, &parts.headers, body).await?;
    let device = device(&parts.headers);
    let token = commands::sign_in_by_passkey(&state.context, &here(&own)?, &answer, &device).await?;
    signed_in(&state, &own, &token).await
}

fn here(own: &OwnAddress) -> Result<RelyingParty, ApiError> {
    Ok(own.relying_party().ok_or(SignInError::PasskeyInvalid)?)
}
