//! `dist`: the program with its licence and documents, as one archive to hand out.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use xshell::cmd;

use crate::build;
use crate::repo::Repo;

/// The files beside the program.
const DOCUMENTS: [&str; 5] = ["LICENSE", "README.md", "CHANGELOG.md", "dumka.example.toml", "docs"];

/// Leaves `target/dist/dumka-<version>-<platform>.tar.gz` and its `SHA256SUMS`.
pub(crate) fn run(repo: &Repo) -> Result<()> {
    let sh = &repo.sh;
    let program = build::release(repo)?;
    let name = format!("dumka-{}-{}", env!("CARGO_PKG_VERSION"), host(repo)?);
    let dist = repo.target.join("dist");
    sh.remove_path(&dist)?;
    let folder = sh.create_dir(dist.join(&name))?;
    sh.copy_file(program, &folder)?;
    cmd!(sh, "cp -R {DOCUMENTS...} {folder}").quiet().run()?;
    let archive = format!("{name}.tar.gz");
    cmd!(sh, "tar -czf {dist}/{archive} -C {dist} {name}").quiet().run()?;
    let sum = sha256(&dist.join(&archive))?;
    fs::write(dist.join("SHA256SUMS"), format!("{sum}  {archive}\n"))?;
    println!("{}", dist.join(archive).display());
    Ok(())
}

/// The platform's name in rustc, such as `x86_64-unknown-linux-gnu`.
fn host(repo: &Repo) -> Result<String> {
    let version = cmd!(repo.sh, "rustc -vV").quiet().read()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not name its host")?.to_owned())
}

fn sha256(path: &Path) -> Result<String> {
    let digest = Sha256::digest(fs::read(path)?);
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat())
}
