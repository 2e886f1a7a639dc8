//! What can happen to a widget, and what it may want done.

use dumka_api::{Listing, Submitted};

use super::composer::{Attempt, Field, Written};
use super::failure::Failure;

/// Something that happened.
#[derive(Debug)]
pub enum Action {
    /// The reader or the page asked for the thread again.
    Reload,
    /// The first answer of the list came, or failed to.
    Listed(Result<Listing, Failure>),
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
    /// The form, where there is one, is in this program's hands now.
    Adopt(Option<Written>),
    /// The reader opened or closed the form.
    ToggleComposer,
    /// The reader changed a field.
    Typed(Field, String),
    /// The reader sent the form.
    Submit,
    /// The answer to a sent comment came, or failed to.
    Submitted(Result<Submitted, Failure>),
}

/// Something to be done outside.
#[derive(Debug, PartialEq)]
pub enum Effect {
    /// Ask for the first comments.
    List,
    /// Ask for the comments after this cursor.
    ListRest(String),
    /// Let the browser draw what is shown, and what else waits have its turn; then [`Action::Step`].
    Step,
    /// Send a comment.
    Send(Attempt),
    /// Keep the draft, or forget it when it is empty.
    SaveDraft,
    /// Keep the reader's name for the next time.
    SaveName,
    /// Move the focus once the view has caught up.
    Focus(Focus),
    /// Tell the page.
    Emit(Event),
}

/// Where the focus goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// A field of the form.
    Field(Field),
    /// A comment.
    Comment(String),
    /// What went wrong with the form.
    Alert,
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
    Posted(String),
    /// Something failed.
    Error(Failure),
}
