//! Routes of the newsroom: its calls below `/api/v1/newsroom/`, for members of staff and programs with a key.

mod comment_wire;
pub(crate) mod comments;
pub(crate) mod decisions;
pub(crate) mod live;
pub(crate) mod log;
pub(crate) mod me;
pub(crate) mod openapi;
pub(crate) mod passkey;
mod question;
pub(crate) mod session;
pub(crate) mod sessions;
pub(crate) mod staff;
mod staff_wire;
pub(crate) mod threads;

use axum::Router;
use axum::handler::Handler;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use axum::routing::{delete, get, post, put};
use dumka_api::newsroom::{paths as desk, staff_paths as paths};
use tower::ServiceBuilder;

use crate::app::App;
use crate::http::layers;
use crate::http::middleware::middleware;
use crate::http::problem::NO_STORE;
use crate::http::rate_limiter::RateLimiter;

/// Routes the calls of the newsroom. Pages of sites have no business there, so nothing of it may be read from elsewhere;
/// handlers that read a body limit it by `BodyLimits`.
pub(crate) fn routes(app: &App) -> Router<App> {
    let sign_ins = RateLimiter::new(&app.rates, &app.clients, |rates| &rates.sign_ins);
    let reads = RateLimiter::new(&app.rates, &app.clients, |rates| &rates.reads);
    let session =
        post(session::sign_in.layer(sign_ins.clone())).delete(session::sign_out.layer(reads.clone()));
    sign_in_routes()
        .layer(sign_ins)
        .merge(staff_routes().merge(desk_routes()).layer(reads))
        .route(paths::SESSION, session)
        .method_not_allowed_fallback(layers::method_not_allowed)
        .layer(
            ServiceBuilder::new()
                .map_response(kept_by_no_cache)
                .layer(middleware((), layers::secure))
                .layer(middleware(app.request_timeout, layers::answer_always)),
        )
}

/// Routes what anybody may ask for who is not signed in yet.
fn sign_in_routes() -> Router<App> {
    Router::new()
        .route(paths::SESSION_INVITE, post(session::invite))
        .route(paths::SESSION_PASSWORD, post(session::make_password))
        .route(paths::SESSION_PASSKEY_REGISTER, post(passkey::begin_registration).put(passkey::register))
        .route(paths::SESSION_PASSKEY, post(passkey::begin_sign_in).put(passkey::sign_in))
}

fn staff_routes() -> Router<App> {
    Router::new()
        .route(paths::ME, get(me::show))
        .route(paths::SESSIONS, get(sessions::list))
        .route(paths::SESSIONS_ONE, delete(sessions::end))
        .route(paths::STAFF, get(staff::list).post(staff::invite))
        .route(paths::STAFF_ONE, delete(staff::revoke))
        .route(paths::STAFF_LINK, post(staff::link))
        .route(paths::STAFF_ROLES, put(staff::set_role))
}

/// Routes the moderators' work: comments, decisions, threads.
fn desk_routes() -> Router<App> {
    Router::new()
        .route(desk::COMMENTS, get(comments::list))
        .route(desk::COMMENT, get(comments::show))
        .route(desk::REPLIES, post(comments::reply))
        .route(desk::COUNTERS, get(comments::counters))
        .route(desk::DECISIONS, get(log::list).post(decisions::decide))
        .route(desk::DECISION_UNDO, post(decisions::undo))
        .route(desk::DECISIONS_UNDO, post(decisions::undo_set))
        .route(desk::LIVE, get(live::follow))
        .route(desk::THREADS, get(threads::list).patch(threads::change))
}

/// Answers one person alone.
fn kept_by_no_cache(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, NO_STORE);
    response
}
