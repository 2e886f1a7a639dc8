//! `screenshots`: pictures of the demo pages, to be looked at.

use std::path::PathBuf;

use anyhow::Result;
use xshell::cmd;

use crate::repo::Repo;
use crate::{build, bundle, tools};

/// Takes the pictures into `folder`, by default `target/screenshots`.
pub(crate) fn run(repo: &Repo, folder: Option<&String>) -> Result<()> {
    let folder = folder.map_or_else(|| repo.target.join("screenshots"), PathBuf::from);
    repo.sh.create_dir(&folder)?;
    bundle::build(repo)?;
    let browser = tools::browser(repo)?;
    cmd!(repo.sh, "cargo run --quiet -p e2e --example screenshots -- {folder}")
        .env("DUMKA_BIN", build::server(repo, "dev")?)
        .env("CHROME", browser.chrome)
        .env("CHROMEDRIVER", browser.driver)
        // The log of the server, which matters only to a failed test.
        .ignore_stdout()
        .run()?;
    println!("{}", folder.display());
    Ok(())
}
