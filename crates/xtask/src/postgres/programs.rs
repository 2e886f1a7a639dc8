//! Finds PostgreSQL, and installs it where that is allowed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::browsers::install_packages;
use crate::repo::Repo;

/// The oldest version that Dumka takes.
const OLDEST: u32 = 15;
/// The environment variable with the folder of PostgreSQL's programs.
pub(super) const VARIABLE: &str = "POSTGRES_BIN";
/// The folder below which Debian has each version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// Returns the folder of PostgreSQL's programs: from the environment, from Debian's folders, from `PATH`, or installed.
pub(super) fn folder(repo: &Repo) -> Result<PathBuf> {
    if let Ok(folder) = repo.sh.var(VARIABLE) {
        return Ok(folder.into());
    }
    if let Some(folder) = found(repo) {
        return Ok(folder);
    }
    if install_packages(repo, "PostgreSQL", &["postgresql"])?
        && let Some(folder) = found(repo)
    {
        return Ok(folder);
    }
    bail!(
        "PostgreSQL {OLDEST} or later is not there.\n\
         Debian, Ubuntu: sudo apt-get install postgresql\n\
         elsewhere: install it, and set {VARIABLE} to the folder of its programs"
    )
}

fn found(repo: &Repo) -> Option<PathBuf> {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let versions = versions.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let newest = versions.filter(|version| *version >= OLDEST).max();
    let debian = newest.map(|version| Path::new(DEBIAN).join(version.to_string()).join("bin"));
    let path = repo.sh.var_os("PATH").unwrap_or_default();
    let folders = debian.into_iter().chain(std::env::split_paths(&path));
    folders.into_iter().find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}
