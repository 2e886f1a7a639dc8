//! Files of the npm packages that `e2e/package.json` names.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::program;

/// The path of a package's file, such as `axe-core/axe.min.js`.
pub fn path(file: &str) -> Result<PathBuf> {
    Ok(program::path("NODE_MODULES")?.join(file))
}

/// A package's file as text.
pub fn text(file: &str) -> Result<String> {
    let path = path(file)?;
    std::fs::read_to_string(&path).with_context(|| path.display().to_string())
}
