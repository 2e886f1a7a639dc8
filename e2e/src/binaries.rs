//! The paths of the programs that the stories start.

use std::net::TcpListener;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// The path in an environment variable that `cargo xtask test` sets.
pub(crate) fn path(name: &str) -> Result<PathBuf> {
    variable(name).map(PathBuf::from).with_context(|| format!("{name} is not set; run `cargo xtask test`"))
}

/// Reads an environment variable.
#[expect(clippy::disallowed_methods, reason = "the stories are told by what they run, and where it is")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// A port of the loopback interface that was free a moment ago.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
