//! The index of words in SQLite: an FTS5 table that keeps no texts.

use dumka_domain::search::SearchWords;

use super::SearchSql;

/// The tables of the index.
pub(in crate::sql) const SEARCH_TABLES: &str = "\
    CREATE TABLE search_documents (number INTEGER NOT NULL PRIMARY KEY, comment_id TEXT NOT NULL, \
    site TEXT NOT NULL, CONSTRAINT search_documents_comment UNIQUE (comment_id)); \
    CREATE VIRTUAL TABLE comment_words USING fts5 (words, content = '', contentless_delete = 1, detail = 'none', \
    tokenize = 'unicode61 remove_diacritics 0');";

/// The statements about the index.
pub(in crate::sql) const SEARCH: SearchSql = SearchSql {
    tables: "comment_words w JOIN search_documents d ON d.number = w.rowid",
    tables_with_comments: "comment_words w JOIN search_documents d ON d.number = w.rowid \
                           JOIN comments c ON c.id = d.comment_id",
    matches: "w.comment_words MATCH {}",
    order: "w.rowid",
    query,
    // The words go into the other table.
    insert: "INSERT INTO search_documents (number, comment_id, site) SELECT $1, $2, $4 WHERE $3 <> '' \
             ON CONFLICT (number) DO NOTHING",
    insert_words: Some("INSERT INTO comment_words (words, rowid) VALUES ($1, $2)"),
    delete_words: Some("DELETE FROM comment_words WHERE rowid = $1"),
};

fn query(words: &SearchWords) -> String {
    words.stems().iter().map(|stem| format!("\"{stem}\"*")).collect::<Vec<_>>().join(" AND ")
}
