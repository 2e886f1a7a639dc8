//! The people and programs for whom commands act.

use std::net::{IpAddr, Ipv4Addr};

use super::Context;
use super::keyed_hash::{form_edit_token, form_reporter};
use crate::domain::comment::CommentId;
use crate::domain::token::TokenHash;
use crate::storage::CommentRecord;

/// A person or a program that acts.
#[derive(Debug, Clone, Copy)]
pub enum Actor<'a> {
    /// A guest whose client sends a bearer token: an edit token for a comment, a reader token for votes and reports.
    Guest {
        /// The token, where the request has one.
        token: Option<TokenHash>,
        /// The network address.
        address: IpAddr,
    },
    /// A guest without JavaScript, who sends forms and is known by a cookie.
    FormGuest {
        /// The token in the cookie, where the request has one.
        reader: Option<&'a str>,
        /// The network address.
        address: IpAddr,
    },
    /// A person who runs `dumka` in a shell of the server's machine.
    Shell,
}

impl Actor<'_> {
    /// Returns the network address.
    pub fn address(&self) -> IpAddr {
        match *self {
            Self::Guest { address, .. } | Self::FormGuest { address, .. } => address,
            Self::Shell => Ipv4Addr::LOCALHOST.into(),
        }
    }

    /// Returns the hash under which the actor's votes are stored; none where the actor cannot vote.
    pub fn voter(&self) -> Option<TokenHash> {
        match *self {
            Self::Guest { token, .. } => token,
            Self::FormGuest { reader, .. } => reader.map(TokenHash::of),
            Self::Shell => None,
        }
    }

    /// Returns the hash under which the actor's reports are stored; none where the actor cannot report. Nothing but the
    /// address tells apart who reports by a form.
    pub fn reporter(&self, context: &Context) -> Option<TokenHash> {
        match *self {
            Self::Guest { token, .. } => token,
            Self::FormGuest { address, .. } => Some(form_reporter(&context.secret, address)),
            Self::Shell => None,
        }
    }

    /// Tells whether the actor wrote a comment.
    pub fn is_author_of(&self, context: &Context, record: &CommentRecord) -> bool {
        self.holds(context, record.comment.id, record.edit_token_hash)
    }

    /// Tells whether the actor holds the edit token of a comment, which has this hash.
    pub fn holds(&self, context: &Context, id: CommentId, edit_token_hash: TokenHash) -> bool {
        let token = match *self {
            Self::Guest { token, .. } => token,
            Self::FormGuest { reader, .. } => {
                reader.map(|reader| form_edit_token(&context.secret, id, reader))
            }
            Self::Shell => None,
        };
        token == Some(edit_token_hash)
    }

    /// Tells whether the actor may decide on the comments of others.
    pub fn is_moderator(&self) -> bool {
        matches!(self, Self::Shell)
    }
}
