//! `dumka threads list|open|close|hold|slow|announce`: finds threads and changes how they take comments, in a shell.

use std::io::Write;
use std::sync::Arc;

use anyhow::Context as _;
use dumka_api::Timestamp;
use dumka_api::newsroom::{NewsroomThread, ThreadChange, ThreadMode};

use crate::clock::SystemClock;
use crate::commands::{Actor, Context, ListThreads, SitePolicy, SteerThread, list_threads, steer_thread};
use crate::config::Flags;
use crate::domain::comment::UnixMillis;
use crate::entropy::SystemEntropy;
use crate::storage::Store;

/// A choice of threads to list.
#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// Only threads of this site
    #[arg(long)]
    site: Option<String>,
    /// Only threads with these words in the title or in the page's id
    #[arg(long, default_value = "")]
    search: String,
    /// List so many at most
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100))]
    limit: u32,
    #[command(flatten)]
    pub(super) flags: Flags,
}

/// A thread.
#[derive(Debug, clap::Args)]
pub(super) struct Target {
    /// The site of the thread
    #[arg(long)]
    site: String,
    /// The page of the thread, in any spelling
    #[arg(long)]
    page: String,
    #[command(flatten)]
    pub(super) flags: Flags,
}

/// The end of a state or of an announcement.
#[derive(Debug, Default, clap::Args)]
pub(super) struct End {
    /// Until this time, such as 2026-05-01T18:00:00Z
    #[arg(long, value_name = "TIME", conflicts_with = "duration")]
    until: Option<String>,
    /// For so long: 90s, 30m, 2h or 7d
    #[arg(long = "for", value_name = "DURATION", value_parser = duration_secs)]
    duration: Option<u64>,
}

/// A thread, and the end of its new state.
#[derive(Debug, clap::Args)]
pub(super) struct Timed {
    #[command(flatten)]
    pub(super) target: Target,
    #[command(flatten)]
    end: End,
}

/// A thread that becomes slow.
#[derive(Debug, clap::Args)]
pub(super) struct Slow {
    /// Seconds between two comments of one author, 1 to 86400
    secs: u32,
    #[command(flatten)]
    pub(super) timed: Timed,
}

/// A thread, and its announcement.
#[derive(Debug, clap::Args)]
pub(super) struct Announce {
    /// The line above the form, at most 500 characters; an empty one takes it away
    text: String,
    #[command(flatten)]
    pub(super) timed: Timed,
}

/// Reads a duration in seconds.
fn duration_secs(text: &str) -> Result<u64, String> {
    let parsed = text.char_indices().last().and_then(|(at, unit)| {
        let secs = match unit {
            's' => 1,
            'm' => 60,
            'h' => 60 * 60,
            'd' => 24 * 60 * 60,
            _ => return None,
        };
        text[..at].parse::<u64>().ok()?.checked_mul(secs).filter(|secs| (1..=3_650 * 86_400).contains(secs))
    });
    parsed.ok_or_else(|| "write 90s, 30m, 2h or 7d".into())
}

impl End {
    fn time(&self, now: UnixMillis) -> Option<Timestamp> {
        let until = self.until.clone().map(Timestamp);
        until.or_else(|| self.duration.map(|secs| now.plus_secs(secs).into()))
    }
}

impl Timed {
    /// The change to another state at `now`.
    pub(super) fn to_state(&self, state: ThreadMode, now: UnixMillis) -> ThreadChange {
        ThreadChange { state: Some(state), state_until: self.end.time(now), ..ThreadChange::default() }
    }
}

impl Slow {
    /// The change at `now`.
    pub(super) fn change(&self, now: UnixMillis) -> ThreadChange {
        ThreadChange { slow_secs: Some(self.secs), ..self.timed.to_state(ThreadMode::Slow, now) }
    }
}

impl Announce {
    /// The change at `now`.
    pub(super) fn change(&self, now: UnixMillis) -> ThreadChange {
        let notice_until = self.timed.end.time(now);
        ThreadChange { notice: Some(self.text.clone()), notice_until, ..ThreadChange::default() }
    }
}

/// Returns the context of commands over a store.
async fn context(store: &Arc<dyn Store>) -> anyhow::Result<Context> {
    Ok(Context::new(Arc::clone(store), Arc::new(SystemClock), Arc::new(SystemEntropy)).await?)
}

/// Lists the threads that are asked for.
pub(super) async fn list(list: &List, store: &Arc<dyn Store>, out: &mut impl Write) -> anyhow::Result<()> {
    let List { site, search, limit, .. } = list;
    let query = ListThreads { site: site.as_deref(), search, cursor: None, limit: *limit };
    let listing = list_threads(&context(store).await?, &Actor::Shell, &query).await?;
    listing.threads.iter().try_for_each(|thread| write_thread(thread, out))
}

/// Changes a thread, and tells what it is now.
pub(super) async fn steer(
    target: &Target,
    change: &ThreadChange,
    store: &Arc<dyn Store>,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let Target { site, page, .. } = target;
    let steer = SteerThread { site, page, change };
    let context = context(store).await?;
    // No address is changed here, so none can be another site's.
    let thread = steer_thread(&context, &SitePolicy::OPEN, &Actor::Shell, steer).await;
    write_thread(&thread.context("the thread stays as it is")?, out)
}

/// Writes a thread in a few lines. What somebody wrote steers no terminal: titles and announcements have no controls.
fn write_thread(thread: &NewsroomThread, out: &mut impl Write) -> anyhow::Result<()> {
    let NewsroomThread { site, page, title, total, pending, state, .. } = thread;
    let slow = thread.slow_secs.map(|secs| format!(" {secs} s")).unwrap_or_default();
    let until =
        |time: &Option<Timestamp>| time.as_ref().map(|time| format!(" until {}", time.0)).unwrap_or_default();
    let state_until = until(&thread.state_until);
    writeln!(
        out,
        "{}{slow}{state_until}  {site} {page}  (published: {total}, pending: {pending})",
        state.as_str()
    )?;
    if let Some(title) = title {
        writeln!(out, "    {title}")?;
    }
    if let Some(notice) = &thread.notice {
        writeln!(out, "    announced{}: {notice}", until(&thread.notice_until))?;
    }
    Ok(())
}
