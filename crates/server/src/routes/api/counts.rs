//! Counts of published comments, of many pages at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use dumka_api::limits::COUNTS_MAX_PAGES;
use dumka_api::{Problem, paths};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::commands::Context;
use crate::domain::submission::{check_site, check_thread};
use crate::http::etag;
use crate::http::params;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{RateLimited, SiteUnknown, StoreUnavailable, ThreadInvalid};
use crate::http::query::{Once, Query};
use crate::sites::Sites;

/// The query of counts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CountsQuery {
    /// The site's id.
    #[param(value_type = String, example = "news.example")]
    site: Once,
    /// A page's id; repeat the name for more pages, at most 100.
    #[param(example = json!(["news/42", "news/43"]))]
    page: Vec<String>,
}

/// Counts the published comments of up to 100 pages; a page nobody wrote under has none, and neither has what can be no
/// page's id.
#[utoipa::path(
    get,
    path = paths::COUNTS,
    tag = "comments",
    params(CountsQuery),
    responses(
        (status = 200, description = "The number under each page, in the spelling that was asked", body = BTreeMap<String, u64>, example = json!({"news/42": 128, "news/43": 0})),
        (status = 304, description = "Nothing has changed since the tag of `If-None-Match`"),
        (status = 400, description = "`pages_too_many`, `query_invalid`", body = Problem, content_type = "application/problem+json"),
        SiteUnknown,
        ThreadInvalid,
        RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn counts(
    State(context): State<Context>,
    State(sites): State<Arc<Sites>>,
    Query(query): Query<CountsQuery>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let site = query.site.value("site")?.unwrap_or_default();
    let asked = params::pages(&query.page, COUNTS_MAX_PAGES, "One request counts at most 100 pages.")?;
    let site = check_site(site)?;
    if query.page.is_empty() {
        check_thread(&site, "")?;
    }
    sites.policy(&site)?;
    let mut counts: BTreeMap<&str, u64> = asked.iter().map(|page| (*page, 0)).collect();
    // An id that can be no page's, as a template without one writes it, takes nothing from the others.
    let known = asked.into_iter().filter_map(|page| Some((page, check_thread(&site, page).ok()?.page)));
    let (asked, pages): (Vec<&str>, Vec<String>) = known.unzip();
    counts.extend(asked.into_iter().zip(context.store.counts(&site, &pages).await?));
    Ok(etag::json(&headers, &counts))
}
