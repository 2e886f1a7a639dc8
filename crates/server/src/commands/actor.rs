//! The people and programs for whom commands act.

use std::net::{IpAddr, Ipv4Addr};

use dumka_api::newsroom::ActorKind;

use super::Context;
use super::keyed_hash::{form_edit_token, form_reporter};
use crate::domain::comment::CommentId;
use crate::domain::staff::{Principal, PrincipalKind, Right};
use crate::domain::token::TokenHash;
use crate::storage::{CommentRecord, DecidedBy};

/// The refusal of something that an actor may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The actor's role does not allow it.
    #[error("the role does not allow this")]
    NotAllowed,
    /// It is not there, or the actor may not know of it.
    #[error("there is no such thing")]
    NotFound,
}

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
    /// A member of staff or a program with a key.
    Staff(&'a Principal),
    /// A person who runs `dumka` in a shell of the server's machine.
    Shell,
}

impl Actor<'_> {
    /// Returns the network address.
    pub fn address(&self) -> IpAddr {
        match *self {
            Self::Guest { address, .. } | Self::FormGuest { address, .. } => address,
            Self::Staff(_) | Self::Shell => Ipv4Addr::LOCALHOST.into(),
        }
    }

    /// Returns the hash under which the actor's votes are stored; none where the actor cannot vote.
    pub fn voter(&self) -> Option<TokenHash> {
        match *self {
            Self::Guest { token, .. } => token,
            Self::FormGuest { reader, .. } => reader.map(TokenHash::of),
            Self::Staff(_) | Self::Shell => None,
        }
    }

    /// Returns the hash under which the actor's reports are stored; none where the actor cannot report. Nothing but the
    /// address tells apart who reports by a form.
    pub fn reporter(&self, context: &Context) -> Option<TokenHash> {
        match *self {
            Self::Guest { token, .. } => token,
            Self::FormGuest { address, .. } => Some(form_reporter(&context.secret, address)),
            Self::Staff(_) | Self::Shell => None,
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
            Self::Staff(_) | Self::Shell => None,
        };
        token == Some(edit_token_hash)
    }

    /// Returns the name of a member of staff or a key.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Staff(principal) => Some(&principal.name),
            Self::Guest { .. } | Self::FormGuest { .. } | Self::Shell => None,
        }
    }

    /// Returns whom the actor's decisions are recorded as made by.
    pub fn decided_by(&self) -> DecidedBy {
        match self {
            Self::Guest { .. } | Self::FormGuest { .. } => DecidedBy::one(ActorKind::Author),
            Self::Shell => DecidedBy::one(ActorKind::Shell),
            Self::Staff(principal) => {
                let kind = match principal.kind {
                    PrincipalKind::Member => ActorKind::Staff,
                    PrincipalKind::Key => ActorKind::Key,
                };
                DecidedBy { kind, id: Some(principal.id.clone()) }
            }
        }
    }

    /// Tells whether the actor has a right on a site. The shell has every one.
    pub fn may(&self, right: Right, site: &str) -> bool {
        match self {
            Self::Shell => true,
            Self::Staff(principal) => principal.may(right, site),
            Self::Guest { .. } | Self::FormGuest { .. } => false,
        }
    }

    /// Fails where the actor has no such right on a site; where there is no role at all, the site is not there.
    pub fn require(&self, right: Right, site: &str) -> Result<(), Refused> {
        match self {
            _ if self.may(right, site) => Ok(()),
            Self::Staff(principal) if principal.role_on(site).is_some() => Err(Refused::NotAllowed),
            _ => Err(Refused::NotFound),
        }
    }

    /// Fails where the actor has such a right on no site.
    pub fn require_somewhere(&self, right: Right) -> Result<(), Refused> {
        let is_there = match self {
            Self::Shell => true,
            Self::Staff(principal) => principal.roles.iter().any(|given| right.is_of(given.role)),
            Self::Guest { .. } | Self::FormGuest { .. } => false,
        };
        if is_there { Ok(()) } else { Err(Refused::NotAllowed) }
    }
}
