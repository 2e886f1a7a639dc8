//! `build`: one program, the widget's files inside it.

use std::path::PathBuf;

use anyhow::Result;
use xshell::cmd;

use crate::bundle;
use crate::repo::Repo;

/// Builds the widget and the optimised server around it; returns the program's path.
pub(crate) fn release(repo: &Repo) -> Result<PathBuf> {
    bundle::build(repo)?;
    println!("[5/5] the server, optimised (some minutes the first time)");
    server(repo, "release")
}

/// Builds the server in `profile` (`dev` or `release`) around the widget that lies there.
pub(crate) fn server(repo: &Repo, profile: &str) -> Result<PathBuf> {
    cmd!(repo.sh, "cargo build -p dumka-server --bin dumka --profile {profile}")
        .env("DUMKA_WIDGET_DIR", repo.widget())
        .env("DUMKA_NEWSROOM_DIR", repo.newsroom())
        .run()?;
    let folder = if profile == "dev" { "debug" } else { profile };
    Ok(repo.target.join(folder).join("dumka").with_extension(std::env::consts::EXE_EXTENSION))
}
