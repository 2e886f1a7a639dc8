//! `bench`: measures the cost of Dumka for readers and servers, beside others in the same run.

use anyhow::Result;
use xshell::cmd;

use crate::browsers::{self, Engine};
use crate::build;
use crate::repo::Repo;

/// Measures the parts that `words` name, or everything; leaves `bench.json` in the target directory.
pub(crate) fn run(repo: &Repo, words: &[String]) -> Result<()> {
    let (dumka, browser, target) =
        (build::release(repo)?, browsers::programs(repo, Engine::Chromium)?, &repo.target);
    // The load comes from the same machine: a slow generator would measure itself.
    cmd!(repo.sh, "cargo run --quiet --release -p e2e --example bench -- {target} {words...}")
        .env("DUMKA_BIN", dumka)
        .envs(browser)
        // The log of the server, which matters only to a failed test.
        .ignore_stdout()
        .run()?;
    println!("{}\n{}", repo.sh.read_file(target.join("bench.md"))?, target.join("bench.json").display());
    Ok(())
}
