//! Questions of a newsroom for comments, and what is answered.

use dumka_api::newsroom::{Queue, QueueSort};
use dumka_domain::comment::{CommentId, Status, StoredComment, UnixMillis};
use dumka_domain::search::SearchWords;
use dumka_domain::thread::ThreadKey;

/// A question for comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsroomQuery {
    /// The sites; none where this is empty.
    pub sites: Vec<String>,
    /// The queue.
    pub queue: Queue,
    /// The one who asks, for the queue of one's own decisions.
    pub asker: Option<String>,
    /// Only those of this page.
    pub page: Option<String>,
    /// Only those of the author of this comment.
    pub author_of: Option<CommentId>,
    /// Only those with all of these words.
    pub words: Option<SearchWords>,
    /// Only this status.
    pub status: Option<Status>,
    /// Only those of which this phase spoke.
    pub detected: Option<String>,
    /// Only those accepted at this time or later.
    pub since: Option<UnixMillis>,
    /// Only those accepted before this time.
    pub until: Option<UnixMillis>,
    /// The order.
    pub sort: QueueSort,
    /// Only those after this one in the order.
    pub after: Option<CommentId>,
    /// The largest number of comments.
    pub limit: u32,
}

impl NewsroomQuery {
    /// Asks for every comment of these sites that its author has not deleted, newest first.
    pub fn all(sites: Vec<String>, limit: u32) -> Self {
        Self {
            sites,
            queue: Queue::All,
            asker: None,
            page: None,
            author_of: None,
            words: None,
            status: None,
            detected: None,
            since: None,
            until: None,
            sort: QueueSort::Newest,
            after: None,
            limit,
        }
    }
}

/// A comment as a newsroom sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewsroomRecord {
    /// The comment.
    pub comment: StoredComment,
    /// The thread.
    pub thread: ThreadKey,
    /// The thread's title.
    pub title: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The text as written.
    pub text: String,
    /// The revision at which it got this text.
    pub text_revision: u64,
    /// The phases that spoke when the text came.
    pub detected: Vec<String>,
    /// The number of open reports.
    pub open_reports: u64,
    /// The author's e-mail address, which leaves the server as its domain at most.
    pub author_email: Option<String>,
}

/// A page of comments.
#[derive(Debug, Clone, PartialEq)]
pub struct NewsroomPage {
    /// The comments, in the order asked for.
    pub comments: Vec<NewsroomRecord>,
    /// True where there are more.
    pub has_more: bool,
}
