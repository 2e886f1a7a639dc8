//! `dumka comments`: lists comments, decides on them and takes decisions back, in a shell.

mod decide;
mod list;
mod log;
mod terminal;

use std::io::Write;

use dumka_api::newsroom::Act;

use crate::clock::{Clock, SystemClock};
use crate::config::{self, Flags};
use crate::domain::comment::UnixMillis;
use crate::storage::{self, Store};

use self::decide::Chosen;
use self::list::List;
use self::log::{LogFilter, UndoFilter};

/// The action of a moderator.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Action {
    /// List comments, newest first
    List(List),
    /// Show comments to everybody
    Approve(Chosen),
    /// Refuse comments
    Reject(Chosen),
    /// Remove comments; those that were answered leave an empty mark
    Delete(Chosen),
    /// Put comments among the featured ones
    Feature(Chosen),
    /// Take comments out of the featured ones
    Unfeature(Chosen),
    /// Let comments stand first in their thread
    Pin(Chosen),
    /// Let comments stand in their place again
    Unpin(Chosen),
    /// List what was decided, newest first
    Log(LogFilter),
    /// Take back what somebody decided in a time
    Undo(UndoFilter),
}

/// Opens the database of the settings, which must be there, and does what is asked.
pub(super) fn main(action: &Action) -> anyhow::Result<()> {
    let settings = config::load(action.flags())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = storage::open_existing(settings.database_url()).await?;
        let done = run(action, &*store, SystemClock.now(), &mut std::io::stdout()).await;
        store.close().await;
        done
    })
}

/// Does what is asked at `now` and tells `out`; fails when a chosen comment is not there.
async fn run(
    action: &Action,
    store: &dyn Store,
    now: UnixMillis,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let (chosen, verdict) = match action {
        Action::List(list) => return list::show(list, store, out).await,
        Action::Log(filter) => return log::show(filter, store, out).await,
        Action::Undo(filter) => return log::undo(filter, (store, now), out).await,
        Action::Approve(chosen) => (chosen, Act::Approve),
        Action::Reject(chosen) => (chosen, Act::Reject),
        Action::Delete(chosen) => (chosen, Act::Delete),
        Action::Feature(chosen) => (chosen, Act::Feature),
        Action::Unfeature(chosen) => (chosen, Act::Unfeature),
        Action::Pin(chosen) => (chosen, Act::Pin),
        Action::Unpin(chosen) => (chosen, Act::Unpin),
    };
    decide::run((chosen, verdict), (store, now), out).await
}

impl Action {
    fn flags(&self) -> &Flags {
        match self {
            Self::List(list) => &list.flags,
            Self::Log(filter) => &filter.flags,
            Self::Undo(filter) => &filter.flags,
            Self::Approve(chosen)
            | Self::Reject(chosen)
            | Self::Delete(chosen)
            | Self::Feature(chosen)
            | Self::Unfeature(chosen)
            | Self::Pin(chosen)
            | Self::Unpin(chosen) => &chosen.flags,
        }
    }
}

#[cfg(test)]
mod tests;
