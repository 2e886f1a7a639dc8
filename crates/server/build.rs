//! Builds the widget's files into the program, where `DUMKA_WIDGET_DIR` names their folder.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const FILES: [(&str, &str); 7] = [
    ("embed.js", "text/javascript; charset=utf-8"),
    ("assets/dumka.js", "text/javascript; charset=utf-8"),
    ("assets/dumka_bg.wasm", "application/wasm"),
    ("assets/dumka.css", "text/css; charset=utf-8"),
    ("assets/uk.json", "application/json; charset=utf-8"),
    ("assets/ru.json", "application/json; charset=utf-8"),
    ("assets/en.json", "application/json; charset=utf-8"),
];

fn main() {
    println!("cargo:rerun-if-env-changed=DUMKA_WIDGET_DIR");
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(variable("OUT_DIR").expect("cargo sets OUT_DIR"));
    let table = match variable("DUMKA_WIDGET_DIR") {
        Some(widget) => table(Path::new(&widget), &out),
        None => wrapped("", ""),
    };
    fs::write(out.join("widget_files.rs"), table).expect("OUT_DIR can be written");
}

#[expect(clippy::disallowed_methods, reason = "a build script has no other input")]
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The table of files as Rust.
fn table(widget: &Path, out: &Path) -> String {
    let hash = read(widget, "assets.hash");
    let mut assets = String::new();
    for (name, content_type) in FILES {
        let plain = embed(widget, out, name);
        let brotli = embed(widget, out, &format!("{name}.br"));
        let gzip = embed(widget, out, &format!("{name}.gz"));
        writeln!(
            assets,
            "Asset {{ name: {name:?}, content_type: {content_type:?}, plain: {plain}, brotli: {brotli}, gzip: {gzip} }},"
        )
        .expect("a string takes every write");
    }
    wrapped(String::from_utf8_lossy(&hash).trim(), &assets)
}

fn wrapped(hash: &str, assets: &str) -> String {
    format!(
        "/// The files of this program's own build.\npub static BUILT_IN: Widget = Widget {{ hash: {hash:?}, assets: &[\n{assets}] }};\n"
    )
}

/// Copies a file beside the table, so that it cannot change under the compiler, and names the copy.
fn embed(widget: &Path, out: &Path, name: &str) -> String {
    let copy = name.replace('/', "-");
    fs::write(out.join(&copy), read(widget, name)).expect("OUT_DIR can be written");
    format!("include_bytes!(concat!(env!(\"OUT_DIR\"), {:?}))", format!("/{copy}"))
}

fn read(widget: &Path, name: &str) -> Vec<u8> {
    let path = widget.join(name);
    println!("cargo:rerun-if-changed={}", path.display());
    fs::read(&path).unwrap_or_else(|error| panic!("DUMKA_WIDGET_DIR lacks {}: {error}", path.display()))
}
