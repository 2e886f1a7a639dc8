//! The times of sign-in: for how long links, ceremonies and sessions are good.

use crate::comment::UnixMillis;

/// Seconds for which a session stays alive without a request.
pub const SESSION_IDLE_SECS: u64 = 12 * 60 * 60;
/// Seconds for which a session lives, whatever is asked in it.
pub const SESSION_MAX_SECS: u64 = 30 * 24 * 60 * 60;
/// Seconds between two notes of the last request of a session or a key, at least.
pub const SEEN_INTERVAL_SECS: u64 = 60;
/// Seconds for which a link can be used.
pub const LINK_SECS: u64 = 24 * 60 * 60;
/// Seconds in which a browser finishes a ceremony.
pub const CEREMONY_SECS: u64 = 5 * 60;

/// The sessions that are alive at a time: those begun and seen after these times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveSessions {
    /// The time after which a live session was begun.
    pub begun_after: UnixMillis,
    /// The time after which it was seen.
    pub seen_after: UnixMillis,
}

impl LiveSessions {
    /// The sessions that are alive at `now`.
    pub const fn at(now: UnixMillis) -> Self {
        Self { begun_after: now.minus_secs(SESSION_MAX_SECS), seen_after: now.minus_secs(SESSION_IDLE_SECS) }
    }
}

/// Tells whether a request at `now` is worth a note where the last one noted was at `seen_at`.
pub const fn is_note_due(seen_at: UnixMillis, now: UnixMillis) -> bool {
    now.minus_secs(SEEN_INTERVAL_SECS).0 >= seen_at.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_is_noted_once_a_minute() {
        let seen_at = UnixMillis(1_000_000);
        assert!(!is_note_due(seen_at, UnixMillis(1_059_999)));
        assert!(is_note_due(seen_at, UnixMillis(1_060_000)));
        // The clock of another server may be behind.
        assert!(!is_note_due(seen_at, UnixMillis(0)));
    }
}
