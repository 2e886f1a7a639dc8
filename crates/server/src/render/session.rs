//! The reader's own comments and votes on a page that is rendered for one reader.

use dumka_widget::state::session;

use crate::domain::comment::{CommentId, UnixMillis};
use crate::domain::vote::Vote;

/// The reader's own comments and votes.
#[derive(Debug, Default)]
pub struct Session {
    /// Comments that the reader may edit and delete, or could until lately.
    pub own: Vec<OwnedComment>,
    /// The reader's votes.
    pub votes: Vec<(CommentId, Vote)>,
}

/// A comment of the reader's own.
#[derive(Debug, Clone, Copy)]
pub struct OwnedComment {
    /// Its id.
    pub id: CommentId,
    /// The time until which it can be edited and deleted.
    pub edit_until: UnixMillis,
}

impl Session {
    /// `true` where nothing is the reader's own.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.votes.is_empty()
    }

    /// The widget's own session.
    pub(super) fn into_widget(self) -> session::Session {
        // The token is left out: the page's forms are known by the cookie.
        let own = self.own.into_iter().map(|OwnedComment { id, edit_until }| session::OwnedComment {
            id: id.to_string().into(),
            token: String::new().into(),
            until_ms: edit_until.0,
        });
        let votes = self.votes.into_iter().map(|(id, vote)| session::Vote {
            id: id.to_string().into(),
            value: i8::try_from(vote.value()).unwrap_or_default(),
        });
        session::Session { owned: own.collect(), votes: votes.collect() }
    }
}
