//! The moderators' settings of a thread: how it takes comments, and its announcement. Both may end by themselves.

use dumka_api::limits::{THREAD_NOTICE_MAX_CHARS, THREAD_SLOW_MAX_SECS};
use dumka_api::newsroom::{ThreadChange, ThreadMode};
use dumka_api::{ProblemKind, Timestamp};
use dumka_markup::is_bidi_control;

use crate::comment::UnixMillis;
use crate::invalid::Invalid;
use crate::text::{is_blank, one_line, refuse_controls};

/// The settings of a thread. [`ThreadSettings::default`] are those of a thread that no moderator has touched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThreadSettings {
    /// The manner in which it takes comments.
    pub mode: ThreadMode,
    /// The last moment of that; none for ever.
    pub mode_until: Option<UnixMillis>,
    /// Seconds between two comments of an author, where it is slow.
    pub slow_secs: Option<u32>,
    /// The announcement.
    pub notice: Option<String>,
    /// The last moment of that; none for ever.
    pub notice_until: Option<UnixMillis>,
}

/// A change of a thread's settings that obeys every rule. What is none stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsChange {
    /// The manner in which the thread takes comments.
    pub mode: Option<ModeChange>,
    /// The announcement.
    pub notice: Option<NoticeChange>,
}

/// The manner in which a thread takes comments from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModeChange {
    mode: ThreadMode,
    until: Option<UnixMillis>,
    slow_secs: Option<u32>,
}

/// A thread's announcement from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeChange {
    notice: Option<String>,
    until: Option<UnixMillis>,
}

impl ThreadSettings {
    /// Returns the settings that hold at `now`: what has ended is as if nobody had set it.
    #[must_use]
    pub fn at(self, now: UnixMillis) -> Self {
        let has_ended = |until: Option<UnixMillis>| until.is_some_and(|until| now > until);
        let mut held = self;
        if has_ended(held.mode_until) {
            (held.mode, held.mode_until, held.slow_secs) = Default::default();
        }
        if has_ended(held.notice_until) {
            (held.notice, held.notice_until) = Default::default();
        }
        held
    }

    /// Returns the first moment at which one of them ends by itself.
    pub fn first_end(&self) -> Option<UnixMillis> {
        self.mode_until.into_iter().chain(self.notice_until).min()
    }

    /// Returns the seconds between two comments of an author, where the thread is slow.
    pub fn pause_secs(&self) -> Option<u32> {
        self.slow_secs.filter(|_| self.mode == ThreadMode::Slow)
    }

    /// Returns the settings after a change.
    #[must_use]
    pub fn changed(self, change: SettingsChange) -> Self {
        let mut changed = self;
        if let Some(ModeChange { mode, until, slow_secs }) = change.mode {
            (changed.mode, changed.mode_until, changed.slow_secs) = (mode, until, slow_secs);
        }
        if let Some(NoticeChange { notice, until }) = change.notice {
            (changed.notice, changed.notice_until) = (notice, until);
        }
        changed
    }
}

/// Checks the settings of a change that is asked for at `now`.
pub fn check(change: &ThreadChange, now: UnixMillis) -> Result<SettingsChange, Invalid> {
    let invalid = |field| Err(Invalid::new(ProblemKind::ValueInvalid, field));
    if change.slow_secs.is_some() && change.state != Some(ThreadMode::Slow) {
        return invalid("slow_secs");
    }
    if change.state_until.is_some() && change.state.is_none() {
        return invalid("state_until");
    }
    if change.notice_until.is_some() && change.notice.is_none() {
        return invalid("notice_until");
    }
    Ok(SettingsChange {
        mode: change.state.map(|mode| check_mode(mode, change, now)).transpose()?,
        notice: change.notice.as_deref().map(|notice| check_notice(notice, change, now)).transpose()?,
    })
}

fn check_mode(mode: ThreadMode, change: &ThreadChange, now: UnixMillis) -> Result<ModeChange, Invalid> {
    let until = check_end(change.state_until.as_ref(), "state_until", now)?;
    let is_pause = |secs: &u32| (1..=THREAD_SLOW_MAX_SECS).contains(secs);
    let slow_secs = change.slow_secs.filter(is_pause);
    if mode == ThreadMode::Slow && slow_secs.is_none() {
        return Err(Invalid::over(ProblemKind::ValueInvalid, "slow_secs", THREAD_SLOW_MAX_SECS as usize));
    }
    // An open thread is as it would be without moderators: there is nothing to end.
    Ok(ModeChange { mode, until: until.filter(|_| mode != ThreadMode::Open), slow_secs })
}

fn check_notice(notice: &str, change: &ThreadChange, now: UnixMillis) -> Result<NoticeChange, Invalid> {
    let until = check_end(change.notice_until.as_ref(), "notice_until", now)?;
    refuse_controls(&notice.replace(['\n', '\r', '\t'], " "), "notice")?;
    let notice = one_line(&notice.replace(is_bidi_control, ""));
    if notice.chars().count() > THREAD_NOTICE_MAX_CHARS {
        return Err(Invalid::over(ProblemKind::NoticeTooLong, "notice", THREAD_NOTICE_MAX_CHARS));
    }
    let notice = Some(notice).filter(|notice| !is_blank(notice));
    Ok(NoticeChange { until: until.filter(|_| notice.is_some()), notice })
}

/// Checks an end, which is still to come.
fn check_end(
    until: Option<&Timestamp>,
    field: &'static str,
    now: UnixMillis,
) -> Result<Option<UnixMillis>, Invalid> {
    let until = until.map(UnixMillis::try_from).transpose().ok();
    let is_to_come = |until: &Option<UnixMillis>| until.is_none_or(|until| until > now);
    until.filter(is_to_come).ok_or(Invalid::new(ProblemKind::ValueInvalid, field))
}

#[cfg(test)]
#[path = "thread_settings_tests.rs"]
mod tests;
