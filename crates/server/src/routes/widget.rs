//! The widget's files: the loader under its stable name, everything else under the build's hash.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, VARY,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use dumka_api::{Problem, ProblemKind};
use url::form_urlencoded;

use super::query::Query;
use super::reading::READY_LOADER;
use super::requester::address;
use super::{guard, reading, tagged};
use crate::app::App;
use crate::assets::{Asset, Encoding, HOW_TO_BUILD};
use crate::cache::{CacheKey, Representation, etag};
use crate::problem::{Failure, NO_STORE};
use crate::storage::ListQuery;

/// Pages that isolate themselves by COEP may load the files, too.
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const ANY_ORIGIN: HeaderValue = HeaderValue::from_static("cross-origin");

const LOADER_CACHING: HeaderValue =
    HeaderValue::from_static("public, max-age=300, stale-while-revalidate=86400");
const HASHED_CACHING: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const OLD_HASH_CACHING: HeaderValue = HeaderValue::from_static("no-cache");

/// The loader; with the ready thread in it where the query names one.
#[utoipa::path(
    get,
    path = "/embed.js",
    tag = "pages",
    params(
        ("site" = Option<String>, Query, description = "The site's id; without `site` and `page` the loader comes alone", example = "news.example"),
        ("page" = Option<String>, Query, description = "The page's id, at most 512 bytes", example = "news/42"),
        ("sort" = Option<dumka_api::Sort>, Query, description = "The order of top-level comments; `oldest` by default"),
        ("limit" = Option<u32>, Query, description = "Top-level comments, 1–100; 20 by default", minimum = 1, maximum = 100),
        ("comment" = Option<String>, Query, description = "A comment's id: the thread begins where it stands"),
        ("lang" = Option<String>, Query, description = "A tag such as `uk`; else the site's, else the browser's"),
        ("heading-level" = Option<u8>, Query, description = "The level of the thread's heading, 1–6; 2 by default", minimum = 1, maximum = 6),
    ),
    responses(
        (status = 200, description = "The script. Whatever is wrong with the query, the loader alone comes and is not to be cached: it asks again and shows the reason", body = String, content_type = "text/javascript"),
        (status = 304, description = "Nothing has changed since the tag of `If-None-Match`"),
        (status = 404, description = "`not_found`: the program was built without the widget", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn loader(State(app): State<Arc<App>>, request: Request) -> Result<Response, Failure> {
    let loader = app.widget.find("embed.js");
    let loader = loader.ok_or_else(|| Failure::new(ProblemKind::NotFound, HOW_TO_BUILD))?;
    let (client, (parts, _)) = (address(&app, &request), request.into_parts());
    if !names_thread(parts.uri.query().unwrap_or_default()) {
        return Ok(serve(loader, LOADER_CACHING, &parts.headers));
    }
    // A script that is refused would leave the page without comments and the reader without the reason.
    let ready = ready(Arc::clone(&app), parts.clone(), client).await;
    Ok(ready.unwrap_or_else(|| serve(loader, NO_STORE, &parts.headers)))
}

/// Queries may be there for other reasons, such as to get past a cache.
fn names_thread(query: &str) -> bool {
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "site" || name == "page")
}

/// The loader with the thread that the query names, unless something fails, be it by panic.
async fn ready(app: Arc<App>, request: Parts, client: IpAddr) -> Option<Response> {
    let time = app.request_timeout;
    let making = async move { try_ready(&app, &request, client).await };
    let made = tokio::spawn(tokio::time::timeout(time, making)).await;
    made.ok()?.ok()?.ok()
}

async fn try_ready(app: &App, request: &Parts, client: IpAddr) -> Result<Response, Failure> {
    guard::count(&app.reads, client)?;
    app.widget.find(READY_LOADER).ok_or_else(Failure::not_found)?;
    let query = Query::parse(request.uri.query().unwrap_or_default())?;
    let thread = reading::asked_thread(&query)?;
    let policy = app.sites.policy(&thread.site)?;
    let lang = reading::lang(app, &thread.site, &query, &request.headers)?;
    let representation = Representation::Script(lang, query.heading_level()?);
    let spelled = reading::spelled(&query, &thread)?;
    let query = ListQuery { thread, sort: query.sort()?, start: query.start()?, limits: query.limits()? };
    let asked = CacheKey { query, representation, spelled };
    let mut response = reading::answer(app, &policy, &asked, &request.headers).await?;
    response.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, ANY_ORIGIN);
    Ok(response)
}

/// A file of the widget. A loader cached before an upgrade asks under the hash of then: it gets the file of now.
pub(super) async fn asset(
    State(app): State<Arc<App>>,
    Path((hash, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let asset = app.widget.find(&format!("assets/{file}")).ok_or_else(Failure::not_found)?;
    let caching = if hash == app.widget.hash { HASHED_CACHING } else { OLD_HASH_CACHING };
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

/// The bytes in one encoding, or nothing where the client holds them. Each encoding's tag gets its mark on the way
/// out, like every other answer's.
fn representation(asset: &Asset, encoding: Encoding, request: &HeaderMap) -> Response {
    let tag = etag(asset.plain);
    if let Some(held) = tagged::held(request, &tag) {
        return (StatusCode::NOT_MODIFIED, [(ETAG, held)]).into_response();
    }
    let mut response = ([(ETAG, tagged::quoted(&tag))], asset.bytes(encoding)).into_response();
    if let Some(word) = encoding.as_str() {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(word));
    }
    response
}
