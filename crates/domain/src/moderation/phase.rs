//! A phase of moderation: its input and its verdict.

use dumka_api::newsroom::ThreadMode;

use crate::site_policy::SitePolicy;

/// A comment that is about to be stored, as the phases see it.
#[derive(Debug)]
pub struct Candidate<'a> {
    /// The policy of its site.
    pub policy: &'a SitePolicy,
    /// The manner in which its thread takes comments at present.
    pub mode: ThreadMode,
}

/// The decision of a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A moderator looks first.
    Hold,
}

/// A phase, and the name under which it is recorded.
pub(super) struct Phase {
    pub(super) name: &'static str,
    /// Decides, or leaves the comment to the next phase.
    pub(super) judge: fn(&Candidate) -> Option<Verdict>,
}
