//! The tables of a database, as PostgreSQL lists them.

/// Lists the columns of every table: the table's name, the column's name, its type, and its place in the primary key from 1
/// on, or 0.
pub(crate) const LIST_COLUMNS: &str = "SELECT CAST(t.relname AS TEXT), CAST(c.attname AS TEXT), \
    format_type(c.atttypid, c.atttypmod), \
    CAST(COALESCE(array_position(CAST(k.indkey AS SMALLINT[]), c.attnum) + 1, 0) AS BIGINT) \
    FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema() \
    JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped \
    LEFT JOIN pg_index k ON k.indrelid = t.oid AND k.indisprimary \
    WHERE t.relkind IN ('r', 'p') ORDER BY 1, 2";
