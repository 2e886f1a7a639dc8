//! The rules of a new comment: checks every field and brings it to its stored form.

use dumka_api::limits::{
    EMAIL_MAX_CHARS, NAME_MAX_CHARS, PAGE_MAX_BYTES, PAGE_SENT_MAX_BYTES, SITE_MAX_BYTES, TEXT_MAX_CHARS,
    TITLE_MAX_CHARS, URL_MAX_BYTES,
};
use dumka_api::{NewComment, ProblemKind, page, site};
use dumka_markup::is_bidi_control;
use url::Url;

use crate::article;
use crate::comment::CommentId;
pub use crate::invalid::Invalid;
use crate::text::{is_blank, normalize_text, one_line, refuse_controls};
use crate::thread::ThreadKey;

/// A new comment that obeys every rule, in its stored form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedComment {
    /// The thread it goes to.
    pub thread: ThreadKey,
    /// The page's title.
    pub title: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// The name to show.
    pub author_name: String,
    /// An address for notices.
    pub author_email: Option<String>,
    /// The text, trimmed, with `\n` for every line break.
    pub text: String,
}

/// Checks a new comment for a thread, which [`check_thread`] has found. The first field that breaks a rule is named, in
/// the order in which forms show them.
pub fn check(thread: ThreadKey, new: &NewComment) -> Result<CheckedComment, Invalid> {
    Ok(CheckedComment {
        thread,
        parent: new.parent.as_deref().map(check_parent).transpose()?,
        text: check_text(&new.text)?,
        author_name: check_name(&new.author.name)?,
        author_email: present(new.author.email.as_deref()).map(check_email).transpose()?,
        title: present(new.title.as_deref()).map(check_title).transpose()?.flatten(),
        url: present(new.url.as_deref()).map(check_url).transpose()?,
    })
}

/// Checks the site and the page of a thread, for reading as for writing, and returns their canonical form.
pub fn check_thread(site: &str, page: &str) -> Result<ThreadKey, Invalid> {
    let too_long = Invalid::over(ProblemKind::PageTooLong, "page", PAGE_MAX_BYTES);
    let site = check_site(site)?;
    if page.len() > PAGE_SENT_MAX_BYTES {
        return Err(too_long);
    }
    refuse_controls(page.trim(), "page")?;
    let page = page::canonical(page);
    if page.is_empty() {
        return Err(Invalid::new(ProblemKind::PageEmpty, "page"));
    }
    if page.len() > PAGE_MAX_BYTES {
        return Err(too_long);
    }
    Ok(ThreadKey { site, page })
}

/// Checks the id of a site and returns its canonical form.
pub fn check_site(site: &str) -> Result<String, Invalid> {
    // No host name is longer, so no such site can be known. In letters of its own it may take four bytes for each.
    let too_long = Invalid::over(ProblemKind::SiteUnknown, "site", SITE_MAX_BYTES);
    if site.len() > 4 * SITE_MAX_BYTES {
        return Err(too_long);
    }
    refuse_controls(site.trim(), "site")?;
    let site = site::canonical(site);
    if site.is_empty() {
        return Err(Invalid::new(ProblemKind::SiteEmpty, "site"));
    }
    if site.len() > SITE_MAX_BYTES {
        return Err(too_long);
    }
    Ok(site)
}

fn check_parent(parent: &str) -> Result<CommentId, Invalid> {
    parent.parse().map_err(|_| Invalid::new(ProblemKind::ParentNotFound, "parent"))
}

/// Checks a name and returns it on one line.
pub fn check_name(name: &str) -> Result<String, Invalid> {
    refuse_controls(&name.replace(['\n', '\r', '\t'], " "), "name")?;
    let name = one_line(&name.replace(is_bidi_control, ""));
    if is_blank(&name) {
        return Err(Invalid::new(ProblemKind::NameEmpty, "name"));
    }
    if name.chars().count() > NAME_MAX_CHARS {
        return Err(Invalid::over(ProblemKind::NameTooLong, "name", NAME_MAX_CHARS));
    }
    Ok(name)
}

fn check_email(email: &str) -> Result<String, Invalid> {
    refuse_controls(email, "email")?;
    if email.chars().count() > EMAIL_MAX_CHARS {
        return Err(Invalid::over(ProblemKind::EmailInvalid, "email", EMAIL_MAX_CHARS));
    }
    if !is_plausible_email(email) {
        return Err(Invalid::new(ProblemKind::EmailInvalid, "email"));
    }
    Ok(email.into())
}

/// Checks a comment's text and returns it trimmed, with `\n` for every line break.
pub fn check_text(text: &str) -> Result<String, Invalid> {
    let text = normalize_text(text, "text")?;
    if is_blank(&text) {
        return Err(Invalid::new(ProblemKind::TextEmpty, "text"));
    }
    if text.chars().count() > TEXT_MAX_CHARS {
        return Err(Invalid::over(ProblemKind::TextTooLong, "text", TEXT_MAX_CHARS));
    }
    Ok(text)
}

/// Checks a page's title and cleans it; a title that would draw nothing is none.
pub fn check_title(title: &str) -> Result<Option<String>, Invalid> {
    let title = article::clean_title(title);
    if title.chars().count() > TITLE_MAX_CHARS {
        return Err(Invalid::over(ProblemKind::TitleTooLong, "title", TITLE_MAX_CHARS));
    }
    Ok(Some(title).filter(|title| !is_blank(title)))
}

/// Checks a page's address and removes from it what does not name the page.
pub fn check_url(url: &str) -> Result<String, Invalid> {
    if url.len() > URL_MAX_BYTES {
        return Err(Invalid::over(ProblemKind::UrlInvalid, "url", URL_MAX_BYTES));
    }
    refuse_controls(url, "url")?;
    let parsed = Url::parse(url).map_err(|_| Invalid::new(ProblemKind::UrlInvalid, "url"))?;
    // Words before the host could pass for it.
    let names_user = !parsed.username().is_empty() || parsed.password().is_some();
    if names_user || !matches!(parsed.scheme(), "http" | "https") {
        return Err(Invalid::new(ProblemKind::UrlInvalid, "url"));
    }
    Ok(article::clean_url(parsed).into())
}

/// Returns a field trimmed, or none where it is blank.
fn present(field: Option<&str>) -> Option<&str> {
    field.map(str::trim).filter(|field| !field.is_empty())
}

/// Accepts one `@` between a local part and a domain of plain labels: what a browser's own field accepts,
/// and international names. Whether mail arrives there only mail can tell.
fn is_plausible_email(email: &str) -> bool {
    let Some((local, domain)) = email.rsplit_once('@') else { return false };
    let is_word = |text: &str| !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c == '@');
    let is_label = |label: &str| {
        is_word(label)
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || !c.is_ascii())
    };
    is_word(local)
        && local.len() <= 64
        && !local.contains(['<', '>', ',', ';'])
        && domain.split('.').all(is_label)
}

#[cfg(test)]
#[path = "submission_tests.rs"]
mod tests;
