//! The widget as a reader's browser downloads it: compiled, bound, shortened, compressed, named by content.

mod bindgen;
mod compress;
mod fold;
mod fold_syntax;
mod join;
mod minify;
mod newsroom;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use xshell::cmd;

use crate::repo::Repo;
use crate::tools;

/// The one file whose name stays; what lies beside it in `embed/`, it loads when there is need.
const LOADER: &str = "embed.js";

/// The folder of the modules that are joined into it.
const LOADER_MODULES: &str = "embed/loader";

/// The style sheets, in the order in which they apply: what is read, and what the first act needs.
const STYLE_SHEETS: [&str; 2] = ["reading.css", "forms.css"];

/// Both in one, for pages that are drawn without the loader.
const WHOLE_STYLE_SHEET: &str = "widget.css";

/// The loader's word in the place of the folder of the other files.
const ASSETS: &str = "__ASSETS__";

/// The loader's word in the place where the server puts a thread that comes along with it.
const READY: &str = "__READY__";

/// The loader in which that place is kept, for the server.
const READY_LOADER: &str = "embed.ready.js";

/// Leaves `target/widget` and `target/newsroom`, all that browsers download.
pub(crate) fn build(repo: &Repo) -> Result<()> {
    tools::wasm_target(repo)?;
    newsroom(repo)?;
    widget(repo)
}

/// Leaves `target/newsroom`: `assets.hash`, and `assets/` with the moderators' page and everything it loads.
pub(crate) fn newsroom(repo: &Repo) -> Result<()> {
    newsroom::build(repo)
}

/// Leaves `target/widget`: `embed.js`, `assets.hash`, and `assets/` with everything the loader loads.
fn widget(repo: &Repo) -> Result<()> {
    println!("[1/5] the widget, compiled for size (usually a minute)");
    cmd!(repo.sh, "cargo build -p dumka-widget --lib --profile bundle --target wasm32-unknown-unknown")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", short_paths(repo))
        .run()?;
    let wasm = repo.target.join("wasm32-unknown-unknown/bundle/dumka_widget.wasm");
    if is_current(repo, &wasm)? {
        println!("[2–4/5] the bundle is current");
        return Ok(());
    }
    println!("[2/5] the glue between WebAssembly and JavaScript");
    let bound = bindgen::bind(repo, &wasm)?;
    println!("[3/5] shortening");
    let assets = assets(repo, &bound)?;
    let hash = content_hash(&assets);
    println!("[4/5] compressing (some seconds)");
    write(repo, &assets, &hash)
}

/// Shortens the paths of sources, which panics name, so that no reader downloads where they lie on this machine, and the
/// bundle is the same on every one.
fn short_paths(repo: &Repo) -> String {
    let home = repo.sh.var("CARGO_HOME").map(PathBuf::from).ok();
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).unwrap_or_default();
    let registries = repo.sh.read_dir(home.join("registry/src")).unwrap_or_default();
    let shortened = |folder: &PathBuf| format!("--remap-path-prefix={}/=", folder.display());
    registries.iter().map(shortened).collect::<Vec<_>>().join(" ")
}

/// A file of the bundle: its name and its bytes.
struct Asset {
    name: String,
    bytes: Vec<u8>,
}

fn assets(repo: &Repo, bound: &Path) -> Result<Vec<Asset>> {
    let mut assets = vec![
        Asset { name: "dumka-widget_bg.wasm".into(), bytes: fs::read(bound.join("dumka-widget_bg.wasm"))? },
        shortened("dumka-widget.js", &bound.join("dumka-widget.js"), minify::module)?,
    ];
    assets.extend(style_sheets(repo)?);
    for path in listed(repo, "embed")?.iter().filter(|path| !path.ends_with(LOADER)) {
        assets.push(shortened(&file_name(path), path, minify::embedded)?);
    }
    for path in listed(repo, "locales")? {
        assets.push(shortened(&file_name(&path), &path, minify::json)?);
    }
    Ok(assets)
}

fn style_sheets(repo: &Repo) -> Result<Vec<Asset>> {
    let sheet = |name: &str| {
        shortened(name, &repo.root.join("styles").join(name), |sheet: &str| Ok(minify::css(sheet)))
    };
    let mut sheets = STYLE_SHEETS.into_iter().map(sheet).collect::<Result<Vec<_>>>()?;
    let bytes = sheets.iter().flat_map(|sheet| sheet.bytes.clone()).collect();
    sheets.push(Asset { name: WHOLE_STYLE_SHEET.into(), bytes });
    Ok(sheets)
}

