//! The addresses of a thread: its own page, and the article's.

use dumka_api::{Thread, paths};
use url::form_urlencoded::Serializer;

use crate::cache::Links;
use crate::domain::article;
use crate::render::Lang;
use crate::storage::ListQuery;

/// Returns the address that links to the comments begin with. A route in a fragment leaves no room for another one, and
/// needs scripts, which know better.
pub(super) fn article(links: &Links, thread: &Thread) -> Option<String> {
    let Links::Article(given) = links else { return None };
    let known = given.clone().or_else(|| thread.url.clone());
    known.or_else(|| article::page_path(&thread.page)).filter(|address| !address.contains('#'))
}

/// Returns the address of a thread's own page.
pub(crate) fn thread_url(server: &str, query: &ListQuery, lang: Lang) -> String {
    let start = format!("{server}{}?", paths::THREAD);
    let from = start.len();
    let mut pairs = Serializer::for_suffix(start, from);
    pairs.append_pair("site", &query.thread.site).append_pair("page", &query.thread.page);
    pairs.append_pair("lang", lang.as_str()).append_pair("sort", query.sort.as_str());
    pairs.finish()
}
