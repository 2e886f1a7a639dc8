//! Reads the rows of a table in the order of its primary key.

use sqlx::{AnyConnection, AssertSqlSafe};

use super::error::MoveError;
use super::row::{Row, Value};
use super::schema::{Kind, Table, quoted};
use super::side::Place;
use crate::sql::dialect::Dialect;

/// The number of rows that are read, and stored in one transaction.
const PAGE: usize = 1_000;

/// Reads the next rows after the one with the key `after`, or the first ones where it is empty; none at the end.
pub(super) async fn after(
    connection: &mut AnyConnection,
    place: &Place,
    table: &Table,
    after: &[Value],
) -> Result<Vec<Row>, MoveError> {
    let key = table.key_list();
    let later = match after.len() {
        0 => String::new(),
        count => format!("WHERE ({key}) > ({})", place.placeholders(1, count)),
    };
    let rest = format!("{later} ORDER BY {key} LIMIT {PAGE}");
    select(connection, place, table, (&rest, after)).await
}

/// Reads the rows whose key, of one column, is one of these, in any order. There are at most as many as a page has.
pub(super) async fn with_keys(
    connection: &mut AnyConnection,
    place: &Place,
    table: &Table,
    keys: &[Value],
) -> Result<Vec<Row>, MoveError> {
    let rest = format!("WHERE {} IN ({})", table.key_list(), place.placeholders(1, keys.len()));
    select(connection, place, table, (&rest, keys)).await
}

/// Counts the rows of a table.
pub(super) async fn count(
    connection: &mut AnyConnection,
    place: &Place,
    table: &Table,
) -> Result<u64, MoveError> {
    let sql = format!("SELECT COUNT(*) FROM {}", quoted(table.name));
    let count: i64 = sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_one(connection)
        .await
        .map_err(|error| place.failed(error))?;
    Ok(count.unsigned_abs())
}

async fn select(
    connection: &mut AnyConnection,
    place: &Place,
    table: &Table,
    (rest, keys): (&str, &[Value]),
) -> Result<Vec<Row>, MoveError> {
    let sql = format!("SELECT {} FROM {} {rest}", read_list(place, table), quoted(table.name));
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (position, value) in keys.iter().enumerate() {
        let column = table.key[position % table.key.len()];
        query = value.clone().bind(query, table.columns[column].kind);
    }
    let rows = query.fetch_all(connection).await.map_err(|error| place.failed(error))?;
    rows.iter().map(|row| Row::decode(row, place, table)).collect()
}

/// Writes the columns as they are read. SQLite gives texts as bytes, since it does not promise that they are UTF-8.
fn read_list(place: &Place, table: &Table) -> String {
    let columns = table.columns.iter().map(|column| match (column.kind, place.dialect) {
        (Kind::Text, Dialect::Sqlite) => format!("CAST({} AS BLOB)", quoted(&column.name)),
        _ => quoted(&column.name),
    });
    columns.collect::<Vec<_>>().join(", ")
}
