//! The keys: one for each act, while nobody types.

use dumka_api::newsroom::Act;

use crate::state::{Action, ChoiceAction, QueueAction, ReplyAction, State, Target};

/// Every key with what it does, in the order in which they are explained. The names lead to `key_…` of the words.
pub const KEYS: &[(&str, &str)] = &[
    ("j", "next"),
    ("k", "previous"),
    ("a", "approve"),
    ("r", "reject"),
    ("d", "delete"),
    ("f", "feature"),
    ("e", "reply"),
    ("o", "context"),
    ("x", "select"),
    ("u", "author"),
    ("z", "undo"),
    ("/", "search"),
    ("?", "help"),
    ("Esc", "close"),
];

/// Gives what a key does.
pub fn action(key: &str) -> Option<Action> {
    let decide = |act| Some(Action::Queue(QueueAction::Decide(Target::Chosen, act)));
    match key {
        "j" => Some(Action::Queue(QueueAction::Step(1))),
        "k" => Some(Action::Queue(QueueAction::Step(-1))),
        "a" => decide(Act::Approve),
        "r" => decide(Act::Reject),
        "d" => decide(Act::Delete),
        "f" => decide(Act::Feature),
        "e" => Some(Action::Reply(ReplyAction::Open(None))),
        "o" => Some(Action::Queue(QueueAction::Context(None))),
        "x" => Some(Action::Queue(QueueAction::Toggle(None))),
        "u" => Some(Action::Queue(QueueAction::Author)),
        "z" => Some(Action::Undo),
        "/" => Some(Action::Search),
        "?" => Some(Action::Help(true)),
        _ => None,
    }
}

/// Gives what Escape closes: what was opened last, also while somebody types there.
pub fn escape(state: &State) -> Option<Action> {
    if state.is_help_open {
        Some(Action::Help(false))
    } else if state.choice.is_some() {
        Some(Action::Choice(ChoiceAction::Cancel))
    } else if state.reply.is_some() {
        Some(Action::Reply(ReplyAction::Close))
    } else {
        (state.list.selected_count() > 0).then_some(Action::Queue(QueueAction::Deselect))
    }
}
