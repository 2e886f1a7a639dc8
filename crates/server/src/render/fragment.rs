//! Renders a thread as an HTML fragment that is put into a page as it is.

use super::document::stylesheet_link;
use super::thread_view::{ThreadView, section};

/// The way in which a fragment brings its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StyleMode {
    /// By a link, which a browser follows once and caches.
    Linked,
    /// In a `<style>` element: larger, and drawn one round trip earlier.
    Inline,
}

/// The style sheet of a fragment.
#[derive(Debug)]
pub enum StyleSource {
    /// Its address.
    Url(String),
    /// Its text.
    Text(String),
}

/// Renders the thread behind its style.
pub async fn fragment(view: ThreadView, style: Option<StyleSource>) -> String {
    let style = match style {
        None => String::new(),
        Some(StyleSource::Url(address)) => stylesheet_link(Some(&address)),
        // Our own file, in which nothing ends the element.
        Some(StyleSource::Text(text)) => ["<style>", &text, "</style>"].concat(),
    };
    style + &section(view).await
}
