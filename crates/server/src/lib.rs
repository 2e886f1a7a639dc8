//! The Dumka server: keeps, moderates and serves comments.

pub mod app;
pub mod assets;
pub mod auth;
pub mod cache;
pub mod cli;
pub mod client_address;
pub mod clock;
pub mod commands;
pub mod config;
pub mod content_encoding;
pub mod credentials;
pub mod demo;
pub mod entropy;
pub mod forwarding;
pub mod http;
mod json;
pub mod live;
pub mod metrics;
pub mod origin;
pub mod public_url;
pub mod rate_limit;
pub mod readiness;
mod render;
pub mod routes;
mod search_index;
pub mod serve;
pub mod server;
pub mod sites;

pub use dumka_domain::{self as domain, moderation};
pub use dumka_storage as storage;
