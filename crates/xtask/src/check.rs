//! `check`: every check that needs no running program.

use anyhow::Result;
use xshell::cmd;

use crate::repo::Repo;
use crate::steps::Steps;
use crate::{docs, tidy, tools};

/// Runs all checks; stops at the first that fails.
pub(crate) fn run(repo: &Repo) -> Result<()> {
    let sh = &repo.sh;
    let mut steps = Steps::default();
    steps.run("formatting", || Ok(cmd!(sh, "cargo fmt --all --check").run()?))?;
    steps.run("tidy", || tidy::run(repo))?;
    steps.run("tables of the documentation", || docs::check(repo))?;
    steps.run("clippy on the host", || {
        Ok(cmd!(sh, "cargo clippy --workspace --all-targets -- -D warnings").run()?)
    })?;
    steps.run("clippy for WebAssembly", || {
        tools::wasm_target(repo)?;
        let target = "wasm32-unknown-unknown";
        cmd!(sh, "cargo clippy -p dumka-widget --all-targets --target {target} -- -D warnings").run()?;
        Ok(cmd!(sh, "cargo clippy -p dumka-newsroom --lib --target {target} -- -D warnings").run()?)
    })?;
    steps.run("documentation", || {
        // Private items are documented too, so a link to one leads somewhere.
        let flags = "-D warnings -A rustdoc::private_intra_doc_links";
        Ok(cmd!(sh, "cargo doc --workspace --no-deps --document-private-items")
            .env("RUSTDOCFLAGS", flags)
            .run()?)
    })?;
    steps.run("licences and sources of dependencies", || {
        let deny = tools::cargo_deny(repo)?;
        Ok(cmd!(sh, "{deny} check --hide-inclusion-graph bans licenses sources").run()?)
    })?;
    steps.summary();
    Ok(())
}
