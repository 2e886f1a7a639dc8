//! The reader's own comments and votes in a thread, as the browser keeps them.

use dumka_api::{CommentId, EditToken};

/// Milliseconds for which an expired token is kept, since clocks may be set back.
const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;

/// The reader's own comments and votes in a thread.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// The reader's own comments, as long as they can be changed.
    pub owned: Vec<OwnedComment>,
    /// The reader's votes.
    pub votes: Vec<Vote>,
}

/// A comment of the reader's own, with the right to change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedComment {
    /// The comment's id.
    pub id: CommentId,
    /// The token that edits and deletes it.
    pub token: EditToken,
    /// The end of the edit window: milliseconds since the Unix epoch, by the reader's clock.
    pub until_ms: i64,
}

/// A vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// The comment's id.
    pub id: CommentId,
    /// 1 for it, -1 against it.
    pub value: i8,
}

/// A change of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionChange {
    /// A comment of the reader's own.
    Owned(OwnedComment),
    /// The comment with this id has been deleted.
    Removed(CommentId),
    /// A vote; 0 withdraws it.
    Vote(Vote),
}

impl Session {
    /// Applies a change.
    pub fn apply(&mut self, change: SessionChange) {
        match change {
            SessionChange::Owned(own) => {
                self.owned
                    .retain(|kept| kept.id != own.id && kept.until_ms.saturating_add(KEPT_MS) > own.until_ms);
                self.owned.push(own);
            }
            SessionChange::Removed(id) => self.owned.retain(|kept| kept.id != id),
            SessionChange::Vote(vote) => {
                self.votes.retain(|kept| kept.id != vote.id);
                if vote.value != 0 {
                    self.votes.push(vote);
                }
            }
        }
    }

    /// Returns the reader's vote on a comment: 1, 0 or -1.
    pub fn vote(&self, id: &str) -> i8 {
        self.votes.iter().find(|vote| vote.id == id).map_or(0, |vote| vote.value)
    }

    /// Returns the reader's own comment with this id.
    pub fn owned(&self, id: &str) -> Option<&OwnedComment> {
        self.owned.iter().find(|own| own.id == id)
    }

    /// Minutes left to edit a comment at `now_ms`, rounded up.
    pub fn minutes_left(&self, id: &str, now_ms: i64) -> Option<u32> {
        let left_ms = u64::try_from(self.owned(id)?.until_ms.saturating_sub(now_ms)).ok()?;
        u32::try_from(left_ms.div_ceil(60_000)).ok().filter(|minutes| *minutes > 0)
    }

    /// Encodes the session as lines of words without spaces, which takes a fraction of the code of JSON.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for OwnedComment { id, token, until_ms } in &self.owned {
            text.push_str(&["own ", id, " ", token, " ", &until_ms.to_string(), "\n"].concat());
        }
        for Vote { id, value } in &self.votes {
            text.push_str(&[if *value > 0 { "up " } else { "down " }, id, "\n"].concat());
        }
        text
    }

    /// Decodes the format of [`Session::to_text`]; unknown lines are ignored.
    pub fn from_text(text: &str) -> Self {
        let mut session = Self::default();
        for line in text.split('\n') {
            let mut words = line.split(' ');
            match std::array::from_fn::<_, 5, _>(|_| words.next()) {
                [Some("up"), Some(id), None, ..] => session.votes.push(Vote { id: id.into(), value: 1 }),
                [Some("down"), Some(id), None, ..] => session.votes.push(Vote { id: id.into(), value: -1 }),
                [Some("own"), Some(id), Some(token), Some(until_ms), None] => {
                    let until_ms = until_ms.parse().ok();
                    let own = |until_ms| OwnedComment { id: id.into(), token: token.into(), until_ms };
                    session.owned.extend(until_ms.map(own));
                }
                _ => {}
            }
        }
        session
    }
}
