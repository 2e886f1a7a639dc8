//! The newest comments of a site.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::HeaderMap;
use axum::response::Response;
use dumka_api::limits::{EXCERPT_MAX_CHARS, LATEST_LIMIT_DEFAULT, LATEST_LIMIT_MAX};
use dumka_api::{Comment, Latest, LatestComment, Problem, paths};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::cache::{Encoded, LatestCache};
use crate::commands::Context;
use crate::domain::excerpt::excerpt;
use crate::domain::submission::check_site;
use crate::http::etag;
use crate::http::params;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{RateLimited, SiteUnknown, StoreUnavailable};
use crate::http::query::{Once, Query};
use crate::routes::page_body::JSON;
use crate::sites::Sites;
use crate::storage::{LatestCommentRecord, LatestQuery};

/// The state of this route.
#[derive(Clone)]
pub(crate) struct LatestState {
    context: Context,
    sites: Arc<Sites>,
    cache: Arc<LatestCache>,
}

impl FromRef<App> for LatestState {
    fn from_ref(app: &App) -> Self {
        Self { context: app.context.clone(), sites: Arc::clone(&app.sites), cache: Arc::clone(&app.latest) }
    }
}

/// The query of the newest comments.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LatestParams {
    /// The site's id.
    #[param(value_type = String, example = "news.example")]
    site: Once,
    /// The greatest number of comments, 1–20; 5 by default.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 20)]
    limit: Once,
}

/// Lists the newest published comments of all pages of a site.
#[utoipa::path(
    get,
    path = paths::LATEST,
    tag = "comments",
    params(LatestParams),
    responses(
        (status = 200, description = "The comments, newest first", body = Latest,
            headers(("ETag" = String, description = "Strong tag for `If-None-Match`"))),
        (status = 304, description = "Nothing has changed since the tag of `If-None-Match`"),
        (status = 400, description = "`limit_invalid`, `query_invalid`", body = Problem, content_type = "application/problem+json"),
        SiteUnknown,
        (status = 422, description = "`site_empty`, `control_characters`", body = Problem, content_type = "application/problem+json"),
        RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn latest(
    State(state): State<LatestState>,
    Query(params): Query<LatestParams>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let site = check_site(params.site.value("site")?.unwrap_or_default())?;
    state.sites.policy(&site)?;
    let limit = params::limit(&params.limit, LATEST_LIMIT_DEFAULT, LATEST_LIMIT_MAX)?;
    let query = LatestQuery { limit, site };
    let make = async |comments| encode(&state.sites, &query.site, comments);
    let encoded = state.cache.get_or_render(&state.context, &query, make).await?;
    let mut response = encoded.response_to(&headers).await;
    etag::expose_date(&mut response);
    Ok(response)
}

fn encode(sites: &Sites, site: &str, comments: Vec<LatestCommentRecord>) -> Encoded {
    let comments = comments.into_iter().map(|record| latest_comment(sites, site, record)).collect();
    let bytes = serde_json::to_vec(&Latest { comments }).expect("wire types have string keys only");
    Encoded::new(JSON, bytes)
}

fn latest_comment(sites: &Sites, site: &str, record: LatestCommentRecord) -> LatestComment {
    let LatestCommentRecord { page, title, url, comment } = record;
    let Comment { id, author, created_at, body, .. } = comment.for_everybody();
    let url = url.filter(|address| sites.has_page(site, address));
    LatestComment { id, page, title, url, author, created_at, excerpt: excerpt(&body, EXCERPT_MAX_CHARS) }
}
