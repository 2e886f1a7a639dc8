//! A row of any table.

use sqlx::Row as _;
use sqlx::any::{Any, AnyArguments, AnyRow};
use sqlx::query::Query;

use super::error::MoveError;
use super::schema::{Kind, Table};
use super::side::Place;
use crate::sql::dialect::Dialect;

/// The character that SQLite keeps in a text and PostgreSQL does not.
const NUL: char = '\0';
/// The character in its place.
const REPLACEMENT: &str = "\u{FFFD}";

/// A value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Value {
    Null,
    Text(String),
    Integer(i64),
}

/// A row: its values in the order of the table's columns.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) values: Vec<Value>,
}

impl Row {
    /// Reads a row whose texts SQLite gives as bytes.
    pub(super) fn decode(row: &AnyRow, place: &Place, table: &Table) -> Result<Self, MoveError> {
        let value = |index: usize| {
            let kind = table.columns[index].kind;
            decode(row, index, kind, place.dialect).ok_or_else(|| unreadable(row, index, place, table))
        };
        let values = (0..table.columns.len()).map(value).collect::<Result<_, _>>()?;
        Ok(Self { values })
    }

    /// Returns the values of the primary key.
    pub(super) fn key(&self, table: &Table) -> Vec<Value> {
        table.key.iter().map(|&index| self.values[index].clone()).collect()
    }

    /// Puts U+FFFD in the place of each U+0000; true where there was one.
    pub(super) fn replace_nul(&mut self) -> bool {
        let mut replaced = false;
        for value in &mut self.values {
            if let Value::Text(text) = value
                && text.contains(NUL)
            {
                *text = text.replace(NUL, REPLACEMENT);
                replaced = true;
            }
        }
        replaced
    }

    /// Appends the canonical form of the row: of each value its type, its length and its bytes.
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        for value in &self.values {
            match value {
                Value::Null => out.push(0),
                Value::Text(text) => {
                    out.push(1);
                    out.extend((text.len() as u64).to_be_bytes());
                    out.extend(text.as_bytes());
                }
                Value::Integer(number) => {
                    out.push(2);
                    out.extend(number.to_be_bytes());
                }
            }
        }
    }
}

impl Value {
    /// Binds the value to the next placeholder, as one of its column's type.
    pub(super) fn bind(
        self,
        query: Query<'_, Any, AnyArguments>,
        kind: Kind,
    ) -> Query<'_, Any, AnyArguments> {
        match (self, kind) {
            (Self::Text(text), _) => query.bind(text),
            (Self::Integer(number), _) => query.bind(number),
            (Self::Null, Kind::Text) => query.bind(None::<String>),
            (Self::Null, Kind::Integer) => query.bind(None::<i64>),
        }
    }
}

/// Reads a value; none where it is not of this type.
fn decode(row: &AnyRow, index: usize, kind: Kind, dialect: Dialect) -> Option<Value> {
    Some(match (kind, dialect) {
        (Kind::Integer, _) => row.try_get::<Option<i64>, _>(index).ok()?.map_or(Value::Null, Value::Integer),
        (Kind::Text, Dialect::Postgres) => {
            row.try_get::<Option<String>, _>(index).ok()?.map_or(Value::Null, Value::Text)
        }
        (Kind::Text, Dialect::Sqlite) => match row.try_get::<Option<Vec<u8>>, _>(index).ok()? {
            Some(bytes) => Value::Text(String::from_utf8(bytes).ok()?),
            None => Value::Null,
        },
    })
}

/// Names a value that is not of its column's type.
fn unreadable(row: &AnyRow, index: usize, place: &Place, table: &Table) -> MoveError {
    let column = &table.columns[index];
    let kind = match column.kind {
        Kind::Text => "UTF-8 text",
        Kind::Integer => "whole number",
    };
    let key = table.key.iter().map(|&index| shown(row, index)).collect::<Vec<_>>().join(", ");
    let (table, column) = (table.name.to_owned(), column.name.clone());
    MoveError::Unreadable { database: place.name.clone(), table, key, column, kind }
}

/// Writes a value of a primary key as far as it can be read.
fn shown(row: &AnyRow, index: usize) -> String {
    let bytes = row.try_get::<Vec<u8>, _>(index).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = || row.try_get::<String, _>(index);
    let number = || row.try_get::<i64, _>(index).map(|number| number.to_string());
    bytes.or_else(|_| text()).or_else(|_| number()).unwrap_or_default()
}
