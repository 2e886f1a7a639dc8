//! The position that a move has reached, as the target's `meta` keeps it.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::AnyConnection;

use super::error::MoveError;
use super::page;
use super::row::{Row, Value};
use super::schema::{META, Table};
use super::side::{Place, Side};
use crate::sql::move_mark::{self, NAME};

/// The position of a move.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// Tells the source from other databases.
    source: String,
    /// The table that is being copied.
    table: String,
    /// The number of its rows that were copied.
    pub(super) rows: u64,
    /// The key of the last of them; empty before the first one.
    pub(super) after: Vec<Value>,
}

impl Mark {
    /// Returns the position of an earlier start, or begins in a target that is empty.
    pub(super) async fn begin(from: &mut Side, to: &mut Side, tables: &[Table]) -> Result<Self, MoveError> {
        let is_half = move_mark::is_there(&mut from.connection).await;
        if is_half.map_err(|error| from.place.failed(error))? {
            return Err(MoveError::Unfinished { database: from.place.name.clone() });
        }
        let source = source_of(from).await?;
        if let Some(mark) = meta(&mut to.connection, &to.place, NAME).await? {
            let database = || to.place.name.clone();
            let mark = Self::parse(&mark).filter(|mark| mark.source == source);
            return mark.ok_or_else(|| MoveError::OtherMove { database: database() });
        }
        refuse_filled(to, tables).await?;
        let mark = Self { source, table: tables[0].name.to_owned(), rows: 0, after: Vec::new() };
        mark.store(&mut to.connection, &to.place).await?;
        Ok(mark)
    }

    /// Goes to the begin of a table, unless it is in it already; false where the table was copied before.
    pub(super) fn enter(&mut self, table: &Table, tables: &[Table]) -> bool {
        let place = |name: &str| tables.iter().position(|table| table.name == name);
        if place(&self.table) < place(table.name) {
            (self.table, self.rows, self.after) = (table.name.to_owned(), 0, Vec::new());
        }
        self.table == table.name
    }

    /// Goes on behind these rows.
    pub(super) fn advance(&mut self, table: &Table, rows: &[Row]) {
        self.rows += rows.len() as u64;
        if let Some(last) = rows.last() {
            self.after = last.key(table);
        }
    }

    /// Stores the position.
    pub(super) async fn store(&self, connection: &mut AnyConnection, place: &Place) -> Result<(), MoveError> {
        let sql = "INSERT INTO meta (name, value) VALUES ($1, $2) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        let store = sqlx::query(sql).bind(NAME).bind(self.to_text());
        store.execute(connection).await.map(drop).map_err(|error| place.failed(error))
    }

    fn to_text(&self) -> String {
        let after = self.after.iter().map(|value| match value {
            Value::Null => json!(null),
            Value::Text(text) => json!(text),
            Value::Integer(number) => json!(number),
        });
        json!([self.source, self.table, self.rows, after.collect::<Vec<_>>()]).to_string()
    }

    fn parse(text: &str) -> Option<Self> {
        let (source, table, rows, after) = serde_json::from_str(text).ok()?;
        let after: Vec<serde_json::Value> = after;
        let value = |value: serde_json::Value| match value {
            serde_json::Value::String(text) => Some(Value::Text(text)),
            other => other.as_i64().map(Value::Integer),
        };
        Some(Self { source, table, rows, after: after.into_iter().map(value).collect::<Option<_>>()? })
    }
}

/// True for the row that keeps the position, which is no part of what is moved.
pub(super) fn is_mark(table: &Table, row: &Row) -> bool {
    table.name == META && row.key(table) == [Value::Text(NAME.to_owned())]
}

/// Removes what the server itself remembers in the target, but for the position.
pub(super) async fn clear_meta(connection: &mut AnyConnection, place: &Place) -> Result<(), MoveError> {
    let clear = sqlx::query("DELETE FROM meta WHERE name <> $1").bind(NAME);
    clear.execute(connection).await.map(drop).map_err(|error| place.failed(error))
}

/// Ends the move.
pub(super) async fn remove(to: &mut Side) -> Result<(), MoveError> {
    let remove = sqlx::query("DELETE FROM meta WHERE name = $1").bind(NAME);
    remove.execute(&mut to.connection).await.map(drop).map_err(|error| to.place.failed(error))
}

/// Returns what tells a database from others: a hash of its secret and of its first thread.
async fn source_of(from: &mut Side) -> Result<String, MoveError> {
    let secret = meta(&mut from.connection, &from.place, "secret").await?;
    let first: Option<String> = sqlx::query_scalar("SELECT MIN(id) FROM threads")
        .fetch_one(&mut from.connection)
        .await
        .map_err(|error| from.place.failed(error))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(json!([secret, first]).to_string())))
}

/// Refuses a target in which anything was written.
async fn refuse_filled(to: &mut Side, tables: &[Table]) -> Result<(), MoveError> {
    for table in tables.iter().filter(|table| table.name != META) {
        if page::count(&mut to.connection, &to.place, table).await? > 0 {
            return Err(MoveError::NotEmpty { database: to.place.name.clone() });
        }
    }
    Ok(())
}

async fn meta(
    connection: &mut AnyConnection,
    place: &Place,
    name: &str,
) -> Result<Option<String>, MoveError> {
    let value = sqlx::query_scalar("SELECT value FROM meta WHERE name = $1").bind(name);
    value.fetch_optional(connection).await.map_err(|error| place.failed(error))
}
