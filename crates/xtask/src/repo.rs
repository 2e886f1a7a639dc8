//! The repository: its root, cargo's target directory, the locked versions.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

/// The working copy this program was built from, with a shell in its root.
pub(crate) struct Repo {
    /// Runs programs from the root.
    pub(crate) sh: Shell,
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's target directory.
    pub(crate) target: PathBuf,
}

impl Repo {
    /// Finds the repository and asks cargo for the target directory.
    pub(crate) fn open() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
        let root = root.context("this crate is two folders below the root")?.to_path_buf();
        let sh = Shell::new()?;
        sh.change_dir(&root);
        let metadata = cmd!(sh, "cargo metadata --no-deps --format-version 1").quiet().read()?;
        let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
        let target =
            metadata["target_directory"].as_str().context("cargo metadata names no target directory")?;
        let target = PathBuf::from(target);
        Ok(Self { sh, root, target })
    }

    /// The version of `package` that Cargo.lock pins.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let lock = self.sh.read_file("Cargo.lock")?;
        let name = format!("\nname = \"{package}\"\nversion = \"");
        let (_, found) = lock.split_once(&name).with_context(|| format!("Cargo.lock has no {package}"))?;
        let (version, _) = found.split_once('"').context("Cargo.lock is cut off")?;
        Ok(version.to_owned())
    }

    /// The folder of the finished widget: `embed.js` and the files it loads.
    pub(crate) fn widget(&self) -> PathBuf {
        self.target.join("widget")
    }

    /// The folder of the finished newsroom: the page and the files it loads.
    pub(crate) fn newsroom(&self) -> PathBuf {
        self.target.join("newsroom")
    }
}
