//! Clippy's walls against the crates that there are: a rule about a crate that nobody has guards nothing.

use anyhow::{Context, Result};
use serde_json::Value;
use xshell::cmd;

use crate::repo::Repo;

const SETTINGS: &str = "clippy.toml";

/// Finds the rules of `clippy.toml` that name a crate which is no dependency of any of ours.
pub(super) fn faults(repo: &Repo) -> Result<Vec<String>> {
    let metadata =
        cmd!(repo.sh, "cargo metadata --format-version 1 --locked").quiet().ignore_stderr().read()?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata["packages"].as_array().context("cargo names packages")?;
    let crates: Vec<String> =
        packages.iter().filter_map(|package| Some(package["name"].as_str()?.replace('-', "_"))).collect();
    Ok(unknown(&repo.sh.read_file(SETTINGS)?, &crates))
}

fn unknown(settings: &str, crates: &[String]) -> Vec<String> {
    let paths = settings.split("path = \"").skip(1).filter_map(|rest| rest.split('"').next());
    let strangers = paths.filter(|path| {
        let name = path.split("::").next().unwrap_or(path);
        !matches!(name, "std" | "core" | "alloc") && !crates.iter().any(|known| known == name)
    });
    strangers.map(|path| format!("{SETTINGS}: `{path}` is in no crate that is used")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_about_a_crate_that_nobody_has_is_found() {
        let settings =
            "[\n{ path = \"std::env::var\" },\n{ path = \"gone::f\" },\n{ path = \"web_sys::window\" }\n]";
        assert_eq!(
            unknown(settings, &["web_sys".into()]),
            ["clippy.toml: `gone::f` is in no crate that is used"]
        );
    }
}
