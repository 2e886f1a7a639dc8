//! The newest comments of a site.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use dumka_api::limits::{EXCERPT_MAX_CHARS, LATEST_LIMIT_DEFAULT, LATEST_LIMIT_MAX};
use dumka_api::{Comment, Latest, LatestComment, Problem, ProblemKind, paths};

use super::query::Query;
use super::reading::JSON;
use super::tagged;
use crate::app::App;
use crate::cache::Encoded;
use crate::domain::excerpt::excerpt;
use crate::domain::submission::check_site;
use crate::problem::Failure;
use crate::storage::{LatestCommentRecord, LatestQuery};

/// Lists the newest published comments of all pages of a site.
#[utoipa::path(
    get,
    path = paths::LATEST,
    tag = "comments",
    params(
        ("site" = String, Query, description = "The site's id", example = "news.example"),
        ("limit" = Option<u32>, Query, description = "How many at most, 1–20; 5 by default", minimum = 1, maximum = 20),
    ),
    responses(
        (status = 200, description = "The comments, newest first", body = Latest,
            headers(("ETag" = String, description = "Strong tag for `If-None-Match`"))),
        (status = 304, description = "Nothing has changed since the tag of `If-None-Match`"),
        (status = 400, description = "`limit_invalid`, `query_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`site_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`site_empty`, `control_characters`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`store_unavailable`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn latest(
    State(app): State<Arc<App>>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let site = check_site(query.one("site")?.unwrap_or_default())?;
    app.sites.policy(&site)?;
    let asked = LatestQuery { limit: limit(&query)?, site };
    let make = async |comments| make(&app, &asked.site, comments);
    let encoded = app.latest_cache.get_or_render(&app.context, &asked, make).await?;
    Ok(tagged::ready(&headers, &encoded).await)
}

fn limit(query: &Query) -> Result<u32, Failure> {
    let Some(text) = query.one("limit")? else { return Ok(LATEST_LIMIT_DEFAULT) };
    let number = text.parse().ok().filter(|number| (1..=LATEST_LIMIT_MAX).contains(number));
    number.ok_or_else(|| {
        Failure::new(ProblemKind::LimitInvalid, "The limit is a whole number from 1 to 20.")
            .in_field("limit")
            .over(LATEST_LIMIT_MAX as usize)
    })
}

fn make(app: &App, site: &str, comments: Vec<LatestCommentRecord>) -> Encoded {
    let comments = comments.into_iter().map(|placed| line(app, site, placed)).collect();
    let bytes = serde_json::to_vec(&Latest { comments }).expect("wire types have string keys only");
    Encoded::new(JSON, bytes)
}

fn line(
    app: &App,
    site: &str,
    LatestCommentRecord { page, title, url, comment }: LatestCommentRecord,
) -> LatestComment {
    let Comment { id, author, created_at, body, .. } = comment.for_everybody();
    let url = url.filter(|address| app.sites.has_page(site, address));
    LatestComment { id, page, title, url, author, created_at, excerpt: excerpt(&body, EXCERPT_MAX_CHARS) }
}