fn shortened(name: &str, path: &Path, shorten: impl Fn(&str) -> Result<String>) -> Result<Asset> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let bytes = shorten(&text).with_context(|| path.display().to_string())?.into();
    Ok(Asset { name: name.to_owned(), bytes })
}

/// Writes the loader for `trunk serve`: joined and no shorter, beside the page that Trunk has built.
pub(crate) fn write_loader(repo: &Repo) -> Result<()> {
    let folder = std::env::var_os("TRUNK_STAGING_DIR").context("Trunk runs this and names a folder")?;
    fs::write(Path::new(&folder).join(LOADER), joined_loader(repo)?)?;
    Ok(())
}

fn joined_loader(repo: &Repo) -> Result<String> {
    let read = |path: &Path| fs::read_to_string(path).with_context(|| path.display().to_string());
    fold::fold(join::join(&repo.root.join("embed").join(LOADER), &read)?)
}

/// The files of a folder in order, so that the hash does not depend on the file system.
fn listed(repo: &Repo, folder: &str) -> Result<Vec<PathBuf>> {
    let mut paths = repo.sh.read_dir(repo.root.join(folder))?;
    paths.retain(|path| path.is_file());
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name().expect("it came from a listing").to_string_lossy().into_owned()
}

/// The first 8 hexadecimal digits of a SHA-256 over names and contents: no two builds of a site have the same, and the
/// loader, in which they cannot be compressed, is no longer than it must be.
fn content_hash(assets: &[Asset]) -> String {
    let mut hasher = Sha256::new();
    for asset in assets {
        hasher.update(asset.name.len().to_le_bytes());
        hasher.update(&asset.name);
        hasher.update(asset.bytes.len().to_le_bytes());
        hasher.update(&asset.bytes);
    }
    let digest = hasher.finalize();
    let first = digest.first_chunk().expect("SHA-256 has 32 bytes");
    format!("{:08x}", u32::from_be_bytes(*first))
}

fn write(repo: &Repo, assets: &[Asset], hash: &str) -> Result<()> {
    let widget = repo.widget();
    repo.sh.remove_path(&widget)?;
    fs::create_dir_all(widget.join("assets"))?;
    for asset in assets {
        compress::write(&widget.join("assets").join(&asset.name), &asset.bytes)?;
    }
    let loader = joined_loader(repo)?.replace(ASSETS, &format!("assets/{hash}"));
    let alone = minify::embedded(&loader.replace(READY, "null"))?;
    compress::write(&widget.join(LOADER), alone.as_bytes())?;
    let with_place = minify::embedded(&loader)?;
    ensure!(with_place.matches(READY).count() == 1, "the shortened loader has not one place for a thread");
    // A site may write the script into its page.
    let is_plain = ["</script", "<script", "<!--"].iter().all(|mark| !with_place.contains(mark));
    ensure!(is_plain, "the shortened loader has a mark in it that ends a script in a page");
    compress::write(&widget.join("assets").join(READY_LOADER), with_place.as_bytes())?;
    // Last, since its time says that all of the above is there.
    fs::write(widget.join("assets.hash"), hash)?;
    Ok(())
}

/// Returns whether the bundle is newer than all it is made from, this program included.
fn is_current(repo: &Repo, wasm: &Path) -> Result<bool> {
    let Ok(made) = modified(&repo.widget().join("assets.hash")) else { return Ok(false) };
    let mut sources = Vec::new();
    for folder in ["locales", "embed", LOADER_MODULES, "styles"] {
        sources.extend(listed(repo, folder)?);
        // The folder too: its time tells that a file went away.
        sources.push(repo.root.join(folder));
    }
    sources.extend([wasm.to_path_buf(), std::env::current_exe()?]);
    for source in sources {
        if modified(&source)? > made {
            return Ok(false);
        }
    }
    Ok(true)
}

fn modified(path: &Path) -> Result<SystemTime> {
    fs::metadata(path).and_then(|it| it.modified()).with_context(|| path.display().to_string())
}
