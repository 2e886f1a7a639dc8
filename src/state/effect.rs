//! The side effects that the state requests.

use dumka_api::{CommentEdit, CommentId, EditToken, ReportReason, Sort};

use super::action::{CommentAction, FormSlot};
use super::draft::{Attempt, Draft};
use super::failure::Failure;
use super::field::Field;
use super::session::SessionChange;

/// A side effect.
#[derive(Debug, PartialEq)]
pub enum Effect {
    /// Requests the first comments, as the list request with this id.
    FetchList(u32),
    /// Requests the comments after this cursor.
    FetchMore(String),
    /// Yields until the browser has drawn the last batch; then [`BatchDrawn`](super::Action::BatchDrawn).
    ScheduleBatch,
    /// Sends the request of a form.
    SendForm(FormSlot, FormRequest),
    /// Sends a vote on the comment with this id.
    SendVote(CommentId, i8),
    /// Requests the source of the reader's own comment with this id.
    FetchSource(CommentId, EditToken),
    /// Requests the reader's own comment with this id, which may be pending.
    FetchPending(CommentId, EditToken),
    /// Requests a preview of the text of a form.
    FetchPreview(FormSlot, String),
    /// Saves a draft of the thread under this name, or deletes it when it is empty.
    SaveDraft(String, Draft),
    /// Loads the draft with this name; then [`DraftLoaded`](super::Action::DraftLoaded).
    LoadDraft(String),
    /// Saves the reader's name.
    SaveName,
    /// Saves the order for the site.
    SaveSort(Sort),
    /// Saves a change of the session.
    SaveSession(SessionChange),
    /// Follows the live stream from this event on.
    FollowLive(String),
    /// Copies the address of the comment with this id.
    CopyLink(CommentId),
    /// Moves the focus after the next drawing.
    Focus(Focus),
    /// Emits an event to the host page.
    Emit(Event),
}

/// The request of a form.
#[derive(Debug, PartialEq)]
pub enum FormRequest {
    /// Adds a comment.
    Add(Attempt),
    /// Edits the comment with this id.
    Edit(CommentId, EditToken, CommentEdit),
    /// Deletes the comment with this id.
    Delete(CommentId, EditToken),
    /// Reports the comment with this id, with an optional note.
    Report(CommentId, ReportReason, Option<String>),
}

/// The target of the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// A field of a form.
    Field(FormSlot, Field),
    /// A comment.
    Comment(CommentId),
    /// A control of a comment, or the comment where it has none.
    Control(CommentAction, CommentId),
    /// The error message of a form.
    Alert(FormSlot),
    /// The submit button of a form.
    Submit(FormSlot),
    /// The control that opens the thread's own form.
    Add,
    /// The control that shows all comments.
    ShowAll,
    /// The control that stops this.
    Stop,
}

/// An event for the host page.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The thread is shown.
    Ready,
    /// The reader's comment with this id has been accepted.
    Posted(CommentId),
    /// A request has failed.
    Error(Failure),
}
