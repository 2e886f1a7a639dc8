//! What stands around a thread on a page of its own.

use std::sync::LazyLock;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use dumka_widget::i18n::{Catalog, Key};
use sha2::{Digest, Sha256};

use super::{Lang, Scene};

/// A line's length, some air, the colours of the reader's system, and nothing that needs a script. The thread's own
/// sheet does the rest.
const STYLE: &str = "html{color-scheme:light dark;background:Canvas;color:CanvasText;font:1.0625rem/1.6 system-ui,sans-serif}\
    body{max-width:44rem;margin:0 auto;padding:1.5rem 1rem 4rem;overflow-wrap:anywhere}\
    h1{font-size:1.5rem;line-height:1.3}\
    dumka-comments{--dumka-background:transparent}\
    .dumka-fold,.dumka-preview,.dumka-cancel{display:none}\
    .failure textarea,.failure label>input{display:block;box-sizing:border-box;width:100%;font:inherit}";

/// What the page may load: the style sheet of this server and its own lines of style, no script at all.
pub static CONTENT_POLICY: LazyLock<String> = LazyLock::new(|| {
    let own = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'self' 'sha256-{own}'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    )
});

/// What the page needs to know besides the thread.
#[derive(Debug)]
pub struct Frame {
    /// Address of the widget's style sheet, where this server has one.
    pub style_sheet: Option<String>,
    /// Address of the article, where it may be linked to.
    pub article: Option<String>,
}

/// Draws a whole page. Everything that anybody wrote is text in it.
pub async fn page(scene: Scene, frame: Frame) -> String {
    let (lang, catalog) = (scene.lang, scene.catalog());
    let dir = catalog.text(Key::Dir);
    let thread = &scene.listing.thread;
    let title = escaped(thread.title.as_deref().unwrap_or(&thread.page));
    let heading = escaped(&catalog.text(Key::Heading).replace("{n}", &thread.total.to_string()));
    let sheet = link_to_sheet(frame.style_sheet.as_deref());
    let back = frame.article.map(|address| {
        let words = escaped(catalog.text(Key::Back));
        let arrow = if dir == "rtl" { '→' } else { '←' };
        format!("<p><a href=\"{}\">{arrow} {words}</a></p>", escaped(&address))
    });
    let back = back.unwrap_or_default();
    let thread = super::section(scene).await;
    let body = format!("<h1 dir=\"auto\">{title}</h1>{back}<dumka-comments>{thread}</dumka-comments>");
    document(lang, &catalog, (&format!("{title} · {heading}"), &sheet), &body)
}

/// A whole document around what is HTML already.
pub(super) fn document(lang: Lang, catalog: &Catalog, (title, sheet): (&str, &str), body: &str) -> String {
    let (lang, dir) = (lang.as_str(), catalog.text(Key::Dir));
    format!(
        "<!DOCTYPE html><html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style>{sheet}</head><body><main>{body}</main></body></html>"
    )
}

/// The link to the style sheet at this address, if there is one.
pub(super) fn link_to_sheet(address: Option<&str>) -> String {
    let link = |address| format!("<link rel=\"stylesheet\" href=\"{}\">", escaped(address));
    address.map(link).unwrap_or_default()
}

/// Text that stays text, between tags and inside quoted attributes.
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
