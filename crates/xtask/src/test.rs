//! `test`: every test there is, in the order in which they say most.

use anyhow::Result;
use xshell::cmd;

use crate::build;
use crate::bundle;
use crate::repo::Repo;
use crate::steps::Steps;
use crate::tools;

/// Seconds until a browser test counts as stuck; a machine busy with building is slow.
const BROWSER_TIMEOUT_SECS: &str = "300";

/// Runs all tests, or those whose names contain `filter`; stops at the first step that fails.
pub(crate) fn run(repo: &Repo, filter: Option<&String>) -> Result<()> {
    let mut steps = Steps::default();
    // First, so that the server is built once, with the widget inside, for its own tests and for the last step.
    steps.run("the bundle", || bundle::build(repo))?;
    steps.run("tests on the host", || host(repo, filter))?;
    steps.run("the widget in Chromium", || widget(repo, filter))?;
    steps.run("the whole in Chromium", || whole(repo, filter))?;
    steps.summary();
    println!("Left out: engines other than Chromium, and what other architectures would show.");
    Ok(())
}

fn host(repo: &Repo, filter: Option<&String>) -> Result<()> {
    cmd!(repo.sh, "cargo test --workspace --exclude e2e -- {filter...}")
        .env("DUMKA_WIDGET_DIR", repo.widget())
        .run()?;
    Ok(())
}

fn widget(repo: &Repo, filter: Option<&String>) -> Result<()> {
    tools::wasm_target(repo)?;
    let browser = tools::browser(repo)?;
    let runner = tools::wasm_test_runner(repo)?;
    cmd!(repo.sh, "cargo test -p dumka-widget --target wasm32-unknown-unknown -- {filter...}")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", browser.driver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_TIMEOUT_SECS)
        .run()?;
    Ok(())
}

fn whole(repo: &Repo, filter: Option<&String>) -> Result<()> {
    let browser = tools::browser(repo)?;
    let program = build::server(repo, "dev")?;
    cmd!(repo.sh, "cargo test -p e2e -- {filter...}")
        .env("DUMKA_BIN", program)
        .env("NODE_MODULES", tools::npm_packages(repo)?)
        .env("CHROME", browser.chrome)
        .env("CHROMEDRIVER", browser.driver)
        .run()?;
    Ok(())
}
