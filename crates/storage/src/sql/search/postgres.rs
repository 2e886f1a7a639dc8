//! The index of words in PostgreSQL: a GIN index over text search vectors of stems that the program makes.

use dumka_domain::search::SearchWords;

use super::SearchSql;

/// The tables of the index.
pub(in crate::sql) const SEARCH_TABLES: &str = "\
    CREATE TABLE search_documents (number BIGINT NOT NULL PRIMARY KEY, comment_id TEXT COLLATE \"C\" NOT NULL, \
    site TEXT COLLATE \"C\" NOT NULL, words TSVECTOR NOT NULL, CONSTRAINT search_documents_comment UNIQUE (comment_id)); \
    CREATE INDEX search_documents_words ON search_documents USING GIN (words);";

/// The statements about the index.
pub(in crate::sql) const SEARCH: SearchSql = SearchSql {
    tables: "search_documents d",
    tables_with_comments: "search_documents d JOIN comments c ON c.id = d.comment_id",
    matches: "d.words @@ to_tsquery('simple', {})",
    order: "d.number",
    query,
    insert: "INSERT INTO search_documents (number, comment_id, words, site) \
             VALUES ($1, $2, array_to_tsvector(string_to_array($3, ' ')), $4) ON CONFLICT (number) DO NOTHING",
    insert_words: None,
    delete_words: None,
};

fn query(words: &SearchWords) -> String {
    words.stems().iter().map(|stem| format!("'{stem}':*")).collect::<Vec<_>>().join(" & ")
}
