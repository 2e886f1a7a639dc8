//! The moderators' program: one page for every address below `/newsroom/`, and the files that it loads. None of them holds data.

use axum::Router;
use axum::extract::Path;
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
    routes_of(app.public_url.as_ref().map_or("", |url| url.path()), &NEWSROOM)
}

fn routes_of<S: Clone + Send + Sync + 'static>(base: &str, newsroom: &'static Newsroom) -> Router<S> {
    let page = newsroom.find(PAGE).map(|page| page.text().replace(BASE, base));
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
        .route(
            &file,
            get(move |path, headers: HeaderMap| async move { serve_file(newsroom, path, &headers) }),
        )
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
fn serve_file(
    newsroom: &'static Newsroom,
    Path((hash, file)): Path<(String, String)>,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let asset = newsroom.find(&file).filter(|_| file != PAGE).ok_or_else(ApiError::not_found)?;
    Ok(file_response(asset, if hash == newsroom.hash { HASHED_CACHING } else { OLD_HASH_CACHING }, headers))
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

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    const fn asset(name: &'static str, content_type: &'static str, plain: &'static [u8]) -> Asset {
        Asset { name, content_type, plain, brotli: b"brotli", gzip: b"gzip" }
    }

    static BUILT: Newsroom = Newsroom {
        hash: "0a1b2c3d",
        assets: &[
            asset(
                "assets/newsroom.html",
                "text/html; charset=utf-8",
                b"<script src=__BASE__/newsroom/assets/x>",
            ),
            asset("assets/start.js", "text/javascript; charset=utf-8", b"start"),
        ],
    };

    static NOT_THERE: Newsroom = Newsroom { hash: "", assets: &[] };

    async fn asked(newsroom: &'static Newsroom, path: &str) -> (StatusCode, HeaderMap, String) {
        let request = Request::get(path).header("accept-encoding", "br").body(Body::empty());
        let response = routes_of::<()>("/dumka", newsroom).oneshot(request.expect("it is a request")).await;
        let (parts, body) = response.expect("a router fails by answers alone").into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("it is in memory");
        (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
    }

    #[tokio::test]
    async fn every_address_of_the_newsroom_is_the_same_page_under_a_strict_policy() {
        for path in ["/newsroom", "/newsroom/", "/newsroom/queue/pending?q=x", "/newsroom/comments/0199"] {
            let (status, headers, body) = asked(&BUILT, path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert_eq!(body, "<script src=/dumka/newsroom/assets/x>", "{path}");
            let policy = headers["content-security-policy"].to_str().expect("it is text");
            assert!(
                policy.starts_with("default-src 'none';") && policy.contains("frame-ancestors 'none'"),
                "{policy}"
            );
            assert!(!policy.contains("unsafe-inline"), "{policy}");
            assert_eq!(headers["cache-control"], "no-store");
        }
    }

    #[tokio::test]
    async fn file_is_kept_under_its_hash_and_asked_for_again_under_another() {
        let (status, headers, body) = asked(&BUILT, "/newsroom/assets/0a1b2c3d/start.js").await;
        assert_eq!((status, body.as_str()), (StatusCode::OK, "brotli"));
        assert!(headers["cache-control"].to_str().expect("it is text").contains("immutable"));
        let (_, headers, _) = asked(&BUILT, "/newsroom/assets/ffffffff/start.js").await;
        assert_eq!(headers["cache-control"], "no-cache");
        assert_eq!(asked(&BUILT, "/newsroom/assets/0a1b2c3d/newsroom.html").await.0, StatusCode::NOT_FOUND);
        assert_eq!(asked(&BUILT, "/newsroom/assets/0a1b2c3d/none.js").await.0, StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn program_without_the_newsroom_says_so_in_words() {
        let (status, _, body) = asked(&NOT_THERE, "/newsroom/").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(body.contains("cargo xtask build") && body.contains("dumka comments"), "{body}");
    }
}
