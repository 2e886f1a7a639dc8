//! Reading a form as browsers send it where no script runs.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use dumka_api::ProblemKind;
use dumka_api::limits::BODY_MAX_BYTES;
use tokio::sync::OwnedSemaphorePermit;

use super::form_charset::Pair;
use super::query::Query;
use super::{form_charset, reading, request_body};
use crate::app::App;
use crate::problem::Failure;

/// Bytes of a form: three for each byte of a text, as a form writes all letters but the English ones.
const FORM_MAX_BYTES: usize = 3 * BODY_MAX_BYTES;
/// Bytes of a form that is read to be shown again: 35 times the longest text in the letters that take most.
const RETURNED_MAX_BYTES: usize = 4 * MIB;
/// Bytes of a form that are taken at all. What is not shown again is thrown away as it comes, and `body_secs` ends it.
const TAKEN_MAX_BYTES: usize = 64 * MIB;
const MIB: usize = 1024 * 1024;

/// A form that arrived, which may still be larger than is taken.
pub(super) struct Form {
    fields: Query,
    bytes: usize,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Form {
    /// The names and values, where there are not too many.
    pub(super) fn fields(&self) -> Result<&Query, Failure> {
        if self.bytes > FORM_MAX_BYTES {
            Err(request_body::too_large(FORM_MAX_BYTES))
        } else {
            Ok(&self.fields)
        }
    }

    /// The names and values, to be shown again to whoever sent them.
    pub(super) fn words(&self) -> &Query {
        &self.fields
    }
}

/// How a body is written that browsers send as a form.
enum Writing {
    /// As our forms ask for.
    UrlEncoded,
    /// As a form that something on its page has changed may ask for, with what stands between its parts.
    Multipart(String),
}

/// Whether a body is declared as browsers send forms.
pub(super) fn is_form(headers: &HeaderMap) -> bool {
    writing(headers).is_some()
}

fn writing(headers: &HeaderMap) -> Option<Writing> {
    let content_type = content_type(headers);
    if essence(headers).eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Some(Writing::UrlEncoded);
    }
    multer::parse_boundary(content_type).ok().map(Writing::Multipart)
}

/// Reads a form's names and values.
pub(super) async fn read(app: &App, parts: &Parts, body: Body) -> Result<Form, Failure> {
    let Some(writing) = writing(&parts.headers) else {
        let detail = "The form is expected as application/x-www-form-urlencoded.";
        return Err(Failure::new(ProblemKind::ContentTypeUnsupported, detail));
    };
    let (max_bytes, permit) = room_for(app, request_body::declared_length(&parts.headers));
    let taken = request_body::Bounds { kept: max_bytes, taken: TAKEN_MAX_BYTES };
    let bytes = request_body::read_within(taken, &parts.headers, body, app.body_timeout).await?;
    let length = bytes.len();
    let pairs = match writing {
        Writing::UrlEncoded => form_charset::pairs(&bytes),
        Writing::Multipart(boundary) => parts_of(bytes, boundary).await,
    };
    let lang = reading::likely_lang(app, &parts.uri, &parts.headers);
    let fields = form_charset::decoded(&pairs, charset(&parts.headers), lang);
    Ok(Form { fields: Query::of(fields), bytes: length, _permit: permit })
}

/// Bytes of a form that may be held, and the leave to hold them; without one, as many as of every body.
fn room_for(app: &App, declared: Option<usize>) -> (usize, Option<OwnedSemaphorePermit>) {
    let bytes = declared.unwrap_or(RETURNED_MAX_BYTES);
    if !(BODY_MAX_BYTES + 1..=RETURNED_MAX_BYTES).contains(&bytes) {
        return (BODY_MAX_BYTES, None);
    }
    let mib = u32::try_from(bytes.div_ceil(MIB)).expect("it is a few");
    let room = Arc::clone(&app.large_forms).try_acquire_many_owned(mib);
    room.map_or((BODY_MAX_BYTES, None), |permit| (bytes, Some(permit)))
}

/// The names and values of a form in parts; what cannot be read of it ends it.
async fn parts_of(bytes: Vec<u8>, boundary: String) -> Vec<Pair> {
    let whole = futures_util::stream::iter([Ok::<_, Infallible>(bytes)]);
    let mut parts = multer::Multipart::new(whole, boundary);
    let mut pairs = Vec::new();
    while let Ok(Some(part)) = parts.next_field().await {
        let name = part.name().unwrap_or_default().as_bytes().to_vec();
        let Ok(value) = part.bytes().await else { break };
        pairs.push((name, value.to_vec()));
    }
    pairs
}

fn content_type(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn essence(headers: &HeaderMap) -> &str {
    content_type(headers).split(';').next().unwrap_or_default().trim()
}

fn charset(headers: &HeaderMap) -> Option<&str> {
    let parameters =
        content_type(headers).split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut charsets = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    charsets.next().map(|(_, value)| value.trim().trim_matches('"'))
}
