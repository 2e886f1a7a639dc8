//! Steps that stand or fall together.

mod own;
mod reader_token;
mod report;
mod submit;
mod vote;

use std::sync::Arc;

pub use own::{OwnComment, OwnFailure, delete, edit, show, source};
pub use reader_token::{is_reader_token, new_reader_token};
pub use report::{ReportFailure, Reporter, report};
pub use submit::{SubmitFailure, form_edit_token, form_reader, submit, submit_form};
pub use vote::{Voter, vote};

use crate::clock::Clock;
pub use crate::domain::site_policy::SitePolicy;
use crate::entropy::Entropy;
use crate::storage::{Store, StoreError};

/// What every command works with.
#[derive(Clone)]
pub struct Context {
    /// Where comments are kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
    secret: [u8; 32],
}

impl Context {
    /// Makes the context of a server over `store`, whose secret is drawn the first time.
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

    /// The same by another clock.
    #[must_use]
    pub fn with_clock(&self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self.clone() }
    }
}
