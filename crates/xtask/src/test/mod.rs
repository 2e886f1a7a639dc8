//! `test`: runs every test, the quickest ones first.

mod choice;

use std::thread;

use anyhow::Result;
use xshell::cmd;

use crate::browsers::{self, Engine};
use crate::build;
use crate::bundle;
use crate::earlier;
use crate::postgres::{Cluster, Sync};
use crate::repo::Repo;
use crate::steps::Steps;
use crate::tools;

use choice::{Choice, UPGRADE, Upgrade, choice};

/// Seconds after which a browser test fails; a machine busy with building is slow.
const BROWSER_TIMEOUT_SECS: &str = "300";

/// The module of stories that run in Chromium alone, each of which says why.
const CHROMIUM_ALONE: &str = "chromium_alone::";

/// Runs all tests, or those whose names contain a word, in Chromium or the engines that `--engines` names; stops at the
/// first step that fails.
pub(crate) fn run(repo: &Repo, words: &[String]) -> Result<()> {
    let Choice { filter, engines, settings, upgrade } = choice(words)?;
    let mut steps = Steps::default();
    // First, so that the server is built once, with the widget inside, for its own tests and for the last step.
    steps.run("the bundle", || bundle::build(repo))?;
    steps.run("tests on the host", || host(repo, filter))?;
    let cluster = Cluster::start(repo, Sync::Off);
    if let Ok(cluster) = &cluster {
        steps.run("the store and every URL on PostgreSQL", || on_postgres(repo, filter, cluster))?;
    }
    for &engine in engines.iter().filter(|&&engine| runs_components(engine)) {
        steps.run(&format!("the widget in {}", engine.title()), || widget(repo, filter, engine))?;
    }
    for &engine in &engines {
        let cluster = cluster.as_ref().ok().filter(|_| engine == engines[0]);
        let run = || whole(repo, filter, (engine, &settings), (cluster, upgrade));
        steps.run(&format!("the whole in {}", engine.title()), run)?;
    }
    steps.summary();
    if let Err(missing) = cluster {
        println!("left out: everything on PostgreSQL, since {missing:#}");
    }
    if upgrade == Upgrade::LeftOut {
        println!(
            "left out: the upgrade from the version before; cargo xtask test {UPGRADE} builds that and tells it"
        );
    }
    left_out(repo, &engines)
}

/// `true` where the runner of wasm-bindgen knows the engine's driver.
fn runs_components(engine: Engine) -> bool {
    engine != Engine::WebKit
}

fn host(repo: &Repo, filter: Option<&str>) -> Result<()> {
    // No documentation has an example to be run, and looking for some costs half a minute.
    cmd!(repo.sh, "cargo test --workspace --exclude e2e --tests -- {filter...}")
        .env("DUMKA_WIDGET_DIR", repo.widget())
        .run()?;
    Ok(())
}

/// Runs what has a database once more, each test on one of its own in a cluster that all share.
fn on_postgres(repo: &Repo, filter: Option<&str>, cluster: &Cluster) -> Result<()> {
    let sh = &repo.sh;
    // The workspace as before, or cargo would build much of it once more for other features.
    for (test, which) in [("store", "--ignored"), ("http", "--include-ignored")] {
        cmd!(sh, "cargo test --workspace --exclude e2e --test {test} -- {which} {filter...}")
            .envs(cluster.variables())
            .env("DUMKA_WIDGET_DIR", repo.widget())
            .run()?;
    }
    Ok(())
}

fn widget(repo: &Repo, filter: Option<&str>, engine: Engine) -> Result<()> {
    tools::wasm_target(repo)?;
    let programs = browsers::programs(repo, engine)?;
    let browser = programs.first().map(|(_, path)| path.display().to_string()).unwrap_or_default();
    let runner = tools::wasm_test_runner(repo)?;
    cmd!(repo.sh, "cargo test -p dumka-widget --tests --target wasm32-unknown-unknown -- {filter...}")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        // It takes the first driver of which it hears, whichever was chosen.
        .env_remove("CHROMEDRIVER")
        .env_remove("GECKODRIVER")
        .envs(programs)
        // Beside the port that it is given, it would take a second one which all take.
        .env("GECKODRIVER_ARGS", format!("--binary={browser} --websocket-port=0"))
        .env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_TIMEOUT_SECS)
        .run()?;
    Ok(())
}

fn whole(
    repo: &Repo,
    filter: Option<&str>,
    (engine, settings): (Engine, &[(&str, &str)]),
    (cluster, upgrade): (Option<&Cluster>, Upgrade),
) -> Result<()> {
    let programs = browsers::programs(repo, engine)?;
    let server = build::server(repo, "dev")?;
    let alone = if engine == Engine::Chromium { &[][..] } else { &["--skip", CHROMIUM_ALONE] };
    let shell = (engine == Engine::Chromium).then(|| browsers::shell(repo)).flatten();
    let threads = story_threads().to_string();
    // Stories of the store alone, once for all engines of browsers.
    let earlier =
        if upgrade == Upgrade::Told && cluster.is_some() { Some(earlier::build(repo)?) } else { None };
    let ignored: &[&str] = match (cluster, &earlier) {
        (None, _) => &[],
        (Some(_), Some(_)) => &["--include-ignored"],
        (Some(_), None) => &["--include-ignored", "--skip", "upgrade::"],
    };
    cmd!(
        repo.sh,
        "cargo test -p e2e --tests -- --test-threads {threads} {alone...} {ignored...} {filter...}"
    )
    .envs(cluster.iter().flat_map(|cluster| cluster.variables()))
    .envs(earlier.map(|program| ("EARLIER_DUMKA_BIN", program)))
    .env("DUMKA_BIN", server)
    .env("NODE_MODULES", tools::npm_packages(repo)?)
    .env("ENGINE", engine.name())
    .envs(settings.iter().copied())
    .envs(programs.into_iter().chain(shell))
    .run()?;
    Ok(())
}

/// The number of stories that are told at once. A story waits for half of its time, for timers and for its browser.
fn story_threads() -> usize {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    cores + cores.div_ceil(2)
}

/// Prints the tests that were left out.
fn left_out(repo: &Repo, engines: &[Engine]) -> Result<()> {
    let title = |engine: &Engine| engine.title();
    let others: Vec<_> = Engine::ALL.iter().filter(|engine| !engines.contains(engine)).map(title).collect();
    if !others.is_empty() {
        println!("Left out: {} (cargo xtask test --engines all has them too).", others.join(" and "));
    }
    if engines.contains(&Engine::WebKit) {
        println!(
            "Left out: the widget by itself in WebKitGTK, whose driver the runner of these tests does not know."
        );
    }
    if engines.iter().any(|&engine| engine != Engine::Chromium) {
        let listed =
            cmd!(repo.sh, "cargo test --quiet -p e2e --tests -- --list {CHROMIUM_ALONE}").quiet().read()?;
        for story in listed.lines().filter_map(|line| line.strip_suffix(": test")) {
            println!("Chromium alone: {}", story.replacen(CHROMIUM_ALONE, "", 1).replace('_', " "));
        }
    }
    println!("Left out: what other architectures would show.");
    Ok(())
}
