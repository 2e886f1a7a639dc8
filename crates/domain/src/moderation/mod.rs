//! Decides the status of a new or edited comment: an ordered list of short phases, of which the first verdict counts.
//!
//! A phase is a pure function of the [`Candidate`], which the caller fills: it reads neither clock nor store, and whatever
//! it has to know beside the comment is a field there.

mod phase;
mod pre_moderation;
mod thread_state;

pub use phase::Candidate;
use phase::{Phase, Verdict};

use crate::comment::Status;
pub use crate::site_policy::Moderation;

/// Every phase, in the order in which they run.
const PHASES: &[Phase] = &[
    Phase { name: "thread_state", judge: thread_state::judge },
    Phase { name: "pre_moderation", judge: pre_moderation::judge },
];

/// The outcome of moderation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moderated {
    /// The status that the comment starts with.
    pub status: Status,
    /// The names of the phases that spoke, in their order.
    pub detected: Vec<&'static str>,
}

/// Moderates a comment: the first verdict ends it.
pub fn moderate(candidate: &Candidate) -> Moderated {
    let spoken = PHASES.iter().find_map(|phase| Some((phase.name, (phase.judge)(candidate)?)));
    let status = match spoken {
        Some((_, Verdict::Hold)) => Status::Pending,
        None => Status::Published,
    };
    Moderated { status, detected: spoken.into_iter().map(|(name, _)| name).collect() }
}

#[cfg(test)]
mod tests {
    use dumka_api::newsroom::ThreadMode;

    use super::*;
    use crate::site_policy::SitePolicy;

    fn moderated(moderation: Moderation, mode: ThreadMode) -> (Status, Vec<&'static str>) {
        let policy = SitePolicy { moderation, ..SitePolicy::OPEN };
        let Moderated { status, detected } = moderate(&Candidate { policy: &policy, mode });
        (status, detected)
    }

    #[test]
    fn comment_waits_only_where_moderators_look_first() {
        let mode = ThreadMode::Open;
        assert_eq!(moderated(Moderation::Before, mode), (Status::Pending, vec!["pre_moderation"]));
        assert_eq!(moderated(Moderation::After, mode), (Status::Published, vec![]));
    }

    #[test]
    fn comment_waits_in_a_thread_that_is_held() {
        let mode = ThreadMode::Held;
        assert_eq!(moderated(Moderation::After, mode), (Status::Pending, vec!["thread_state"]));
        assert_eq!(moderated(Moderation::Before, mode), (Status::Pending, vec!["thread_state"]));
        assert_eq!(moderated(Moderation::After, ThreadMode::Slow), (Status::Published, vec![]));
    }
}
