//! Gives a thread a moderator's title and address.

use super::{Actor, Refused};
use crate::domain::staff::Right;
use crate::domain::submission::{Invalid, check_thread, check_title, check_url};
use crate::domain::thread::ThreadKey;
use crate::storage::{ModerationStore, NameChange, StoreError, ThreadNames};

/// The thread to rename, and its names as the moderator wrote them. An empty name leaves it to the comments.
#[derive(Debug, Clone, Copy)]
pub struct RenameThread<'a> {
    /// The thread's site.
    pub site: &'a str,
    /// The thread's page, in any spelling.
    pub page: &'a str,
    /// The title, where it shall change.
    pub title: Option<&'a str>,
    /// The page's address, where it shall change.
    pub url: Option<&'a str>,
}

/// The reason that a thread was not renamed.
#[derive(Debug, thiserror::Error)]
pub enum RenameThreadError {
    /// The actor may not.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A word breaks a rule.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The title has nothing that is seen.
    #[error("a title that shows nothing")]
    TitleInvisible,
    /// There is no such thread.
    #[error("there is no thread of {} on {}", .0.page, .0.site)]
    NotFound(ThreadKey),
}

/// Renames a thread, and returns it in its canonical form. `Ok` means it is on disk.
pub async fn rename_thread(
    store: &(impl ModerationStore + ?Sized),
    actor: &Actor<'_>,
    rename: RenameThread<'_>,
) -> Result<ThreadKey, RenameThreadError> {
    let thread = check_thread(rename.site, rename.page)?;
    actor.require(Right::SteerThreads, &thread.site)?;
    let title =
        name_change(rename.title, |title| check_title(title)?.ok_or(RenameThreadError::TitleInvisible))?;
    let url = name_change(rename.url, check_url)?;
    let is_there = store.rename_thread(thread.clone(), ThreadNames { title, url }).await?;
    if is_there { Ok(thread) } else { Err(RenameThreadError::NotFound(thread)) }
}

/// Reads a name as a moderator wrote it: an empty one leaves it to the comments.
pub(super) fn name_change<E>(
    word: Option<&str>,
    check: impl FnOnce(&str) -> Result<String, E>,
) -> Result<NameChange, E> {
    match word.map(str::trim) {
        None => Ok(NameChange::Keep),
        Some("") => Ok(NameChange::Reset),
        Some(word) => check(word).map(NameChange::Set),
    }
}
