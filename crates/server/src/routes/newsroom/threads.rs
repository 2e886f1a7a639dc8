//! Threads: listed, shown, steered.

use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use dumka_api::Problem;
use dumka_api::limits::{QUEUE_LIMIT_DEFAULT, THREADS_LIMIT_MAX};
use dumka_api::newsroom::{NewsroomThread, ThreadChange, ThreadList, paths};
use serde::Deserialize;
use utoipa::IntoParams;

use super::question::limit;
use crate::auth::{AuthState, Caller};
use crate::commands::{Actor, ListThreads, SteerThread, list_threads, show_thread, steer_thread};
use crate::domain::staff::Right;
use crate::domain::submission::check_thread;
use crate::domain::thread::ThreadKey;
use crate::http::json_body;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{
    BodyUnsupported, JsonInvalid, NewsroomNotFound, NewsroomRefused, RateLimited, StoreUnavailable,
    WriteFailed,
};
use crate::http::query::{Once, Query};

/// The parameters of threads.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ThreadsParams {
    /// Only this site. Asked for with `page`.
    #[param(value_type = Option<String>)]
    site: Once,
    /// This page: the thread alone is answered.
    #[param(value_type = Option<String>)]
    page: Once,
    /// Only those with each of these words in the title or in the page's id; at most 200 characters.
    #[param(value_type = Option<String>)]
    q: Once,
    /// The `next` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Once,
    /// The largest number of threads, 1–100; 50 by default.
    #[param(value_type = Option<u32>)]
    limit: Once,
}

/// Lists threads, the one with the latest comment first; with `page`, shows that thread alone. One that nobody wrote in is
/// an open one without comments.
#[utoipa::path(
    get,
    path = paths::THREADS,
    tag = "newsroom",
    params(ThreadsParams),
    security(("staff_session" = []), ("api_key" = [])),
    responses(
        (status = 200, description = "A list, or the thread that was asked for", body = ThreadList),
        (status = 400, description = "`query_invalid`, `limit_invalid`, `cursor_invalid`, `search_too_long`", body = Problem, content_type = "application/problem+json"),
        NewsroomRefused, NewsroomNotFound,
        (status = 422, description = "`site_empty`, `page_empty`, `page_too_long`", body = Problem, content_type = "application/problem+json"),
        RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn list(
    State(state): State<AuthState>,
    caller: Caller,
    Query(params): Query<ThreadsParams>,
) -> Result<Response, ApiError> {
    let (site, page) = (params.site.value("site")?, params.page.value("page")?);
    if let Some(page) = page {
        let shown = show_thread(&state.context, &caller.actor(), site.unwrap_or_default(), page).await?;
        return Ok(Json(shown).into_response());
    }
    let query = ListThreads {
        site,
        search: params.q.value("q")?.unwrap_or_default(),
        cursor: params.cursor.value("cursor")?,
        limit: limit(&params.limit, QUEUE_LIMIT_DEFAULT, THREADS_LIMIT_MAX)?,
    };
    let listing = list_threads(&state.context, &caller.actor(), &query).await?;
    Ok(Json(ThreadList { threads: listing.threads, next: listing.next }).into_response())
}

/// The parameters that name a thread.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ThreadParams {
    /// The site.
    #[param(value_type = String)]
    site: Once,
    /// The page.
    #[param(value_type = String)]
    page: Once,
}

/// Changes a thread: its title and address, how it takes comments, a line above the form. What is absent stays as it is. A
/// thread that nobody wrote in can be changed, too.
#[utoipa::path(
    patch,
    path = paths::THREADS,
    tag = "newsroom",
    params(ThreadParams),
    security(("staff_session" = []), ("api_key" = [])),
    request_body = ThreadChange,
    responses(
        (status = 200, description = "The thread as it is now", body = NewsroomThread),
        JsonInvalid, NewsroomRefused, NewsroomNotFound, BodyUnsupported,
        (status = 422, description = "`value_invalid`, `title_too_long`, `url_invalid`, `notice_too_long`, `control_characters`: the `field` says which", body = Problem, content_type = "application/problem+json"),
        RateLimited, WriteFailed,
    )
)]
pub(crate) async fn change(
    State(state): State<AuthState>,
    caller: Caller,
    Query(params): Query<ThreadParams>,
    request: Request,
) -> Result<Json<NewsroomThread>, ApiError> {
    let (parts, body) = request.into_parts();
    let change: ThreadChange = json_body::read(&state.bodies, &parts.headers, body).await?;
    let site = params.site.value("site")?.unwrap_or_default();
    let page = params.page.value("page")?.unwrap_or_default();
    let thread = check_thread(site, page)?;
    caller.require(Right::SteerThreads, &thread.site)?;
    let policy = state.sites.policy(&thread.site)?;
    let steer = SteerThread { site, page, change: &change };
    Ok(Json(steer_thread(&state.context, &policy, &caller.actor(), steer).await?))
}

/// Reads the thread of a comment.
pub(super) async fn thread(
    state: &AuthState,
    actor: &Actor<'_>,
    key: &ThreadKey,
) -> Result<NewsroomThread, ApiError> {
    Ok(show_thread(&state.context, actor, &key.site, &key.page).await?)
}
