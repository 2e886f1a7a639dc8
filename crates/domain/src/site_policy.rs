//! The rules of one site: moderation, closing of threads, the edit window, its own pages.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::comment::UnixMillis;
use crate::thread::MetadataSource;

/// The order of publication and moderation on a site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Moderation {
    /// After publication: comments appear at once.
    #[default]
    After,
    /// Before publication: comments wait for a decision.
    Before,
}

/// The rules that hold for a request on a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitePolicy {
    /// The order of publication and moderation.
    pub moderation: Moderation,
    /// Days after which a thread takes no more comments; 0 for never.
    pub close_after_days: u32,
    /// Seconds in which authors may edit and delete; 0 for never.
    pub edit_window_secs: u64,
    /// The source of the title and the address that come with a comment.
    pub metadata_source: MetadataSource,
    /// Origins of the site's pages; none where no site is configured.
    pub origins: Option<Arc<[String]>>,
}

impl SitePolicy {
    /// Publishes every comment at once, keeps threads open for ever, allows no edits.
    pub const OPEN: Self = Self {
        moderation: Moderation::After,
        close_after_days: 0,
        edit_window_secs: 0,
        metadata_source: MetadataSource::Unverified,
        origins: None,
    };

    /// Tells whether `address` is a page of the site. Without configured origins every address is.
    pub fn is_own_page(&self, address: &str) -> bool {
        let Some(origins) = &self.origins else { return true };
        let origin = Url::parse(address).map(|url| url.origin().ascii_serialization());
        origin.is_ok_and(|origin| origins.contains(&origin))
    }

    /// Tells whether authors may change their comments at all.
    pub fn lets_authors_edit(&self) -> bool {
        self.edit_window_secs > 0
    }

    /// Returns the end of the edit window of a comment accepted at `created`.
    pub fn edit_until(&self, created: UnixMillis) -> UnixMillis {
        created.plus_secs(self.edit_window_secs)
    }

    /// Returns the acceptance time of the oldest comment that its author may still change at `now`.
    pub fn edit_cutoff(&self, now: UnixMillis) -> UnixMillis {
        now.minus_secs(self.edit_window_secs)
    }

    /// Returns the closing time of a thread whose first published comment came at `opened`; none where threads stay
    /// open.
    pub fn closes_at(&self, opened: UnixMillis) -> Option<UnixMillis> {
        let secs = u64::from(self.close_after_days) * 24 * 60 * 60;
        (secs > 0).then(|| opened.plus_secs(secs))
    }

    /// Returns the time of the earliest first published comment with which a thread is still open at `now`; none where
    /// threads stay open.
    pub fn opening_cutoff(&self, now: UnixMillis) -> Option<UnixMillis> {
        (self.close_after_days > 0).then(|| now.minus_days(self.close_after_days))
    }
}
