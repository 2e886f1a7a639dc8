//! The tables of a file, as SQLite lists them.

/// Lists the columns of every table: the table's name, the column's name, its type, and its place in the primary key from 1
/// on, or 0.
pub(crate) const LIST_COLUMNS: &str = "SELECT t.name, c.name, c.type, c.pk \
    FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.name, c.name";
