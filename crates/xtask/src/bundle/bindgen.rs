//! wasm-bindgen as a linked library: from cargo's module to glue and module for the web.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::repo::Repo;

/// Writes `dumka-widget.js` and `dumka-widget_bg.wasm` and returns their folder.
pub(super) fn bind(repo: &Repo, wasm: &Path) -> Result<PathBuf> {
    check_version(repo)?;
    let folder = repo.target.join("bindgen");
    repo.sh.remove_path(&folder)?;
    let mut output = Bindgen::new()
        .input_path(wasm)
        .out_name("dumka-widget")
        .web(true)?
        // The loader hands the module over, so the glue need not know where it lies.
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()?;
    let mut named = shorten_names(&mut output);
    named.push((EXPORTS.into(), GUARDED_EXPORTS.into()));
    named.push((STARTS.into(), START.into()));
    named.extend(MOVES.map(|(before, now)| (before.into(), now.into())));
    named.extend(MAKES.map(|it| (format!("arg0.{it}("), format!("Document.prototype.{it}.call(arg0, "))));
    output.emit(&folder)?;
    let glue = folder.join("dumka-widget.js");
    fs::write(&glue, format!("{GUARD}{}", renamed(&fs::read_to_string(&glue)?, &named)?))?;
    ensure!(
        !folder.join("snippets").exists(),
        "a dependency brings JavaScript files of its own: bundle them"
    );
    Ok(folder)
}

/// The name by which the module calls the glue.
const GLUE: &str = "w";

/// The place where the glue takes up the ways into the module.
const EXPORTS: &str = "    wasm = instance.exports;";

/// The same, with whatever the loader's supervisor puts around them.
const GUARDED_EXPORTS: &str = "    wasm = guard(instance.exports);";

/// The two ways to start the module.
const STARTS: &str = "export { initSync, __wbg_init as default };";

/// The one that the loader uses: what the other needs is shortened away.
const START: &str = "export { __wbg_init as default };";

/// The calls by which the glue has the document make nodes. An image or a form of the page that is called so hides that
/// from the document.
const MAKES: [&str; 3] = ["createElement", "createElementNS", "createTextNode"];

/// The calls by which the glue puts nodes in and takes them out, and what they become: the page may have put an element of
/// ours into one of its own. What shall stand before it stands before that; taken out, it is taken from there. Where it is
/// gone, the call fails as ever, and the program begins anew.
const MOVES: [(&str, &str); 2] = [
    (
        "const ret = arg0.insertBefore(arg1, arg2)",
        "if (arg2 && arg2.parentNode !== arg0) for (const it of arg0.childNodes) if (it.contains(arg2)) arg2 = it;\n            \
         const ret = arg0.insertBefore(arg1, arg2)",
    ),
    ("arg0.removeChild(arg1)", "arg1.remove()"),
];

/// Lets the supervisor say what that is.
const GUARD: &str = "let guard = exports => exports;\nexport const setGuard = by => { guard = by };\n";

/// The text that stands in the glue, and the text that shall stand there.
type Renamed = (String, String);

/// Makes the names by which glue and module know each other a letter or two. Most of each is a hash,
/// which no compression makes shorter: four kilobytes of the download, half of them on either side.
fn shorten_names(output: &mut Output) -> Vec<Renamed> {
    let mut named = Vec::new();
    let module = output.wasm_mut();
    for (number, import) in module.imports.iter_mut().enumerate() {
        let short = short_name(number);
        if number == 0 {
            named.push((format!("{:?}: import0", import.module), format!("{GLUE}: import0")));
        }
        named.push((format!("{}: function", import.name), format!("{short}: function")));
        (import.module, import.name) = (GLUE.into(), short);
    }
    for (number, export) in module.exports.iter_mut().filter(|it| it.name.contains("closures")).enumerate() {
        let short = short_name(number);
        named.push((format!("wasm.{}(", export.name), format!("wasm.{short}(")));
        export.name = short;
    }
    named
}

/// `a` to `z`, then `a1` to `z1` and so on.
fn short_name(number: usize) -> String {
    let letter = char::from(b"abcdefghijklmnopqrstuvwxyz"[number % 26]);
    if number < 26 { letter.into() } else { format!("{letter}{}", number / 26) }
}

fn renamed(glue: &str, named: &[Renamed]) -> Result<String> {
    let mut glue = glue.to_owned();
    for (long, short) in named {
        ensure!(
            glue.contains(long.as_str()),
            "the glue has no `{long}`: wasm-bindgen writes it differently now"
        );
        glue = glue.replace(long.as_str(), short);
    }
    Ok(glue)
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
