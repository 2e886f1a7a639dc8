//! Keeps the index of words complete, in the background: all comments once, and then again and again the newest ones.
//!
//! A database that was filled by an earlier version, or moved from elsewhere, has no index. And while servers are upgraded
//! one after the other, those of the version before store comments without their words.

use std::time::Duration;

use crate::commands::Context;
use crate::domain::comment::CommentId;
use crate::storage::StoreError;

/// Comments that are looked at together: few enough that no write waits long for them.
const BATCH: u32 = 500;
/// The pause after each of these, in which others read and write.
const PAUSE: Duration = Duration::from_millis(50);
/// The time from one look at the newest comments to the next.
const INTERVAL: Duration = Duration::from_mins(5);
/// The age of the newest comments, in seconds.
const NEWEST_SECS: u64 = 60 * 60;

/// Puts into the index what is missing there, for ever.
pub(crate) async fn keep_complete(context: &Context) {
    let mut after = None;
    loop {
        if let Err(error) = index_after(context, after).await {
            tracing::warn!(%error, "some comments cannot be searched for yet");
        } else {
            after = Some(CommentId::new(context.clock.now().minus_secs(NEWEST_SECS), [0; 10]));
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// Looks at all comments after one.
async fn index_after(context: &Context, after: Option<CommentId>) -> Result<(), StoreError> {
    let mut next = after;
    loop {
        let last = context.store.index_missing(next, BATCH).await?;
        if last.is_none() {
            return Ok(());
        }
        next = last;
        tokio::time::sleep(PAUSE).await;
    }
}
