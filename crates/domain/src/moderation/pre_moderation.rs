//! Pre-moderation: on such a site every comment waits for a moderator.

use super::phase::{Candidate, Verdict};
use crate::site_policy::Moderation;

/// Holds every comment of a site that is moderated before publication.
pub(super) fn judge(candidate: &Candidate) -> Option<Verdict> {
    (candidate.policy.moderation == Moderation::Before).then_some(Verdict::Hold)
}
