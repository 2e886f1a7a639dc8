//! Headings, at the levels at which they belong into the page's outline.

use yew::Html;

use super::element;

const TAGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Draws a heading of this level with these words in it; below the sixth there is none.
pub(super) fn heading(level: u32, class: &'static str, words: &str) -> Html {
    let last = TAGS.len() - 1;
    element::words(TAGS[(level.max(1) as usize - 1).min(last)], class, words)
}
