//! Builds the program as it was before the last change of its tables.

use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::cmd;

use crate::repo::Repo;

/// The last commit whose programs know the tables of the version before alone. A step of the migrations moves it on.
const COMMIT: &str = "c91fe32914d4a98395ebee7cb740f6c4c1f846a0";

/// Builds the server of [`COMMIT`], without the widget, and returns its path.
pub(crate) fn build(repo: &Repo) -> Result<PathBuf> {
    let (sh, source, target) =
        (&repo.sh, repo.target.join("earlier/source"), repo.target.join("earlier/target"));
    let program = target.join("debug/dumka").with_extension(std::env::consts::EXE_EXTENSION);
    let built = repo.target.join("earlier/commit");
    if program.is_file() && sh.read_file(&built).is_ok_and(|commit| commit == COMMIT) {
        return Ok(program);
    }
    println!("building the version before, of the commit {COMMIT} (some minutes the first time)");
    sh.create_dir(&source)?;
    let archive = repo.target.join("earlier/source.tar");
    cmd!(sh, "git archive --output {archive} {COMMIT}")
        .run()
        .context("the history does not reach back to the version before; fetch all of it")?;
    cmd!(sh, "tar -xf {archive} -C {source}").run()?;
    let manifest = source.join("Cargo.toml");
    cmd!(sh, "cargo build --manifest-path {manifest} --target-dir {target} -p dumka-server --bin dumka")
        .run()?;
    sh.write_file(&built, COMMIT)?;
    Ok(program)
}
