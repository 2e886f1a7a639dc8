//! The widget's files: the loader under its stable name, everything else under the build's hash.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use dumka_api::ProblemKind;

use super::tagged;
use crate::app::App;
use crate::assets::{Asset, Encoding, HOW_TO_BUILD};
use crate::problem::Failure;
use crate::ready::tag;

/// Pages that isolate themselves by COEP may load the files, too.
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

const LOADER_CACHING: &str = "public, max-age=300, stale-while-revalidate=86400";
const HASHED_CACHING: &str = "public, max-age=31536000, immutable";
const OLD_HASH_CACHING: &str = "no-cache";

/// The loader.
pub(super) async fn loader(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Failure> {
    let loader = app.widget.find("embed.js");
    let loader = loader.ok_or_else(|| Failure::new(ProblemKind::NotFound, HOW_TO_BUILD))?;
    Ok(serve(loader, LOADER_CACHING, &headers))
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

fn serve(asset: &Asset, caching: &'static str, request: &HeaderMap) -> Response {
    let accepted = request.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut response = representation(asset, Encoding::best_for(accepted), request);
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    response
}

/// The bytes in one encoding, or nothing where the client holds them. Each encoding's tag gets its mark on the way
/// out, like every other answer's.
fn representation(asset: &Asset, encoding: Encoding, request: &HeaderMap) -> Response {
    let tag = tag(asset.plain);
    if let Some(held) = tagged::held(request, &tag) {
        return (StatusCode::NOT_MODIFIED, [(ETAG, held)]).into_response();
    }
    let mut response = ([(ETAG, tagged::quoted(&tag))], asset.bytes(encoding)).into_response();
    if let Some(word) = encoding.as_str() {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(word));
    }
    response
}
