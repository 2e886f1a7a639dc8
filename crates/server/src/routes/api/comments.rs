//! The comments collection: list and add.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use dumka_api::{Listing, NewComment, Problem, ProblemKind, Submitted, paths};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::WriteState;
use crate::cache::{CacheKey, Links, Representation};
use crate::commands::{self, Actor, Post, SitePolicy};
use crate::domain::submission::check_url;
use crate::http::client::Client;
use crate::http::idempotency_key;
use crate::http::json_body;
use crate::http::language::Language;
use crate::http::layers;
use crate::http::params::{HeadingParam, LangParam, ListParams, StartParams, ThreadQuery};
use crate::http::problem::responses::{
    BodyTooSlow, BodyUnsupported, ListQueryInvalid, RateLimited, SiteUnknown, StoreUnavailable, WriteFailed,
};
use crate::http::problem::{ApiError, NO_STORE};
use crate::http::query::{Once, Query};
use crate::public_url::PublicUrl;
use crate::render::StyleMode;
use crate::routes::negotiation::Negotiation;
use crate::routes::thread_response::ThreadResponses;
use crate::storage::ListQuery;

/// The query of a list. The parts of a list are judged last.
type CommentsQuery = (ThreadQuery, FragmentParams, HeadingParam, LangParam, ListParams, StartParams);

/// The representation of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FragmentParams {
    /// `json`, the default; `html`, the thread as a ready fragment; or `tree`, for a script: the same as nested arrays of
    /// JSON, each node a text or `["name", {"attribute": "value"}, node, …]`. The last node is the thread. Before it stand, if
    /// there are comments, the controls of all of them as one row, in which `{id}`, `{name}` and `{score}` stand for a
    /// comment's id, its author's name and its score. Under a comment whose controls are these a `span` has its score in
    /// their place, with a `+` behind it where there are replies to fold up.
    #[param(value_type = Option<String>)]
    format: Once,
    /// The manner in which HTML brings its style: `link`, the default, or `inline`.
    #[param(value_type = Option<String>)]
    style: Once,
    /// The address of the article that HTML is put into, `http:` or `https:`, at most 2048 bytes: links to comments begin
    /// with it, whatever `<base>` the article has. One outside the site's `origins` counts as none; then the thread's own
    /// address does, or a `page` that is a path. Scripts (`Sec-Fetch-Dest: empty`) get `#comment-…` alone.
    #[param(value_type = Option<String>, example = "https://news.example/42")]
    url: Once,
}

impl FragmentParams {
    /// A browser's script puts the thread into the page that it stands on, whose address it knows; any other client puts it
    /// into the article.
    fn links(&self, policy: &SitePolicy, headers: &HeaderMap) -> Result<Links, ApiError> {
        let given = self.url.value("url")?.map(str::trim).filter(|url| !url.is_empty());
        let given = given.map(check_url).transpose()?.filter(|url| policy.is_own_page(url));
        Ok(if layers::is_script(headers) { Links::Page } else { Links::Article(given) })
    }

    fn style(&self) -> Result<StyleMode, ApiError> {
        match self.style.value("style")? {
            None | Some("link") => Ok(StyleMode::Linked),
            Some("inline") => Ok(StyleMode::Inline),
            Some(_) => Err(query_invalid("style", "The style is link or inline.")),
        }
    }
}

