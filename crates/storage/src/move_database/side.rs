//! One of the two databases of a move.

use sqlx::any::Any;
use sqlx::{AnyConnection, Connection, Transaction};

use super::error::MoveError;
use crate::sql::dialect::Dialect;
use crate::{Database, DatabaseUrl, parse, postgres, sqlite};

/// A database with one connection to it.
pub(super) struct Side {
    pub(super) connection: AnyConnection,
    pub(super) place: Place,
}

/// A database, as statements and messages need it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Its address, without a password.
    pub(super) name: String,
    pub(super) dialect: Dialect,
}

impl Side {
    /// Opens and upgrades the database that is moved, which must be there.
    pub(super) async fn source(url: &DatabaseUrl) -> Result<Self, MoveError> {
        if let Database::File(file) = parse(url)? {
            file.require()?;
        }
        Self::target(url).await
    }

    /// Opens and upgrades the database that is moved into.
    pub(super) async fn target(url: &DatabaseUrl) -> Result<Self, MoveError> {
        Ok(match parse(url)? {
            Database::File(file) => Self {
                connection: file.open_to_move().await?,
                place: Place { name: file.to_string(), dialect: Dialect::Sqlite },
            },
            Database::Postgres(addresses) => {
                let address = addresses.of_sessions();
                let place = Place { name: address.to_string(), dialect: Dialect::Postgres };
                Self { connection: postgres::connect_to_move(address).await?, place }
            }
        })
    }

    /// Begins to read one state of the database.
    pub(super) async fn snapshot(&mut self) -> Result<Transaction<'_, Any>, MoveError> {
        let begin = match self.place.dialect {
            Dialect::Sqlite => sqlite::BEGIN_READ,
            Dialect::Postgres => postgres::BEGIN_SNAPSHOT,
        };
        self.connection.begin_with(begin).await.map_err(|error| self.place.failed(error))
    }

    /// Begins to write.
    pub(super) async fn write(&mut self) -> Result<Transaction<'_, Any>, MoveError> {
        let begin = match self.place.dialect {
            Dialect::Sqlite => sqlite::BEGIN_WRITE,
            Dialect::Postgres => postgres::BEGIN_SINGLE,
        };
        self.connection.begin_with(begin).await.map_err(|error| self.place.failed(error))
    }

    /// Closes the connection. All that was told is committed already.
    pub(super) async fn close(self) {
        let _ = self.connection.close().await;
    }
}

impl Place {
    /// Names the database in a failure.
    pub(super) fn failed(&self, error: sqlx::Error) -> MoveError {
        MoveError::Store { database: self.name.clone(), source: error.into() }
    }

    /// Writes this many placeholders from the first one on.
    ///
    /// SQLite looks through all names for each named one, which a statement of thousands of values would pay for.
    pub(super) fn placeholders(&self, first: usize, count: usize) -> String {
        let placeholder = |number| match self.dialect {
            Dialect::Sqlite => "?".to_owned(),
            Dialect::Postgres => format!("${number}"),
        };
        (first..first + count).map(placeholder).collect::<Vec<_>>().join(", ")
    }
}
