//! The moderators' program as a browser downloads it: compiled, bound, shortened, compressed, named by content.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use wasm_bindgen_cli_support::Bindgen;
use xshell::cmd;

use super::{Asset, compress, content_hash, listed, minify, modified, short_paths, shortened};
use crate::repo::Repo;

/// The crate's folder.
const CRATE: &str = "crates/newsroom";

/// The page, which names the others by their hash.
const PAGE: &str = "newsroom.html";

/// The page's word in the place of that hash.
const HASH: &str = "__HASH__";

/// Leaves `target/newsroom`: `assets.hash`, `assets/` with all that the page loads, and the page among them.
pub(super) fn build(repo: &Repo) -> Result<()> {
    println!("the newsroom, compiled for size (usually a minute)");
    cmd!(repo.sh, "cargo build -p dumka-newsroom --lib --profile bundle --target wasm32-unknown-unknown")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", short_paths(repo))
        .run()?;
    let wasm = repo.target.join("wasm32-unknown-unknown/bundle/dumka_newsroom.wasm");
    if is_current(repo, &wasm)? {
        println!("the newsroom's bundle is current");
        return Ok(());
    }
    let assets = assets(repo, &bind(repo, &wasm)?)?;
    write(repo, &assets, &content_hash(&assets))
}

/// Writes `newsroom.js` and `newsroom_bg.wasm` and returns their folder.
fn bind(repo: &Repo, wasm: &Path) -> Result<PathBuf> {
    let folder = repo.target.join("bindgen-newsroom");
    repo.sh.remove_path(&folder)?;
    Bindgen::new()
        .input_path(wasm)
        .out_name("newsroom")
        .web(true)?
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

fn assets(repo: &Repo, bound: &Path) -> Result<Vec<Asset>> {
    let folder = repo.root.join(CRATE);
    let css = |sheet: &str| Ok(minify::css(sheet));
    Ok(vec![
        Asset { name: "newsroom_bg.wasm".into(), bytes: fs::read(bound.join("newsroom_bg.wasm"))? },
        shortened("newsroom.js", &bound.join("newsroom.js"), minify::module)?,
        shortened("start.js", &folder.join("page/start.js"), minify::module)?,
        shortened("passkey.js", &folder.join("page/passkey.js"), minify::module)?,
        shortened("newsroom.css", &folder.join("styles/newsroom.css"), css)?,
        shortened("icon.svg", &folder.join("page/icon.svg"), |icon: &str| Ok(icon.trim_end().to_owned()))?,
        shortened(PAGE, &folder.join("page/newsroom.html"), |page: &str| Ok(page.to_owned()))?,
    ])
}

fn write(repo: &Repo, assets: &[Asset], hash: &str) -> Result<()> {
    let newsroom = repo.newsroom();
    repo.sh.remove_path(&newsroom)?;
    fs::create_dir_all(newsroom.join("assets"))?;
    for Asset { name, bytes } in assets {
        let path = newsroom.join("assets").join(name);
        if name == PAGE {
            compress::write(&path, String::from_utf8_lossy(bytes).replace(HASH, hash).as_bytes())?;
        } else {
            compress::write(&path, bytes)?;
        }
    }
    // Last, since its time says that all of the above is there.
    fs::write(newsroom.join("assets.hash"), hash)?;
    Ok(())
}

/// Returns whether the bundle is newer than all it is made from, this program included.
fn is_current(repo: &Repo, wasm: &Path) -> Result<bool> {
    let Ok(made) = modified(&repo.newsroom().join("assets.hash")) else { return Ok(false) };
    let mut sources = vec![wasm.to_path_buf(), std::env::current_exe()?];
    for folder in ["page", "styles"] {
        sources.extend(listed(repo, &format!("{CRATE}/{folder}"))?);
    }
    for source in sources {
        if modified(&source)? > made {
            return Ok(false);
        }
    }
    Ok(true)
}
