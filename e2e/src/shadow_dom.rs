//! Finds elements of a page, those of isolated threads too.

use serde_json::json;

/// Answers all elements that a selector finds, first in the document and then in the shadow roots of its threads. The
/// page may hide functions of its document.
const ALL: &str = "(selector => { const inPage = selector => [...Document.prototype.querySelectorAll.call(document, selector)]; \
    const roots = inPage('dumka-comments').flatMap(it => it.shadowRoot ?? []); \
    return [...inPage(selector), ...roots.flatMap(root => [...root.querySelectorAll(selector)])] })";

/// The element with the focus.
pub const FOCUSED: &str = "(it => it.shadowRoot?.activeElement ?? it)(document.activeElement)";

/// All elements that `selector` finds, as a JavaScript expression.
pub fn all(selector: &str) -> String {
    format!("{ALL}({})", json!(selector))
}

/// The first of them, or nothing.
pub fn one(selector: &str) -> String {
    all(selector) + "[0]"
}
