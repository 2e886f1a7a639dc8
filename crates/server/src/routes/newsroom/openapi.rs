//! The description of the newsroom's calls, which is a part of the API's.

use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};

use super::{comments, decisions, live, log, me, passkey, session, sessions, staff, threads};

/// The calls of sign-in and staff.
#[derive(OpenApi)]
#[openapi(
    paths(
        comments::list,
        comments::show,
        comments::reply,
        comments::counters,
        decisions::decide,
        decisions::undo,
        decisions::undo_set,
        log::list,
        live::follow,
        threads::list,
        threads::change,
        me::show,
        session::sign_in,
        session::sign_out,
        session::invite,
        session::make_password,
        passkey::begin_registration,
        passkey::register,
        passkey::begin_sign_in,
        passkey::sign_in,
        sessions::list,
        sessions::end,
        staff::list,
        staff::invite,
        staff::link,
        staff::set_role,
        staff::revoke
    ),
    tags((name = "newsroom", description = "What moderators use: with a session, or with a key"))
)]
struct Description;

/// Describes the calls.
pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// Describes the cookie of a session.
pub(crate) fn session_scheme() -> SecurityScheme {
    let cookie = "The cookie that signing in sets; over HTTP on this machine it is called dumka-staff. Whatever is no GET needs \
                  Origin, too";
    SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description("__Host-dumka-staff", cookie)))
}
