//! Puts the comments of a site into a database, many rows at a time, and then their words into the index.

use std::fmt::Write;
use std::time::Instant;

use anyhow::Result;
use dumka_storage::Store;

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use super::rows;
use super::site::BigSite;

/// Rows of one statement.
const ROWS_OF_A_STATEMENT: usize = 250;
/// Comments of one transaction.
const COMMENTS_OF_A_TRANSACTION: usize = 10_000;
/// Comments that are looked at for the index in one transaction.
const INDEXED_AT_ONCE: u32 = 2_000;

/// Fills an empty database at `url`; returns the seconds that the index of words took.
pub(crate) async fn fill(url: &str, site: &BigSite) -> Result<f64> {
    // The tables come from the program itself.
    dumka_storage::open(url).await?.close().await;
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(url).await?;
    write(&mut connection, site).await?;
    let begun = Instant::now();
    let store = dumka_storage::open(url).await?;
    index(&*store).await?;
    store.close().await;
    let secs = begun.elapsed().as_secs_f64();
    if connection.backend_name() == "PostgreSQL" {
        // It does so by itself within a minute or two.
        connection.execute("ANALYZE").await?;
    }
    connection.close().await?;
    Ok(secs)
}

async fn write(connection: &mut AnyConnection, site: &BigSite) -> Result<()> {
    let threads: Vec<_> =
        site.threads.iter().enumerate().filter_map(|(page, thread)| Some((page, (*thread)?))).collect();
    for some in threads.chunks(COMMENTS_OF_A_TRANSACTION) {
        let mut transaction = connection.begin().await?;
        insert(&mut transaction, rows::THREADS, some, |row, &thread| rows::thread(row, site, thread)).await?;
        transaction.commit().await?;
    }
    let numbers: Vec<_> = (0..site.places.len()).collect();
    for some in numbers.chunks(COMMENTS_OF_A_TRANSACTION) {
        let mut transaction = connection.begin().await?;
        insert(&mut transaction, rows::COMMENTS, some, |row, &number| rows::comment(row, site, number))
            .await?;
        insert(&mut transaction, rows::DECISIONS, some, |row, &number| rows::submission(row, site, number))
            .await?;
        let decided: Vec<_> = some.iter().copied().filter(|&number| rows::is_decided(site, number)).collect();
        insert(&mut transaction, rows::DECISIONS, &decided, |row, &number| rows::decision(row, site, number))
            .await?;
        let reported: Vec<_> =
            some.iter().copied().filter(|&number| rows::is_reported(site, number)).collect();
        insert(&mut transaction, rows::REPORTS, &reported, |row, &number| rows::report(row, site, number))
            .await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Inserts a row for each of `items` into the table and the columns of `into`.
async fn insert<T>(
    connection: &mut AnyConnection,
    into: &str,
    items: &[T],
    row: impl Fn(&mut String, &T) -> std::fmt::Result,
) -> Result<()> {
    for items in items.chunks(ROWS_OF_A_STATEMENT) {
        let mut sql = format!("INSERT INTO {into} VALUES ");
        for (place, item) in items.iter().enumerate() {
            sql.write_str(if place == 0 { "(" } else { ", (" })?;
            row(&mut sql, item)?;
            sql.write_char(')')?;
        }
        // Every value is one of ours.
        connection.execute(AssertSqlSafe(sql)).await?;
    }
    Ok(())
}

/// Indexes as a server does, but without its pauses.
async fn index(store: &dyn Store) -> Result<()> {
    let mut after = None;
    loop {
        let last = store.index_missing(after, INDEXED_AT_ONCE).await?;
        if last.is_none() {
            return Ok(());
        }
        after = last;
    }
}
