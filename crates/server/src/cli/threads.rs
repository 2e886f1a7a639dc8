//! `dumka threads`: lists, names and steers threads in a shell.

use std::io::Write;
use std::sync::Arc;

use anyhow::ensure;
use dumka_api::newsroom::ThreadMode;
use dumka_api::site;

use super::steer::{self, Announce, List, Slow, Timed};
use crate::clock::{Clock, SystemClock};
use crate::commands::{Actor, RenameThread, rename_thread};
use crate::config::{self, Flags};
use crate::domain::thread::ThreadKey;
use crate::sites::Sites;
use crate::storage::{self, Store};

/// The action of a moderator.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Action {
    /// List threads, the one with the latest comment first
    List(List),
    /// Say what a thread is called and where its page is
    Name(Name),
    /// Take comments as the site does
    Open(Timed),
    /// Take no comments
    Close(Timed),
    /// Let every comment wait for a moderator
    Hold(Timed),
    /// Take one comment of an author in so many seconds
    Slow(Slow),
    /// Put a line above the form
    Announce(Announce),
}

/// A thread, and its new names.
#[derive(Debug, clap::Args)]
pub(super) struct Name {
    /// The site of the thread
    #[arg(long)]
    site: String,
    /// The page of the thread, in any spelling
    #[arg(long)]
    page: String,
    /// Its title; an empty one leaves it to what comments bring
    #[arg(long, required_unless_present = "url")]
    title: Option<String>,
    /// The address of its page; likewise
    #[arg(long)]
    url: Option<String>,
    #[command(flatten)]
    flags: Flags,
}

/// Opens the database of the settings, which must be there, and does what is asked.
pub(super) fn main(action: &Action) -> anyhow::Result<()> {
    let settings = config::load(action.flags())?;
    if let Action::Name(name) = action {
        check_origin(&Sites::new(&settings), name)?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = storage::open_existing(settings.database_url()).await?;
        let done = run(action, &store, &mut std::io::stdout()).await;
        store.close().await;
        done
    })
}

impl Action {
    fn flags(&self) -> &Flags {
        match self {
            Self::List(list) => &list.flags,
            Self::Name(name) => &name.flags,
            Self::Open(timed)
            | Self::Close(timed)
            | Self::Hold(timed)
            | Self::Slow(Slow { timed, .. })
            | Self::Announce(Announce { timed, .. }) => &timed.target.flags,
        }
    }
}

/// Does what is asked, and tells `out`.
async fn run(action: &Action, store: &Arc<dyn Store>, out: &mut impl Write) -> anyhow::Result<()> {
    let now = SystemClock.now();
    let (target, change) = match action {
        Action::List(list) => return steer::list(list, store, out).await,
        Action::Name(name) => return rename(name, &**store, out).await,
        Action::Open(timed) => (&timed.target, timed.to_state(ThreadMode::Open, now)),
        Action::Close(timed) => (&timed.target, timed.to_state(ThreadMode::Closed, now)),
        Action::Hold(timed) => (&timed.target, timed.to_state(ThreadMode::Held, now)),
        Action::Slow(slow) => (&slow.timed.target, slow.change(now)),
        Action::Announce(announce) => (&announce.timed.target, announce.change(now)),
    };
    steer::steer(target, &change, store, out).await
}

/// Refuses an address that nobody would be led to: readers are sent to pages of the site alone.
fn check_origin(sites: &Sites, Name { site, url, .. }: &Name) -> anyhow::Result<()> {
    let url = url.as_deref().map_or("", str::trim);
    let site = site::canonical(site);
    ensure!(
        url.is_empty() || sites.has_page(&site, url),
        "{url} is not on one of the origins of {site}; see [[sites]]"
    );
    Ok(())
}

/// Renames the thread and tells `out`; fails where there is none.
async fn rename(name: &Name, store: &dyn Store, out: &mut impl Write) -> anyhow::Result<()> {
    let Name { site, page, title, url, .. } = name;
    let rename = RenameThread { site, page, title: title.as_deref(), url: url.as_deref() };
    let ThreadKey { site, page } = rename_thread(store, &Actor::Shell, rename).await?;
    writeln!(out, "the thread of {page} on {site} is named")?;
    Ok(())
}

#[cfg(test)]
#[path = "threads_tests.rs"]
mod tests;
