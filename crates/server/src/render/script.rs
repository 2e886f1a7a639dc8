//! The loader with a ready thread in it.

use super::tree::{quoted, tree};
use super::{Scene, section};
use crate::domain::thread::ThreadKey;

/// What stands in the loader where the thread shall be.
const PLACE: &str = "__READY__";

/// What stands around the thread in the script: the loader, and the style sheet in the literal that holds the thread.
pub fn script_envelope(loader: &str, style_sheet: &str) -> (String, String) {
    let (before, after) = loader.split_once(PLACE).unwrap_or((loader, ""));
    (format!("{before}{{\"css\":{},", quoted(style_sheet)), format!("}}{after}"))
}

/// Draws the thread as the rest of that literal. It says which thread it is in the words of whoever asked, since the
/// loader compares them with its own.
pub async fn script(scene: Scene, asked: &ThreadKey) -> String {
    let ready = format!(
        "\"site\":{},\"page\":{},\"lang\":{},\"sort\":{},\"limit\":{},\"thread\":",
        quoted(&asked.site),
        quoted(&asked.page),
        quoted(scene.lang.as_str()),
        quoted(scene.sort.as_str()),
        scene.limit,
    );
    let heading_level = scene.heading_level.map(|level| format!(",\"heading-level\":{}", level.number()));
    let section = tree(&section(scene).await);
    [ready, section, heading_level.unwrap_or_default()].concat()
}
