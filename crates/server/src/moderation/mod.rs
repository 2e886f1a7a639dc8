//! Whether a new comment is shown at once: an ordered list of short phases, the first verdict wins.

mod before;

use serde::{Deserialize, Serialize};

use crate::domain::comment::Status;

/// When a site's moderators look at comments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Moderation {
    /// After everybody: comments appear at once.
    #[default]
    After,
    /// Before everybody: comments wait for them.
    Before,
}

/// What a phase decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// A moderator shall look first.
    Hold,
}

/// A phase: it decides, or leaves the comment to the next one.
type Phase = fn(Moderation) -> Option<Verdict>;

const PHASES: &[Phase] = &[before::judge];

/// The status a new comment starts with on a site of this moderation.
pub fn moderate(moderation: Moderation) -> Status {
    match PHASES.iter().find_map(|phase| phase(moderation)) {
        Some(Verdict::Hold) => Status::Pending,
        None => Status::Published,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comment_waits_only_where_moderators_look_first() {
        assert_eq!(moderate(Moderation::Before), Status::Pending);
        assert_eq!(moderate(Moderation::After), Status::Published);
    }
}
