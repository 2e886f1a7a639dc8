//! Shows failures of navigations as pages instead of JSON, with what was typed in a form that can be sent again.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::Method;
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use dumka_api::{Problem, paths};
use futures_util::future::{Either, FutureExt};

use super::page_request::SCRIPTED;
use super::private_page::private_page;
use super::thread_form::for_reader;
use crate::app::App;
use crate::http::form_body::{self, FormBody};
use crate::http::language::{likely_language, likely_site};
use crate::http::layers;
use crate::http::middleware::{Inner, Responding};
use crate::http::request_body::BodyLimits;
use crate::render::{self, FailurePage};
use crate::routes::page_body::PageBody;
use crate::sites::Sites;

/// The state of this middleware.
pub(crate) struct FailurePages {
    sites: Arc<Sites>,
    bodies: BodyLimits,
}

impl FailurePages {
    /// Creates the middleware's state.
    pub(crate) fn new(app: &App) -> Self {
        Self { sites: Arc::clone(&app.sites), bodies: app.bodies.clone() }
    }
}

/// The parts of a request that are read before it is answered.
struct ReadRequest {
    parts: Parts,
    form: Option<Arc<FormBody>>,
}

/// Lets the routes answer, and makes pages of the failures of navigations.
pub(crate) fn show_failures<S: Inner>(
    pages: &Arc<FailurePages>,
    inner: &mut S,
    request: Request,
) -> impl Responding + use<S> {
    if !is_navigation(&request) {
        return Either::Left(inner.call(request));
    }
    Either::Right(navigate(Arc::clone(pages), inner.clone(), request).map(Ok).boxed())
}

async fn navigate(pages: Arc<FailurePages>, mut inner: impl Inner, request: Request) -> Response {
    let (mut parts, mut body) = request.into_parts();
    let mut form = None;
    if is_form_of_thread(&parts) {
        let taken = std::mem::take(&mut body);
        let lang = likely_language(&pages.sites, &parts.uri, &parts.headers);
        match form_body::read(&pages.bodies, lang, &parts.headers, taken).await {
            Ok(read) => form = Some(Arc::new(read)),
            Err(failure) => {
                return failure_page(&pages.sites, &ReadRequest { parts, form }, failure.into_response());
            }
        }
    }
    let asked = ReadRequest { parts: parts.clone(), form: form.clone() };
    if let Some(form) = form {
        parts.extensions.insert(form);
    }
    let Ok(response) = inner.call(Request::from_parts(parts, body)).await;
    failure_page(&pages.sites, &asked, response)
}

/// Returns the response as it is, or the failure in it as a page.
fn failure_page(sites: &Sites, asked: &ReadRequest, mut response: Response) -> Response {
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    let Parts { uri, headers, .. } = &asked.parts;
    let failure = FailurePage {
        lang: likely_language(sites, uri, headers),
        phrases: sites.locale(&likely_site(uri)).phrases,
        problem: for_reader(problem),
        address: uri.query().map(|query| format!("?{query}")).unwrap_or_default(),
        fields: asked.form.as_ref().map(|form| form.fields_of_any_size().pairs().collect()),
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    let mut answer = private_page(parts.status, PageBody::html(render::failure_page(&failure)));
    for (name, value) in answer.headers() {
        parts.headers.insert(name, value.clone());
    }
    *answer.headers_mut() = parts.headers;
    layers::with_security_headers(answer)
}

/// Tells whether a browser asks for what it will show in the place of the page before. Old ones do not say so.
fn is_navigation(request: &Request) -> bool {
    let headers = request.headers();
    let is = |name, test: fn(&str) -> bool| {
        headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).map(test)
    };
    let mode = is("sec-fetch-mode", |mode| mode == "navigate");
    let takes_pages = is(ACCEPT.as_str(), |accepted| accepted.contains("text/html")) == Some(true);
    mode.unwrap_or_else(|| takes_pages || is_sent_form(request))
}

/// Tells whether the thread's form was sent, be it by a browser that says nothing of itself.
fn is_sent_form(request: &Request) -> bool {
    let is_for_thread = request.method() == Method::POST && request.uri().path() == paths::THREAD;
    let query = request.uri().query().unwrap_or_default();
    let is_scripted = query.split('&').any(|pair| pair.split('=').next() == Some(SCRIPTED));
    let content_type =
        request.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let as_forms_are = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
    is_for_thread && !is_scripted && as_forms_are.iter().any(|kind| content_type.starts_with(kind))
}

fn is_form_of_thread(parts: &Parts) -> bool {
    parts.method == Method::POST && parts.uri.path() == paths::THREAD && form_body::is_form(&parts.headers)
}
