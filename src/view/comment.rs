//! One comment.

use std::rc::Rc;

use dumka_api::limits::DEPTH_MAX_SHOWN;
use dumka_api::{Badge, Comment, CommentState};
use yew::{Component, Context, Html, Properties, html};

use super::body;
use crate::i18n::{Key, Locale};
use crate::state::forest::Node;

/// A comment of the list: a component, so that it is drawn again only when it changed.
pub(super) struct CommentItem;

/// What a comment is drawn from.
#[derive(Properties)]
pub(super) struct Props {
    /// The comment at its place.
    pub(super) node: Node,
    /// The widget's language.
    pub(super) locale: Rc<Locale>,
}

impl PartialEq for Props {
    /// Comments are never changed in place, so the same allocation is the same comment.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.node.comment, &other.node.comment)
            && Rc::ptr_eq(&self.locale, &other.locale)
            && self.node.depth == other.node.depth
    }
}

impl Component for CommentItem {
    type Message = ();
    type Properties = Props;

    fn create(_ctx: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { node, locale } = ctx.props();
        let comment = &*node.comment;
        let depth = node.depth.min(DEPTH_MAX_SHOWN).to_string();
        html! {
            <li class="dumka-comment" id={["comment-", &comment.id].concat()} data-depth={depth} tabindex="-1">
                { header(comment, node.answers.as_deref(), locale) }
                { content(comment, locale) }
            </li>
        }
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
