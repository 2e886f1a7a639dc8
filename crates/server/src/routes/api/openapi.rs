//! The API's description, made from the handlers themselves.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi, openapi};

use super::{comment, comments, counts, discussed, health, latest, live, preview, reports, votes};
use crate::http::etag;
use crate::public_url::PublicUrl;
use crate::routes::newsroom;
use crate::routes::pages::{assets, thread};

/// The description that other programs may rely on.
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
        comment::show,
        comment::edit,
        comment::delete,
        votes::vote,
        counts::counts,
        latest::latest,
        discussed::discussed,
        live::follow,
        preview::preview,
        reports::report,
        thread::show,
        thread::submit,
        assets::loader,
        serve,
        health::alive,
        health::ready,
        health::metrics
    ),
    components(schemas(dumka_api::Sort)),
    modifiers(&Tokens),
    tags(
        (name = "comments", description = "What widgets use"),
        (name = "pages", description = "What browsers use where no script runs"),
        (name = "operation", description = "What operators use")
    )
)]
struct Description;

/// The bearer tokens there are.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, description: &mut openapi::OpenApi) {
        let components = description.components.get_or_insert_default();
        let edit_token = "The `edit_token` of the answer to the post";
        components.add_security_scheme("edit_token", bearer(edit_token));
        let reader_token =
            "16–128 visible ASCII characters that the reader's browser makes up by chance and keeps";
        components.add_security_scheme("reader_token", bearer(reader_token));
        components.add_security_scheme("staff_session", newsroom::openapi::session_scheme());
        let api_key = "A key of a program: `dk_…`, as `dumka keys add` prints it";
        components.add_security_scheme("api_key", bearer(api_key));
    }
}

fn bearer(what: &str) -> SecurityScheme {
    let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(what));
    SecurityScheme::Http(scheme.build())
}

/// The API's description as OpenAPI 3.1.
pub fn description() -> openapi::OpenApi {
    Description::openapi().merge_from(newsroom::openapi::description())
}

/// This description.
#[utoipa::path(get, path = dumka_api::paths::OPENAPI, tag = "operation",
    responses((status = 200, description = "OpenAPI 3.1", body = Object)))]
pub(crate) async fn serve(State(public_url): State<Option<Arc<PublicUrl>>>, headers: HeaderMap) -> Response {
    // Relative to where this description itself is.
    let server = public_url.as_ref().map_or("../..", |url| url.as_str());
    let mut described = description();
    described.servers = Some(vec![openapi::Server::new(server)]);
    etag::json(&headers, &described)
}
