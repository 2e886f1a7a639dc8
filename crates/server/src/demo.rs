//! The demo: three article pages, the gallery of styles, and the discussions under them.

mod discussion;
mod gallery;
mod staff;

use std::sync::Arc;

use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};

pub use self::discussion::{SeedError, seed};
pub use self::staff::{DemoInvitation, invite};

/// The content security policy of the pages: the widget and their own drawings, all from this server.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SVG: &str = "image/svg+xml";

const FILES: [(&str, &str, &str); 9] = [
    ("/demo/", HTML, include_str!("../../../index.html")),
    ("/demo/uk/", HTML, include_str!("../../../demo/uk.html")),
    ("/demo/en/", HTML, include_str!("../../../demo/en.html")),
    ("/demo/demo.css", CSS, include_str!("../../../demo/demo.css")),
    ("/demo/icon.svg", SVG, include_str!("../../../demo/icon.svg")),
    ("/demo/tram.svg", SVG, include_str!("../../../demo/tram.svg")),
    ("/demo/library.svg", SVG, include_str!("../../../demo/library.svg")),
    ("/demo/swifts.svg", SVG, include_str!("../../../demo/swifts.svg")),
    ("/demo/styles/gallery.css", CSS, include_str!("../../../demo/styles/gallery.css")),
];

/// The routes of the demo's pages and of the files that they load.
pub fn pages<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let to_demo = || get(|| async { Redirect::temporary("./demo/") });
    let router = Router::new().route("/", to_demo()).route("/demo", to_demo());
    let router = FILES.into_iter().fold(router, |router, (path, content_type, text)| {
        router.route(path, file(path, content_type, text))
    });
    gallery::styles().into_iter().fold(router, |router, style| {
        let router = router.route(&style.path, file(&style.path, HTML, &style.page));
        style
            .sheet
            .into_iter()
            .fold(router, |router, (path, sheet)| router.route(&path, file(&path, CSS, sheet)))
    })
}

fn file<S: Clone + Send + Sync + 'static>(
    path: &str,
    content_type: &'static str,
    source: &str,
) -> MethodRouter<S> {
    let text: Arc<str> = with_relative_urls(path, &without_trunk(source)).into();
    get(move || async move { page(content_type, text.to_string()) })
}

fn page(content_type: &'static str, text: String) -> Response {
    // With `no-referrer` a browser would name no origin when it sends the form before any script.
    let referrer = (REFERRER_POLICY, "same-origin");
    ([(CONTENT_TYPE, content_type), (CONTENT_SECURITY_POLICY, PAGE_POLICY), referrer], text).into_response()
}

/// Makes the file's addresses relative to `path`, so that they hold under any path of a proxy.
fn with_relative_urls(path: &str, source: &str) -> String {
    let up = "../".repeat(path.matches('/').count() - 1);
    let up = if up.is_empty() { "./" } else { &up };
    ["href=\"", "src=\""]
        .iter()
        .fold(source.to_owned(), |text, name| text.replace(&format!(" {name}/"), &format!(" {name}{up}")))
}

/// Leaves out the lines for Trunk, which serves the same page for development.
fn without_trunk(source: &str) -> String {
    source.split_inclusive('\n').filter(|line| !line.contains("data-trunk")).collect()
}
