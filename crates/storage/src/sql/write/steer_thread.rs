//! Changes a thread for moderators: its title, its address, its settings. One that nobody wrote in yet is created.

use async_trait::async_trait;
use dumka_api::newsroom::ThreadMode;
use dumka_domain::thread::{StoredThread, ThreadKey};
use dumka_domain::thread_settings::ThreadSettings;
use sqlx::AnyConnection;

use super::operation::Write;
use super::rename_thread::change;
use super::thread_gate;
use super::thread_metadata::{TITLE, URL};
use super::thread_totals::bump_revision;
use crate::engine::WrittenThread;
use crate::error::StoreError;
use crate::moderation::ThreadSteering;
use crate::sql;
use crate::sql::threads::{self, ThreadRow};

/// Changes a thread.
pub(crate) struct SteerThread {
    /// The thread.
    pub(crate) thread: ThreadKey,
    /// The changes.
    pub(crate) steering: ThreadSteering,
}

#[async_trait]
impl Write for SteerThread {
    type Outcome = ();

    fn threads(&self) -> Vec<WrittenThread> {
        vec![WrittenThread::Named(self.thread.clone())]
    }

    async fn apply(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        let Current { thread, settings: before, revision } = self.current(connection).await?;
        change(connection, &thread, &TITLE, &self.steering.names.title).await?;
        change(connection, &thread, &URL, &self.steering.names.url).await?;
        let after = before.clone().changed(self.steering.settings.clone());
        if after.mode != ThreadMode::Slow {
            thread_gate::forget(connection, &thread).await?;
        }
        if before != after {
            set(connection, &thread, &after, revision).await?;
        }
        Ok(())
    }
}

/// The thread before the change.
struct Current {
    /// The id of its row.
    thread: String,
    settings: ThreadSettings,
    /// The revision that the change makes.
    revision: i64,
}

impl SteerThread {
    /// Finds the thread, which is opened if it is new.
    async fn current(&self, connection: &mut AnyConnection) -> Result<Current, StoreError> {
        if let Some(found) = self.find(connection).await? {
            return Ok(found);
        }
        if let Some(thread) = self.open(connection).await? {
            return Ok(Current { thread, settings: ThreadSettings::default(), revision: 1 });
        }
        // Another server has opened it in between.
        let found = self.find(connection).await?;
        found.ok_or_else(|| StoreError::Conflict("the thread was opened by another server".into()))
    }

    async fn find(&self, connection: &mut AnyConnection) -> Result<Option<Current>, StoreError> {
        let Some(row) = threads::thread(connection, &self.thread).await? else { return Ok(None) };
        let ThreadRow { id: thread, thread: StoredThread { settings, .. }, .. } = row;
        let revision = bump_revision(connection, &thread, 0).await?;
        Ok(Some(Current { thread, settings, revision }))
    }

    /// Opens the thread, and returns its id; none where it is there.
    async fn open(&self, connection: &mut AnyConnection) -> Result<Option<String>, StoreError> {
        let sql = "INSERT INTO threads (id, site, page, opened_at, total, last_position, revision, active_at) \
                   VALUES ($1, $2, $3, $4, 0, 0, 1, $4) ON CONFLICT (site, page) DO NOTHING RETURNING id";
        let id = self.steering.fresh_id.to_string();
        let insert = sql::query_scalar(sql).bind(id).bind(&self.thread.site).bind(&self.thread.page);
        Ok(insert.bind(self.steering.at.0).fetch_optional(connection).await?)
    }
}

async fn set(
    connection: &mut AnyConnection,
    thread: &str,
    settings: &ThreadSettings,
    revision: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE threads SET state = $1, state_until = $2, slow_secs = $3, notice = $4, \
               notice_until = $5, settings_revision = $6 WHERE id = $7";
    sql::query(sql)
        .bind(settings.mode.as_str())
        .bind(settings.mode_until.map(|until| until.0))
        .bind(settings.slow_secs.map(i64::from))
        .bind(settings.notice.as_deref())
        .bind(settings.notice_until.map(|until| until.0))
        .bind(revision)
        .bind(thread)
        .execute(connection)
        .await?;
    Ok(())
}
