//! The tools of the chores beyond cargo: installs each where that is possible, else says what to type.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::repo::Repo;

/// The version that works with the present Firefox.
const GECKODRIVER_VERSION: &str = "0.37.1";

/// Makes sure that the compiler can build for WebAssembly.
pub(crate) fn wasm_target(repo: &Repo) -> Result<()> {
    let triple = "wasm32-unknown-unknown";
    let libraries = cmd!(repo.sh, "rustc --print target-libdir --target {triple}").quiet().read()?;
    if Path::new(&libraries).exists() {
        return Ok(());
    }
    cmd!(repo.sh, "rustup target add {triple}")
        .run()
        .with_context(|| format!("the compiler cannot build for {triple}; install its standard library"))
}

/// Installs the program that runs the widget's tests in a browser, of the version that Cargo.lock pins.
pub(crate) fn wasm_test_runner(repo: &Repo) -> Result<PathBuf> {
    let version = repo.locked_version("wasm-bindgen")?;
    let runner = repo.target.join("tools/bin/wasm-bindgen-test-runner");
    let found = cmd!(repo.sh, "{runner} --version").quiet().ignore_stderr().read().unwrap_or_default();
    if found.ends_with(&format!(" {version}")) {
        return Ok(runner);
    }
    println!("installing wasm-bindgen-test-runner {version} into target/tools (usually two minutes)");
    let tools = repo.target.join("tools");
    // Without --locked: the package's own lock file names a version that was withdrawn.
    cmd!(
        repo.sh,
        "cargo install wasm-bindgen-cli --version {version} --no-default-features --debug --root {tools}"
    )
    .run()?;
    Ok(runner)
}

/// Installs the program that checks dependencies by `deny.toml`.
pub(crate) fn cargo_deny(repo: &Repo) -> Result<PathBuf> {
    let deny = repo.target.join("tools/bin/cargo-deny");
    if !deny.exists() {
        println!("installing cargo-deny into target/tools (some minutes)");
        let tools = repo.target.join("tools");
        cmd!(repo.sh, "cargo install cargo-deny --locked --root {tools}").run()?;
    }
    Ok(deny)
}

/// Installs the program that drives Firefox.
pub(crate) fn geckodriver(repo: &Repo) -> Result<()> {
    println!("installing geckodriver {GECKODRIVER_VERSION} into target/tools (usually two minutes)");
    let tools = repo.target.join("tools");
    cmd!(
        repo.sh,
        "cargo install geckodriver --version {GECKODRIVER_VERSION} --locked --debug --root {tools}"
    )
    .run()?;
    Ok(())
}

/// Installs the packages that `e2e/package.json` names, in the versions of its lock: style sheets, frameworks, axe.
pub(crate) fn npm_packages(repo: &Repo) -> Result<PathBuf> {
    let folder = repo.target.join("npm");
    let lock = repo.sh.read_file("e2e/package-lock.json")?;
    let installed = folder.join("installed.json");
    if repo.sh.read_file(&installed).ok().as_ref() != Some(&lock) {
        println!("installing what e2e/package.json names into target/npm (usually ten seconds)");
        repo.sh.create_dir(&folder)?;
        for file in ["package.json", "package-lock.json", ".npmrc"] {
            repo.sh.copy_file(repo.root.join("e2e").join(file), &folder)?;
        }
        // No package's own program runs: what is used of them is files.
        cmd!(repo.sh, "npm ci --prefix {folder} --ignore-scripts --no-audit --no-fund").run().context(
            "the stories need packages from npm; install Node.js with npm (Debian, Ubuntu: apt-get install npm)",
        )?;
        // Last, since it says that all of them are there.
        repo.sh.write_file(&installed, lock)?;
    }
    Ok(folder.join("node_modules"))
}
