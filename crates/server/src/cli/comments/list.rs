//! `dumka comments list`.

use std::io::Write;

use anyhow::Context as _;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use dumka_api::newsroom::Queue;
use dumka_api::{Timestamp, page, site};
use serde::Serialize;

use super::terminal::{harmless, write_harmless};
use crate::commands::{Actor, sites_with};
use crate::config::Flags;
use crate::domain::comment::Status;
use crate::domain::search::SearchWords;
use crate::domain::staff::Right;
use crate::storage::{NewsroomQuery, NewsroomRecord, OpenReport, Store};

/// A choice of comments to list, and the form of the list.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct List {
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
    /// Only comments with these words in their text or name, in any form of the word
    #[arg(long = "search", value_name = "WORDS")]
    words: Option<String>,
    /// List so many at most
    #[arg(long, default_value_t = 20)]
    limit: u32,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    pub(super) flags: Flags,
}

/// The form of the output.
#[derive(Debug, clap::Args)]
struct Output {
    /// As JSON, one array
    #[arg(long)]
    json: bool,
}

fn status(word: &str) -> Status {
    Status::from_word(word).expect("clap lets only words of statuses through")
}

/// Lists comments and tells `out`.
pub(super) async fn show(list: &List, store: &dyn Store, out: &mut impl Write) -> anyhow::Result<()> {
    let comments = listed(list, store).await?;
    if list.output.json {
        let json = serde_json::to_string_pretty(&comments)?;
        writeln!(out, "{}", harmless(&json, |c| format!("\\u{:04x}", u32::from(c))))?;
        return Ok(());
    }
    comments.iter().try_for_each(|comment| write_comment(comment, out))
}

async fn listed(list: &List, store: &dyn Store) -> anyhow::Result<Vec<Listed>> {
    let site = list.site.as_deref().map(site::canonical);
    let sites = sites_with(store, &Actor::Shell, Right::Read, site.as_deref()).await?;
    let query = NewsroomQuery {
        queue: if list.reported { Queue::Reported } else { Queue::All },
        status: list.status,
        page: list.page.as_deref().map(page::canonical),
        words: list.words.as_deref().map(words).transpose()?,
        ..NewsroomQuery::all(sites, list.limit)
    };
    let mut comments = Vec::new();
    for record in store.queue(&query).await?.comments {
        let id = record.comment.id;
        let mut comment = Listed::from(record);
        if list.reported {
            let reports = store.open_reports(id).await?;
            comment.reports = Some(reports.into_iter().map(ListedReport::from).collect());
        }
        comments.push(comment);
    }
    Ok(comments)
}

fn words(typed: &str) -> anyhow::Result<SearchWords> {
    SearchWords::parse(typed).with_context(|| format!("`{typed}` holds no word to search for"))
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

impl From<NewsroomRecord> for Listed {
    fn from(record: NewsroomRecord) -> Self {
        let NewsroomRecord { thread, comment, text, open_reports, .. } = record;
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
