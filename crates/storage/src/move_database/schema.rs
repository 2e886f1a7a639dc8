//! The tables and columns of a database, as the database itself lists them.

use sqlx::AnyConnection;

use super::error::MoveError;
use super::side::{Place, Side};
use crate::sql::dialect::Dialect;
use crate::{postgres, sqlite};

/// The tables that are moved; those that others refer to come first, and what the server itself remembers last.
const MOVED: [&str; 13] = [
    "threads",
    "comments",
    "votes",
    "reports",
    "vote_addresses",
    "decisions",
    "staff",
    "staff_roles",
    "staff_links",
    "passkeys",
    "staff_sessions",
    "api_keys",
    META,
];
/// The tables that are left: the steps of each database's own upgrades, what is forgotten within minutes anyway, the index
/// of words, which a server makes anew, and those
/// that Litestream puts into a file that it backs up.
const LEFT: [&str; 12] = [
    "_sqlx_migrations",
    "rate_limits",
    "slow_authors",
    "passkey_ceremonies",
    "search_documents",
    "comment_words",
    "comment_words_config",
    "comment_words_data",
    "comment_words_docsize",
    "comment_words_idx",
    "_litestream_lock",
    "_litestream_seq",
];
/// The table of what the server itself remembers, whose rows take the place of those of the target.
pub(super) const META: &str = "meta";
/// The column that refers to another row of its own table.
const PARENT: (&str, &str) = ("comments", "parent_id");

/// A table's name, a column's name, its type, and its place in the primary key from 1 on, or 0.
type Listed = (String, String, String, i64);

/// A table that is moved.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// Its columns, by name.
    pub(super) columns: Vec<Column>,
    /// The indices of the columns of its primary key.
    pub(super) key: Vec<usize>,
    /// The index of the column that refers to a row of the same table.
    pub(super) parent: Option<usize>,
}

/// A column.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// The type of a column: there is no other in the tables that both engines share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
}

/// Lists the tables of both databases, which must be the same.
pub(super) async fn of_both(from: &mut Side, to: &mut Side) -> Result<Vec<Table>, MoveError> {
    let tables = of(&mut from.connection, &from.place).await?;
    if tables == of(&mut to.connection, &to.place).await? {
        return Ok(tables);
    }
    Err(MoveError::TablesDiffer { from: from.place.name.clone(), to: to.place.name.clone() })
}

/// Lists the tables of a database in the order in which they are moved.
async fn of(connection: &mut AnyConnection, place: &Place) -> Result<Vec<Table>, MoveError> {
    let sql = match place.dialect {
        Dialect::Sqlite => sqlite::LIST_COLUMNS,
        Dialect::Postgres => postgres::LIST_COLUMNS,
    };
    let listed: Vec<Listed> =
        sqlx::query_as(sql).fetch_all(connection).await.map_err(|error| place.failed(error))?;
    let is_known = |table: &str| MOVED.contains(&table) || LEFT.contains(&table);
    if let Some((table, ..)) = listed.iter().find(|(table, ..)| !is_known(table)) {
        return Err(MoveError::TableUnknown { database: place.name.clone(), table: table.clone() });
    }
    MOVED.iter().map(|&name| table(place, name, &listed)).collect()
}

/// Builds one of the tables that are listed.
fn table(place: &Place, name: &'static str, listed: &[Listed]) -> Result<Table, MoveError> {
    // By the order of bytes, whatever language the database sorts in.
    let mut of_table: Vec<_> = listed.iter().filter(|(table, ..)| table == name).collect();
    of_table.sort_by_key(|(_, column, ..)| column);
    let columns = of_table.iter().map(|listed| column(place, listed)).collect::<Result<_, _>>()?;
    let mut key: Vec<_> = (0..of_table.len()).filter(|&index| of_table[index].3 > 0).collect();
    key.sort_by_key(|&index| of_table[index].3);
    let parent = of_table.iter().position(|(_, column, ..)| (name, column.as_str()) == PARENT);
    Ok(Table { name, columns, key, parent })
}

fn column(place: &Place, (table, name, kind, _): &Listed) -> Result<Column, MoveError> {
    let kind = match kind.to_ascii_uppercase().as_str() {
        "TEXT" => Kind::Text,
        "BIGINT" => Kind::Integer,
        _ => {
            let (table, column, kind) = (table.clone(), name.clone(), kind.clone());
            return Err(MoveError::ColumnUnknown { database: place.name.clone(), table, column, kind });
        }
    };
    Ok(Column { name: name.clone(), kind })
}

impl Table {
    /// Writes the names of all columns.
    pub(super) fn column_list(&self) -> String {
        self.columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ")
    }

    /// Writes the names of the columns of the primary key.
    pub(super) fn key_list(&self) -> String {
        self.key.iter().map(|&index| quoted(&self.columns[index].name)).collect::<Vec<_>>().join(", ")
    }
}

/// Writes a name so that it is one, whatever it is.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
