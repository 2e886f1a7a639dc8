//! `dumka comments`: a moderator at a shell.

use std::io::Write;

use anyhow::ensure;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use dumka_api::Timestamp;
use serde::Serialize;

use crate::config::{self, Flags};
use crate::domain::comment::{CommentId, Status};
use crate::storage::{self, QueueFilter, QueuedComment, Store};

/// What a moderator does.
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
}

/// Which comments to list, and how.
#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// Only comments of this status
    #[arg(long, value_parser = PossibleValuesParser::new(Status::ALL.map(Status::as_str)).map(|word| status(&word)))]
    status: Option<Status>,
    /// Only comments of this site
    #[arg(long)]
    site: Option<String>,
    /// Only comments of this page
    #[arg(long)]
    page: Option<String>,
    /// How many at most
    #[arg(long, default_value_t = 20)]
    limit: u32,
    /// As JSON, one array
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    flags: Flags,
}

/// Which comments to decide on.
#[derive(Debug, clap::Args)]
pub(super) struct Chosen {
    /// Ids of comments
    #[arg(required = true, value_name = "ID")]
    ids: Vec<CommentId>,
    #[command(flatten)]
    flags: Flags,
}

fn status(word: &str) -> Status {
    Status::from_word(word).expect("clap lets only words of statuses through")
}

/// Opens the database of the settings, which must be there, and does what is asked.
pub(super) fn main(action: &Action) -> anyhow::Result<()> {
    let settings = config::load(action.flags())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = storage::open_existing(&settings.database).await?;
        let done = run(action, &*store, &mut std::io::stdout()).await;
        store.close().await;
        done
    })
}

/// Does what is asked and tells `out`; fails when a chosen comment is not there.
async fn run(action: &Action, store: &dyn Store, out: &mut impl Write) -> anyhow::Result<()> {
    match action {
        Action::List(list) => show(list, store, out).await,
        Action::Approve(chosen) => decide(chosen, Status::Published, store, out).await,
        Action::Reject(chosen) => decide(chosen, Status::Rejected, store, out).await,
        Action::Delete(chosen) => decide(chosen, Status::Deleted, store, out).await,
    }
}

impl Action {
    fn flags(&self) -> &Flags {
        match self {
            Self::List(list) => &list.flags,
            Self::Approve(chosen) | Self::Reject(chosen) | Self::Delete(chosen) => &chosen.flags,
        }
    }
}

async fn decide(
    chosen: &Chosen,
    status: Status,
    store: &dyn Store,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let mut missing = 0;
    for &id in &chosen.ids {
        if store.set_status(id, status).await? {
            writeln!(out, "{id} is {}", status.as_str())?;
        } else {
            writeln!(out, "{id} is not there")?;
            missing += 1;
        }
    }
    ensure!(missing == 0, "{missing} of {} comments are not there", chosen.ids.len());
    Ok(())
}

async fn show(list: &List, store: &dyn Store, out: &mut impl Write) -> anyhow::Result<()> {
    let filter = QueueFilter {
        status: list.status,
        site: list.site.clone(),
        page: list.page.clone(),
        limit: list.limit,
    };
    let comments: Vec<_> = store.queue(&filter).await?.into_iter().map(Listed::from).collect();
    if list.json {
        let json = serde_json::to_string_pretty(&comments)?;
        writeln!(out, "{}", harmless(&json, |c| format!("\\u{:04x}", u32::from(c))))?;
        return Ok(());
    }
    comments.iter().try_for_each(|comment| write_comment(comment, out))
}

fn write_comment(comment: &Listed, out: &mut impl Write) -> anyhow::Result<()> {
    let Listed { id, status, created_at, site, page, author, text, .. } = comment;
    let head = format!("{id}  {status}  {}  {site} {page}\n{author}:", created_at.0);
    let escape = |c: char| c.escape_unicode().to_string();
    writeln!(out, "{}", harmless(&head, escape))?;
    for line in text.lines() {
        writeln!(out, "    {}", harmless(line, escape))?;
    }
    writeln!(out)?;
    Ok(())
}

/// A comment as a moderator sees it.
#[derive(Serialize)]
struct Listed {
    id: String,
    status: &'static str,
    created_at: Timestamp,
    site: String,
    page: String,
    parent: Option<String>,
    author: String,
    text: String,
}

impl From<QueuedComment> for Listed {
    fn from(QueuedComment { thread, comment, text }: QueuedComment) -> Self {
        Self {
            id: comment.id.to_string(),
            status: comment.status.as_str(),
            created_at: comment.created_at.into(),
            site: thread.site,
            page: thread.page,
            parent: comment.parent.map(|parent| parent.to_string()),
            author: comment.author_name,
            text,
        }
    }
}

/// Text that a terminal only shows: what would steer it or turn the line around is escaped.
fn harmless(text: &str, escape: impl Fn(char) -> String) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        let turns = matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        if turns || (c.is_control() && c != '\n') {
            shown.push_str(&escape(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
#[path = "comments_tests.rs"]
mod tests;
