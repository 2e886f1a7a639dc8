//! The index of words: which statements each engine has for it, and which comments it holds.

mod postgres;
mod sqlite;

use dumka_domain::comment::CommentId;
use dumka_domain::search::{SearchWords, index_words};
use sqlx::AnyConnection;

use super::dialect::Dialect;
use super::row;
use crate::error::StoreError;
use crate::sql;

/// The numbers of the ids of one millisecond: those of its random bits that a number holds.
const NUMBERS_OF_A_MILLISECOND: i64 = 1 << 15;

/// The statements about the index that differ between the engines.
pub(crate) struct SearchSql {
    /// The tables that a search reads, with the documents as `d`.
    pub(crate) tables: &'static str,
    /// The same with the comments as `c`.
    pub(crate) tables_with_comments: &'static str,
    /// The condition, with the query in the place of `{}`.
    pub(crate) matches: &'static str,
    /// The column that is in the order of the ids, by which the index can be read.
    pub(crate) order: &'static str,
    /// Writes a query for comments that hold, for each stem, a word that begins with it.
    pub(crate) query: fn(&SearchWords) -> String,
    /// Adds the document numbered `$1` of the comment `$2` with the words `$3` on the site `$4`, unless the number is taken.
    pub(crate) insert: &'static str,
    /// Adds the words `$1` of the document numbered `$2`, where that is a table of its own.
    pub(crate) insert_words: Option<&'static str>,
    /// Takes away the words of the document numbered `$1`, likewise.
    pub(crate) delete_words: Option<&'static str>,
}

impl SearchSql {
    /// Returns the statements of the engine that a connection leads to.
    pub(crate) fn of(connection: &AnyConnection) -> &'static Self {
        match Dialect::of(connection) {
            Dialect::Sqlite => &sqlite::SEARCH,
            Dialect::Postgres => &postgres::SEARCH,
        }
    }
}

/// Returns the statements that make the tables of the index.
pub(super) fn tables(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => sqlite::SEARCH_TABLES,
        Dialect::Postgres => postgres::SEARCH_TABLES,
    }
}

/// Puts a comment into the index that is not there yet: its text and its author's name.
pub(super) async fn index(
    connection: &mut AnyConnection,
    (id, site): (CommentId, &str),
    texts: [&str; 2],
) -> Result<(), StoreError> {
    let search = SearchSql::of(connection);
    let words = index_words(&texts);
    if words.is_empty() {
        return Ok(());
    }
    let mut number = first_number(id);
    loop {
        let insert = sql::query(search.insert).bind(number).bind(id.to_string()).bind(&words).bind(site);
        if insert.execute(&mut *connection).await?.rows_affected() == 1 {
            break;
        }
        number = next_number(connection, number).await?;
    }
    if let Some(insert) = search.insert_words {
        sql::query(insert).bind(&words).bind(number).execute(connection).await?;
    }
    Ok(())
}

/// Returns the number after those of the same millisecond, for an id that begins like another one.
async fn next_number(connection: &mut AnyConnection, taken: i64) -> Result<i64, StoreError> {
    let sql = "SELECT MAX(number) FROM search_documents WHERE number >= $1 AND number < $2";
    let last = sql::query_scalar(sql).bind(taken).bind(taken + NUMBERS_OF_A_MILLISECOND);
    let last: Option<i64> = last.fetch_one(connection).await?;
    Ok(last.unwrap_or(taken) + 1)
}

/// Takes a comment out of the index.
pub(super) async fn forget(connection: &mut AnyConnection, id: CommentId) -> Result<(), StoreError> {
    let sql = "SELECT number FROM search_documents WHERE comment_id = $1";
    let number: Option<i64> =
        sql::query_scalar(sql).bind(id.to_string()).fetch_optional(&mut *connection).await?;
    if let Some(number) = number {
        if let Some(delete) = SearchSql::of(connection).delete_words {
            sql::query(delete).bind(number).execute(&mut *connection).await?;
        }
        let sql = "DELETE FROM search_documents WHERE number = $1";
        sql::query(sql).bind(number).execute(connection).await?;
    }
    Ok(())
}

/// Returns the first number that a comment may have: the first bits of its id, so that numbers are in the order of ids.
pub(super) fn first_number(id: CommentId) -> i64 {
    let bits = id.0.as_u128();
    // The time and, behind the version and the variant, the first random bits.
    let (time, high, low) = (bits >> 80, (bits >> 64) & 0xFFF, (bits >> 59) & 0x7);
    i64::try_from((time << 15) | (high << 3) | low).unwrap_or(i64::MAX >> 1)
}

/// Looks at the comments after one, at most as many as `limit`; returns the last of them, and whether one is missing
/// in the index.
pub(crate) async fn look_for_missing(
    connection: &mut AnyConnection,
    after: Option<CommentId>,
    limit: u32,
) -> Result<Option<(CommentId, Completeness)>, StoreError> {
    let sql = "SELECT MAX(l.id), COALESCE(MAX(l.missing), 0) FROM (SELECT c.id, CASE WHEN NOT EXISTS \
               (SELECT 1 FROM search_documents d WHERE d.comment_id = c.id) AND c.text <> '' THEN 1 ELSE 0 END \
               AS missing FROM comments c WHERE c.id > $1 ORDER BY c.id LIMIT $2) AS l";
    let select = sql::query_as(sql).bind(first_after(after)).bind(i64::from(limit));
    let (last, missing): (Option<String>, i64) = select.fetch_one(connection).await?;
    let completeness = if missing == 0 { Completeness::Complete } else { Completeness::Missing };
    last.map(|last| Ok((row::id(&last)?, completeness))).transpose()
}

/// The index as far as it was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Completeness {
    /// All comments are there.
    Complete,
    /// One or more are missing.
    Missing,
}

/// Puts the comments into the index that are missing there, among those after a comment, at most as many as `limit`;
/// returns the last comment looked at. Those of a server of the version before are missing, and all of an earlier version.
pub(crate) async fn index_missing(
    connection: &mut AnyConnection,
    after: Option<CommentId>,
    limit: u32,
) -> Result<Option<CommentId>, StoreError> {
    let sql = "SELECT c.id, c.site, c.text, c.author_name, CASE WHEN d.number IS NULL THEN 1 ELSE 0 END FROM comments c \
               LEFT JOIN search_documents d ON d.comment_id = c.id WHERE c.id > $1 ORDER BY c.id LIMIT $2";
    let select = sql::query_as(sql).bind(first_after(after)).bind(i64::from(limit));
    let rows: Vec<(String, String, String, String, i64)> = select.fetch_all(&mut *connection).await?;
    for (id, site, text, name, is_missing) in &rows {
        if *is_missing == 1 && !text.is_empty() {
            index(connection, (row::id(id)?, site), [text, name]).await?;
        }
    }
    rows.last().map(|(id, ..)| row::id(id)).transpose()
}

/// A text after which the ids of comments come.
fn first_after(after: Option<CommentId>) -> String {
    after.map_or_else(String::new, |after| after.to_string())
}
