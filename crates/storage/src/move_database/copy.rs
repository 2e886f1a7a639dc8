//! Copies the rows of every table, in transactions that also store how far they came.

use std::collections::HashSet;

use sqlx::AnyConnection;

use super::error::MoveError;
use super::insert::insert;
use super::mark::{self, Mark};
use super::page;
use super::progress::{Progress, Report, Stage, tell};
use super::row::{Row, Value};
use super::schema::{META, Table};
use super::side::{Place, Side};
use crate::sql::dialect::Dialect;

/// Copies what is behind the position, table by table.
pub(super) async fn copy(
    from: &mut Side,
    to: &mut Side,
    tables: &[Table],
    (mut mark, report): (Mark, Report<'_>),
) -> Result<(), MoveError> {
    for table in tables {
        if !mark.enter(table, tables) {
            continue;
        }
        if table.name == META {
            copy_meta(from, to, table).await?;
        } else {
            copy_table(from, to, table, (&mut mark, report)).await?;
        }
    }
    Ok(())
}

/// Copies a table from one state of the source.
async fn copy_table(
    from: &mut Side,
    to: &mut Side,
    table: &Table,
    (mark, report): (&mut Mark, Report<'_>),
) -> Result<(), MoveError> {
    let place = from.place.clone();
    let mut source = from.snapshot().await?;
    let total = page::count(&mut source, &place, table).await?;
    loop {
        let rows = page::after(&mut source, &place, table, &mark.after).await?;
        if rows.is_empty() {
            // Nothing was written, there is nothing to lose.
            return source.rollback().await.map_err(|error| place.failed(error));
        }
        let earlier = missing_parents(&mut source, &place, table, (&rows, &mark.after)).await?;
        mark.advance(table, &rows);
        store(to, table, earlier.into_iter().rev().chain([rows]), Some(mark)).await?;
        let rows = mark.rows;
        tell(report, &Progress { stage: Stage::Copying, table: table.name, rows, total })?;
    }
}

/// Puts what the source's server remembers in the place of what the target has.
async fn copy_meta(from: &mut Side, to: &mut Side, table: &Table) -> Result<(), MoveError> {
    let rows = page::after(&mut from.connection, &from.place, table, &[]).await?;
    store(to, table, [rows], None).await
}

/// Stores rows, those before others to which they may refer, and the position behind them, in one transaction. Without a
/// position they take the place of all that `meta` holds.
async fn store(
    to: &mut Side,
    table: &Table,
    rows: impl IntoIterator<Item = Vec<Row>>,
    mark: Option<&Mark>,
) -> Result<(), MoveError> {
    let place = to.place.clone();
    let mut target = to.write().await?;
    if mark.is_none() {
        mark::clear_meta(&mut target, &place).await?;
    }
    for mut rows in rows {
        if place.dialect == Dialect::Postgres {
            for row in &mut rows {
                row.replace_nul();
            }
        }
        insert(&mut target, &place, table, rows).await?;
    }
    if let Some(mark) = mark {
        mark.store(&mut target, &place).await?;
    }
    target.commit().await.map_err(|error| place.failed(error))
}

/// Reads the rows to which these refer, and which come after them in the order of keys, as a comment does that was written
/// while the clock was ahead; then the rows to which those refer, and so on.
async fn missing_parents(
    source: &mut AnyConnection,
    place: &Place,
    table: &Table,
    (rows, after): (&[Row], &[Value]),
) -> Result<Vec<Vec<Row>>, MoveError> {
    let mut all = Vec::new();
    let mut wanted = parents(table, rows, |parent, row| *parent > row.key(table)[0]);
    while !wanted.is_empty() {
        let found = page::with_keys(source, place, table, &wanted).await?;
        wanted = parents(table, &found, |parent, _| after.first().is_none_or(|after| parent > after));
        all.push(found);
    }
    Ok(all)
}

/// Returns the keys of the parents of rows, where they are `missing`.
fn parents(table: &Table, rows: &[Row], missing: impl Fn(&Value, &Row) -> bool) -> Vec<Value> {
    let Some(column) = table.parent else { return Vec::new() };
    let parents = rows.iter().map(|row| (&row.values[column], row));
    let missing = parents.filter(|(parent, row)| **parent != Value::Null && missing(parent, row));
    missing.map(|(parent, _)| parent.clone()).collect::<HashSet<_>>().into_iter().collect()
}
