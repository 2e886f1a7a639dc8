//! The row of controls under a comment.

use dumka_api::{CommentState, Feature, Votes};
use yew::virtual_dom::AttrValue;
use yew::{Html, html};

use super::context::ViewContext;
use super::control::Control;
use super::{element, notice};
use crate::i18n::{Key, Locale, PluralKey};
#[cfg(feature = "ssr")]
use crate::state::Controls;
use crate::state::node::{Node, Replies};

/// Draws the row, with this score, where anything can be done with the comment.
pub(super) fn row(node: &Node, score: &str, context: &ViewContext) -> Html {
    let (is_published, locale) = (node.comment.state == CommentState::Published, &*context.locale);
    let offers = |feature| is_published && context.can(feature);
    let is_own = is_own(node, context);
    if !is_own && node.replies == Replies::None && !(is_published && offers_any(context)) {
        return Html::default();
    }
    html! {
        <div class="dumka-actions">
            if offers(Feature::Reply) { { leading("dumka-reply", Key::Reply, "&reply=", node, context) } }
            { fold(node, locale) }
            if offers(Feature::Vote) { { votes(node, score, context) } }
            if is_own { { own(node, context) } }
            if offers(Feature::Report) && !is_own { { leading("dumka-report", Key::Report, "&report=", node, context) } }
            { node.action_error.as_deref().map(|failure| notice::action_error(locale, failure)).unwrap_or_default() }
        </div>
    }
}

/// Returns `true` if the reader may still change the comment.
pub(super) fn is_own(node: &Node, context: &ViewContext) -> bool {
    let can_change = node.minutes_left.is_some() && context.can(Feature::Edit);
    can_change && node.comment.state != CommentState::Deleted
}

/// Returns `true` if the endpoint lets readers do anything with a comment.
pub(super) fn offers_any(context: &ViewContext) -> bool {
    [Feature::Reply, Feature::Vote, Feature::Report].into_iter().any(|feature| context.can(feature))
}

/// Draws a control that leads to a form on the thread's own page, without scripts.
fn leading(class: &'static str, words: Key, query: &str, node: &Node, context: &ViewContext) -> Html {
    let address = |page: &str| [page, query, &node.comment.id].concat();
    // Where a script listens, what has a fragment leads within the page.
    #[cfg(feature = "ssr")]
    let address = |page: &str| address(page) + if context.controls == Controls::Forms { "#form" } else { "" };
    let href = context.thread_page.as_deref().map(|page| address(page).into());
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

/// Returns the score of a comment in words.
pub(super) fn score(votes: Votes) -> String {
    let score = i64::from(votes.up) - i64::from(votes.down);
    if score < 0 { ["\u{2212}", &score.unsigned_abs().to_string()].concat() } else { score.to_string() }
}

fn votes(node: &Node, score: &str, context: &ViewContext) -> Html {
    let locale = &*context.locale;
    // With what the vote has made of the score: that is heard when it is cast.
    let button = |class, name, value, words| {
        let label = named(&[locale.text(name), " (", score, ")"].concat(), node);
        let is_pressed = node.vote == value;
        let control = Control { label, pressed: Some(is_pressed), ..Control::of(class) };
        #[cfg(feature = "ssr")]
        let sent = (context.controls == Controls::Forms)
            .then(|| if is_pressed { 0 } else { value }.to_string().into());
        #[cfg(feature = "ssr")]
        let control = Control { sent, ..control };
        control.draw(words)
    };
    let score = element::words("span", "dumka-score", score);
    let up = button("dumka-vote-up", Key::VoteUp, 1, "+");
    let down = button("dumka-vote-down", Key::VoteDown, -1, "\u{2212}");
    #[cfg(feature = "ssr")]
    if context.controls == Controls::Forms {
        // What comes of it is said there.
        let action =
            context.thread_page.as_deref().map(|page| [page, "#comment-", &node.comment.id].concat());
        return super::form::in_utf8(html! {
            <form class="dumka-votes" {action} method="post">
                <input type="hidden" name="vote" value={node.comment.id.to_string()} />
                { up }
                { score }
                { down }
            </form>
        });
    }
    html! {
        <span class="dumka-votes">
            { up }
            { score }
            { down }
        </span>
    }
}

fn own(node: &Node, context: &ViewContext) -> Html {
    let locale = &*context.locale;
    let control = |class, words| Control::of(class).draw(locale.text(words));
    let (edit, delete) = (control("dumka-edit", Key::Edit), control("dumka-delete", Key::Delete));
    #[cfg(feature = "ssr")]
    let (edit, delete) = if context.controls == Controls::Forms {
        let link = |class, words, query| leading(class, words, query, node, context);
        (link("dumka-edit", Key::Edit, "&edit="), link("dumka-delete", Key::Delete, "&delete="))
    } else {
        (edit, delete)
    };
    let minutes = locale.count(PluralKey::Minutes, node.minutes_left.unwrap_or_default().into());
    html! {
        <>
            { edit }
            { delete }
            { element::words("span", "dumka-countdown", &minutes) }
        </>
    }
}
