//! The only place that fetches.

mod error;
mod request;
pub mod rest;
mod timeout;

pub use request::{PendingResponse, Request, Response};
pub use rest::Client;
