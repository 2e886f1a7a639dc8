//! Finds the browsers that tests run in and their drivers, and installs them where that is allowed.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::repo::Repo;
use crate::tools;

/// An engine of browsers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

/// A program that an engine needs.
struct Program {
    /// The environment variable with its path.
    variable: &'static str,
    /// Its names on `PATH`.
    names: &'static [&'static str],
    /// Its package of Debian and Ubuntu; none where cargo installs it.
    package: Option<&'static str>,
}

const CHROMIUM: [Program; 2] = [
    Program {
        variable: "CHROME",
        names: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
        package: Some("chromium"),
    },
    Program { variable: "CHROMEDRIVER", names: &["chromedriver"], package: Some("chromium-driver") },
];
/// The part of Chromium that draws pages, in which stories take two thirds of the time: the variable, the package, and the
/// program itself. Debian has it, others do without. Its command on `PATH` is a script, which would be ended in its place.
const SHELL: (&str, &str, &str) =
    ("CHROME_SHELL", "chromium-headless-shell", "/usr/lib/chromium/chromium-headless-shell");
const FIREFOX: [Program; 2] = [
    Program { variable: "FIREFOX", names: &["firefox-esr", "firefox"], package: Some("firefox-esr") },
    Program { variable: "GECKODRIVER", names: &["geckodriver"], package: None },
];
const WEBKIT: [Program; 3] = [
    Program { variable: "MINIBROWSER", names: &["MiniBrowser"], package: Some("webkit2gtk-driver") },
    Program { variable: "WEBKITDRIVER", names: &["WebKitWebDriver"], package: Some("webkit2gtk-driver") },
    Program { variable: "XVFB", names: &["Xvfb"], package: Some("xvfb") },
];

/// The folders in which `WebKitGTK` has its browser, which is not on `PATH`.
const MINIBROWSER_FOLDERS: [&str; 3] = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];

impl Engine {
    /// All engines, the usual one first.
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Its name on the command line and in `ENGINE`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Its name in sentences.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK",
        }
    }

    fn programs(self) -> &'static [Program] {
        match self {
            Self::Chromium => &CHROMIUM,
            Self::Firefox => &FIREFOX,
            Self::WebKit => &WEBKIT,
        }
    }
}

/// Returns the programs of an engine, by the environment variables that tests read: from these variables, from `PATH`,
/// or installed.
pub(crate) fn programs(repo: &Repo, engine: Engine) -> Result<Vec<(&'static str, PathBuf)>> {
    let missing = |program: &&Program| find(repo, program).is_none();
    let missing: Vec<_> = engine.programs().iter().filter(missing).collect();
    let mut packages: Vec<_> = missing.iter().filter_map(|program| program.package).collect();
    packages.dedup();
    if !packages.is_empty() {
        install(repo, engine, &packages)?;
    }
    if missing.iter().any(|program| program.package.is_none()) {
        tools::geckodriver(repo)?;
    }
    let found = |program: &Program| {
        let path = find(repo, program);
        let path = path.with_context(|| {
            format!("{} is installed, but was not found; set {}", engine.title(), program.variable)
        });
        Ok((program.variable, path?))
    };
    engine.programs().iter().map(found).collect()
}

/// Returns the same for the part of Chromium that draws pages, where it is or can be installed in the version that Chromium's
/// driver speaks with.
pub(crate) fn shell(repo: &Repo) -> Option<(&'static str, PathBuf)> {
    let (variable, package, path) = SHELL;
    let path = repo.sh.var(variable).map_or_else(|_| path.into(), PathBuf::from);
    let is_offered = || succeeds(cmd!(repo.sh, "apt-cache show {package}"));
    if !path.is_file() && rights(repo).is_some() && is_offered() {
        // Without it everything is tested, too.
        install(repo, Engine::Chromium, &[package]).ok()?;
    }
    let driver = find(repo, &CHROMIUM[1])?;
    (path.is_file() && release(repo, &path)? == release(repo, &driver)?).then_some((variable, path))
}

/// The first number of a program's version, which it prints behind its name.
fn release(repo: &Repo, program: &Path) -> Option<String> {
    let printed = cmd!(repo.sh, "{program} --version").quiet().ignore_stderr().read().ok()?;
    let version = printed.split_whitespace().find(|word| word.starts_with(|it: char| it.is_ascii_digit()))?;
    version.split('.').next().map(ToOwned::to_owned)
}

fn find(repo: &Repo, program: &Program) -> Option<PathBuf> {
    if let Ok(path) = repo.sh.var(program.variable) {
        return Some(path.into());
    }
    let path = repo.sh.var_os("PATH")?;
    let folders =
        std::env::split_paths(&path).chain([repo.target.join("tools/bin")]).chain(minibrowser_folders());
    let folders: Vec<_> = folders.collect();
    program
        .names
        .iter()
        .find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file()))
}

/// The folders of `MiniBrowser`: Debian and Ubuntu have it below the folder of the architecture, others in `libexec`.
fn minibrowser_folders() -> impl Iterator<Item = PathBuf> {
    let architectures =
        Path::new("/usr/lib").read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
    let above = architectures.chain(["/usr/lib", "/usr/libexec"].map(PathBuf::from));
    above.flat_map(|folder| MINIBROWSER_FOLDERS.map(|name| folder.join(name)))
}

fn install(repo: &Repo, engine: Engine, packages: &[&str]) -> Result<()> {
    if install_packages(repo, engine.title(), packages)? { Ok(()) } else { bail!(instructions(engine)) }
}

/// Installs packages by apt-get; false where that is not allowed.
pub(crate) fn install_packages(repo: &Repo, what: &str, packages: &[&str]) -> Result<bool> {
    let sh = &repo.sh;
    let Some(sudo) = rights(repo) else { return Ok(false) };
    println!("installing {} for {what} by apt-get (usually half a minute)", packages.join(", "));
    let apt = &[sudo, &["apt-get"]].concat();
    cmd!(sh, "env {apt...} update").run()?;
    cmd!(sh, "env {apt...} install -y --no-install-recommends {packages...}").run()?;
    Ok(true)
}

/// Returns the words before a command that installs, where that is allowed.
fn rights(repo: &Repo) -> Option<&'static [&'static str]> {
    let sh = &repo.sh;
    let is_root = cmd!(sh, "id -u").quiet().ignore_stderr().read().is_ok_and(|id| id == "0");
    let is_allowed = is_root || succeeds(cmd!(sh, "sudo -n true"));
    let words: &[&str] = if is_root { &[] } else { &["sudo", "-n"] };
    (is_allowed && succeeds(cmd!(sh, "apt-get --version"))).then_some(words)
}

fn succeeds(probe: xshell::Cmd<'_>) -> bool {
    probe.quiet().ignore_stdout().ignore_stderr().run().is_ok()
}

/// The commands to type where nothing may be installed.
fn instructions(engine: Engine) -> String {
    let mut packages: Vec<_> = engine.programs().iter().filter_map(|program| program.package).collect();
    packages.dedup();
    let variables: Vec<_> = engine.programs().iter().map(|program| program.variable).collect();
    format!(
        "tests in {} need it and what drives it.\n\
         Debian, Ubuntu: sudo apt-get install {}\n\
         elsewhere: install the same, and set {} to the paths of what is not on PATH",
        engine.title(),
        packages.join(" "),
        variables.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_name_the_packages_and_the_variables() {
        let told = instructions(Engine::WebKit);
        assert!(told.contains("apt-get install webkit2gtk-driver xvfb\n"), "{told}");
        assert!(told.contains("MINIBROWSER, WEBKITDRIVER, XVFB"), "{told}");
    }
}
