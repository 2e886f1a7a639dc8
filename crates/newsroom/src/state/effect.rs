//! The wishes of the state to the world outside.

use super::action::Action;
use super::call::Call;
use super::place::Place;

/// A wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Sends a call; its answer comes as an action.
    Call(Box<Call>),
    /// Goes to a place.
    Navigate(Place),
    /// Goes to a place that takes the present one's place in the history.
    Replace(Place),
    /// Moves the focus once what changed is drawn.
    Focus(Focus),
    /// Does something in so many milliseconds.
    Later(u32, Box<Action>),
    /// Follows the stream.
    Follow,
    /// Leaves the stream.
    Unfollow,
    /// Has the browser make a passkey.
    CreatePasskey(String),
    /// Has the browser use a passkey.
    UsePasskey(String),
    /// Looks up the draft of an answer.
    LoadDraft(String),
    /// Keeps the draft of an answer; an empty one is forgotten.
    SaveDraft(String, String),
    /// Puts a text on the clipboard.
    Copy(String),
}

/// A place for the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// The card of a comment.
    Card(String),
    /// The screen's heading.
    Heading,
    /// An element by its id.
    Element(&'static str),
}

/// Sends a call.
pub fn call(call: Call) -> Effect {
    Effect::Call(Box::new(call))
}
