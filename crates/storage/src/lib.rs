//! Stores threads, comments, votes and reports in a database.
//!
//! [`store`] is the seam: a few traits, each named by whom it serves. The folder `sql/` holds every statement once, over
//! sqlx's `Any` driver, in the SQL that SQLite and PostgreSQL share (`$1` placeholders, `RETURNING`, `ON CONFLICT`,
//! partial indexes; only TEXT and BIGINT columns, which `Any` carries to both alike). The folder `sqlite/` holds what is
//! SQLite's alone: connecting, the one writer with its group commit, the read pool, watching for writes of other
//! processes, error codes. Another engine is a folder beside it.

pub mod changes;
pub mod comment;
mod driver_error;
pub mod error;
pub mod moderation;
pub mod page;
pub mod position_set;
pub mod reader;
mod sql;
mod sqlite;
pub mod store;

use std::sync::Arc;

pub use changes::{Change, ChangeKind, ChangePosition, ChangeSet, Version};
pub use comment::{
    CommentRecord, EditInput, LatestCommentRecord, LatestQuery, NewCommentRecord, SubmitResult, Visibility,
};
pub use error::{EditError, ListError, OpenError, ReportError, StoreError, SubmitError, VoteError};
pub use moderation::{NameChange, OpenReport, QueueFilter, QueuedComment, ThreadNames};
pub use page::{Cursor, CursorError, ListQuery, Page, PageEnd, PageLimits, PageStart};
pub use position_set::{InvalidPositionSet, PositionSet};
pub use reader::{ReportInput, VoteInput};
pub use store::{ChangeStore, CommentStore, ModerationStore, ReaderStore, Store, ThreadStore};

use sqlite::{SqliteFile, SqliteStore};

/// Opens the database at `url` (`sqlite://PATH`), creates it where it is missing, and upgrades its tables.
pub async fn open(url: &str) -> Result<Arc<dyn Store>, OpenError> {
    Ok(Arc::new(SqliteStore::open(sqlite_file(url)?).await?))
}

/// Opens the database at `url` like [`open`], but fails where it is missing.
pub async fn open_existing(url: &str) -> Result<Arc<dyn Store>, OpenError> {
    let file = sqlite_file(url)?;
    file.require()?;
    Ok(Arc::new(SqliteStore::open(file).await?))
}

/// Tells whether [`open`] knows the kind of database at `url`. Touches no database.
pub fn is_database_url(url: &str) -> bool {
    sqlite_file(url).is_ok()
}

fn sqlite_file(url: &str) -> Result<SqliteFile, OpenError> {
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        return Err(OpenError::PostgresUnsupported);
    }
    SqliteFile::at(url)
}
