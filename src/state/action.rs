//! The events to which the state reacts.

use dumka_api::{Body, Comment, CommentId, EditToken, Listing, Sort, ThreadState, Votes};

use super::draft::{Draft, TypedForm};
use super::failure::Failure;
use super::field::Field;

/// An event: the reader's input, a response, or a change in the thread.
#[derive(Debug)]
pub enum Action {
    /// The reader or the page requests the thread again.
    Reload,
    /// The response to the list request with this id.
    ListLoaded(u32, Result<Listing, Failure>),
    /// The reader requests all comments.
    ShowAll,
    /// The reader stops the loading of all comments.
    Stop,
    /// The response to a request for the comments after this cursor.
    MoreLoaded(String, Result<Listing, Failure>),
    /// The browser has drawn the last batch, in this many milliseconds.
    BatchDrawn(f64),
    /// The reader requests the comments before the first one.
    ShowEarlier,
    /// The reader chooses an order.
    SortBy(Sort),
    /// The program takes the place of the prerendered thread; the contents of its form, if it has one.
    Hydrate(Option<TypedForm>),
    /// The reader opens or closes the thread's own form.
    ToggleComposer,
    /// The reader uses a control of the comment with this id.
    CommentAction(CommentAction, CommentId),
    /// The reader changes a field.
    Input(FormSlot, Field, String),
    /// The reader opens or closes the preview of a form.
    Preview(FormSlot),
    /// The response to a request for the preview of this text.
    PreviewLoaded(FormSlot, String, Result<Body, Failure>),
    /// The reader submits a form.
    Submit(FormSlot),
    /// The reader closes a form.
    Close(FormSlot),
    /// The saved draft of the form under a comment.
    DraftLoaded(Draft),
    /// The response to a request for the source of the reader's own comment with this id.
    SourceLoaded(CommentId, Result<Source, Failure>),
    /// The response to a request for the reader's own comment that may be pending.
    PendingLoaded(Result<Source, Failure>),
    /// The response to a form, with the comment that it has created or changed.
    Submitted(FormSlot, Result<Option<Accepted>, Failure>),
    /// The response to a vote on the comment with this id.
    Voted(CommentId, Result<Votes, Failure>),
    /// An event of the live stream.
    LiveEvent(LiveEvent),
    /// The reader requests the unseen comments.
    ShowNew,
    /// The address of a comment has been copied.
    LinkCopied,
    /// The time has changed: milliseconds since the Unix epoch, by the reader's clock.
    Tick(i64),
}

/// An action that a reader can take on a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommentAction {
    /// Opens the form for a reply.
    Reply,
    /// Votes for the comment.
    VoteUp,
    /// Votes against the comment.
    VoteDown,
    /// Opens the form for an edit.
    Edit,
    /// Opens the form that deletes the comment.
    Delete,
    /// Opens the form for a report.
    Report,
    /// Folds or unfolds the replies.
    Fold,
    /// Copies the address of the comment.
    Permalink,
}

impl CommentAction {
    /// Every action.
    pub const ALL: [Self; 8] = [
        Self::Reply,
        Self::VoteUp,
        Self::VoteDown,
        Self::Edit,
        Self::Delete,
        Self::Report,
        Self::Fold,
        Self::Permalink,
    ];

    /// Returns the class name of its control.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Reply => "dumka-reply",
            Self::VoteUp => "dumka-vote-up",
            Self::VoteDown => "dumka-vote-down",
            Self::Edit => "dumka-edit",
            Self::Delete => "dumka-delete",
            Self::Report => "dumka-report",
            Self::Fold => "dumka-fold",
            Self::Permalink => "dumka-permalink",
        }
    }
}

/// One of the two forms that can be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormSlot {
    /// The thread's own form.
    Thread,
    /// The form under a comment.
    Panel,
}

/// A comment that a form has created or changed.
#[derive(Debug, PartialEq)]
pub struct Accepted {
    /// The comment as stored.
    pub comment: Comment,
    /// The token to edit and delete it, if the endpoint has issued one.
    pub token: Option<EditToken>,
    /// The end of the edit window, by the reader's clock.
    pub until_ms: Option<i64>,
    /// The present time of that clock.
    pub now_ms: i64,
}

/// The reader's own comment with its source.
#[derive(Debug, PartialEq)]
pub struct Source {
    /// The comment.
    pub comment: Comment,
    /// Its text as written.
    pub text: String,
}

/// An event of the live stream.
#[derive(Debug)]
pub struct LiveEvent {
    /// The change.
    pub change: LiveChange,
    /// Number of published comments after it, if the event tells.
    pub total: Option<u64>,
}

/// A change of a comment, or of the thread.
#[derive(Debug)]
pub enum LiveChange {
    /// A comment has been published.
    New(Comment),
    /// A comment has been edited.
    Edited(Comment),
    /// The comment with this id has been removed.
    Deleted(CommentId),
    /// The comment with this id has new votes.
    Votes(CommentId, Votes),
    /// The thread has another state, announcement or pace.
    Thread(ThreadHead),
}

/// A change of a thread by moderators.
#[derive(Debug)]
pub struct ThreadHead {
    /// The state.
    pub state: ThreadState,
    /// The announcement.
    pub notice: Option<String>,
    /// Seconds between two comments of an author, where it is slow.
    pub slow_secs: Option<u32>,
}
