//! `screenshots`: pictures of the demo pages, to be looked at.

use std::path::PathBuf;

use anyhow::Result;
use xshell::cmd;

use crate::browsers::{self, Engine};
use crate::repo::Repo;
use crate::{build, bundle};

/// Takes the pictures into `folder`, by default `target/screenshots`.
pub(crate) fn run(repo: &Repo, folder: Option<&String>) -> Result<()> {
    let folder = folder.map_or_else(|| repo.target.join("screenshots"), PathBuf::from);
    repo.sh.create_dir(&folder)?;
    bundle::build(repo)?;
    let browser = browsers::programs(repo, Engine::Chromium)?;
    cmd!(repo.sh, "cargo run --quiet -p e2e --example screenshots -- {folder}")
        .env("DUMKA_BIN", build::server(repo, "dev")?)
        .envs(browser)
        // The log of the server, which matters only to a failed test.
        .ignore_stdout()
        .run()?;
    println!("{}", folder.display());
    Ok(())
}
