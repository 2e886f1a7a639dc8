//! `screenshots` and `host-pages`: pictures of the demo pages and of pages of others, to be looked at.

use std::path::PathBuf;

use anyhow::Result;
use xshell::cmd;

use crate::repo::Repo;
use crate::{build, bundle, tools};

/// Takes those of the demo pages into `folder`, by default `target/screenshots`.
pub(crate) fn run(repo: &Repo, folder: Option<&String>) -> Result<()> {
    take(repo, "screenshots", folder)
}

/// Takes those of the widget in pages of others, one sheet of all of them included; by default into
/// `target/host_pages`.
pub(crate) fn host_pages(repo: &Repo, folder: Option<&String>) -> Result<()> {
    take(repo, "host_pages", folder)
}

fn take(repo: &Repo, example: &str, folder: Option<&String>) -> Result<()> {
    let folder = folder.map_or_else(|| repo.target.join(example), PathBuf::from);
    repo.sh.create_dir(&folder)?;
    bundle::build(repo)?;
    let browser = tools::browser(repo)?;
    cmd!(repo.sh, "cargo run --quiet -p e2e --example {example} -- {folder}")
        .env("DUMKA_BIN", build::server(repo, "dev")?)
        .env("NODE_MODULES", tools::npm_packages(repo)?)
        .env("CHROME", browser.chrome)
        .env("CHROMEDRIVER", browser.driver)
        // The log of the server, which matters only to a failed test.
        .ignore_stdout()
        .run()?;
    println!("{}", folder.display());
    Ok(())
}
