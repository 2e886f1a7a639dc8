//! The controls of all comments as one row, which a script repeats: a third of what a thread is for the line and the parser
//! would be rows that differ in an id, a name and a number.

use std::rc::Rc;

use dumka_api::{Author, Body, Comment, CommentState, Timestamp, Votes};
use yew::{Callback, Html, html};

use super::action_row::{is_own, offers_any, row};
use super::context::ViewContext;
use crate::i18n::Locale;
use crate::state::node::{Node, Replies};
use crate::state::{Action, Controls, LoadState, State};

/// The words that stand for the id of a comment, its author's name and its score.
const ID: &str = "{id}";
const NAME: &str = "{name}";
const SCORE: &str = "{score}";

/// The mark behind the score of a comment whose replies can be folded up.
const FOLDS: &str = "+";

/// Draws the controls of all comments, which a script repeats, where any comment takes them.
pub fn row_template(state: &State, locale: &Rc<Locale>, dispatch: &Callback<Action>) -> Html {
    match &state.thread {
        LoadState::Ready(loaded) if !loaded.list.is_empty() => {
            template(&ViewContext::of(state, locale, dispatch))
        }
        _ => Html::default(),
    }
}

/// Returns `true` if a comment's controls are those of the row.
pub(super) fn fits(node: &Node, context: &ViewContext) -> bool {
    let is_published = node.comment.state == CommentState::Published && !node.comment.author.name.is_empty();
    let is_untouched =
        node.vote == 0 && node.action_error.is_none() && !matches!(node.replies, Replies::Folded(_));
    let is_plain = is_published && is_untouched && !is_own(node, context);
    context.controls == Controls::Template && is_plain && offers_any(context)
}

/// Draws what is a comment's own in its row, in the row's place.
pub(super) fn values(node: &Node, score: &str) -> Html {
    let folds = if node.replies == Replies::Shown { FOLDS } else { "" };
    html! { <span>{ score }{ folds }</span> }
}

/// Draws the row of all comments, where any takes it.
fn template(context: &ViewContext) -> Html {
    if context.controls != Controls::Template || !offers_any(context) {
        return Html::default();
    }
    let author = Author { name: NAME.into(), ..Author::default() };
    let comment = Comment {
        id: ID.into(),
        parent: None,
        author,
        created_at: Timestamp(String::new()),
        edited_at: None,
        state: CommentState::Published,
        body: Body::Blocks(Vec::new()),
        votes: Votes::default(),
        featured: false,
        pinned: false,
    };
    row(&Node { replies: Replies::Shown, ..Node::new(comment, 0, None) }, SCORE, context)
}
