//! The only place that fetches.

mod call;
mod deadline;
mod error;
pub mod rest;

pub use call::{Call, Sent};
pub use rest::Client;
