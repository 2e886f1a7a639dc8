//! The acts of a person in a shell beside a server.

use std::process::{Command, Stdio};

use anyhow::{Result, ensure};

use crate::binaries;
use crate::server::Server;

impl Server {
    /// Decides on the comment with this id as a moderator at a shell does: `approve`, `reject`, `delete`, `feature`, `pin`.
    pub fn moderate(&self, decision: &str, id: &str) -> Result<()> {
        self.shell(&["comments", decision, id]).map(drop)
    }

    /// Steers the thread `story` as a moderator at a shell does: `close`, or `announce` with its text.
    pub fn steer(&self, words: &[&str]) -> Result<()> {
        self.shell(&[&["threads"], words, &["--site", "127.0.0.1", "--page", "story"]].concat()).map(drop)
    }

    /// Makes the key of an owner of all sites.
    pub fn key(&self) -> Result<String> {
        self.shell(&["keys", "add", "story", "--role", "owner"])
    }

    /// Runs a command of the program on the server's database; returns what it has printed.
    pub(crate) fn shell(&self, words: &[&str]) -> Result<String> {
        let mut command = Command::new(binaries::path("DUMKA_BIN")?);
        command.args(words).args(["--database", &self.database]).stderr(Stdio::inherit());
        let done = command.env_remove("DUMKA_BIN").env_remove("DUMKA_WIDGET_DIR").output()?;
        ensure!(done.status.success(), "{words:?}: {}", done.status);
        Ok(String::from_utf8(done.stdout)?.trim().to_owned())
    }
}
