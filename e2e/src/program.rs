//! Where the programs are that the stories start.

use std::net::TcpListener;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// The path in an environment variable that `cargo xtask test` sets.
#[expect(clippy::disallowed_methods, reason = "the stories are told where the programs are")]
pub(crate) fn path(variable: &str) -> Result<PathBuf> {
    std::env::var(variable)
        .map(PathBuf::from)
        .with_context(|| format!("{variable} is not set; run `cargo xtask test`"))
}

/// A port of the loopback interface that was free a moment ago.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
