//! HTML documents around what is rendered already.

use std::sync::LazyLock;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use dumka_widget::i18n::{Catalog, Key};
use sha2::{Digest, Sha256};

use super::Lang;

/// A line's length, some air, the colours of the reader's system, and nothing that needs a script. The thread's own
/// style sheet does the rest.
const STYLE: &str = "html{color-scheme:light dark;background:Canvas;color:CanvasText;font:1.0625rem/1.6 system-ui,sans-serif}\
    body{max-width:44rem;margin:0 auto;padding:1.5rem 1rem 4rem;overflow-wrap:anywhere}\
    h1{font-size:1.5rem;line-height:1.3}\
    dumka-comments{--dumka-background:transparent}\
    .dumka-fold,.dumka-preview,.dumka-cancel{display:none}\
    .failure textarea,.failure label>input{display:block;box-sizing:border-box;width:100%;font:inherit}";

/// The content security policy of documents: the style sheet of this server and the document's own style, no script.
pub static CONTENT_POLICY: LazyLock<String> = LazyLock::new(|| {
    let own = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'self' 'sha256-{own}'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    )
});

/// The head of a document, of which both parts are HTML already.
pub(super) struct Head<'h> {
    /// The title.
    pub(super) title: &'h str,
    /// The link to the style sheet, or nothing.
    pub(super) style_sheet: &'h str,
}

/// Writes a whole document around a body that is HTML already.
pub(super) fn document(lang: Lang, catalog: &Catalog, head: &Head<'_>, body: &str) -> String {
    let (lang, dir) = (lang.as_str(), catalog.text(Key::Dir));
    let Head { title, style_sheet } = head;
    format!(
        "<!DOCTYPE html><html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style>{style_sheet}</head><body><main>{body}</main></body></html>"
    )
}

/// The link to the style sheet at this address, if there is one.
pub(super) fn stylesheet_link(address: Option<&str>) -> String {
    let link = |address| format!("<link rel=\"stylesheet\" href=\"{}\">", escaped(address));
    address.map(link).unwrap_or_default()
}

/// Escapes text for use between tags and inside quoted attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
