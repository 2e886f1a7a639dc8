//! The widget's files: the loader under its stable name, everything else under the build's hash.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, VARY,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use dumka_api::{Problem, ProblemKind};
use serde::Deserialize;
use tokio::task::JoinError;
use tokio::time::error::Elapsed;
use url::form_urlencoded;
use utoipa::IntoParams;

use crate::assets::{Asset, HOW_TO_BUILD};
use crate::cache::{CacheKey, Representation};
use crate::content_encoding::Encoding;
use crate::domain::thread::ThreadKey;
use crate::http::etag;
use crate::http::language::Language;
use crate::http::layers::RequestTimeout;
use crate::http::params::{self, HeadingParam, LangParam, ListParams};
use crate::http::problem::{ApiError, NO_STORE};
use crate::http::query::{self, Once};
use crate::http::rate_limiter::RateLimiter;
use crate::routes::negotiation::Negotiation;
use crate::routes::thread_response::{READY_LOADER, ThreadResponses};
use crate::storage::ListQuery;

/// Pages that isolate themselves by COEP may load the files, too.
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const ANY_ORIGIN: HeaderValue = HeaderValue::from_static("cross-origin");

const LOADER_CACHING: HeaderValue = HeaderValue::from_static("max-age=300, stale-while-revalidate=86400");
const HASHED_CACHING: HeaderValue = HeaderValue::from_static("max-age=31536000, immutable");
const OLD_HASH_CACHING: HeaderValue = HeaderValue::from_static("no-cache");

/// The thread that the loader brings along, if any.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LoaderQuery {
    /// The site's id; without `site` and `page` the loader comes alone.
    #[param(value_type = Option<String>, example = "news.example")]
    site: Once,
    /// The page's id, at most 512 bytes.
    #[param(value_type = Option<String>, example = "news/42")]
    page: Once,
    /// A comment's id: the thread begins where it stands.
    #[param(value_type = Option<String>)]
    comment: Once,
    /// A place as lists have it, which no loader asks for.
    #[param(ignore)]
    cursor: Once,
}

impl LoaderQuery {
    /// Returns the thread as it is spelled here, where that is not its canonical form.
    fn spelling(&self, thread: &ThreadKey) -> Result<Option<ThreadKey>, ApiError> {
        let site = self.site.value("site")?.unwrap_or_default();
        let page = self.page.value("page")?.unwrap_or_default();
        let is_canonical = site == thread.site && page == thread.page;
        Ok((!is_canonical).then(|| ThreadKey { site: site.into(), page: page.into() }))
    }
}

/// The loader; with the ready thread in it where the query names one.
#[utoipa::path(
    get,
    path = "/embed.js",
    tag = "pages",
    params(LoaderQuery, ListParams, HeadingParam, LangParam),
    responses(
        (status = 200, description = "The script. Whatever is wrong with the query, the loader alone comes and is not to be cached: it asks again and shows the reason", body = String, content_type = "text/javascript"),
        (status = 304, description = "Nothing has changed since the tag of `If-None-Match`"),
        (status = 404, description = "`not_found`: the program was built without the widget", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn loader(
    State(responses): State<ThreadResponses>,
    State(timeout): State<RequestTimeout>,
    Extension(limiter): Extension<RateLimiter>,
    request: Request,
) -> Result<Response, ApiError> {
    let loader = responses.widget.find("embed.js");
    let loader = loader.ok_or_else(|| ApiError::new(ProblemKind::NotFound, HOW_TO_BUILD))?;
    let (parts, _) = request.into_parts();
    if !names_thread(parts.uri.query().unwrap_or_default()) {
        return Ok(serve(loader, LOADER_CACHING, &parts.headers));
    }
    // A script that is refused would leave the page without comments and the reader without the reason.
    let headers = parts.headers.clone();
    let with_thread = async move { with_thread(&responses, &limiter, &parts).await };
    let with_thread = tokio::spawn(tokio::time::timeout(timeout.0, with_thread)).await;
    Ok(response_in(with_thread).unwrap_or_else(|| serve(loader, NO_STORE, &headers)))
}

/// Queries may be there for other reasons, such as to get past a cache.
fn names_thread(query: &str) -> bool {
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "site" || name == "page")
}

/// Returns the response, unless something failed, be it by panic.
fn response_in(finished: Result<Result<Result<Response, ApiError>, Elapsed>, JoinError>) -> Option<Response> {
    finished.ok()?.ok()?.ok()
}

/// Answers with the loader and the thread that the query names.
async fn with_thread(
    responses: &ThreadResponses,
    limiter: &RateLimiter,
    request: &Parts,
) -> Result<Response, ApiError> {
    limiter.count_request(request).await?;
    responses.widget.find(READY_LOADER).ok_or_else(ApiError::not_found)?;
    let (asked, list, heading, lang): (LoaderQuery, ListParams, HeadingParam, LangParam) =
        query::parse(request.uri.query().unwrap_or_default())?;
    let thread = params::thread(&asked.site, &asked.page)?;
    let policy = responses.sites.policy(&thread.site)?;
    let language = Language::choose(&responses.sites, &thread.site, lang.tag()?, &request.headers);
    let representation = Representation::Script(language.lang(), heading.level()?);
    let spelled = asked.spelling(&thread)?;
    let sort = list.sort()?;
    let start = params::start(&asked.comment, &asked.cursor)?;
    let query = ListQuery { thread, sort, start, limits: list.limits()? };
    let asked = CacheKey { query, representation, spelled };
    let request = Negotiation { headers: &request.headers, language: Some(language) };
    let mut response = responses.respond(&policy, &asked, request).await?;
    response.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, ANY_ORIGIN);
    Ok(response)
}

/// Serves a file of the widget. A loader cached before an upgrade asks under the hash of then: it gets the file of now.
pub(crate) async fn asset(
    State(responses): State<ThreadResponses>,
    Path((hash, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let asset = responses.widget.find(&format!("assets/{file}")).ok_or_else(ApiError::not_found)?;
    let caching = if hash == responses.widget.hash { HASHED_CACHING } else { OLD_HASH_CACHING };
    Ok(serve(asset, caching, &headers))
}

fn serve(asset: &Asset, caching: HeaderValue, request: &HeaderMap) -> Response {
    let accepted = request.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut response = representation(asset, Encoding::best_for(accepted), request);
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, caching);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, ANY_ORIGIN);
    headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    response
}

/// Answers with the bytes in one encoding, or 304 where the client holds them. Each encoding's tag gets its mark on the way
/// out, like every other answer's.
pub(in crate::routes) fn representation(asset: &Asset, encoding: Encoding, request: &HeaderMap) -> Response {
    let tag = etag::of(asset.plain);
    if let Some(held) = etag::matching(request, &tag) {
        return (StatusCode::NOT_MODIFIED, [(ETAG, held)]).into_response();
    }
    let mut response = ([(ETAG, etag::quoted(&tag))], asset.bytes(encoding)).into_response();
    if let Some(word) = encoding.as_str() {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(word));
    }
    response
}
