//! Renders a thread on a page of its own.

use dumka_widget::i18n::Key;

use super::document::{Head, document, escaped, stylesheet_link};
use super::thread_view::{ThreadView, section};

/// The parts of a thread's page besides the thread.
#[derive(Debug)]
pub struct PageFrame {
    /// Address of the widget's style sheet, where this server has one.
    pub style_sheet: Option<String>,
    /// Address of the article, where it may be linked to.
    pub article: Option<String>,
}

/// Renders a whole page. Everything that anybody wrote is text in it.
pub async fn page(view: ThreadView, frame: PageFrame) -> String {
    let (lang, catalog) = (view.lang, view.catalog());
    let dir = catalog.text(Key::Dir);
    let thread = &view.listing.thread;
    let title = escaped(thread.title.as_deref().unwrap_or(&thread.page));
    let heading = escaped(&catalog.text(Key::Heading).replace("{n}", &thread.total.to_string()));
    let style_sheet = stylesheet_link(frame.style_sheet.as_deref());
    let back = frame.article.map(|address| {
        let words = escaped(catalog.text(Key::Back));
        let arrow = if dir == "rtl" { '→' } else { '←' };
        format!("<p><a href=\"{}\">{arrow} {words}</a></p>", escaped(&address))
    });
    let back = back.unwrap_or_default();
    let thread = section(view).await;
    let body = format!("<h1 dir=\"auto\">{title}</h1>{back}<dumka-comments>{thread}</dumka-comments>");
    let head = Head { title: &format!("{title} · {heading}"), style_sheet: &style_sheet };
    document(lang, &catalog, &head, &body)
}
