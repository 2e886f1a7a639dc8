//! The events of the newsroom's stream: `counters` and `comment`.

use serde::{Deserialize, Serialize};

use super::{NewsroomComment, SiteCounters};
use crate::Timestamp;

/// The first event, and every later one about the counters: `counters`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveHello {
    /// The counters of each site that is seen.
    pub sites: Vec<SiteCounters>,
    /// The server's time.
    pub server_time: Timestamp,
}

/// A comment that came, or was changed or decided on: `comment`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommentChanged {
    /// The comment as it is now.
    pub comment: NewsroomComment,
    /// The last act on it.
    pub decision: super::Decision,
}
