//! The loader with a ready thread in it.

use super::tree::{quoted, tree};
use super::{Scene, section};

/// What stands in the loader where the thread shall be.
const PLACE: &str = "__READY__";

/// Puts the drawn thread and its style sheet into `loader`, as a literal.
pub async fn script(scene: Scene, loader: &str, style_sheet: &str) -> String {
    let thread = &scene.listing.thread;
    let ready = format!(
        "{{\"site\":{},\"page\":{},\"lang\":{},\"sort\":{},\"limit\":{},\"css\":{},\"thread\":",
        quoted(&thread.site),
        quoted(&thread.page),
        quoted(scene.lang.as_str()),
        quoted(scene.sort.as_str()),
        scene.limit,
        quoted(style_sheet),
    );
    let heading_level = scene.heading_level.map(|level| format!(",\"heading-level\":{}", level.number()));
    let section = tree(&section(scene).await);
    loader.replacen(PLACE, &format!("{ready}{section}{}}}", heading_level.unwrap_or_default()), 1)
}
