//! What a reader can do with a comment.
//!
//! One listener for each list hears what is pressed in it: ten for each comment would take a second of a phone's time
//! in a long thread.

use dumka_api::{CommentState, Feature, Votes};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};
use yew::{Callback, Html, html};

use super::chunk::Common;
use super::control::Control;
use super::notice;
use crate::i18n::{Key, Locale};
use crate::state::forest::{Node, Replies};
use crate::state::{Action, Press};

/// Draws what can be pressed under a comment.
pub(super) fn actions(node: &Node, common: &Common) -> Html {
    let (is_published, locale) = (node.comment.state == CommentState::Published, &*common.locale);
    let offers = |feature| is_published && common.can(feature);
    let can_change = node.minutes_left.is_some() && common.can(Feature::Edit);
    let is_own = can_change && node.comment.state != CommentState::Deleted;
    if !is_own && node.replies == Replies::None && !(is_published && offers_any(common)) {
        return Html::default();
    }
    html! {
        <div class="dumka-actions">
            if offers(Feature::Reply) { { leading("dumka-reply", Key::Reply, "&reply=", node, common) } }
            { fold(node.replies, locale) }
            if offers(Feature::Vote) { { votes(node.comment.votes, node.vote, locale) } }
            if is_own { { own(node.minutes_left.unwrap_or_default(), locale) } }
            if offers(Feature::Report) && !is_own { { leading("dumka-report", Key::Report, "&report=", node, common) } }
            { node.trouble.as_deref().map(|failure| notice::trouble(locale, failure)).unwrap_or_default() }
        </div>
    }
}

fn offers_any(common: &Common) -> bool {
    [Feature::Reply, Feature::Vote, Feature::Report].into_iter().any(|feature| common.can(feature))
}

/// Leads to a form on the thread's own page where nothing listens.
fn leading(class: &'static str, words: Key, query: &str, node: &Node, common: &Common) -> Html {
    let address = |page: &str| [page, query, &node.comment.id].concat().into();
    let href = common.thread_page.as_deref().map(address);
    Control { href, ..Control::of(class) }.draw(common.locale.text(words))
}

fn fold(replies: Replies, locale: &Locale) -> Html {
    let (words, is_open) = match replies {
        Replies::None => return Html::default(),
        Replies::Shown => (locale.text(Key::HideReplies).to_owned(), true),
        Replies::Folded(number) => (locale.count(Key::RepliesOne, number.into()), false),
    };
    Control { expanded: Some(is_open), ..Control::of("dumka-fold") }.draw(&words)
}

fn votes(votes: Votes, own: i8, locale: &Locale) -> Html {
    let button = |class, name, value, words| {
        let (label, pressed) = (Some(locale.text(name).to_owned().into()), Some(own == value));
        Control { label, pressed, ..Control::of(class) }.draw(words)
    };
    let score = i64::from(votes.up) - i64::from(votes.down);
    let score =
        if score < 0 { ["\u{2212}", &score.unsigned_abs().to_string()].concat() } else { score.to_string() };
    html! {
        <span class="dumka-votes">
            { button("dumka-vote-up", Key::VoteUp, 1, "+") }
            <span class="dumka-score">{ score }</span>
            { button("dumka-vote-down", Key::VoteDown, -1, "\u{2212}") }
        </span>
    }
}

fn own(minutes_left: u32, locale: &Locale) -> Html {
    html! {
        <>
            { Control::of("dumka-edit").draw(locale.text(Key::Edit)) }
            { Control::of("dumka-delete").draw(locale.text(Key::Delete)) }
            <span class="dumka-countdown">{ locale.count(Key::MinutesOne, minutes_left.into()) }</span>
        </>
    }
}

/// Hears what is pressed in a list.
pub(super) fn listener(dispatch: &Callback<Action>) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: MouseEvent| {
        // With a key held down, a link is opened elsewhere, as everywhere.
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
        if let Some((press, id)) = pressed(&event).filter(|_| is_plain) {
            if press != Press::Permalink {
                event.prevent_default();
            }
            dispatch.emit(Action::Press(press, id));
        }
    })
}

/// What was pressed, and the id of the comment it belongs to.
fn pressed(event: &MouseEvent) -> Option<(Press, String)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let button = target.closest("button, a").ok()??;
    let class = button.class_name();
    let press = Press::ALL.into_iter().find(|press| press.class() == class)?;
    let comment = button.closest(".dumka-comment").ok()??;
    Some((press, comment.id().strip_prefix("comment-")?.to_owned()))
}
