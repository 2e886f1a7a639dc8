//! `screenshots`: every picture of the README and the documents, and the states of the widget to be looked at.

use std::path::PathBuf;

use anyhow::Result;
use xshell::cmd;

use crate::browsers::{self, Engine};
use crate::repo::Repo;
use crate::{build, bundle};

/// Takes the documents' pictures into `docs/pictures`, and the states into `folder`, by default `target/screenshots`.
pub(crate) fn run(repo: &Repo, folder: Option<&String>) -> Result<()> {
    let folder = folder.map_or_else(|| repo.target.join("screenshots"), PathBuf::from);
    let documents = repo.root.join("docs/pictures");
    bundle::build(repo)?;
    let browser = browsers::programs(repo, Engine::Chromium)?;
    cmd!(repo.sh, "cargo run --quiet -p e2e --example screenshots -- {folder} {documents}")
        .env("DUMKA_BIN", build::server(repo, "dev")?)
        .envs(browser)
        // The log of the server, which matters only to a failed test.
        .ignore_stdout()
        .run()?;
    println!("{}\n{}", documents.display(), folder.display());
    Ok(())
}
