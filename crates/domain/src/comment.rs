//! A comment as it is stored, and the forms in which readers and its author see it.

use std::fmt;
use std::str::FromStr;

pub use dumka_api::newsroom::Status;
use dumka_api::{Author, Badge, Body, Comment, CommentState, Timestamp, Votes};
use uuid::Uuid;

/// A comment's id, a `UUIDv7`: ids sort by the time at which they were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommentId(pub Uuid);

impl CommentId {
    /// Makes the id of a comment accepted at `now`, unique by `random`.
    pub fn new(now: UnixMillis, random: [u8; 10]) -> Self {
        let millis = u64::try_from(now.0).unwrap_or_default();
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }
}

impl fmt::Display for CommentId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl FromStr for CommentId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::try_parse(text).map(Self)
    }
}

/// A time in milliseconds since the Unix epoch, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// Returns the time `seconds` later.
    #[must_use]
    pub const fn plus_secs(self, seconds: u64) -> Self {
        Self(self.0.saturating_add_unsigned(seconds.saturating_mul(1_000)))
    }

    /// Returns the time `seconds` earlier.
    #[must_use]
    pub const fn minus_secs(self, seconds: u64) -> Self {
        Self(self.0.saturating_sub_unsigned(seconds.saturating_mul(1_000)))
    }

    /// Counts the whole seconds until a later time, at least one.
    pub fn secs_until(self, later: Self) -> u64 {
        u64::try_from(later.0.saturating_sub(self.0)).unwrap_or_default().div_ceil(1_000).max(1)
    }

    /// Returns the time `days` earlier.
    #[must_use]
    pub const fn minus_days(self, days: u32) -> Self {
        Self(self.0.saturating_sub(days as i64 * 24 * 60 * 60 * 1_000))
    }
}

/// Writes RFC 3339 in UTC with milliseconds: `2026-05-01T09:30:00.000Z`.
impl From<UnixMillis> for Timestamp {
    fn from(time: UnixMillis) -> Self {
        let time = jiff::Timestamp::from_millisecond(time.0).unwrap_or(jiff::Timestamp::MAX);
        Self(format!("{time:.3}"))
    }
}

impl TryFrom<&Timestamp> for UnixMillis {
    type Error = jiff::Error;

    fn try_from(Timestamp(text): &Timestamp) -> Result<Self, Self::Error> {
        let time: jiff::Timestamp = text.parse()?;
        Ok(Self(time.as_millisecond()))
    }
}

/// A comment as it is stored, without its private fields.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredComment {
    /// Its id.
    pub id: CommentId,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// The name shown.
    pub author_name: String,
    /// The site's mark beside the name.
    pub badge: Option<Badge>,
    /// The time at which it was accepted.
    pub created_at: UnixMillis,
    /// The time of the last change of its text.
    pub edited_at: Option<UnixMillis>,
    /// Its state in moderation.
    pub status: Status,
    /// The parsed text.
    pub body: Body,
    /// The number of votes on it.
    pub votes: Votes,
    /// The moderators' marks.
    pub marks: Marks,
}

/// The marks that moderators give a comment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// The site recommends it.
    pub featured: bool,
    /// It stands before all others; none but top-level comments do.
    pub pinned: bool,
}

impl StoredComment {
    /// Returns the comment as every reader sees it: a tombstone unless it is published.
    pub fn for_everybody(self) -> Comment {
        if self.status == Status::Published {
            return self.shown_as(CommentState::Published);
        }
        Comment {
            id: self.id.to_string().into(),
            parent: self.parent.map(|parent| parent.to_string().into()),
            author: Author::default(),
            created_at: self.created_at.into(),
            edited_at: None,
            state: CommentState::Deleted,
            body: Body::Blocks(Vec::new()),
            votes: Votes::default(),
            featured: false,
            pinned: false,
        }
    }

    /// Returns the comment as its author sees it: whole also while it is pending.
    pub fn for_author(self) -> Comment {
        match self.status {
            Status::Pending => self.shown_as(CommentState::Pending),
            _ => self.for_everybody(),
        }
    }

    /// Returns the comment whole as a newsroom sees it, whatever its status.
    pub fn for_newsroom(self) -> Comment {
        let state = match self.status {
            Status::Published => CommentState::Published,
            Status::Pending => CommentState::Pending,
            Status::Rejected | Status::Deleted => CommentState::Deleted,
        };
        self.shown_as(state)
    }

    fn shown_as(self, state: CommentState) -> Comment {
        Comment {
            id: self.id.to_string().into(),
            parent: self.parent.map(|parent| parent.to_string().into()),
            author: Author { name: self.author_name, badge: self.badge, avatar: None },
            created_at: self.created_at.into(),
            edited_at: self.edited_at.map(Timestamp::from),
            state,
            body: self.body,
            votes: self.votes,
            featured: self.marks.featured,
            pinned: self.marks.pinned,
        }
    }
}
