//! Files of the npm packages that `e2e/package.json` names.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::binaries;

/// The path of a package's file, such as `axe-core/axe.min.js`.
pub fn path(file: &str) -> Result<PathBuf> {
    Ok(binaries::path("NODE_MODULES")?.join(file))
}

/// A package's file as text.
pub fn text(file: &str) -> Result<String> {
    let path = path(file)?;
    std::fs::read_to_string(&path).with_context(|| path.display().to_string())
}

/// A page's program of `e2e/apps` with the packages it names, in one script.
pub fn bundle(app: &str) -> Result<String> {
    let mut platforms = std::fs::read_dir(path("@esbuild")?)?;
    let platform = platforms.next().context("esbuild is installed for this platform")??.path();
    let output = Command::new(platform.join("bin/esbuild"))
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("apps").join(app))
        .args(["--bundle", "--format=iife", "--jsx=automatic", "--log-level=warning"])
        .arg("--define:process.env.NODE_ENV=\"development\"")
        .args(
            ["__VUE_OPTIONS_API__", "__VUE_PROD_DEVTOOLS__", "__VUE_PROD_HYDRATION_MISMATCH_DETAILS__"]
                .map(|flag| format!("--define:{flag}=false")),
        )
        .env("NODE_PATH", binaries::path("NODE_MODULES")?)
        .output()?;
    ensure!(output.status.success(), "{app}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}
