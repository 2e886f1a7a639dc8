//! The most discussed pages of a site.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::HeaderMap;
use axum::response::Response;
use dumka_api::limits::{
    DISCUSSED_DAYS_DEFAULT, DISCUSSED_DAYS_MAX, DISCUSSED_LIMIT_DEFAULT, DISCUSSED_LIMIT_MAX,
};
use dumka_api::{Discussed, DiscussedPage, Problem, paths};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::cache::{DiscussedCache, DiscussedKey, Encoded};
use crate::commands::Context;
use crate::domain::submission::check_site;
use crate::http::params;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{RateLimited, SiteUnknown, StoreUnavailable};
use crate::http::query::{Once, Query};
use crate::routes::page_body::JSON;
use crate::sites::Sites;
use crate::storage::DiscussedRecord;

/// The state of this route.
#[derive(Clone)]
pub(crate) struct DiscussedState {
    context: Context,
    sites: Arc<Sites>,
    cache: Arc<DiscussedCache>,
}

impl FromRef<App> for DiscussedState {
    fn from_ref(app: &App) -> Self {
        let (context, sites) = (app.context.clone(), Arc::clone(&app.sites));
        Self { context, sites, cache: Arc::clone(&app.discussed) }
    }
}

/// The query of the most discussed pages.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DiscussedParams {
    /// The site's id.
    #[param(value_type = String, example = "news.example")]
    site: Once,
    /// The days whose comments count, 1–30; 7 by default.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 30)]
    days: Once,
    /// The greatest number of pages, 1–20; 5 by default.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 20)]
    limit: Once,
}

/// Lists the pages of a site with the most published comments of these days; up to half a minute old.
#[utoipa::path(
    get,
    path = paths::DISCUSSED,
    tag = "comments",
    params(DiscussedParams),
    responses(
        (status = 200, description = "The pages, the one with most comments first", body = Discussed,
            headers(("ETag" = String, description = "Strong tag for `If-None-Match`"))),
        (status = 304, description = "Nothing has changed since the tag of `If-None-Match`"),
        (status = 400, description = "`limit_invalid`, `query_invalid`", body = Problem, content_type = "application/problem+json"),
        SiteUnknown,
        (status = 422, description = "`site_empty`, `control_characters`", body = Problem, content_type = "application/problem+json"),
        RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn discussed(
    State(state): State<DiscussedState>,
    Query(params): Query<DiscussedParams>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let site = check_site(params.site.value("site")?.unwrap_or_default())?;
    state.sites.policy(&site)?;
    let days = params::days(&params.days, DISCUSSED_DAYS_DEFAULT, DISCUSSED_DAYS_MAX)?;
    let limit = params::limit(&params.limit, DISCUSSED_LIMIT_DEFAULT, DISCUSSED_LIMIT_MAX)?;
    let key = DiscussedKey { site, days, limit };
    let render = |pages| encode(&state.sites, &key.site, pages);
    let encoded = state.cache.get_or_render(&state.context, &key, render).await?;
    Ok(encoded.response_to(&headers).await)
}

fn encode(sites: &Sites, site: &str, pages: Vec<DiscussedRecord>) -> Encoded {
    let page = |DiscussedRecord { page, title, url, comments }| DiscussedPage {
        page,
        title,
        url: url.filter(|address| sites.has_page(site, address)),
        comments,
    };
    let pages = pages.into_iter().map(page).collect();
    let bytes = serde_json::to_vec(&Discussed { pages }).expect("wire types have string keys only");
    Encoded::new(JSON, bytes)
}
