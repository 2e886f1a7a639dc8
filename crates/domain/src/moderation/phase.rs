//! A phase of moderation: its input and its verdict.

use crate::site_policy::SitePolicy;

/// A comment that is about to be stored, as the phases see it.
#[derive(Debug)]
pub struct Candidate<'a> {
    /// The policy of its site.
    pub policy: &'a SitePolicy,
}

/// The decision of a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A moderator looks first.
    Hold,
}

/// Decides, or leaves the comment to the next phase.
pub(super) type Phase = fn(&Candidate) -> Option<Verdict>;
