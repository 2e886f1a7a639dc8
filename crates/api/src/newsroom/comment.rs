//! Comments as a newsroom sees them, and the queues they stand in.

use serde::{Deserialize, Serialize};

use super::words::words;

use super::{Decision, NewsroomThread, Status};
use crate::{Comment, ReportReason, Timestamp};

words! {
    /// A queue.
    #[derive(Default)]
    Queue {
        /// Published, and not looked at by a moderator as they are now.
        New = "new",
        /// Waiting for a moderator.
        Pending = "pending",
        /// With open reports.
        Reported = "reported",
        /// Waiting because a rule, a thread's state or reports held them.
        Held = "held",
        /// With an objection of their author that nobody has decided.
        Appeals = "appeals",
        /// Refused.
        Rejected = "rejected",
        /// Every one that its author has not deleted.
        #[default]
        All = "all",
        /// Last decided by whoever asks.
        Mine = "mine",
    }
}

words! {
    /// The order of a list.
    #[derive(Default)]
    QueueSort {
        /// Newest first.
        #[default]
        Newest = "newest",
        /// Oldest first.
        Oldest = "oldest",
    }
}

/// A question for comments: the parameters of a `GET` of `comments`, and the `query` of decisions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default, deny_unknown_fields)]
pub struct QueueQuery {
    /// The queue; `all` where nothing is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<Queue>,
    /// Only this site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Only this page of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Only those of this author: the `key` of a comment's author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Only those with these words in their text or their author's name, in any form of the word; at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only this status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Only those of which this phase spoke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detected: Option<String>,
    /// Only those accepted at this time or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Only those accepted before this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<QueueSort>,
    /// The `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// The largest number of comments, 1–100; 50 where nothing is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A comment as a newsroom sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewsroomComment {
    /// The comment, with its name and its body also where readers see neither.
    #[serde(flatten)]
    pub comment: Comment,
    /// The site.
    pub site: String,
    /// The page's id within the site.
    pub page: String,
    /// The thread's title.
    #[serde(default)]
    pub title: Option<String>,
    /// The page's address.
    #[serde(default)]
    pub url: Option<String>,
    /// The text as written.
    pub text: String,
    /// The revision at which it got this text.
    pub text_revision: u64,
    /// The status.
    pub status: Status,
    /// The phases that spoke when the text came.
    #[serde(default)]
    pub detected: Vec<String>,
    /// The number of open reports.
    #[serde(default)]
    pub reports: u64,
    /// The author.
    pub author_of: CommentAuthor,
}

/// A comment's author, as far as a moderator may know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommentAuthor {
    /// Names the author in queries; none where nothing ties the comment to others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The e-mail address, as far as it is shown; none where there is none, and for observers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailHint>,
}

/// An e-mail address without the part that names a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmailHint {
    /// The part behind the `@`.
    pub domain: String,
}

/// A page of comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewsroomListing {
    /// The comments, in the order asked for.
    pub comments: Vec<NewsroomComment>,
    /// The number of all that the query finds; 10,001 stands for more than 10,000.
    pub total: u64,
    /// Cursor of the next page; absent at the end.
    #[serde(default)]
    pub next: Option<String>,
}

/// A report as a moderator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportSeen {
    /// The reason.
    pub reason: ReportReason,
    /// The reader's own words.
    #[serde(default)]
    pub note: Option<String>,
    /// The time.
    pub created_at: Timestamp,
}

/// The answer to a `GET` of one comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommentDetail {
    /// The comment.
    pub comment: NewsroomComment,
    /// The thread.
    pub thread: NewsroomThread,
    /// The comments above it, the top-level one first.
    pub ancestors: Vec<NewsroomComment>,
    /// The first comments that answer it, at most 20, oldest first.
    pub replies: Vec<NewsroomComment>,
    /// Its open reports, oldest first.
    pub reports: Vec<ReportSeen>,
    /// The decisions about it, newest first.
    pub decisions: Vec<Decision>,
    /// The newest other comments of its author, at most 10.
    pub others: Vec<NewsroomComment>,
    /// The numbers of its author's comments.
    pub author: AuthorNumbers,
}

/// The numbers of an author's comments on a site, each counted up to 10,001.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuthorNumbers {
    /// Published ones.
    pub published: u64,
    /// Waiting ones.
    pub pending: u64,
    /// Refused ones.
    pub rejected: u64,
    /// Removed ones.
    pub deleted: u64,
}

/// The body of a `POST` to a comment's `replies`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewStaffReply {
    /// The text, 1–10,000 characters.
    pub text: String,
}

/// The number of comments in each queue, each counted up to 10,001.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counters {
    /// Of `new`.
    pub new: u64,
    /// Of `pending`.
    pub pending: u64,
    /// Of `reported`.
    pub reported: u64,
    /// Of `held`.
    pub held: u64,
    /// Of `appeals`.
    pub appeals: u64,
}

/// The counters of one site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteCounters {
    /// The site.
    pub site: String,
    /// The numbers.
    pub counters: Counters,
}
