//! The actions of a comment.
//!
//! One listener for each list hears what is pressed in it: ten for each comment would take a second of a phone's time
//! in a long thread.

use dumka_api::CommentId;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};
use yew::{Callback, Html};

use super::action_row::{row, score};
use super::context::ViewContext;
use super::control::consume;
#[cfg(feature = "ssr")]
use super::row_template;
use crate::state::node::Node;
use crate::state::{Action, CommentAction};

/// Draws what can be pressed under a comment.
pub(super) fn actions(node: &Node, context: &ViewContext) -> Html {
    let score = score(node.comment.votes);
    #[cfg(feature = "ssr")]
    if row_template::fits(node, context) {
        return row_template::values(node, &score);
    }
    row(node, &score, context)
}

/// Listens to the clicks in a list.
pub(super) fn listener(dispatch: &Callback<Action>) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: MouseEvent| {
        // With a key held down, a link is opened elsewhere, as everywhere.
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
        if let Some((press, id)) = pressed(&event).filter(|_| is_plain) {
            if press != CommentAction::Permalink {
                consume(&event);
            }
            dispatch.emit(Action::CommentAction(press, id));
        }
    })
}

/// Finds the clicked control and its comment. A control is known by its own class, since the page may add others.
fn pressed(event: &MouseEvent) -> Option<(CommentAction, CommentId)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let closest = |class: &str| target.closest(&[".", class].concat()).ok()?;
    let press = CommentAction::ALL.into_iter().find(|press| closest(press.class()).is_some())?;
    let id = closest("dumka-comment")?.id();
    Some((press, id.strip_prefix("comment-")?.into()))
}
