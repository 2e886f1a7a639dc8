//! A disk of some megabytes in memory, which can be filled. Only root may make one.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, ensure};
use tempfile::TempDir;
use xshell::cmd;

use crate::repo::Repo;

/// The extent of the disk: room for a run and its indexes.
const SIZE: &str = "size=256m,mode=0777";
/// The bytes of a piece of the file that fills it.
const PIECE_BYTES: usize = 65_536;

/// A mounted disk, which goes with this value.
pub(super) struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    /// Mounts one, or says why that cannot be.
    pub(super) fn mount(repo: &Repo) -> Result<Self, String> {
        if cmd!(repo.sh, "id -u").quiet().read().is_ok_and(|id| id != "0") {
            return Err("a small disk can be mounted by root alone".into());
        }
        let folder = tempfile::Builder::new().prefix("dumka-disk-").tempdir();
        let folder = folder.map_err(|error| error.to_string())?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]).arg(folder.path()).stderr(Stdio::null());
        match mount.status() {
            Ok(done) if done.success() => Ok(Self { folder }),
            _ => Err("no small disk can be mounted here".into()),
        }
    }

    /// The folder where it is.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Fills it to the last byte.
    pub(super) fn fill(&self) -> Result<()> {
        let piece = vec![0; PIECE_BYTES];
        let mut ballast = File::create(self.ballast())?;
        let mut written = 0;
        while let Ok(bytes) = ballast.write(&piece) {
            written += bytes;
        }
        ensure!(written > 0, "the disk was full already");
        Ok(())
    }

    /// Gives the room back.
    pub(super) fn empty(&self) -> Result<()> {
        Ok(fs::remove_file(self.ballast())?)
    }

    fn ballast(&self) -> PathBuf {
        self.folder().join("ballast")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // By now nobody uses it; where it cannot be unmounted, its folder stays.
        let _ = Command::new("umount").arg(self.folder()).status();
    }
}
