//! The head of a thread as readers see it at a moment: its state, its announcement, its pace.

use dumka_api::ThreadState;
use dumka_api::newsroom::ThreadMode;

use crate::comment::UnixMillis;
use crate::site_policy::SitePolicy;
use crate::thread::StoredThread;

/// The head of a thread at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadHead {
    /// The state.
    pub state: ThreadState,
    /// The announcement.
    pub notice: Option<String>,
    /// Seconds between two comments of an author, where it takes comments slowly.
    pub slow_secs: Option<u32>,
    /// The last moment at which all this is so, unless somebody changes it.
    pub true_until: Option<UnixMillis>,
}

impl ThreadHead {
    /// Returns the head of a thread at `now`: a moderator closes it, or its age.
    pub fn at(now: UnixMillis, thread: &StoredThread, policy: &SitePolicy) -> Self {
        let settings = thread.settings.clone().at(now);
        let closes_at = thread.opened_at.and_then(|opened| policy.closes_at(opened));
        let is_old = closes_at.is_some_and(|closes_at| now > closes_at);
        let is_closed = is_old || settings.mode == ThreadMode::Closed;
        let to_come = closes_at.filter(|_| !is_old);
        Self {
            state: if is_closed { ThreadState::Closed } else { ThreadState::Open },
            slow_secs: settings.pause_secs().filter(|_| !is_closed),
            true_until: settings.first_end().into_iter().chain(to_come).min(),
            notice: settings.notice,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread_settings::ThreadSettings;

    const OPENED: UnixMillis = UnixMillis(1_777_627_800_000);

    fn thread(mode: ThreadMode, until: Option<UnixMillis>) -> StoredThread {
        let settings =
            ThreadSettings { mode, mode_until: until, slow_secs: Some(60), ..ThreadSettings::default() };
        StoredThread { opened_at: Some(OPENED), settings, ..StoredThread::default() }
    }

    #[test]
    fn thread_is_closed_by_a_moderator_or_by_its_age() {
        let policy = SitePolicy { close_after_days: 1, ..SitePolicy::OPEN };
        let end = OPENED.plus_secs(10);
        let head = |after: u64, thread: &StoredThread| {
            let head = ThreadHead::at(OPENED.plus_secs(after), thread, &policy);
            (head.state, head.true_until)
        };
        let (day, open) = (24 * 60 * 60, thread(ThreadMode::Open, None));
        assert_eq!(head(0, &open), (ThreadState::Open, Some(OPENED.plus_secs(day))));
        assert_eq!(head(day, &open), (ThreadState::Open, Some(OPENED.plus_secs(day))));
        assert_eq!(head(day + 1, &open), (ThreadState::Closed, None));
        let closed = thread(ThreadMode::Closed, Some(end));
        assert_eq!(head(10, &closed), (ThreadState::Closed, Some(end)));
        assert_eq!(head(11, &closed), (ThreadState::Open, Some(OPENED.plus_secs(day))));
    }

    #[test]
    fn readers_are_told_of_a_slow_thread_and_not_of_a_held_one() {
        let head = |mode| ThreadHead::at(OPENED, &thread(mode, None), &SitePolicy::OPEN);
        assert_eq!(head(ThreadMode::Slow).slow_secs, Some(60));
        let held = head(ThreadMode::Held);
        assert_eq!((held.state, held.slow_secs), (ThreadState::Open, None));
    }
}
