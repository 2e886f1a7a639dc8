//! The only place that fetches.

mod deadline;
mod error;
pub mod rest;

pub use rest::Client;
