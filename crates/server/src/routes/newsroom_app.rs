//! The moderators' program: one page for every address below `/newsroom/`, and the files that it loads. None of them holds data.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use dumka_api::paths;
use tower::ServiceBuilder;

use super::pages::assets::representation;
use crate::app::App;
use crate::assets::{Asset, NEWSROOM, Newsroom};
use crate::content_encoding::Encoding;
use crate::http::layers;
use crate::http::problem::{ApiError, NO_STORE};

/// The page among the files.
const PAGE: &str = "newsroom.html";

/// The page's word in the place of what stands before every path of this server.
const BASE: &str = "__BASE__";

/// Its own scripts and styles alone, and the WebAssembly; framed by nobody.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; \
     frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
);

/// No other page gets hold of the window.
const OPENER: (HeaderName, HeaderValue) =
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));

const HASHED_CACHING: HeaderValue = HeaderValue::from_static("max-age=31536000, immutable");
const OLD_HASH_CACHING: HeaderValue = HeaderValue::from_static("no-cache");

/// Said in the place of a program that is not there.
const NOT_BUILT: &str = "This server was built without the newsroom's files; `cargo xtask build` builds one that has them. \
                         Until then, `dumka comments` moderates from a shell.\n";

/// Routes the page and its files.
pub(super) fn routes(app: &App) -> Router<App> {
    routes_of(app, &NEWSROOM)
}

fn routes_of(app: &App, newsroom: &'static Newsroom) -> Router<App> {
    let base = app.public_url.as_ref().map_or("", |url| url.path()).to_owned();
    let page = newsroom.find(PAGE).map(|page| page.text().replace(BASE, &base));
    let serve_page = get(move || {
        let page = page.clone();
        async move { shown(page) }
    });
    let below = format!("{}{{*path}}", paths::NEWSROOM);
    let file = format!("{}assets/{{hash}}/{{file}}", paths::NEWSROOM);
    Router::new()
        .route(paths::NEWSROOM.trim_end_matches('/'), serve_page.clone())
        .route(paths::NEWSROOM, serve_page.clone())
        .route(&below, serve_page)
        .route(&file, get(move |State(_): State<App>, path, headers| serve_file(newsroom, path, headers)))
        .method_not_allowed_fallback(layers::method_not_allowed)
        .layer(ServiceBuilder::new().map_response(layers::with_security_headers))
}

/// Answers with the page, which asks the server anew each time and so never names files of another build.
fn shown(page: Option<String>) -> Response {
    let Some(page) = page else {
        let plain = [(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))];
        return (StatusCode::NOT_FOUND, plain, [(CACHE_CONTROL, NO_STORE)], NOT_BUILT).into_response();
    };
    let html = [(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))];
    let headers = [(CACHE_CONTROL, NO_STORE), (CONTENT_SECURITY_POLICY, POLICY), OPENER];
    (html, headers, page).into_response()
}

/// Answers with a file. A page that was open before an upgrade asks under the hash of then and gets the file of now.
async fn serve_file(
    newsroom: &'static Newsroom,
    Path((hash, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let asset = newsroom.find(&file).filter(|_| file != PAGE).ok_or_else(ApiError::not_found)?;
    Ok(file_response(asset, if hash == newsroom.hash { HASHED_CACHING } else { OLD_HASH_CACHING }, &headers))
}

fn file_response(asset: &Asset, caching: HeaderValue, request: &HeaderMap) -> Response {
    let accepted = request.get("accept-encoding").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut response = representation(asset, Encoding::best_for(accepted), request);
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, caching);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    response
}
