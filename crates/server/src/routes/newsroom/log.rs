//! The log of decisions.

use axum::Json;
use axum::extract::State;
use dumka_api::limits::{QUEUE_LIMIT_DEFAULT, QUEUE_LIMIT_MAX};
use dumka_api::newsroom::{Act, DecisionLog, paths};
use dumka_api::{Problem, Timestamp, site};
use serde::Deserialize;
use utoipa::IntoParams;

use super::comment_wire::decision;
use super::question::{limit, time, value_invalid, word};
use crate::auth::{AuthState, Caller};
use crate::commands::list_log;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{NewsroomNotFound, NewsroomRefused, RateLimited, StoreUnavailable};
use crate::http::query::{Once, Query};
use crate::storage::{DecisionId, LogQuery};

/// The parameters of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LogParams {
    /// Only those on this site.
    #[param(value_type = Option<String>)]
    site: Once,
    /// Only those of this member of staff or key, or of `shell`, `rule`, `reports`, `import`.
    #[param(value_type = Option<String>)]
    by: Once,
    /// Only those of this kind.
    #[param(value_type = Option<String>)]
    kind: Once,
    /// Only those about this comment, its author's own acts included.
    #[param(value_type = Option<String>)]
    comment: Once,
    /// Only those made at this time or later.
    #[param(value_type = Option<String>)]
    since: Once,
    /// Only those made before this time.
    #[param(value_type = Option<String>)]
    until: Once,
    /// The `next` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Once,
    /// The largest number of decisions, 1–100; 50 by default.
    #[param(value_type = Option<u32>)]
    limit: Once,
}

impl LogParams {
    fn read(&self) -> Result<LogQuery, ApiError> {
        let stamp =
            |once: &Once, name| Ok::<_, ApiError>(once.value(name)?.map(|text| Timestamp(text.into())));
        let comment = self.comment.value("comment")?;
        let before = self.cursor.value("cursor")?.map(str::parse).transpose();
        Ok(LogQuery {
            sites: None,
            comment: comment.map(|id| id.parse().map_err(|_| value_invalid("comment"))).transpose()?,
            by: self.by.value("by")?.map(ToOwned::to_owned),
            act: word(&self.kind, "kind", Act::from_word)?,
            since: time(stamp(&self.since, "since")?.as_ref(), "since")?,
            until: time(stamp(&self.until, "until")?.as_ref(), "until")?,
            before: before.map_err(|_| ApiError::cursor_invalid())?.map(DecisionId),
            limit: limit(&self.limit, QUEUE_LIMIT_DEFAULT, QUEUE_LIMIT_MAX)?,
        })
    }
}

/// Lists what was decided on the sites that the caller sees, newest first.
#[utoipa::path(
    get,
    path = paths::DECISIONS,
    tag = "newsroom",
    params(LogParams),
    security(("staff_session" = []), ("api_key" = [])),
    responses(
        (status = 200, description = "Decisions", body = DecisionLog),
        (status = 400, description = "`query_invalid`, `limit_invalid`, `cursor_invalid`", body = Problem, content_type = "application/problem+json"),
        NewsroomRefused, NewsroomNotFound,
        (status = 422, description = "`value_invalid`: its `field` says which", body = Problem, content_type = "application/problem+json"),
        RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn list(
    State(state): State<AuthState>,
    caller: Caller,
    Query(params): Query<LogParams>,
) -> Result<Json<DecisionLog>, ApiError> {
    let (store, actor) = (&*state.context.store, caller.actor());
    let query = params.read()?;
    let wanted = query.limit as usize;
    let site = params.site.value("site")?.map(site::canonical);
    let query = LogQuery { limit: query.limit + 1, ..query };
    let mut found = list_log(store, &actor, query, site.as_deref()).await?;
    let has_more = found.len() > wanted;
    found.truncate(wanted);
    let next = found.last().filter(|_| has_more).map(|last| last.id.0.to_string());
    Ok(Json(DecisionLog { decisions: found.into_iter().map(|it| decision(it, &actor)).collect(), next }))
}
