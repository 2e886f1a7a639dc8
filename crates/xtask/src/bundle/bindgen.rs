//! wasm-bindgen as a linked library: from cargo's module to glue and module for the web.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::repo::Repo;

/// Writes `dumka-widget.js` and `dumka-widget_bg.wasm` and returns their folder.
pub(super) fn bind(repo: &Repo, wasm: &Path) -> Result<PathBuf> {
    check_version(repo)?;
    let folder = repo.target.join("bindgen");
    repo.sh.remove_path(&folder)?;
    Bindgen::new()
        .input_path(wasm)
        .out_name("dumka-widget")
        .web(true)?
        // The loader hands the module over, so the glue need not know where it lies.
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&folder)?;
    ensure!(
        !folder.join("snippets").exists(),
        "a dependency brings JavaScript files of its own: bundle them"
    );
    Ok(folder)
}

/// Both sides of the glue speak a format that changes with every release.
fn check_version(repo: &Repo) -> Result<()> {
    let (library, support) =
        (repo.locked_version("wasm-bindgen")?, repo.locked_version("wasm-bindgen-cli-support")?);
    ensure!(
        library == support,
        "Cargo.lock has wasm-bindgen {library}, but xtask links wasm-bindgen-cli-support {support}.\n\
         Write `wasm-bindgen-cli-support = \"={library}\"` into crates/xtask/Cargo.toml and run again."
    );
    Ok(())
}
