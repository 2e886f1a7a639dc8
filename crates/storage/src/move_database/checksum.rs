//! Compares both sides by checksums in which the order of rows does not count.

use std::fmt;

use sha2::{Digest, Sha256};

use super::error::MoveError;
use super::mark::is_mark;
use super::page;
use super::progress::{Progress, Report, Stage, tell};
use super::schema::Table;
use super::side::Side;
use crate::sql::dialect::Dialect;

/// The rows of a table on one side: two are equal where they hold the same rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checksum {
    /// The number of rows.
    pub rows: u64,
    /// The sum of the first 128 bits of each row's SHA-256, modulo 2^128. A row is hashed as its columns by name, each as
    /// its type, its length and its bytes.
    pub sum: u128,
}

impl fmt::Display for Checksum {
    /// Writes the sum as 32 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:032x}", self.sum)
    }
}

/// A table that was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedTable {
    /// Its name.
    pub name: String,
    /// Its rows in the source, as the target can keep them.
    pub from: Checksum,
    /// Its rows in the target.
    pub to: Checksum,
    /// The number of rows with U+0000 in them, which PostgreSQL cannot keep: there it is U+FFFD.
    pub altered: u64,
}

impl MovedTable {
    /// True where both sides hold the same rows.
    pub fn is_equal(&self) -> bool {
        self.from == self.to
    }
}

/// Reads both sides.
pub(super) async fn compare(
    from: &mut Side,
    to: &mut Side,
    tables: &[Table],
    report: Report<'_>,
) -> Result<Vec<MovedTable>, MoveError> {
    let replaces_nul = to.place.dialect == Dialect::Postgres;
    let mut moved = Vec::new();
    for table in tables {
        let total = count(from, table).await? + count(to, table).await?;
        let mut reading = Reading { table, replaces_nul, read: 0, altered: 0, total };
        let sums = (reading.sum(from, report).await?, reading.sum(to, report).await?);
        let (name, altered) = (table.name.to_owned(), reading.altered);
        moved.push(MovedTable { name, from: sums.0, to: sums.1, altered });
    }
    Ok(moved)
}

async fn count(side: &mut Side, table: &Table) -> Result<u64, MoveError> {
    page::count(&mut side.connection, &side.place, table).await
}

/// The reading of a table on both sides.
struct Reading<'a> {
    table: &'a Table,
    replaces_nul: bool,
    read: u64,
    altered: u64,
    total: u64,
}

impl Reading<'_> {
    /// Sums up one side, in one state of it.
    async fn sum(&mut self, side: &mut Side, report: Report<'_>) -> Result<Checksum, MoveError> {
        let place = side.place.clone();
        let mut snapshot = side.snapshot().await?;
        let (mut sum, mut after, mut bytes) = (Checksum::default(), Vec::new(), Vec::new());
        loop {
            let rows = page::after(&mut snapshot, &place, self.table, &after).await?;
            let Some(last) = rows.last() else { break };
            after = last.key(self.table);
            self.read += rows.len() as u64;
            for mut row in rows.into_iter().filter(|row| !is_mark(self.table, row)) {
                self.altered += u64::from(self.replaces_nul && row.replace_nul());
                bytes.clear();
                row.encode(&mut bytes);
                sum.add(&bytes);
            }
            self.tell(report)?;
        }
        snapshot.rollback().await.map_err(|error| place.failed(error))?;
        Ok(sum)
    }

    fn tell(&self, report: Report<'_>) -> Result<(), MoveError> {
        let (table, rows, total) = (self.table.name, self.read, self.total);
        tell(report, &Progress { stage: Stage::Comparing, table, rows, total })
    }
}

impl Checksum {
    /// Counts one more row in.
    fn add(&mut self, row: &[u8]) {
        let hash: [u8; 32] = Sha256::digest(row).into();
        let mut first = [0; 16];
        first.copy_from_slice(&hash[..16]);
        self.rows += 1;
        self.sum = self.sum.wrapping_add(u128::from_be_bytes(first));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::move_database::row::{Row, Value};

    fn sum(rows: &[&[Value]]) -> Checksum {
        let mut sum = Checksum::default();
        for values in rows {
            let mut bytes = Vec::new();
            Row { values: values.to_vec() }.encode(&mut bytes);
            sum.add(&bytes);
        }
        sum
    }

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn order_of_rows_does_not_count_and_their_number_does() {
        let (one, two) = ([text("a"), Value::Null], [text("b"), Value::Integer(-1)]);
        assert_eq!(sum(&[&one, &two]), sum(&[&two, &one]));
        assert_ne!(sum(&[&one, &two]), sum(&[&one, &two, &two]));
        assert_eq!(sum(&[]).to_string(), "0".repeat(32));
    }

    #[test]
    fn rows_that_read_alike_differ() {
        let rows = [
            [text("ab"), text("")],
            [text("a"), text("b")],
            [text("ab"), Value::Null],
            [Value::Null, text("ab")],
            [text("1"), text("")],
            [Value::Integer(1), text("")],
        ];
        for (at, row) in rows.iter().enumerate() {
            assert!(rows[..at].iter().all(|other| sum(&[other]) != sum(&[row])), "{row:?}");
        }
    }
}
