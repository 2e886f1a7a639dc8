//! What the chores need beyond cargo: fetched where that is possible, else said what to type.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::repo::Repo;

const APT_PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

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

/// The program that runs the widget's tests in a browser, of the version that Cargo.lock pins.
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

/// The program that judges dependencies by `deny.toml`.
pub(crate) fn cargo_deny(repo: &Repo) -> Result<PathBuf> {
    let deny = repo.target.join("tools/bin/cargo-deny");
    if !deny.exists() {
        println!("installing cargo-deny into target/tools (some minutes)");
        let tools = repo.target.join("tools");
        cmd!(repo.sh, "cargo install cargo-deny --locked --root {tools}").run()?;
    }
    Ok(deny)
}

/// The packages that `e2e/package.json` names, in the versions of its lock: style sheets, frameworks, axe.
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

/// A browser and the program that drives it.
pub(crate) struct Browser {
    /// The browser's path.
    pub(crate) chrome: PathBuf,
    /// The path of the driver that belongs to it.
    pub(crate) driver: PathBuf,
}

/// Chromium with its driver: as `CHROME` and `CHROMEDRIVER` say, from `PATH`, or installed by apt.
pub(crate) fn browser(repo: &Repo) -> Result<Browser> {
    if let Some(browser) = find_browser(repo) {
        return Ok(browser);
    }
    install_browser(repo)?;
    find_browser(repo).context("Chromium was installed, but is not on PATH; set CHROME and CHROMEDRIVER")
}

fn find_browser(repo: &Repo) -> Option<Browser> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    Some(Browser {
        chrome: find(repo, "CHROME", &names)?,
        driver: find(repo, "CHROMEDRIVER", &["chromedriver"])?,
    })
}

fn find(repo: &Repo, variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Ok(path) = repo.sh.var(variable) {
        return Some(path.into());
    }
    let folders = repo.sh.var_os("PATH")?;
    names.iter().find_map(|name| {
        let mut candidates = std::env::split_paths(&folders).map(|folder| folder.join(name));
        candidates.find(|path| path.is_file())
    })
}

fn install_browser(repo: &Repo) -> Result<()> {
    let sh = &repo.sh;
    let succeeds = |probe: xshell::Cmd<'_>| probe.quiet().ignore_stdout().ignore_stderr().run().is_ok();
    let root = cmd!(sh, "id -u").quiet().ignore_stderr().read().is_ok_and(|id| id == "0");
    let sudo: &[&str] = if root { &[] } else { &["sudo", "-n"] };
    let allowed = root || succeeds(cmd!(sh, "sudo -n true"));
    if !allowed || !succeeds(cmd!(sh, "apt-get --version")) {
        bail!(
            "the browser tests need Chromium (or Chrome) and its chromedriver.\n\
             Debian, Ubuntu: sudo apt-get install chromium chromium-driver\n\
             elsewhere: install both, and set CHROME and CHROMEDRIVER to their paths if they are not on PATH"
        );
    }
    println!("installing Chromium and its driver by apt-get (usually half a minute)");
    let apt = [sudo, &["apt-get"]].concat();
    let (program, args) = apt.split_first().expect("apt-get is in it");
    cmd!(sh, "{program} {args...} update").run()?;
    cmd!(sh, "{program} {args...} install -y --no-install-recommends {APT_PACKAGES...}").run()?;
    Ok(())
}
