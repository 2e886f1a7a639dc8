//! Decides the status of a new or edited comment: an ordered list of short phases, of which the first verdict counts.
//!
//! A phase is a pure function of the [`Candidate`], which the caller fills: it reads neither clock nor store, and whatever
//! it has to know beside the comment is a field there.

mod phase;
mod pre_moderation;

pub use phase::Candidate;
use phase::{Phase, Verdict};

use crate::comment::Status;
pub use crate::site_policy::Moderation;

/// Every phase, in the order in which they run.
const PHASES: &[Phase] = &[pre_moderation::judge];

/// Returns the status that a comment starts with.
pub fn moderate(candidate: &Candidate) -> Status {
    match PHASES.iter().find_map(|phase| phase(candidate)) {
        Some(Verdict::Hold) => Status::Pending,
        None => Status::Published,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site_policy::SitePolicy;

    #[test]
    fn comment_waits_only_where_moderators_look_first() {
        let status =
            |moderation| moderate(&Candidate { policy: &SitePolicy { moderation, ..SitePolicy::OPEN } });
        assert_eq!(status(Moderation::Before), Status::Pending);
        assert_eq!(status(Moderation::After), Status::Published);
    }
}
