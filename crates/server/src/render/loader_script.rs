//! Renders a thread into the loader's script, so that it comes one round trip earlier.

use super::html_to_json::{html_to_json, quoted};
use super::thread_view::{ThreadView, section};
use crate::domain::thread::ThreadKey;

/// The placeholder in the loader that the thread replaces.
const PLACEHOLDER: &str = "__READY__";

/// The text before and after the thread in the script: the loader, and the style sheet in the literal that holds the
/// thread.
pub fn script_envelope(loader: &str, style_sheet: &str) -> (String, String) {
    let (before, after) = loader.split_once(PLACEHOLDER).unwrap_or((loader, ""));
    (format!("{before}{{\"css\":{},", quoted(style_sheet)), format!("}}{after}"))
}

/// Renders the thread as a tree of nodes.
pub async fn tree(view: ThreadView) -> String {
    html_to_json(&section(view).await)
}

/// Renders the thread as the rest of that literal. It names the thread as `asked` does, since the loader compares that
/// with its own attributes.
pub async fn script(view: ThreadView, asked: &ThreadKey) -> String {
    let settings = format!(
        "\"site\":{},\"page\":{},\"lang\":{},\"sort\":{},\"limit\":{},\"thread\":",
        quoted(&asked.site),
        quoted(&asked.page),
        quoted(view.lang.as_str()),
        quoted(view.sort.as_str()),
        view.limit,
    );
    let heading_level = view.heading_level.map(|level| format!(",\"heading-level\":{}", level.number()));
    [settings, tree(view).await, heading_level.unwrap_or_default()].concat()
}
