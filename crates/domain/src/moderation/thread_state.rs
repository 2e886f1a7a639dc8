//! The state of the thread: in one that moderators hold, every comment waits for them.

use dumka_api::newsroom::ThreadMode;

use super::phase::{Candidate, Verdict};

/// Holds every comment in a thread that is held.
pub(super) fn judge(candidate: &Candidate) -> Option<Verdict> {
    (candidate.mode == ThreadMode::Held).then_some(Verdict::Hold)
}
