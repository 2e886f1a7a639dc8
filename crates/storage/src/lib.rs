//! Stores threads, comments, votes and reports in a database.
//!
//! [`store`] is the seam: a few traits, each named by whom it serves. The folder `sql/` holds every statement once, over
//! sqlx's `Any` driver, in the SQL that SQLite and PostgreSQL share (`$1` placeholders, `RETURNING`, `ON CONFLICT`,
//! partial indexes; only TEXT and BIGINT columns, which `Any` carries to both alike). The folder `sqlite/` holds what is
//! SQLite's alone: connecting, the one writer with its group commit, the read pool, watching for writes of other
//! processes, error codes. Another engine is a folder beside it. `move_database/` alone builds statements from the tables that it finds.

pub mod changes;
pub mod comment;
pub mod decision;
pub mod discussed;
mod driver_error;
mod engine;
pub mod error;
pub mod moderation;
mod move_database;
pub mod newsroom_query;
pub mod open_error;
pub mod page;
pub mod position_set;
mod postgres;
pub mod rates;
pub mod reader;
mod sql;
mod sql_newsroom_store;
mod sql_staff_store;
mod sql_store;
mod sqlite;
pub mod staff;
pub mod staff_store;
pub mod store;
mod version_watch;
mod writer;

use std::sync::Arc;

pub use changes::{Change, ChangeKind, ChangePosition, ChangeSet, ThreadChanged, Version};
pub use comment::{
    CommentRecord, EditInput, LatestCommentRecord, LatestQuery, NewCommentRecord, SubmitResult, Visibility,
};
pub use decision::{
    DecidedBy, DecidedComments, DecisionId, DecisionInput, DecisionRecord, DecisionRefusal, DecisionResult,
    DecisionWords, LogQuery, SeenComment, UndoInput, UndoneDecisions,
};
pub use discussed::{DiscussedQuery, DiscussedRecord};
pub use error::{DecideError, EditError, ListError, ReportError, StoreError, SubmitError, VoteError};
pub use moderation::{
    NameChange, OpenReport, ThreadFilter, ThreadNames, ThreadPosition, ThreadRecord, ThreadSteering,
};
pub use move_database::{Checksum, MoveError, MovedTable, Progress, Stage, move_database};
pub use newsroom_query::{NewsroomPage, NewsroomQuery, NewsroomRecord};
pub use open_error::OpenError;
pub use page::{Cursor, CursorError, ListQuery, Page, PageEnd, PageLimits, PageStart};
pub use position_set::{InvalidPositionSet, PositionSet};
pub use rates::RequestRate;
pub use reader::{ReportInput, VoteInput};
pub use staff::{
    CredentialOutcome, KeyRecord, LastOwner, LinkedMember, LiveSession, MemberChange, MemberRecord,
    NewCredential, NewKey, NewLink, NewMember, NewSession, PasskeyUse, RoleInput, SessionRecord,
};
pub use staff_store::{KeyStore, SessionStore, SignInStore, StaffStore};
pub use store::{
    ChangeStore, CommentStore, ModerationStore, QueueStore, RateStore, ReaderStore, Store, ThreadStore,
};

use postgres::{PgAddress, PgAddresses};
use sqlite::SqliteFile;

/// The address of a database, as a setting names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DatabaseUrl {
    /// `sqlite://PATH`, or `postgres://USER:PASSWORD@HOST/DATABASE`, which may be a pooler's.
    pub url: String,
    /// The address of the same PostgreSQL database without a pooler that shares its sessions among clients.
    pub direct: Option<String>,
}

impl<T: Into<String>> From<T> for DatabaseUrl {
    fn from(url: T) -> Self {
        Self { url: url.into(), direct: None }
    }
}

/// A database that is not opened yet.
enum Database {
    File(SqliteFile),
    Postgres(PgAddresses),
}

/// Opens a database and upgrades its tables. A database file is created where it is missing.
pub async fn open(database: impl Into<DatabaseUrl>) -> Result<Arc<dyn Store>, OpenError> {
    match parse(&database.into())? {
        Database::File(file) => Ok(Arc::new(sqlite::open(file).await?)),
        Database::Postgres(addresses) => Ok(Arc::new(postgres::open(addresses).await?)),
    }
}

/// Opens a database like [`open`], but fails where a database file is missing.
pub async fn open_existing(database: impl Into<DatabaseUrl>) -> Result<Arc<dyn Store>, OpenError> {
    let database = database.into();
    if let Database::File(file) = parse(&database)? {
        file.require()?;
    }
    open(database).await
}

/// Fails where [`open`] would not know a database at this address. Touches no database.
pub fn check(database: &DatabaseUrl) -> Result<(), OpenError> {
    parse(database).map(drop)
}

fn parse(DatabaseUrl { url, direct }: &DatabaseUrl) -> Result<Database, OpenError> {
    if !PgAddress::is_one(url) {
        return match direct {
            Some(_) => Err(OpenError::DirectUnused),
            None => SqliteFile::at(url).map(Database::File),
        };
    }
    let pooled = PgAddress::parse(url)?;
    let direct = direct.as_deref().filter(|direct| direct != url);
    let direct = direct.map(PgAddress::parse).transpose()?;
    Ok(Database::Postgres(PgAddresses { pooled, direct }))
}
