//! The routes: [`mod@router`] names every path with every layer; `api` answers programs, `newsroom` moderators, `pages` browsers.

mod api;
mod negotiation;
mod newsroom;
mod newsroom_app;
mod page_body;
mod pages;
mod router;
mod thread_response;
mod thread_url;

pub use api::openapi::description;
pub use router::{DemoMode, router};
