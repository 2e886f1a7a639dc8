//! The only place that fetches.

mod error;
mod request;
pub mod response;
mod timeout;

pub use request::{Client, Request};
