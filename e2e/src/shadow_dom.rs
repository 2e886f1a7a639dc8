//! Finds elements of a page, those of isolated threads too.

use serde_json::json;

/// Answers all elements that a selector finds, first in the document and then in the shadow roots of its threads.
const ALL: &str = "(selector => [document, ...Array.from(document.querySelectorAll('dumka-comments'), it => it.shadowRoot)]\
    .flatMap(root => [...(root?.querySelectorAll(selector) ?? [])]))";

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
