//! The rows of a site's comments as SQL.

use std::fmt::{Result, Write};

use dumka_domain::comment::{CommentId, UnixMillis};

use super::site::{BigSite, Standing, Thread};
use crate::texts::Texts;

/// The site's id.
pub(crate) const SITE: &str = "127.0.0.1";
/// The member of staff who has decided.
pub(crate) const MODERATOR: &str = "bench-moderator";
/// A word that stands in few comments.
pub(crate) const RARE_WORD: &str = "барвінок";
/// Of so many comments, one has it.
const RARE_EVERY: usize = 5_000;

/// Threads, with their columns.
pub(crate) const THREADS: &str = "threads (id, site, page, opened_at, total, last_position, revision, first_published_at, \
     active_at)";
/// Comments, with their columns.
pub(crate) const COMMENTS: &str = "comments (id, thread_id, position, parent_id, root_id, author_name, author_email, \
     created_at, status, visible, text, body, score, votes_up, key_hash, request_hash, edit_token_hash, \
     changed_revision, shown_revision, text_revision, site, published_at, detected, approved_at)";
/// Decisions, with their columns.
pub(crate) const DECISIONS: &str = "decisions (id, comment_id, site, text_revision, actor, actor_id, decided_at, kind, \
     from_status, to_status, rule)";
/// Reports, with their columns.
pub(crate) const REPORTS: &str = "reports (id, comment_id, reader_hash, reason, created_at)";

/// The time from a comment to the decision on it.
const DECIDED_LATER: i64 = 60_000;

/// The id of a page.
pub(crate) fn page(number: usize) -> String {
    format!("news/{number}")
}

/// The name of an author.
pub(crate) fn author(number: usize) -> String {
    format!("Читач {number}")
}

/// Writes a thread.
pub(crate) fn thread(sql: &mut String, site: &BigSite, (number, thread): (usize, Thread)) -> Result {
    let Thread { first, last, comments, published, .. } = thread;
    let (opened, active) = (site.time(first).0, site.time(last).0);
    let (id, page) = (site.id(first), page(number));
    write!(
        sql,
        "'{id}', '{SITE}', '{page}', {opened}, {published}, {comments}, {comments}, {opened}, {active}"
    )
}

/// Writes a comment.
pub(crate) fn comment(sql: &mut String, site: &BigSite, number: usize) -> Result {
    let place = &site.places[number];
    let thread = site.threads[place.page].expect("a comment has a thread");
    let (id, at, position) = (site.id(number), site.time(number).0, place.position);
    let status = status(place.standing);
    let visible = i32::from(status == "published");
    let mut text = Texts::Usual.written(number).text;
    if number.is_multiple_of(RARE_EVERY) {
        write!(text, " {RARE_WORD}")?;
    }
    let body = serde_json::to_string(&dumka_markup::parse(&text)).expect("a body has string keys only");
    let score = number % 7;
    write!(sql, "'{id}', '{}', {position}, ", site.id(thread.first))?;
    optional(sql, place.parent.map(|parent| site.id(parent)))?;
    write!(sql, ", '{}', '{}', ", site.id(place.root), author(place.author))?;
    // Every other author has an address.
    optional(sql, (place.author.is_multiple_of(2)).then(|| format!("reader{}@example.org", place.author)))?;
    write!(sql, ", {at}, '{status}', {visible}, '{}', '{}', ", quoted(&text), quoted(&body))?;
    write!(
        sql,
        "{score}, {score}, 'key{number}', 'request', 'token', {position}, {}, ",
        position * usize::from(visible == 1)
    )?;
    write!(sql, "{position}, '{SITE}', ")?;
    optional(sql, (visible == 1).then_some(at))?;
    sql.write_str(if place.standing == Standing::Held { ", '[\"links\"]', " } else { ", NULL, " })?;
    optional(sql, (place.standing == Standing::Approved).then_some(at + DECIDED_LATER))
}

/// Writes the first decision about a comment.
pub(crate) fn submission(sql: &mut String, site: &BigSite, number: usize) -> Result {
    let place = &site.places[number];
    let (actor, rule) =
        if place.standing == Standing::Held { ("rule", "'links'") } else { ("author", "NULL") };
    let status = if place.standing == Standing::Rejected { "published" } else { status(place.standing) };
    let (id, at, position) = (site.id(number), site.time(number).0, place.position);
    write!(
        sql,
        "'{id}', '{id}', '{SITE}', {position}, '{actor}', NULL, {at}, 'submit', NULL, '{status}', {rule}"
    )
}

/// True where a moderator has decided.
pub(crate) fn is_decided(site: &BigSite, number: usize) -> bool {
    matches!(site.places[number].standing, Standing::Approved | Standing::Rejected)
}

/// Writes a moderator's decision.
pub(crate) fn decision(sql: &mut String, site: &BigSite, number: usize) -> Result {
    let place = &site.places[number];
    let kind = if place.standing == Standing::Approved { "approve" } else { "reject" };
    let (comment, position, status) = (site.id(number), place.position, status(place.standing));
    let at = UnixMillis(site.time(number).0 + DECIDED_LATER);
    let mut random = [0; 10];
    random[..8].copy_from_slice(&(number as u64).to_be_bytes());
    let id = CommentId::new(at, random);
    let at = at.0;
    write!(
        sql,
        "'{id}', '{comment}', '{SITE}', {position}, 'staff', '{MODERATOR}', {at}, '{kind}', 'published', '{status}', NULL"
    )
}

/// True where a report is open.
pub(crate) fn is_reported(site: &BigSite, number: usize) -> bool {
    site.places[number].standing == Standing::Reported
}

/// Writes a report.
pub(crate) fn report(sql: &mut String, site: &BigSite, number: usize) -> Result {
    let at = site.time(number).0 + DECIDED_LATER;
    write!(sql, "'report{number}', '{}', 'reader{number}', 'spam', {at}", site.id(number))
}

fn status(standing: Standing) -> &'static str {
    match standing {
        Standing::New | Standing::Approved | Standing::Reported => "published",
        Standing::Pending | Standing::Held => "pending",
        Standing::Rejected => "rejected",
    }
}

fn optional(sql: &mut String, value: Option<impl std::fmt::Display>) -> Result {
    match value {
        Some(value) => write!(sql, "'{value}'"),
        None => sql.write_str("NULL"),
    }
}

/// A text as it stands between the quotes of a statement.
fn quoted(text: &str) -> String {
    text.replace('\'', "''")
}
