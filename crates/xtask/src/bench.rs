//! `bench`: measures the cost of Dumka for readers and servers, beside others in the same run.

use anyhow::Result;
use xshell::cmd;

use crate::browsers::{self, Engine};
use crate::build;
use crate::postgres::{Cluster, Sync};
use crate::repo::Repo;

/// The word by which the bench does without PostgreSQL.
const WITHOUT_POSTGRES: &str = "--without-postgres";

/// The part that asks a server without a browser, over a database that it fills for that.
const NEWSROOM: &str = "newsroom";

/// Measures the parts that `words` name, or everything; leaves `bench.json` in the target directory.
pub(crate) fn run(repo: &Repo, words: &[String]) -> Result<()> {
    // What is measured of it is worth nothing where a commit does not wait for the disk.
    let cluster = Cluster::start(repo, Sync::On);
    if let Err(missing) = &cluster {
        println!("left out: everything on PostgreSQL, since {missing:#}");
    }
    let words = words.iter().cloned().chain(cluster.is_err().then(|| WITHOUT_POSTGRES.to_owned()));
    let words: Vec<_> = words.collect();
    let (dumka, target) = (build::release(repo)?, &repo.target);
    let needs_browser = !words.iter().any(|word| word == NEWSROOM);
    let browser = needs_browser.then(|| browsers::programs(repo, Engine::Chromium)).transpose()?;
    // The load comes from the same machine: a slow generator would measure itself.
    cmd!(repo.sh, "cargo run --quiet --release -p e2e --example bench -- {target} {words...}")
        .env("DUMKA_BIN", dumka)
        .envs(browser.into_iter().flatten())
        .envs(cluster.iter().flat_map(Cluster::variables))
        // The log of the server, which matters only to a failed test.
        .ignore_stdout()
        .run()?;
    println!("{}\n{}", repo.sh.read_file(target.join("bench.md"))?, target.join("bench.json").display());
    Ok(())
}
