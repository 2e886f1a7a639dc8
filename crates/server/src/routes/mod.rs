//! HTTP in, one call, HTTP out. [`mod@router`] is the table of contents.

mod bearer;
mod comment;
mod comments;
mod counts;
mod cross_origin;
mod failure_page;
mod form_body;
mod form_charset;
mod form_origin;
mod form_own;
mod form_reader;
mod guard;
mod health;
mod host;
mod json_body;
mod latest;
mod live;
mod observe;
mod openapi;
mod preview;
mod query;
mod reader_page;
mod reading;
mod reports;
mod request_body;
mod requester;
mod router;
mod tagged;
mod thread;
mod thread_form;
mod under_path;
mod unread_body;
mod vote;
mod widget;

pub use openapi::description;
pub use router::router;
