//! Members of staff: lists, invites, gives roles, shuts out.

use axum::Json;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use dumka_api::Problem;
use dumka_api::newsroom::{NewStaff, RoleChange, StaffLink, StaffList, StaffMember, staff_paths};

use super::staff_wire;
use crate::auth::{AuthState, Caller, OwnAddress};
use crate::commands::{self, Invited};
use crate::http::json_body;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{
    BodyUnsupported, JsonInvalid, NewsroomNotFound, NewsroomRefused, RateLimited, StoreUnavailable,
    WriteFailed,
};

/// The id that a path names. What cannot be read names nothing.
pub(crate) struct IdPath(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for IdPath {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.map(|Path(id)| Self(id)).map_err(|_| ApiError::not_found())
    }
}

/// Lists the people on the sites that the caller owns, by name, with their sessions.
#[utoipa::path(
    get,
    path = staff_paths::STAFF,
    tag = "newsroom",
    security(("staff_session" = []), ("api_key" = [])),
    responses(
        (status = 200, description = "Members of staff", body = StaffList),
        NewsroomRefused, RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn list(
    State(state): State<AuthState>,
    caller: Caller,
) -> Result<Json<StaffList>, ApiError> {
    let staff = commands::list_staff(&state.context, &caller.actor()).await?.into_iter();
    Ok(Json(StaffList { staff: staff.map(|record| as_sent(record, &caller)).collect() }))
}

/// Invites a person. The link works once within 24 hours, and is told here alone.
#[utoipa::path(
    post,
    path = staff_paths::STAFF,
    tag = "newsroom",
    security(("staff_session" = []), ("api_key" = [])),
    request_body = NewStaff,
    responses(
        (status = 201, description = "The person, and the link", body = StaffLink),
        JsonInvalid, NewsroomRefused, NewsroomNotFound,
        (status = 409, description = "`name_taken`", body = Problem, content_type = "application/problem+json"),
        BodyUnsupported,
        (status = 422, description = "`name_empty`, `name_too_long`, `control_characters`, `site_empty`", body = Problem, content_type = "application/problem+json"),
        RateLimited, WriteFailed,
    )
)]
pub(crate) async fn invite(
    State(state): State<AuthState>,
    caller: Caller,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let new: NewStaff = json_body::read(&state.bodies, &parts.headers, body).await?;
    let invited = commands::invite_staff(&state.context, &state.sites, &caller.actor(), &new).await?;
    Ok((StatusCode::CREATED, link_to(&state, &parts, invited, &caller)).into_response())
}

/// Makes another link of a person, for who lost every way to sign in. Those that are there stay.
#[utoipa::path(
    post,
    path = staff_paths::STAFF_LINK,
    tag = "newsroom",
    params(("id" = String, Path, description = "The person's id")),
    security(("staff_session" = []), ("api_key" = [])),
    responses(
        (status = 201, description = "The person, and the link", body = StaffLink),
        NewsroomRefused, NewsroomNotFound, RateLimited, WriteFailed,
    )
)]
pub(crate) async fn link(
    State(state): State<AuthState>,
    caller: Caller,
    IdPath(id): IdPath,
    request: Request,
) -> Result<Response, ApiError> {
    let invited = commands::link_staff(&state.context, &caller.actor(), &id).await?;
    let link = link_to(&state, &request.into_parts().0, invited, &caller);
    Ok((StatusCode::CREATED, link).into_response())
}

/// Gives a person a role on a site, or takes it away; it counts from the next request.
#[utoipa::path(
    put,
    path = staff_paths::STAFF_ROLES,
    tag = "newsroom",
    params(("id" = String, Path, description = "The person's id")),
    security(("staff_session" = []), ("api_key" = [])),
    request_body = RoleChange,
    responses(
        (status = 200, description = "The person as they are now", body = StaffMember),
        JsonInvalid, NewsroomRefused, NewsroomNotFound,
        (status = 409, description = "`last_owner`: nobody else who can sign in owns every site", body = Problem, content_type = "application/problem+json"),
        BodyUnsupported,
        (status = 422, description = "`site_empty`, `control_characters`", body = Problem, content_type = "application/problem+json"),
        RateLimited, WriteFailed,
    )
)]
pub(crate) async fn set_role(
    State(state): State<AuthState>,
    caller: Caller,
    IdPath(id): IdPath,
    request: Request,
) -> Result<Json<StaffMember>, ApiError> {
    let (parts, body) = request.into_parts();
    let change: RoleChange = json_body::read(&state.bodies, &parts.headers, body).await?;
    let change = (id.as_str(), &change);
    let member = commands::set_staff_role(&state.context, &state.sites, &caller.actor(), change).await?;
    Ok(Json(as_sent(member, &caller)))
}

/// Shuts a person out: the roles, sessions, links, passkeys and the password go. Decisions keep the name.
#[utoipa::path(
    delete,
    path = staff_paths::STAFF_ONE,
    tag = "newsroom",
    params(("id" = String, Path, description = "The person's id")),
    security(("staff_session" = []), ("api_key" = [])),
    responses(
        (status = 204, description = "The person is shut out"),
        NewsroomRefused, NewsroomNotFound,
        (status = 409, description = "`last_owner`", body = Problem, content_type = "application/problem+json"),
        RateLimited, WriteFailed,
    )
)]
pub(crate) async fn revoke(
    State(state): State<AuthState>,
    caller: Caller,
    IdPath(id): IdPath,
) -> Result<StatusCode, ApiError> {
    commands::revoke_staff(&state.context, &caller.actor(), &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn as_sent(record: crate::storage::MemberRecord, Caller(_, current): &Caller) -> StaffMember {
    staff_wire::member(record, current.as_ref().map(|current| current.id.as_str()))
}

/// Describes a person with the address of the link. A program with a key may reach the server by a name that is not
/// its own; it gets the address from the path on.
fn link_to(
    state: &AuthState,
    parts: &Parts,
    Invited { member, secret }: Invited,
    caller: &Caller,
) -> Json<StaffLink> {
    let own = OwnAddress::of(state.public_url.as_deref(), &parts.headers);
    let link = commands::invitation_url(own.as_ref().map_or("", OwnAddress::as_str), &secret);
    Json(StaffLink { member: as_sent(member, caller), link })
}
