//! The actions of a comment.
//!
//! One listener for each list hears what is pressed in it: ten for each comment would take a second of a phone's time
//! in a long thread.

use dumka_api::{CommentId, CommentState, Feature};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};
use yew::virtual_dom::AttrValue;
use yew::{Callback, Html, html};

use super::context::ViewContext;
use super::control::{Control, consume};
use super::notice;
use crate::i18n::{Key, Locale, PluralKey};
use crate::state::node::{Node, Replies};
use crate::state::{Action, CommentAction};

/// Draws what can be pressed under a comment.
pub(super) fn actions(node: &Node, context: &ViewContext) -> Html {
    let (is_published, locale) = (node.comment.state == CommentState::Published, &*context.locale);
    let offers = |feature| is_published && context.can(feature);
    let can_change = node.minutes_left.is_some() && context.can(Feature::Edit);
    let is_own = can_change && node.comment.state != CommentState::Deleted;
    if !is_own && node.replies == Replies::None && !(is_published && offers_any(context)) {
        return Html::default();
    }
    html! {
        <div class="dumka-actions">
            if offers(Feature::Reply) { { leading("dumka-reply", Key::Reply, "&reply=", node, context) } }
            { fold(node, locale) }
            if offers(Feature::Vote) { { votes(node, context) } }
            if is_own { { own(node, context) } }
            if offers(Feature::Report) && !is_own { { leading("dumka-report", Key::Report, "&report=", node, context) } }
            { node.action_error.as_deref().map(|failure| notice::action_error(locale, failure)).unwrap_or_default() }
        </div>
    }
}

fn offers_any(context: &ViewContext) -> bool {
    [Feature::Reply, Feature::Vote, Feature::Report].into_iter().any(|feature| context.can(feature))
}

/// Draws a control that leads to a form on the thread's own page, without scripts.
fn leading(class: &'static str, words: Key, query: &str, node: &Node, context: &ViewContext) -> Html {
    let address = |page: &str| [page, query, &node.comment.id].concat().into();
    let href = context.thread_page.as_deref().map(address);
    let words = context.locale.text(words);
    Control { href, label: named(words, node), ..Control::of(class) }.draw(words)
}

/// The accessible name of a control that every comment has: its words and the author.
fn named(words: &str, node: &Node) -> Option<AttrValue> {
    let author = &node.comment.author.name;
    (!author.is_empty()).then(|| [words, ": ", author].concat().into())
}

fn fold(node: &Node, locale: &Locale) -> Html {
    let (words, is_open) = match node.replies {
        Replies::None => return Html::default(),
        Replies::Shown => (locale.text(Key::HideReplies).to_owned(), true),
        Replies::Folded(number) => (locale.count(PluralKey::Replies, number.into()), false),
    };
    Control { expanded: Some(is_open), label: named(&words, node), ..Control::of("dumka-fold") }.draw(&words)
}

fn votes(node: &Node, context: &ViewContext) -> Html {
    let (votes, locale) = (node.comment.votes, &*context.locale);
    let score = i64::from(votes.up) - i64::from(votes.down);
    let score =
        if score < 0 { ["\u{2212}", &score.unsigned_abs().to_string()].concat() } else { score.to_string() };
    // With what the vote has made of the score: that is heard when it is cast.
    let button = |class, name, value, words| {
        let label = named(&[locale.text(name), " (", &score, ")"].concat(), node);
        let is_pressed = node.vote == value;
        let control = Control { label, pressed: Some(is_pressed), ..Control::of(class) };
        #[cfg(feature = "ssr")]
        let sent = context.is_own_page.then(|| if is_pressed { 0 } else { value }.to_string().into());
        #[cfg(feature = "ssr")]
        let control = Control { sent, ..control };
        control.draw(words)
    };
    let up = button("dumka-vote-up", Key::VoteUp, 1, "+");
    let down = button("dumka-vote-down", Key::VoteDown, -1, "\u{2212}");
    #[cfg(feature = "ssr")]
    if context.is_own_page {
        return super::form::in_utf8(html! {
            <form class="dumka-votes" action={context.thread_page.as_deref().map(ToOwned::to_owned)} method="post">
                <input type="hidden" name="vote" value={node.comment.id.to_string()} />
                { up }
                <span class="dumka-score">{ &score }</span>
                { down }
            </form>
        });
    }
    html! {
        <span class="dumka-votes">
            { up }
            <span class="dumka-score">{ &score }</span>
            { down }
        </span>
    }
}

fn own(node: &Node, context: &ViewContext) -> Html {
    let locale = &*context.locale;
    let control = |class, words| Control::of(class).draw(locale.text(words));
    let (edit, delete) = (control("dumka-edit", Key::Edit), control("dumka-delete", Key::Delete));
    #[cfg(feature = "ssr")]
    let (edit, delete) = if context.is_own_page {
        let link = |class, words, query| leading(class, words, query, node, context);
        (link("dumka-edit", Key::Edit, "&edit="), link("dumka-delete", Key::Delete, "&delete="))
    } else {
        (edit, delete)
    };
    html! {
        <>
            { edit }
            { delete }
            <span class="dumka-countdown">
                { locale.count(PluralKey::Minutes, node.minutes_left.unwrap_or_default().into()) }
            </span>
        </>
    }
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
