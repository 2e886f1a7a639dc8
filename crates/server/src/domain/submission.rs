//! A new comment's rules: what is accepted, what is tidied, what is refused.

use dumka_api::limits::{
    EMAIL_MAX_CHARS, NAME_MAX_CHARS, PAGE_MAX_BYTES, PAGE_SENT_MAX_BYTES, SITE_MAX_BYTES, TEXT_MAX_CHARS,
    TITLE_MAX_CHARS, URL_MAX_BYTES,
};
use dumka_api::{NewComment, ProblemKind, page, site};
use dumka_markup::{is_bidi_control, is_noncharacter};
use url::Url;

use super::article;
use super::comment::CommentId;
use super::thread::ThreadKey;

/// A new comment that obeys every rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
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

/// The rule that a new comment breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {}", .kind.title())]
pub struct Invalid {
    /// The rule.
    pub kind: ProblemKind,
    /// The field at fault, by its name on the wire.
    pub field: &'static str,
    /// The limit that was passed, in the unit the field is measured in.
    pub limit: Option<u64>,
}

impl Invalid {
    pub(super) const fn new(kind: ProblemKind, field: &'static str) -> Self {
        Self { kind, field, limit: None }
    }

    pub(super) const fn over(kind: ProblemKind, field: &'static str, limit: usize) -> Self {
        Self { kind, field, limit: Some(limit as u64) }
    }
}

/// Holds a new comment to the rules.
pub fn check(new: &NewComment) -> Result<Draft, Invalid> {
    Ok(Draft {
        thread: check_thread(&new.site, &new.page)?,
        parent: new.parent.as_deref().map(check_parent).transpose()?,
        author_name: check_name(&new.author.name)?,
        author_email: present(new.author.email.as_deref()).map(check_email).transpose()?,
        text: check_text(&new.text)?,
        title: present(new.title.as_deref()).map(check_title).transpose()?.flatten(),
        url: present(new.url.as_deref()).map(check_url).transpose()?,
    })
}

/// Holds the name of a thread to the rules, for reading as for writing, and brings it to its one form.
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

/// Holds the id of a site to the rules, and brings it to its one form.
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

fn check_name(name: &str) -> Result<String, Invalid> {
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

/// Holds a text to the rules, and gives it back trimmed, with `\n` for every line break.
pub fn check_text(text: &str) -> Result<String, Invalid> {
    let text = written(text, "text")?;
    if is_blank(&text) {
        return Err(Invalid::new(ProblemKind::TextEmpty, "text"));
    }
    if text.chars().count() > TEXT_MAX_CHARS {
        return Err(Invalid::over(ProblemKind::TextTooLong, "text", TEXT_MAX_CHARS));
    }
    Ok(text)
}

/// What was written in several lines: trimmed, with `\n` for every line break, free of other control characters.
pub(super) fn written(text: &str, field: &'static str) -> Result<String, Invalid> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    refuse_controls(&text.replace(['\n', '\t'], " "), field)?;
    Ok(text.trim().into())
}

/// Whether nothing would be seen of it.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(is_invisible)
}

/// Holds a page's title to the rules; one that would draw nothing is none.
pub fn check_title(title: &str) -> Result<Option<String>, Invalid> {
    let title = article::title(title);
    if title.chars().count() > TITLE_MAX_CHARS {
        return Err(Invalid::over(ProblemKind::TitleTooLong, "title", TITLE_MAX_CHARS));
    }
    Ok(Some(title).filter(|title| !is_blank(title)))
}

/// Holds a page's address to the rules, and frees it of what is not the page's own.
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
    Ok(article::address(parsed).into())
}

/// An optional field that says something.
fn present(field: Option<&str>) -> Option<&str> {
    field.map(str::trim).filter(|field| !field.is_empty())
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Refuses what no XML can hold, and so no feed: control characters, and code points that are no characters.
fn refuse_controls(text: &str, field: &'static str) -> Result<(), Invalid> {
    if text.chars().any(|c| c.is_control() || is_noncharacter(c)) {
        return Err(Invalid::new(ProblemKind::ControlCharacters, field));
    }
    Ok(())
}

/// Characters that draw nothing by themselves: white space, joiners, marks of direction, fillers.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || is_bidi_control(c)
        || matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}')
        || matches!(c, '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}')
        || matches!(c, '\u{206A}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}')
        || matches!(c, '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}

/// One `@` between a local part and a domain of plain labels: what a browser's own field accepts,
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
