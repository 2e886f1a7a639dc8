//! Changes a thread's title and address for a moderator.

use async_trait::async_trait;
use dumka_domain::thread::ThreadKey;
use sqlx::AnyConnection;

use super::operation::Write;
use super::thread_metadata::{Name, TITLE, URL};
use super::thread_totals::bump_revision;
use crate::engine::WrittenThread;
use crate::error::StoreError;
use crate::moderation::{NameChange, ThreadNames};
use crate::sql;
use crate::sql::threads;

/// Changes a thread's title and address.
pub(crate) struct RenameThread {
    /// The thread.
    pub(crate) thread: ThreadKey,
    /// The changes.
    pub(crate) names: ThreadNames,
}

#[async_trait]
impl Write for RenameThread {
    /// True where there is such a thread.
    type Outcome = bool;

    fn threads(&self) -> Vec<WrittenThread> {
        vec![WrittenThread::Named(self.thread.clone())]
    }

    async fn apply(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let Some(row) = threads::thread(connection, &self.thread).await? else { return Ok(false) };
        let thread = row.id;
        bump_revision(connection, &thread, 0).await?;
        change(connection, &thread, &TITLE, &self.names.title).await?;
        change(connection, &thread, &URL, &self.names.url).await?;
        Ok(true)
    }
}

/// Changes a title or an address.
pub(super) async fn change(
    connection: &mut AnyConnection,
    thread: &str,
    name: &Name,
    change: &NameChange,
) -> Result<(), StoreError> {
    match change {
        NameChange::Keep => Ok(()),
        NameChange::Reset => name.reset(connection, thread).await,
        NameChange::Set(value) => {
            let set = sql::query(name.set).bind("moderator").bind(value).bind(thread);
            set.execute(connection).await?;
            Ok(())
        }
    }
}
