//! `dumka comments log` and `undo`.

use std::io::Write;

use anyhow::Context as _;
use dumka_api::{Timestamp, site};

use super::decide::tell;
use super::terminal::write_harmless;
use crate::commands::{Actor, list_log, undo_all};
use crate::config::Flags;
use crate::domain::comment::{CommentId, UnixMillis};
use crate::storage::{DecisionRecord, LogQuery, Store};

/// The largest number of decisions that are taken back at once.
const MAX_UNDONE: u32 = 10_000;

/// A choice of decisions to list.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct LogFilter {
    /// Only decisions about this comment, its author's own acts included
    #[arg(long, value_name = "ID")]
    comment: Option<CommentId>,
    /// Only those of this member of staff or key (an id), or of `shell`, `rule`, `reports`
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// Only those on this site
    #[arg(long)]
    site: Option<String>,
    /// Only those from this time on, for example 2026-05-01T09:30:00Z
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<UnixMillis>,
    /// List so many at most
    #[arg(long, default_value_t = 20)]
    limit: u32,
    #[command(flatten)]
    pub(super) flags: Flags,
}

/// A choice of decisions to take back.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct UndoFilter {
    /// Those of this member of staff or key (an id), or of `shell`, `reports`
    #[arg(long, value_name = "WHO")]
    by: String,
    /// Those from this time on, for example 2026-05-01T09:30:00Z
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: UnixMillis,
    /// Those before this time
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<UnixMillis>,
    /// Only those on this site
    #[arg(long)]
    site: Option<String>,
    #[command(flatten)]
    pub(super) flags: Flags,
}

fn time(text: &str) -> anyhow::Result<UnixMillis> {
    UnixMillis::try_from(&Timestamp(text.into())).context("a time looks like 2026-05-01T09:30:00Z")
}

/// Lists decisions and tells `out`.
pub(super) async fn show(filter: &LogFilter, store: &dyn Store, out: &mut impl Write) -> anyhow::Result<()> {
    let LogFilter { comment, since, limit, .. } = *filter;
    let query = LogQuery { comment, since, limit, by: filter.by.clone(), ..LogQuery::default() };
    let site = filter.site.as_deref().map(site::canonical);
    let decisions = list_log(store, &Actor::Shell, query, site.as_deref()).await?;
    decisions.iter().try_for_each(|decision| write(decision, out))
}

/// Takes decisions back and tells `out`; fails when some were not.
pub(super) async fn undo(
    filter: &UndoFilter,
    (store, now): (&dyn Store, UnixMillis),
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let query = LogQuery {
        sites: filter.site.as_deref().map(|site| vec![site::canonical(site)]),
        by: Some(filter.by.clone()),
        since: Some(filter.since),
        until: filter.until,
        limit: MAX_UNDONE,
        ..LogQuery::default()
    };
    tell(&undo_all(store, &Actor::Shell, query, now).await?, out)
}

/// Writes one decision in a line, and its words below.
fn write(decision: &DecisionRecord, out: &mut impl Write) -> anyhow::Result<()> {
    let by = match (&decision.by_name, &decision.by.id) {
        (Some(name), Some(id)) => format!("{name} ({id})"),
        _ => decision.by.kind.as_str().into(),
    };
    let from = decision.from.map_or("", |status| status.as_str());
    let undone = if decision.undone_by.is_some() { "  (taken back)" } else { "" };
    let Timestamp(at) = decision.at.into();
    let (act, to) = (decision.act.as_str(), decision.to.as_str());
    let line = format!("{at}  {by}  {act}  {}  {from} → {to}{undone}", decision.comment);
    write_harmless(&line, "", out)?;
    let words = [
        decision.words.reason.map(|reason| reason.as_str().to_owned()),
        decision.rule.clone(),
        decision.words.note.clone(),
        decision.words.words.clone(),
    ];
    words.into_iter().flatten().try_for_each(|words| write_harmless(&words, "    ", out))
}
