//! Builds the files that browsers load into the program: the widget's, where `DUMKA_WIDGET_DIR` names their folder, and the
//! newsroom's, where `DUMKA_NEWSROOM_DIR` does, or a folder `newsroom` lies beside the widget's.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The file whose name stays the same from build to build.
const LOADER: &str = "embed.js";

fn main() {
    println!("cargo:rerun-if-env-changed=DUMKA_WIDGET_DIR");
    println!("cargo:rerun-if-env-changed=DUMKA_NEWSROOM_DIR");
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(variable("OUT_DIR").expect("cargo sets OUT_DIR"));
    let (hash, names) = match variable("DUMKA_WIDGET_DIR") {
        Some(widget) => copied(&Folder { path: Path::new(&widget), prefix: "" }, &[LOADER], &out),
        None => (String::new(), Vec::new()),
    };
    let doc = "The widget's files of this program's own build.";
    let widget = table(doc, "BUILT_IN: Widget = Widget", &hash, &entries("", &names));
    fs::write(out.join("widget_files.rs"), widget).expect("OUT_DIR can be written");
    let (hash, names) = match newsroom_folder() {
        Some(newsroom) => copied(&Folder { path: &newsroom, prefix: NEWSROOM }, &[], &out),
        None => (String::new(), Vec::new()),
    };
    let doc = "The newsroom's files of this program's own build.";
    let newsroom = table(doc, "NEWSROOM: Newsroom = Newsroom", &hash, &entries(NEWSROOM, &names));
    fs::write(out.join("newsroom_files.rs"), newsroom).expect("OUT_DIR can be written");
}

/// Names the copies of the newsroom's files.
const NEWSROOM: &str = "newsroom-";

/// A folder of a finished bundle, and the beginning of the names of its copies.
struct Folder<'a> {
    path: &'a Path,
    prefix: &'a str,
}

fn newsroom_folder() -> Option<PathBuf> {
    let beside = || Some(Path::new(&variable("DUMKA_WIDGET_DIR")?).parent()?.join("newsroom"));
    let folder = variable("DUMKA_NEWSROOM_DIR").map(PathBuf::from).or_else(beside)?;
    // A folder that comes later builds the program anew.
    println!("cargo:rerun-if-changed={}", folder.display());
    folder.join("assets.hash").exists().then_some(folder)
}

#[expect(clippy::disallowed_methods, reason = "a build script has no other input")]
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Copies a bundle beside the table, so that it cannot change under the compiler: its hash and its files' names.
fn copied(Folder { path, prefix }: &Folder, first: &[&str], out: &Path) -> (String, Vec<String>) {
    let hash = String::from_utf8_lossy(&read(&path.join("assets.hash"))).trim().to_owned();
    let mut names: Vec<String> = first.iter().map(|&name| name.to_owned()).collect();
    names.extend(plain_files(&path.join("assets")).into_iter().map(|name| format!("assets/{name}")));
    for name in &names {
        for file in [name.clone(), format!("{name}.br"), format!("{name}.gz")] {
            fs::write(out.join(copy_of(prefix, &file)), read(&path.join(&file)))
                .expect("OUT_DIR can be written");
        }
    }
    (hash, names)
}

/// The files of a folder in the order of their names, without their compressed forms.
fn plain_files(folder: &Path) -> Vec<String> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{} cannot be read: {error}", folder.display()));
    let names = entries.map(|entry| entry.expect("a folder that opens can be read").file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| !matches!(extension(name), "br" | "gz"));
    names.sort();
    names
}

fn read(path: &Path) -> Vec<u8> {
    println!("cargo:rerun-if-changed={}", path.display());
    fs::read(path).unwrap_or_else(|error| panic!("the bundle lacks {}: {error}", path.display()))
}

/// The files as Rust.
fn entries(prefix: &str, names: &[String]) -> String {
    let mut assets = String::new();
    for name in names {
        let bytes = |suffix: &str| bytes_of(prefix, &format!("{name}{suffix}"));
        let (plain, brotli, gzip) = (bytes(""), bytes(".br"), bytes(".gz"));
        let content_type = content_type(name);
        writeln!(
            assets,
            "Asset {{ name: {name:?}, content_type: {content_type:?}, plain: {plain}, brotli: {brotli}, gzip: {gzip} }},"
        )
        .expect("a string takes every write");
    }
    assets
}

/// The table of files as Rust.
fn table(doc: &str, declaration: &str, hash: &str, assets: &str) -> String {
    format!("/// {doc}\npub static {declaration} {{ hash: {hash:?}, assets: &[\n{assets}] }};\n")
}

fn bytes_of(prefix: &str, name: &str) -> String {
    format!("include_bytes!(concat!(env!(\"OUT_DIR\"), {:?}))", format!("/{}", copy_of(prefix, name)))
}

fn copy_of(prefix: &str, name: &str) -> String {
    format!("{prefix}{}", name.replace('/', "-"))
}

fn content_type(name: &str) -> &'static str {
    match extension(name) {
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "wasm" => "application/wasm",
        other => panic!("the media type of .{other} files is not known"),
    }
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}
