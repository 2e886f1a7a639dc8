//! Inserts many rows by one statement.

use sqlx::{AnyConnection, AssertSqlSafe};

use super::error::MoveError;
use super::row::Row;
use super::schema::{Table, quoted};
use super::side::Place;

/// The number of values of one statement; SQLite takes 32,766 and PostgreSQL 65,535.
const VALUES: usize = 8_000;

/// Inserts the rows whose keys are not there yet.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    place: &Place,
    table: &Table,
    rows: Vec<Row>,
) -> Result<(), MoveError> {
    let at_once = (VALUES / table.columns.len()).max(1);
    let mut rows = rows.into_iter();
    loop {
        let some: Vec<_> = rows.by_ref().take(at_once).collect();
        if some.is_empty() {
            return Ok(());
        }
        let mut query = sqlx::query(AssertSqlSafe(statement(place, table, some.len())));
        for row in some {
            for (value, column) in row.values.into_iter().zip(&table.columns) {
                query = value.bind(query, column.kind);
            }
        }
        query.execute(&mut *connection).await.map_err(|error| place.failed(error))?;
    }
}

/// Writes the statement for this many rows. Only a key that is there already is no failure.
fn statement(place: &Place, table: &Table, rows: usize) -> String {
    let width = table.columns.len();
    let rows = (0..rows).map(|row| format!("({})", place.placeholders(row * width + 1, width)));
    format!(
        "INSERT INTO {} ({}) VALUES {} ON CONFLICT ({}) DO NOTHING",
        quoted(table.name),
        table.column_list(),
        rows.collect::<Vec<_>>().join(", "),
        table.key_list()
    )
}
