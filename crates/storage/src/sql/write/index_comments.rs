//! Puts comments into the index of words that are missing there.

use async_trait::async_trait;
use dumka_domain::comment::CommentId;
use sqlx::AnyConnection;

use super::operation::Write;
use crate::error::StoreError;
use crate::sql::search;

/// Puts the comments after one into the index, as far as they are missing there.
pub(crate) struct IndexComments {
    /// The comment before the first; none for the very first.
    pub(crate) after: Option<CommentId>,
    /// The number of comments to look at.
    pub(crate) limit: u32,
}

#[async_trait]
impl Write for IndexComments {
    /// The last comment looked at; none at the end.
    type Outcome = Option<CommentId>;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Self::Outcome, StoreError> {
        search::index_missing(connection, self.after, self.limit).await
    }
}
