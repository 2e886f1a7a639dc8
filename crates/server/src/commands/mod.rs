//! The commands: each checks the rules, writes to the store, and acts for an [`Actor`].

mod actor;
mod decide;
mod keyed_hash;
mod keys;
mod list_threads;
mod own_comment;
mod preview;
mod queue;
mod reader_token;
mod rename_thread;
mod reply;
mod report;
mod sign_in;
mod staff;
mod steer_thread;
mod submit;
mod vote;

use std::net::IpAddr;
use std::sync::Arc;

pub use actor::{Actor, Refused};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
pub use decide::{
    ChosenComments, DecideError, DecidedComment, NewDecision, NotDecided, decide, undo, undo_all,
};

pub use keys::{KEY_PREFIX, add_key, list_keys, revoke_key};
pub use list_threads::{ListThreads, ThreadError, ThreadListing, list_threads, show_thread};
pub use own_comment::{OwnComment, OwnCommentError, delete, edit, show, source};
pub use preview::preview;
pub use queue::{CommentContext, QueueError, count_queues, list_log, list_queue, show_context, sites_with};
pub use reader_token::{is_reader_token, new_reader_token};
pub use rename_thread::{RenameThread, RenameThreadError, rename_thread};
pub use reply::{ReplyError, reply};
pub use report::{FileReport, FileReportError, report};
pub use sign_in::{
    SessionToken, SignInError, begin_passkey, begin_passkey_sign_in, linked_member, make_passkey,
    make_password, sign_in, sign_in_by_passkey, sign_in_name,
};
pub use staff::{
    Invited, StaffError, end_staff_session, invitation_url, invite_staff, link_staff, list_staff,
    revoke_staff, sessions_of, set_staff_role, staff_named,
};
pub use steer_thread::{SteerThread, steer_thread};
pub use submit::{Post, Posted, SubmissionError, submit};
pub use vote::{CastVote, CastVoteError, vote};

use crate::clock::Clock;
use crate::domain::comment::{CommentId, UnixMillis};
pub use crate::domain::site_policy::SitePolicy;
use crate::entropy::Entropy;
use crate::storage::{Store, StoreError};

/// The server's secret, from which tokens are derived.
type Secret = [u8; 32];

/// The store, the clock and the source of randomness, with which commands work.
#[derive(Clone)]
pub struct Context {
    /// The store.
    pub store: Arc<dyn Store>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of randomness.
    pub entropy: Arc<dyn Entropy>,
    secret: Secret,
}

impl Context {
    /// Creates the context of a server over `store`, whose secret is drawn the first time.
    pub async fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StoreError> {
        let mut fresh = [0; 32];
        entropy.fill(&mut fresh);
        let secret = store.init_secret(fresh).await?;
        Ok(Self { store, clock, entropy, secret })
    }

    /// Returns a name for the requests of one kind from one address, which tells nobody the address.
    pub fn request_key(&self, kind: &str, address: IpAddr) -> String {
        keyed_hash::request_key(&self.secret, kind, address)
    }

    /// Returns the same context with another clock.
    #[must_use]
    pub fn with_clock(&self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self.clone() }
    }

    /// Draws a secret of 256 bits, as text that fits a header and an address.
    fn new_secret(&self) -> String {
        let mut random = [0; 32];
        self.entropy.fill(&mut random);
        BASE64_URL_SAFE_NO_PAD.encode(random)
    }

    /// Draws an id that sorts by its time.
    fn new_id(&self, now: UnixMillis) -> CommentId {
        let mut random = [0; 10];
        self.entropy.fill(&mut random);
        CommentId::new(now, random)
    }
}
