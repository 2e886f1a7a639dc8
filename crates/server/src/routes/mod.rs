//! HTTP in, one call, HTTP out. [`mod@router`] is the table of contents.

mod comments;
mod counts;
mod cross_origin;
mod guard;
mod health;
mod json_body;
mod observe;
mod openapi;
mod query;
mod requester;
mod router;
mod tagged;
mod widget;

pub use openapi::description;
pub use router::router;
