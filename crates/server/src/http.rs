//! HTTP itself, apart from the routes: parameters, bodies, headers, middleware, problems.

pub(crate) mod bearer;
pub mod client;
pub(crate) mod cors;
pub(crate) mod etag;
pub(crate) mod form_body;
pub(crate) mod form_charset;
pub(crate) mod form_fields;
pub(crate) mod form_origin;
pub(crate) mod host;
pub(crate) mod idempotency_key;
pub(crate) mod json_body;
pub(crate) mod language;
pub mod layers;
pub(crate) mod middleware;
pub(crate) mod params;
pub mod problem;
pub(crate) mod query;
pub(crate) mod rate_limiter;
pub(crate) mod reader_cookie;
pub mod request_body;
pub(crate) mod request_log;
pub(crate) mod under_path;
pub(crate) mod unread_body;
