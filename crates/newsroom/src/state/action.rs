//! Everything that can happen: what a moderator does, what answers bring, what the stream tells.

use dumka_api::newsroom::{Act, CommentChanged, DecisionReason, LiveHello, NewStaff, QueueQuery, RoleChange};

use super::call::{Answer, Call};
use super::failure::Failure;
use super::place::Place;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// The address is another one.
    Navigated(Place),
    /// An answer came, or none.
    Answered(Box<Call>, Box<Result<Answer, Failure>>),
    /// Somebody signs in or out.
    Access(AccessAction),
    /// Something about the list of comments.
    Queue(QueueAction),
    /// Something about the choice of a reason.
    Choice(ChoiceAction),
    /// Something about an answer to a comment.
    Reply(ReplyAction),
    /// Takes the last decision back.
    Undo,
    /// Puts the offer to take back away.
    DismissUndo,
    /// The stream told something.
    Live(LiveAction),
    /// Something about the log.
    Log(LogAction),
    /// Something about the threads.
    Thread(ThreadAction),
    /// Something about staff and sessions.
    Staff(StaffAction),
    /// The search gets the focus.
    Search,
    /// The last thing that was opened is closed.
    Close,
    /// Shows or hides the keys.
    Help(bool),
    /// Asks again for what did not come.
    Retry,
}

/// Something about signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessAction {
    /// The program begins, perhaps by the link of an invitation.
    Start(Option<String>),
    /// Name and password were typed.
    SignIn(String, String),
    /// A passkey shall do.
    UsePasskey,
    /// The invited person wants a passkey.
    MakePasskey,
    /// The invited person wants this password.
    MakePassword(String),
    /// The browser has made or used a passkey, or has not.
    PasskeyReady(Result<String, Failure>),
    /// The person who is signed in leaves.
    SignOut,
    /// The invitation is passed over.
    LeaveInvite,
}

/// The comments that an act is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The selected ones, or else the current one.
    Chosen,
    /// This one.
    One(String),
}

/// Something about the list of comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueueAction {
    /// Another query is asked for.
    Ask(Box<QueueQuery>),
    /// A card has the focus.
    Focused(String),
    /// The next card, or the one before.
    Step(isize),
    /// A card is selected, or no longer; the current one where none is named.
    Toggle(Option<String>),
    /// All that are shown are selected.
    SelectShown,
    /// All that the query finds are selected.
    SelectWhole,
    /// Nothing is selected.
    Deselect,
    /// A decision.
    Decide(Target, Act),
    /// The next page is asked for.
    More,
    /// The list is asked for anew, with what came meanwhile.
    Refresh,
    /// Surroundings are shown or hidden; of the current one where none is named.
    Context(Option<String>),
    /// The other comments of the current one's author are asked for.
    Author,
    /// A card that somebody else decided on leaves.
    Leave(String),
    /// The query's new number is taken for what was expected.
    AcceptNumber,
}

/// Something about the choice of a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoiceAction {
    /// A private note is typed.
    Note(String),
    /// Words to the author are typed.
    Words(String),
    /// Decided, with or without a reason.
    Decide(Option<DecisionReason>),
    /// Nothing is decided.
    Cancel,
}

/// Something about an answer to a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyAction {
    /// The form opens; for the current one where none is named.
    Open(Option<String>),
    /// The draft that was kept.
    Draft(String, String),
    /// Something is typed.
    Typed(String),
    /// The answer leaves.
    Send,
    /// The form closes; the draft stays.
    Close,
}

/// Something that the stream told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiveAction {
    /// The stream is there, or lost.
    Connected(bool),
    /// The counters.
    Counters(Box<LiveHello>),
    /// A comment came, was changed or decided on.
    Comment(Box<CommentChanged>),
}

/// Something about the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogAction {
    /// The next page is asked for.
    More,
    /// One decision is taken back.
    Undo(String),
    /// Taking back all that the filter finds is offered.
    OfferSet,
    /// It is not wanted.
    CancelSet,
    /// It is wanted.
    ConfirmSet,
}

/// A field of a thread's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named as the field on the wire")]
pub enum ThreadField {
    Title,
    Url,
    State,
    SlowSecs,
    StateHours,
    Notice,
    NoticeHours,
}

/// Something about the threads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThreadAction {
    /// The next page is asked for.
    More,
    /// A field is changed.
    Typed(ThreadField, String),
    /// The change leaves, at this time in milliseconds.
    Save(i64),
}

/// Something about staff and sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffAction {
    /// A person is invited.
    Invite(NewStaff),
    /// A person gets a new link.
    NewLink(String),
    /// A person's role is changed.
    ChangeRole(String, RoleChange),
    /// Shutting a person out is offered, or no longer.
    OfferRevoke(Option<String>),
    /// A person is shut out.
    Revoke(String),
    /// A session is ended.
    EndSession(String),
    /// The link that is shown is put on the clipboard.
    CopyLink,
    /// It is there.
    Copied,
    /// The link that is shown is put away.
    HideLink,
}
