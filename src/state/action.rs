//! What can happen to a widget, and what it may want done.

use dumka_api::{Body, Comment, CommentEdit, CommentId, EditToken, Listing, ReportReason, Sort, Votes};

use super::composer::Field;
use super::draft::{Attempt, Draft, Written};
use super::failure::Failure;
use super::session::Memory;

/// Something that happened.
#[derive(Debug)]
pub enum Action {
    /// The reader or the page asked for the thread again.
    Reload,
    /// The first answer of the list to the question with this number came, or failed to.
    Listed(u32, Result<Listing, Failure>),
    /// The reader asked for all comments.
    ShowAll,
    /// The reader had seen enough of them.
    Stop,
    /// The answer after a cursor came, or failed to.
    RestListed(String, Result<Listing, Failure>),
    /// The browser has drawn what was shown last, which took it so many milliseconds.
    Step(f64),
    /// The reader asked for what stands before.
    ShowEarlier,
    /// The reader asked for another order.
    SortBy(Sort),
    /// The form, where there is one, is in this program's hands now.
    Adopt(Option<Written>),
    /// The reader opened or closed the form of the thread.
    ToggleComposer,
    /// The reader pressed something of the comment with this id.
    Press(Press, CommentId),
    /// The reader changed a field.
    Typed(Form, Field, String),
    /// The reader wants to see, or to see no more, what the text would look like.
    Preview(Form),
    /// What this text would look like came, or failed to.
    Previewed(Form, String, Result<Body, Failure>),
    /// The reader sent a form.
    Submit(Form),
    /// The reader closed a form.
    Close(Form),
    /// What the browser kept for the form under a comment.
    Recalled(Draft),
    /// The reader's own comment with this id came as it is kept, or failed to.
    SourceCame(CommentId, Result<Source, Failure>),
    /// The reader's own comment that no list brought came, or failed to.
    HeldCame(Result<Source, Failure>),
    /// A sent form was taken, with the comment that it made, if it makes one; or it was not.
    Submitted(Form, Result<Option<Accepted>, Failure>),
    /// The answer to a vote on the comment with this id came, or failed to.
    Voted(CommentId, Result<Votes, Failure>),
    /// Something happened in the thread, by whomsoever.
    Heard(Happening),
    /// The reader asked for the comments that came meanwhile.
    ShowNew,
    /// The address of a comment can be pasted.
    LinkCopied,
    /// It is so late: milliseconds since the Unix epoch, by the reader's clock.
    Tick(i64),
}

/// What of a comment was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// «reply».
    Reply,
    /// The vote for it.
    VoteUp,
    /// The vote against it.
    VoteDown,
    /// «edit».
    Edit,
    /// «delete».
    Delete,
    /// «report».
    Report,
    /// What folds the replies up, and unfolds them.
    Fold,
    /// The link to it.
    Permalink,
}

impl Press {
    /// Everything that can be pressed.
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

    /// The class name of what is pressed.
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

/// Which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The one of the thread.
    Thread,
    /// The one that stands under a comment.
    Panel,
}

/// The comment that a form made, new or edited.
#[derive(Debug, PartialEq)]
pub struct Accepted {
    /// The comment as it is kept.
    pub comment: Comment,
    /// The token that edits and deletes it, where a new one was given.
    pub token: Option<EditToken>,
    /// Until when the token does, by the reader's clock.
    pub until_ms: Option<i64>,
    /// What that clock shows now.
    pub now_ms: i64,
}

/// The reader's own comment as it is kept.
#[derive(Debug, PartialEq)]
pub struct Source {
    /// The comment.
    pub comment: Comment,
    /// Its text as written.
    pub text: String,
}

/// Something that happened in the thread.
#[derive(Debug)]
pub struct Happening {
    /// What.
    pub what: Told,
    /// How many comments are published now, where that was told.
    pub total: Option<u64>,
}

/// What is told of a comment.
#[derive(Debug)]
pub enum Told {
    /// It is new to everybody.
    New(Comment),
    /// Its text is another one.
    Edited(Comment),
    /// The one with this id is not there any more.
    Deleted(CommentId),
    /// The one with this id was judged.
    Votes(CommentId, Votes),
}

/// Something to be done outside.
#[derive(Debug, PartialEq)]
pub enum Effect {
    /// Ask for the first comments, in the question with this number.
    List(u32),
    /// Ask for the comments after this cursor.
    ListRest(String),
    /// Let the browser draw what is shown, and what else waits have its turn; then [`Action::Step`].
    Step,
    /// Send what a form makes.
    Send(Form, Order),
    /// Send a vote on the comment with this id.
    Vote(CommentId, i8),
    /// Ask for the reader's own comment with this id by its token.
    FetchSource(CommentId, EditToken),
    /// Ask for the reader's own comment with this id, by its token, for it may be held; then [`Action::HeldCame`].
    FetchHeld(CommentId, EditToken),
    /// Ask what the text of a form would look like.
    Preview(Form, String),
    /// Keep a draft under the name that tells it from the others of the thread, or forget it when it is empty.
    SaveDraft(String, Draft),
    /// Look what the browser keeps under that name; then [`Action::Recalled`].
    RecallDraft(String),
    /// Keep the reader's name for the next time.
    SaveName,
    /// Keep the order for the site.
    SaveSort(Sort),
    /// Keep what the reader did.
    Remember(Memory),
    /// Listen to what happens in the thread, from this event on.
    Listen(String),
    /// Put the address of the comment with this id where the reader can paste it from.
    CopyLink(CommentId),
    /// Move the focus once the view has caught up.
    Focus(Focus),
    /// Tell the page.
    Emit(Event),
}

/// What a form asks the endpoint for.
#[derive(Debug, PartialEq)]
pub enum Order {
    /// To take a comment.
    Add(Attempt),
    /// To change the comment with this id, by its token.
    Edit(CommentId, EditToken, CommentEdit),
    /// To delete the comment with this id, by its token.
    Delete(CommentId, EditToken),
    /// To show the comment with this id to a moderator, and why.
    Report(CommentId, ReportReason, Option<String>),
}

/// Where the focus goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// A field of a form.
    Field(Form, Field),
    /// A comment.
    Comment(CommentId),
    /// What was pressed on a comment, or else the comment.
    Pressed(Press, CommentId),
    /// What went wrong with a form.
    Alert(Form),
    /// The button that sends a form.
    Submit(Form),
    /// What opens the form of the thread.
    Add,
    /// What shows all comments.
    ShowAll,
    /// What stops that.
    Stop,
}

/// What the page may listen for.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The thread is shown.
    Ready,
    /// The reader's comment with this id was accepted.
    Posted(CommentId),
    /// Something failed.
    Error(Failure),
}
