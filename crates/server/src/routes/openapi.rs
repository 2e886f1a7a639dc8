//! The API's description, made from the handlers themselves.

use axum::http::HeaderMap;
use axum::response::Response;
use utoipa::OpenApi;
use utoipa::openapi;

use super::{comments, counts, health, latest, preview, reports, tagged, thread, widget};

/// What other programs may rely on.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Dumka comments",
        description = "Reads and adds the comments of pages. `GET` and `POST` of the collection are all that a minimal \
            endpoint needs; whatever else one can do is announced in a thread's `features`.",
        license(name = "MIT OR Apache-2.0")
    ),
    paths(
        comments::list,
        comments::submit,
        counts::counts,
        latest::latest,
        preview::preview,
        reports::report,
        thread::show,
        thread::submit,
        widget::loader,
        serve,
        health::alive,
        health::ready,
        health::metrics
    ),
    components(schemas(dumka_api::Sort)),
    tags(
        (name = "comments", description = "What widgets use"),
        (name = "pages", description = "What browsers use where no script runs"),
        (name = "operation", description = "What operators use")
    )
)]
struct Description;

/// The API's description as OpenAPI 3.1.
pub fn description() -> openapi::OpenApi {
    Description::openapi()
}

/// This description.
#[utoipa::path(get, path = dumka_api::paths::OPENAPI, tag = "operation",
    responses((status = 200, description = "OpenAPI 3.1", body = Object)))]
pub(super) async fn serve(headers: HeaderMap) -> Response {
    tagged::json(&headers, &description())
}
