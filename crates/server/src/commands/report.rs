//! Reports a comment to the moderators.

use dumka_api::NewReport;

use super::keyed_hash::address_hash;
use super::{Actor, Context};
use crate::domain::comment::CommentId;
use crate::domain::report::{self, CheckedReport};
use crate::domain::submission::Invalid;
use crate::storage::{ReportError, ReportInput};

/// A report of a comment.
#[derive(Debug, Clone, Copy)]
pub struct FileReport<'a> {
    /// The comment.
    pub comment: CommentId,
    /// The reader's reason and words.
    pub report: &'a NewReport,
    /// Addresses whose reports hold the comment for a moderator; 0 is never.
    pub to_hold: u32,
}

/// The reason that a report was not stored.
#[derive(Debug, thiserror::Error)]
pub enum FileReportError {
    /// The actor has no reader token.
    #[error("the actor cannot report")]
    NotAReader,
    /// It breaks a rule.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The store refused it or failed.
    #[error(transparent)]
    Store(#[from] ReportError),
}

/// Stores a report of a published comment, and holds the comment when enough came. `Ok` means it is on disk.
pub async fn report(
    context: &Context,
    actor: &Actor<'_>,
    file: FileReport<'_>,
) -> Result<(), FileReportError> {
    let FileReport { comment, report, to_hold } = file;
    let CheckedReport { reason, note } = report::check(report)?;
    let reader_hash = actor.reporter(context).ok_or(FileReportError::NotAReader)?;
    let now = context.clock.now();
    let input = ReportInput {
        id: context.new_id(now).0,
        comment,
        reader_hash,
        address_hash: address_hash(&context.secret, "report", comment, actor.address()),
        reason,
        note,
        created_at: now,
        to_hold,
    };
    Ok(context.store.report(input).await?)
}
