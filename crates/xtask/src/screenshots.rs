//! `screenshots` and `host-pages`: takes the pictures of the README and the documents, of the states of the widget, and
//! of the widget in pages of others.

use std::path::PathBuf;

use anyhow::Result;
use xshell::cmd;

use crate::browsers::{self, Engine};
use crate::repo::Repo;
use crate::{build, bundle, tools};

/// Takes the documents' pictures into `docs/pictures`, and the states into `folder`, by default `target/screenshots`.
pub(crate) fn run(repo: &Repo, folder: Option<&String>) -> Result<()> {
    take(repo, "screenshots", folder, &[repo.root.join("docs/pictures")])
}

/// Takes the pictures of the widget in pages of others, and one sheet of all of them; by default into
/// `target/host_pages`.
pub(crate) fn host_pages(repo: &Repo, folder: Option<&String>) -> Result<()> {
    take(repo, "host_pages", folder, &[])
}

fn take(repo: &Repo, example: &str, folder: Option<&String>, others: &[PathBuf]) -> Result<()> {
    let folder = folder.map_or_else(|| repo.target.join(example), PathBuf::from);
    repo.sh.create_dir(&folder)?;
    bundle::build(repo)?;
    let browser = browsers::programs(repo, Engine::Chromium)?;
    cmd!(repo.sh, "cargo run --quiet -p e2e --example {example} -- {folder} {others...}")
        .env("DUMKA_BIN", build::server(repo, "dev")?)
        .env("NODE_MODULES", tools::npm_packages(repo)?)
        .envs(browser)
        // The log of the server, which matters only to a failed test.
        .ignore_stdout()
        .run()?;
    for folder in others.iter().chain([&folder]) {
        println!("{}", folder.display());
    }
    Ok(())
}
