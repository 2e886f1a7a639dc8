//! The demo: three article pages, the gallery of styles, and the discussions under them.

mod discussion;
mod gallery;

use std::sync::Arc;

use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};

pub use self::discussion::{SeedError, seed};

/// What the pages may load: the widget and their own drawings, all from this server.
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

/// The demo's pages and what they load.
pub fn pages<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let to_demo = || get(|| async { Redirect::temporary("./demo/") });
    let router = Router::new().route("/", to_demo()).route("/demo", to_demo());
    let router = FILES.into_iter().fold(router, |router, (path, content_type, text)| {
        router.route(path, file(path, content_type, text))
    });
    gallery::looks().into_iter().fold(router, |router, look| {
        let router = router.route(&look.path, file(&look.path, HTML, &look.page));
        look.sheet
            .into_iter()
            .fold(router, |router, (path, sheet)| router.route(&path, file(&path, CSS, sheet)))
    })
}

fn file<S: Clone + Send + Sync + 'static>(
    path: &str,
    content_type: &'static str,
    source: &str,
) -> MethodRouter<S> {
    let text: Arc<str> = from_here(path, &without_trunk(source)).into();
    get(move || async move { page(content_type, text.to_string()) })
}

fn page(content_type: &'static str, text: String) -> Response {
    // With `no-referrer` a browser would name no origin when it sends the form before any script.
    let referrer = (REFERRER_POLICY, "same-origin");
    ([(CONTENT_TYPE, content_type), (CONTENT_SECURITY_POLICY, PAGE_POLICY), referrer], text).into_response()
}

/// The file with its addresses as they are from `path`, wherever a proxy has put the demo.
fn from_here(path: &str, source: &str) -> String {
    let up = "../".repeat(path.matches('/').count() - 1);
    let up = if up.is_empty() { "./" } else { &up };
    ["href=\"", "src=\""]
        .iter()
        .fold(source.to_owned(), |text, name| text.replace(&format!(" {name}/"), &format!(" {name}{up}")))
}

/// The file less the lines that are orders to Trunk, which serves the same page for development.
fn without_trunk(source: &str) -> String {
    source.split_inclusive('\n').filter(|line| !line.contains("data-trunk")).collect()
}