/// Lists a thread: top-level comments in the order asked for, each followed by all its replies. An answer holds
/// 300 comments or 64 KiB of text, at most; it may end, and the next begin, inside a tree of replies.
#[utoipa::path(
    get,
    path = paths::COMMENTS,
    tag = "comments",
    params(ThreadQuery, ListParams, StartParams, FragmentParams, HeadingParam, LangParam),
    responses(
        (status = 200, description = "The thread; one nobody wrote in yet is empty and open",
            content((Listing = "application/json"), (String = "text/html")),
            headers(("ETag" = String, description = "Strong tag for `If-None-Match`"))),
        (status = 304, description = "Nothing has changed since the tag of `If-None-Match`"),
        ListQueryInvalid,
        SiteUnknown,
        (status = 422, description = "`site_empty`, `page_empty`, `page_too_long`, `control_characters`, `url_invalid`", body = Problem, content_type = "application/problem+json"),
        RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn list(
    State(responses): State<ThreadResponses>,
    Query((thread, fragment, heading, lang, list, start)): Query<CommentsQuery>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let thread = thread.thread()?;
    let policy = responses.sites.policy(&thread.site)?;
    let (representation, language) = match fragment.format.value("format")? {
        None | Some("json") => (Representation::Json, None),
        Some("html") => {
            let language = Language::choose(&responses.sites, &thread.site, lang.tag()?, &headers);
            let links = fragment.links(&policy, &headers)?;
            let style = fragment.style()?;
            (Representation::Fragment(language.lang(), style, heading.level()?, links), Some(language))
        }
        Some("tree") => {
            let language = Language::choose(&responses.sites, &thread.site, lang.tag()?, &headers);
            (Representation::Tree(language.lang(), heading.level()?), Some(language))
        }
        Some(_) => return Err(query_invalid("format", "The format is json, html or tree.")),
    };
    let query = ListQuery { thread, sort: list.sort()?, start: start.start()?, limits: list.limits()? };
    let request = Negotiation { headers: &headers, language };
    responses.respond(&policy, &CacheKey { query, representation, spelled: None }, request).await
}

/// Adds a comment. It is on disk when the answer is 201, and the same `Idempotency-Key` never adds it twice.
#[utoipa::path(
    post,
    path = paths::COMMENTS,
    tag = "comments",
    params(("Idempotency-Key" = String, Header, description = "1–128 visible ASCII characters, new for every new comment")),
    request_body(content = NewComment, example = json!({
        "site": "news.example", "page": "news/42", "parent": null,
        "author": {"name": "Olha"}, "text": "About time, *really*."
    })),
    responses(
        (status = 201, description = "The comment, published or pending", body = Submitted,
            headers(("Location" = String, description = "The comment's address"))),
        (status = 400, description = "`json_invalid`, `idempotency_key_missing`, `idempotency_key_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`origin_not_allowed`, `thread_closed`", body = Problem, content_type = "application/problem+json"),
        SiteUnknown, BodyTooSlow,
        (status = 409, description = "`idempotency_key_reused` with another comment", body = Problem, content_type = "application/problem+json"),
        BodyUnsupported,
        (status = 422, description = "A field breaks a rule: `text_empty`, `text_too_long`, `name_empty`, `parent_not_found`, …", body = Problem, content_type = "application/problem+json",
            example = json!({"type": "urn:dumka:problem:text_too_long", "title": "The text is too long", "status": 422,
                "detail": "text: The text is too long", "kind": "text_too_long", "field": "text", "limit": 10000})),
        RateLimited, WriteFailed,
    )
)]
pub(crate) async fn submit(
    State(state): State<WriteState>,
    client: Client,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let key = idempotency_key::read(&headers)?;
    let new: NewComment = json_body::read(&state.bodies, &headers, body).await?;
    let post = Post::new(&new)?.with_key(key);
    let policy = state.sites.admit(post.site(), client.origin.as_str())?;
    let author = Actor::Guest { token: None, address: client.address };
    let posted = commands::submit(&state.context, &policy, &author, post).await?;
    state.metrics.record_comment();
    Ok(created(state.public_url.as_deref(), posted.into_submitted()))
}

fn query_invalid(field: &'static str, detail: &'static str) -> ApiError {
    ApiError::new(ProblemKind::QueryInvalid, detail).in_field(field)
}

fn created(public_url: Option<&PublicUrl>, submitted: Submitted) -> Response {
    let server = public_url.map_or("", PublicUrl::as_str);
    let location = HeaderValue::try_from(format!("{server}{}/{}", paths::COMMENTS, submitted.comment.id))
        .expect("an id is a UUID, and the server's address is one of the web");
    (StatusCode::CREATED, [(LOCATION, location), (CACHE_CONTROL, NO_STORE)], Json(submitted)).into_response()
}
