//! The loader with a ready thread in it.

use super::tree::{quoted, tree};
use super::{Scene, section};
use crate::domain::thread::ThreadKey;

/// What stands in the loader where the thread shall be.
const PLACE: &str = "__READY__";

/// Puts the drawn thread and its style sheet into `loader`, as a literal. It says which thread it is in the words
/// of whoever asked, since the loader compares them with its own.
pub async fn script(scene: Scene, asked: &ThreadKey, loader: &str, style_sheet: &str) -> String {
    let ready = format!(
        "{{\"site\":{},\"page\":{},\"lang\":{},\"sort\":{},\"limit\":{},\"css\":{},\"thread\":",
        quoted(&asked.site),
        quoted(&asked.page),
        quoted(scene.lang.as_str()),
        quoted(scene.sort.as_str()),
        scene.limit,
        quoted(style_sheet),
    );
    let heading_level = scene.heading_level.map(|level| format!(",\"heading-level\":{}", level.number()));
    let section = tree(&section(scene).await);
    loader.replacen(PLACE, &format!("{ready}{section}{}}}", heading_level.unwrap_or_default()), 1)
}
