//! Builds the widget's files into the program, where `DUMKA_WIDGET_DIR` names their folder.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The file whose name stays the same from build to build.
const LOADER: &str = "embed.js";

fn main() {
    println!("cargo:rerun-if-env-changed=DUMKA_WIDGET_DIR");
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(variable("OUT_DIR").expect("cargo sets OUT_DIR"));
    let (hash, names) = match variable("DUMKA_WIDGET_DIR") {
        Some(widget) => copied(Path::new(&widget), &out),
        None => (String::new(), Vec::new()),
    };
    fs::write(out.join("widget_files.rs"), table(&hash, &names)).expect("OUT_DIR can be written");
}

#[expect(clippy::disallowed_methods, reason = "a build script has no other input")]
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Copies the widget beside the table, so that it cannot change under the compiler: its hash and its files' names.
fn copied(widget: &Path, out: &Path) -> (String, Vec<String>) {
    let hash = String::from_utf8_lossy(&read(&widget.join("assets.hash"))).trim().to_owned();
    let mut names = vec![LOADER.to_owned()];
    names.extend(plain_files(&widget.join("assets")).into_iter().map(|name| format!("assets/{name}")));
    for name in &names {
        for file in [name.clone(), format!("{name}.br"), format!("{name}.gz")] {
            fs::write(out.join(copy_of(&file)), read(&widget.join(&file))).expect("OUT_DIR can be written");
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
    fs::read(path).unwrap_or_else(|error| panic!("DUMKA_WIDGET_DIR lacks {}: {error}", path.display()))
}

/// The table of files as Rust.
fn table(hash: &str, names: &[String]) -> String {
    let mut assets = String::new();
    for name in names {
        let (plain, brotli, gzip) =
            (bytes_of(name), bytes_of(&format!("{name}.br")), bytes_of(&format!("{name}.gz")));
        let content_type = content_type(name);
        writeln!(
            assets,
            "Asset {{ name: {name:?}, content_type: {content_type:?}, plain: {plain}, brotli: {brotli}, gzip: {gzip} }},"
        )
        .expect("a string takes every write");
    }
    format!(
        "/// The files of this program's own build.\n\
         pub static BUILT_IN: Widget = Widget {{ hash: {hash:?}, assets: &[\n{assets}] }};\n"
    )
}

fn bytes_of(name: &str) -> String {
    format!("include_bytes!(concat!(env!(\"OUT_DIR\"), {:?}))", format!("/{}", copy_of(name)))
}

fn copy_of(name: &str) -> String {
    name.replace('/', "-")
}

fn content_type(name: &str) -> &'static str {
    match extension(name) {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "wasm" => "application/wasm",
        other => panic!("the media type of .{other} files is not known"),
    }
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}
