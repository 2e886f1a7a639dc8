//! Reporting a comment to the moderators.

use std::net::IpAddr;

use dumka_api::NewReport;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use super::Context;
use crate::client_address::counted_as;
use crate::domain::comment::{CommentId, UnixMillis};
use crate::domain::report::{self, CheckedReport};
use crate::domain::submission::Invalid;
use crate::domain::token::TokenHash;
use crate::storage::{ReportError, ReportInput};

/// A reader who reports.
#[derive(Debug, Clone, Copy)]
pub struct Reporter {
    /// The token that the reader's browser is known by.
    pub reader: TokenHash,
    /// Where the report comes from.
    pub address: IpAddr,
}

/// Why a report was not kept.
#[derive(Debug, thiserror::Error)]
pub enum ReportFailure {
    /// It breaks a rule.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The store refused it or failed.
    #[error(transparent)]
    Store(#[from] ReportError),
}

/// Keeps a report of a published comment. The comment is held for a moderator as soon as readers of `to_hold`
/// addresses have reported it; 0 is never.
pub async fn report(
    context: &Context,
    to_hold: u32,
    (comment, new): (CommentId, &NewReport),
    reporter: Reporter,
) -> Result<(), ReportFailure> {
    let CheckedReport { reason, note } = report::check(new)?;
    let now = context.clock.now();
    let report = ReportInput {
        id: new_id(context, now),
        comment,
        reader_hash: reporter.reader,
        address_hash: address_hash(context, comment, reporter.address),
        reason,
        note,
        created_at: now,
        to_hold,
    };
    Ok(context.store.report(report).await?)
}

fn new_id(context: &Context, now: UnixMillis) -> Uuid {
    let mut chance = [0; 10];
    context.entropy.fill(&mut chance);
    CommentId::new(now, chance).0
}

/// Tells whether two reports of one comment come from one address, and nothing else.
fn address_hash(context: &Context, comment: CommentId, address: IpAddr) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(&context.secret).expect("HMAC takes keys of every length");
    mac.update(b"report");
    mac.update(comment.0.as_bytes());
    mac.update(counted_as(address).to_string().as_bytes());
    mac.finalize().into_bytes().into()
}
