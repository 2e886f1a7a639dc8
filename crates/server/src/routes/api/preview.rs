//! Previews of texts.

use axum::body::Body as RequestBody;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use dumka_api::{NewPreview, Previewed, Problem, paths};

use super::comment::no_store;
use crate::app::WriteState;
use crate::commands;
use crate::http::client::Client;
use crate::http::json_body;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{
    BodyTooSlow, BodyUnsupported, JsonInvalid, OriginNotAllowed, RateLimited,
};
use crate::sites::AdmissionError;

/// Shows a text as it would be published, by the same rules and the same parser. Nothing is kept.
#[utoipa::path(
    post,
    path = paths::PREVIEW,
    tag = "comments",
    request_body(content = NewPreview, example = json!({"text": "About time, *really*."})),
    responses(
        (status = 200, description = "The text as a tree; an empty text is an empty one", body = Previewed),
        JsonInvalid,
        OriginNotAllowed,
        BodyTooSlow, BodyUnsupported,
        (status = 422, description = "`text_too_long`, `control_characters`", body = Problem, content_type = "application/problem+json"),
        RateLimited,
    )
)]
pub(crate) async fn preview(
    State(state): State<WriteState>,
    client: Client,
    headers: HeaderMap,
    body: RequestBody,
) -> Result<Response, ApiError> {
    if client.origin.as_str().is_some_and(|origin| !state.sites.knows_origin(origin)) {
        return Err(AdmissionError::OriginNotAllowed.into());
    }
    let NewPreview { text } = json_body::read(&state.bodies, &headers, body).await?;
    Ok(no_store(&Previewed { body: commands::preview(&text)? }))
}
