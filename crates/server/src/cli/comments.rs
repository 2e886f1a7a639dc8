//! `dumka comments`: lists comments and decides on them in a shell.

use std::io::Write;

use anyhow::ensure;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use dumka_api::{Timestamp, page, site};
use serde::Serialize;

use super::marks;
use crate::clock::{Clock, SystemClock};
use crate::commands::{Actor, Decision, ModerateError, Verdict, moderate, moderation_queue, open_reports};
use crate::config::{self, Flags};
use crate::domain::comment::{CommentId, Status, UnixMillis};
use crate::storage::{self, OpenReport, QueueFilter, QueuedComment, Store};

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
    /// Feature published comments
    Feature(Chosen),
    /// Feature them no longer
    Unfeature(Chosen),
    /// Put published comments before all others
    Pin(Chosen),
    /// Put them back into their places
    Unpin(Chosen),
}

/// A choice of comments to list, and the form of the list.
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
    /// Only comments with open reports, and those with them
    #[arg(long)]
    reported: bool,
    /// List so many at most
    #[arg(long, default_value_t = 20)]
    limit: u32,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    flags: Flags,
}

/// The form of the output.
#[derive(Debug, clap::Args)]
struct Output {
    /// As JSON, one array
    #[arg(long)]
    json: bool,
}

/// The comments to decide on.
#[derive(Debug, clap::Args)]
pub(super) struct Chosen {
    /// Ids of comments
    #[arg(required = true, value_name = "ID")]
    pub(super) ids: Vec<CommentId>,
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
        Action::List(list) => return show(list, store, out).await,
        Action::Approve(chosen) => (chosen, Verdict::Approve),
        Action::Reject(chosen) => (chosen, Verdict::Reject),
        Action::Delete(chosen) => (chosen, Verdict::Delete),
        Action::Feature(chosen) => return marks::set(chosen, marks::FEATURE, store, out).await,
        Action::Unfeature(chosen) => return marks::set(chosen, marks::UNFEATURE, store, out).await,
        Action::Pin(chosen) => return marks::set(chosen, marks::PIN, store, out).await,
        Action::Unpin(chosen) => return marks::set(chosen, marks::UNPIN, store, out).await,
    };
    let mut missing = 0;
    for &id in &chosen.ids {
        match moderate(store, &Actor::Shell, Decision { comment: id, verdict, at: now }).await {
            Ok(status) => writeln!(out, "{id} is {}", status.as_str())?,
            Err(ModerateError::NotFound) => {
                writeln!(out, "{id} is not there")?;
                missing += 1;
            }
            Err(error) => return Err(error.into()),
        }
    }
    ensure!(missing == 0, "{missing} of {} comments are not there", chosen.ids.len());
    Ok(())
}

impl Action {
    fn flags(&self) -> &Flags {
        match self {
            Self::List(list) => &list.flags,
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

async fn show(list: &List, store: &dyn Store, out: &mut impl Write) -> anyhow::Result<()> {
    let comments = listed(list, store).await?;
    if list.output.json {
        let json = serde_json::to_string_pretty(&comments)?;
        writeln!(out, "{}", harmless(&json, |c| format!("\\u{:04x}", u32::from(c))))?;
        return Ok(());
    }
    comments.iter().try_for_each(|comment| write_comment(comment, out))
}

async fn listed(list: &List, store: &dyn Store) -> anyhow::Result<Vec<Listed>> {
    let filter = QueueFilter {
        status: list.status,
        site: list.site.as_deref().map(site::canonical),
        page: list.page.as_deref().map(page::canonical),
        reported: list.reported,
        limit: list.limit,
    };
    let mut comments = Vec::new();
    for queued in moderation_queue(store, &Actor::Shell, &filter).await? {
        let id = queued.comment.id;
        let mut comment = Listed::from(queued);
        if list.reported {
            let reports = open_reports(store, &Actor::Shell, id).await?;
            comment.reports = Some(reports.into_iter().map(ListedReport::from).collect());
        }
        comments.push(comment);
    }
    Ok(comments)
}

fn write_comment(comment: &Listed, out: &mut impl Write) -> anyhow::Result<()> {
    let Listed { id, status, created_at, site, page, author, text, .. } = comment;
    let reports = match comment.open_reports {
        0 => String::new(),
        number => format!("  (open reports: {number})"),
    };
    write_harmless(&format!("{id}  {status}  {}  {site} {page}{reports}\n{author}:", created_at.0), "", out)?;
    write_harmless(text, "    ", out)?;
    for ListedReport { reason, created_at, note } in comment.reports.iter().flatten() {
        write_harmless(&format!("reported as {reason}  {}", created_at.0), "  ", out)?;
        write_harmless(note.as_deref().unwrap_or_default(), "    ", out)?;
    }
    writeln!(out)?;
    Ok(())
}

/// Writes every line of a text, so far from the edge.
fn write_harmless(text: &str, indent: &str, out: &mut impl Write) -> anyhow::Result<()> {
    for line in text.lines() {
        writeln!(out, "{indent}{}", harmless(line, |c| c.escape_unicode().to_string()))?;
    }
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
    open_reports: u64,
    /// Only where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    reports: Option<Vec<ListedReport>>,
}

/// A report as a moderator sees it.
#[derive(Serialize)]
struct ListedReport {
    reason: &'static str,
    created_at: Timestamp,
    note: Option<String>,
}

impl From<QueuedComment> for Listed {
    fn from(QueuedComment { thread, comment, text, open_reports }: QueuedComment) -> Self {
        Self {
            id: comment.id.to_string(),
            status: comment.status.as_str(),
            created_at: comment.created_at.into(),
            site: thread.site,
            page: thread.page,
            parent: comment.parent.map(|parent| parent.to_string()),
            author: comment.author_name,
            text,
            open_reports,
            reports: None,
        }
    }
}

impl From<OpenReport> for ListedReport {
    fn from(OpenReport { reason, note, created_at }: OpenReport) -> Self {
        Self { reason: reason.as_str(), created_at: created_at.into(), note }
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
