//! The failures to open a database.

use std::path::PathBuf;

/// The failure to open a database, told to whoever started the program.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is not of a database this program knows.
    #[error(
        "`{0}` is not a database address; write sqlite://PATH, for example sqlite://dumka.db, or \
         postgres://USER:PASSWORD@HOST/DATABASE"
    )]
    AddressUnknown(String),
    /// A second address was given for a database file, which has only one.
    #[error("a database file has no second address; name database_direct for PostgreSQL alone")]
    DirectUnused,
    /// There is no such file, and none shall be made.
    #[error("there is no database {}; name the one that the server uses", .file.display())]
    Missing {
        /// The database file.
        file: PathBuf,
    },
    /// The directory of the file is missing.
    #[error("the directory {directory} of the database {file} does not exist; create it first", directory = .directory.display(), file = .file.display())]
    DirectoryMissing {
        /// The database file.
        file: PathBuf,
        /// Its directory.
        directory: PathBuf,
    },
    /// The file or its directory may not be written.
    #[error("the database {} cannot be written: {reason}; let this user write the file and its directory", .file.display())]
    NotWritable {
        /// The database file.
        file: PathBuf,
        /// The database's own message.
        reason: String,
    },
    /// A newer version of this program has changed the database.
    #[error(
        "the database {database} was written by a newer version of dumka (schema {found}, this one knows up to {known}); install that version"
    )]
    Newer {
        /// The database file or address.
        database: String,
        /// Its schema version.
        found: i64,
        /// The newest schema version of this program.
        known: i64,
    },
    /// The file is no database, or another program's.
    #[error("{} is not a database of dumka; name another file, or move this one away", .file.display())]
    Foreign {
        /// The file.
        file: PathBuf,
    },
    /// Another database was moved into it, but not to the end.
    #[error(
        "the database {database} is half filled by a move; start `dumka move-database` again to finish it"
    )]
    HalfMoved {
        /// The database file or address.
        database: String,
    },
    /// Another program holds the database.
    #[error("the database {} is locked by another program; stop it, then try again", .file.display())]
    Locked {
        /// The database file.
        file: PathBuf,
    },
    /// Anything else.
    #[error("the database {} cannot be opened: {source}", .file.display())]
    Failed {
        /// The database file.
        file: PathBuf,
        /// The database's own message.
        source: sqlx::Error,
    },
    /// No server answers at the address.
    #[error("the database {address} does not answer: {reason}; start PostgreSQL, or mend the address")]
    PostgresUnreachable {
        /// The address, without its password.
        address: String,
        /// The reason.
        reason: String,
    },
    /// The server knows no such database.
    #[error("there is no database {address}; create it, for example with: createdb --encoding=UTF8 NAME")]
    PostgresMissing {
        /// The address, without its password.
        address: String,
    },
    /// The server does not let this user in.
    #[error("the database {address} refuses this user or password: {reason}")]
    PostgresRefused {
        /// The address, without its password.
        address: String,
        /// The database's own message.
        reason: String,
    },
    /// The address leads through a pooler that shares sessions among clients.
    #[error(
        "{address} leads through a pooler that hands a session on after every transaction; name the address without it \
         as database_direct"
    )]
    PostgresPooler {
        /// The address, without its password.
        address: String,
    },
    /// The user may not create or change the tables.
    #[error("the user of {address} may not change its tables: {reason}; make it the owner of the database")]
    PostgresRights {
        /// The address, without its password.
        address: String,
        /// The database's own message.
        reason: String,
    },
    /// The server is older than any that was tried.
    #[error("the database {address} is PostgreSQL {version}; dumka needs 15 or later")]
    PostgresTooOld {
        /// The address, without its password.
        address: String,
        /// The server's version.
        version: String,
    },
    /// The database cannot hold every text.
    #[error("the database {address} has the encoding {encoding}; create one with UTF8")]
    PostgresEncoding {
        /// The address, without its password.
        address: String,
        /// The database's encoding.
        encoding: String,
    },
    /// The database is another program's.
    #[error("{address} is not a database of dumka; create one for it alone")]
    PostgresForeign {
        /// The address, without its password.
        address: String,
    },
    /// Anything else.
    #[error("the database {address} cannot be opened: {reason}")]
    PostgresFailed {
        /// The address, without its password.
        address: String,
        /// The database's own message.
        reason: String,
    },
}
