//! Which addresses a comment may link to, and finding the bare ones.

use linkify::{LinkFinder, LinkKind};
use url::Url;

use crate::Span;

/// The address to link to, spelled as browsers would; none where a comment may not link there.
///
/// An address with a user name is refused too: it reads as if it went where the name says.
pub(super) fn safe_href(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    (is_plain && Span::is_safe_href(url.as_str())).then(|| url.into())
}

/// Text with its bare web addresses as links.
pub(super) fn with_links(text: String) -> Vec<Span> {
    if !text.contains("://") {
        return vec![Span::Text(text)];
    }
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut spans = Vec::new();
    let mut plain_from = 0;
    for link in finder.links(&text) {
        let Some(href) = safe_href(link.as_str()) else { continue };
        if plain_from < link.start() {
            spans.push(Span::Text(text[plain_from..link.start()].into()));
        }
        spans.push(Span::Link { href, content: vec![Span::Text(link.as_str().into())] });
        plain_from = link.end();
    }
    if plain_from < text.len() {
        spans.push(Span::Text(text[plain_from..].into()));
    }
    spans
}
