//! Reads forms as browsers send them without JavaScript.

use std::convert::Infallible;

use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use dumka_api::ProblemKind;
use dumka_api::limits::BODY_MAX_BYTES;
use tokio::sync::OwnedSemaphorePermit;

use crate::http::form_charset::Pair;
use crate::http::form_fields::FormFields;
use crate::http::problem::ApiError;
use crate::http::request_body::BodyLimits;
use crate::http::{form_charset, request_body};
use crate::render::Lang;

/// Bytes of a form: three for each byte of a text, as a form writes all letters but the English ones.
const FORM_MAX_BYTES: usize = 3 * BODY_MAX_BYTES;
/// Bytes of a form that is read to be shown again: 35 times the longest text in the letters that take most.
const RETURNED_MAX_BYTES: usize = 4 * MIB;
/// Bytes of a form that are taken at all. What is not shown again is thrown away as it comes, and `body_secs` ends it.
const TAKEN_MAX_BYTES: usize = 64 * MIB;
const MIB: usize = 1024 * 1024;

/// A form that arrived, which may still be larger than is accepted.
pub(crate) struct FormBody {
    fields: FormFields,
    bytes: usize,
    _permit: Option<OwnedSemaphorePermit>,
}

impl FormBody {
    /// Returns the fields; fails where the form is too large.
    pub(crate) fn fields(&self) -> Result<&FormFields, ApiError> {
        if self.bytes > FORM_MAX_BYTES {
            Err(request_body::too_large(FORM_MAX_BYTES))
        } else {
            Ok(&self.fields)
        }
    }

    /// Returns the fields of a form of any size, to be shown again to its sender.
    pub(crate) fn fields_of_any_size(&self) -> &FormFields {
        &self.fields
    }
}

/// The encoding of a form.
enum FormEncoding {
    /// As our forms ask for.
    UrlEncoded,
    /// As a form that something on its page has changed may ask for, with what stands between its parts.
    Multipart(String),
}

/// Tells whether a request declares its body as a form.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    form_encoding(headers).is_some()
}

fn form_encoding(headers: &HeaderMap) -> Option<FormEncoding> {
    let content_type = content_type(headers);
    if essence(headers).eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Some(FormEncoding::UrlEncoded);
    }
    multer::parse_boundary(content_type).ok().map(FormEncoding::Multipart)
}

/// Reads a form's names and values.
pub(crate) async fn read(
    bodies: &BodyLimits,
    lang: Lang,
    headers: &HeaderMap,
    body: Body,
) -> Result<FormBody, ApiError> {
    let Some(encoding) = form_encoding(headers) else {
        let detail = "The form is expected as application/x-www-form-urlencoded.";
        return Err(ApiError::new(ProblemKind::ContentTypeUnsupported, detail));
    };
    let (max_bytes, permit) = reserve(bodies, request_body::declared_length(headers));
    let taken = request_body::Bounds { kept: max_bytes, taken: TAKEN_MAX_BYTES };
    let bytes = bodies.read_within(taken, headers, body).await?;
    let length = bytes.len();
    let pairs = match encoding {
        FormEncoding::UrlEncoded => form_charset::pairs(&bytes),
        FormEncoding::Multipart(boundary) => multipart_pairs(bytes, boundary).await,
    };
    let fields = form_charset::decode(&pairs, charset(headers), lang);
    Ok(FormBody { fields: FormFields::new(fields), bytes: length, _permit: permit })
}

/// Bytes of a form that may be held, and the leave to hold them; without one, as many as of every body.
fn reserve(bodies: &BodyLimits, declared: Option<usize>) -> (usize, Option<OwnedSemaphorePermit>) {
    let bytes = declared.unwrap_or(RETURNED_MAX_BYTES);
    if !(BODY_MAX_BYTES + 1..=RETURNED_MAX_BYTES).contains(&bytes) {
        return (BODY_MAX_BYTES, None);
    }
    let mib = u32::try_from(bytes.div_ceil(MIB)).expect("it is a few");
    bodies.reserve_mib(mib).map_or((BODY_MAX_BYTES, None), |permit| (bytes, Some(permit)))
}

/// The names and values of a form in parts; what cannot be read of it ends it.
async fn multipart_pairs(bytes: Vec<u8>, boundary: String) -> Vec<Pair> {
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
