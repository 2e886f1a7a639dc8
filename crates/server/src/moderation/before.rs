//! Pre-moderation: on such a site every comment waits for a moderator.

use super::{Moderation, Verdict};

/// Holds everything where moderators look first.
pub(super) fn judge(moderation: Moderation) -> Option<Verdict> {
    (moderation == Moderation::Before).then_some(Verdict::Hold)
}
