//! One comment.

use dumka_api::limits::DEPTH_MAX_SHOWN;
use dumka_api::{Badge, Comment, CommentState};
use yew::{Html, html};

use super::body;
use crate::i18n::{Key, Locale};
use crate::state::forest::Node;

/// Draws a comment at its place.
pub(super) fn comment(node: &Node, locale: &Locale) -> Html {
    let comment = &*node.comment;
    let depth = node.depth.min(DEPTH_MAX_SHOWN).to_string();
    let id = ["comment-", &comment.id].concat();
    html! {
        <li key={comment.id.as_str()} class="dumka-comment" {id} data-depth={depth} tabindex="-1">
            { header(comment, node.answers.as_deref(), locale) }
            { content(comment, locale) }
        </li>
    }
}

fn header(comment: &Comment, answers: Option<&Comment>, locale: &Locale) -> Html {
    let moment = &comment.created_at.0;
    html! {
        <header class="dumka-meta">
            <bdi class="dumka-author">{ &comment.author.name }</bdi>
            { badge(comment.author.badge, locale) }
            <a class="dumka-permalink" href={["#comment-", &comment.id].concat()}>
                <time class="dumka-time" datetime={moment.clone()}>{ locale.moment(moment) }</time>
            </a>
            { for answers.map(|parent| parent_link(parent, locale)) }
        </header>
    }
}

fn badge(badge: Option<Badge>, locale: &Locale) -> Html {
    let key = match badge {
        None => return Html::default(),
        Some(Badge::Staff) => Key::Staff,
        Some(Badge::Moderator) => Key::Moderator,
    };
    html! { <span class="dumka-badge">{ locale.text(key) }</span> }
}

fn parent_link(parent: &Comment, locale: &Locale) -> Html {
    let label = locale.with(Key::InReplyTo, &parent.author.name);
    html! {
        <a class="dumka-parent" href={["#comment-", &parent.id].concat()} aria-label={label}>
            <bdi>{ &parent.author.name }</bdi>
        </a>
    }
}

fn content(comment: &Comment, locale: &Locale) -> Html {
    let notice = match comment.state {
        CommentState::Deleted => return html! { <p class="dumka-notice">{ locale.text(Key::Deleted) }</p> },
        CommentState::Pending => html! { <p class="dumka-pending">{ locale.text(Key::Held) }</p> },
        CommentState::Published => Html::default(),
    };
    html! {
        <>
            { notice }
            <div class="dumka-body">{ body::body(&comment.body) }</div>
        </>
    }
}
