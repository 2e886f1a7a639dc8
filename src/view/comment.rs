//! Draws comments, in chunks that are drawn again only when they changed.

use std::rc::Rc;

use dumka_api::limits::DEPTH_MAX_SHOWN;
use dumka_api::{Badge, Comment, CommentState};
use yew::{Component, Context, Html, Properties, html};

use super::context::ViewContext;
use super::{actions, body, element, form};
use crate::i18n::{Key, Locale};
use crate::state::list::Chunk;
use crate::state::node::Node;
use crate::state::{Composer, FormSlot};

/// The deepest level of a list that screen readers tell.
const LEVEL_MAX: u32 = 6;

/// Draws chunks, which only ever become more at their end.
pub(super) fn chunks(chunks: &[Chunk], panel: Option<&Rc<Composer>>, context: &ViewContext) -> Html {
    let item = |(place, chunk): (usize, &Chunk)| {
        let is_here = |panel: &&Rc<Composer>| panel.kind.comment().is_some_and(|id| chunk.contains(id));
        let panel = panel.filter(is_here).cloned();
        html! { <ChunkItem key={place} chunk={chunk.clone()} {panel} context={context.clone()} /> }
    };
    chunks.iter().enumerate().map(item).collect()
}

/// Comments that were shown together, or a group of such chunks; without an element of its own, since the list is flat.
struct ChunkItem;

/// Properties of a chunk.
#[derive(Properties)]
struct ChunkProps {
    /// The comments.
    chunk: Chunk,
    /// The open form, if it stands under one of them.
    panel: Option<Rc<Composer>>,
    /// The context that all chunks share.
    context: ViewContext,
}

impl PartialEq for ChunkProps {
    fn eq(&self, other: &Self) -> bool {
        let panel = |props: &Self| props.panel.as_ref().map(Rc::as_ptr);
        self.chunk == other.chunk && panel(self) == panel(other) && self.context == other.context
    }
}

impl Component for ChunkItem {
    type Message = ();
    type Properties = ChunkProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let ChunkProps { chunk, panel, context } = ctx.props();
        match chunk {
            Chunk::Comments(nodes) => {
                nodes.iter().map(|node| comment(node, panel.as_deref(), context)).collect()
            }
            Chunk::Group(inner) => chunks(inner, panel.as_ref(), context),
        }
    }
}

/// Draws a comment at its place, with the open form if that stands under it.
fn comment(node: &Node, panel: Option<&Composer>, context: &ViewContext) -> Html {
    let (comment, locale) = (&*node.comment, &*context.locale);
    let depth = node.depth.min(DEPTH_MAX_SHOWN).to_string();
    let id = ["comment-", &comment.id].concat();
    let level = (node.depth > 0).then(|| (node.depth + 1).min(LEVEL_MAX).to_string());
    // Where the depth goes no further, nothing else tells without the program what the comment answers.
    let parent =
        node.parent.as_ref().filter(|_| node.depth > DEPTH_MAX_SHOWN).map(|parent| parent.id.to_string());
    let panel = panel
        .filter(|panel| panel.kind.comment() == Some(comment.id.as_str()))
        .map(|panel| form::form(panel, FormSlot::Panel, comment.author.name.as_str(), context));
    // What may be missing keeps its place here and elsewhere: with one child more or less, an element would be
    // drawn into its neighbour.
    html! {
        <li key={comment.id.as_str()} class="dumka-comment" {id} data-depth={depth} data-parent={parent} aria-level={level}
            tabindex="-1" hidden={node.is_hidden()}>
            { header(comment, node.parent.as_deref(), context) }
            { content(comment, locale) }
            { actions::actions(node, context) }
            { panel.unwrap_or_default() }
        </li>
    }
}

/// Draws author, badge and dates. The dates stand last: in a browser they become shorter, and nothing may move for
/// that. No `<header>`: resets such as normalize.css make it a block.
fn header(comment: &Comment, answers: Option<&Comment>, context: &ViewContext) -> Html {
    let locale = &*context.locale;
    html! {
        <div class="dumka-meta">
            { element::words("bdi", "dumka-author", &comment.author.name) }
            { badges(comment, locale) }
            { answers.filter(|parent| parent.state != CommentState::Deleted).map(|parent| parent_link(parent, context)).unwrap_or_default() }
            <a class="dumka-permalink" href={address(&comment.id, context)}>{ time(&comment.created_at.0, locale) }</a>
            if let Some(edited_at) = &comment.edited_at {
                <span class="dumka-edited">{ locale.text(Key::Edited) }{ " " }{ time(&edited_at.0, locale) }</span>
            }
        </div>
    }
}

/// Returns the address of a comment: on this page, or in the article.
#[cfg_attr(not(feature = "ssr"), expect(unused_variables, reason = "a browser's own page needs no name"))]
fn address(id: &str, context: &ViewContext) -> String {
    let address = ["#comment-", id].concat();
    #[cfg(feature = "ssr")]
    let address = [context.article.as_deref().unwrap_or_default(), &address].concat();
    address
}

fn time(moment: &str, locale: &Locale) -> Html {
    let written = locale.format_date(moment);
    html! { <time class="dumka-time" datetime={moment.to_owned()} title={written.exact}>{ written.words }</time> }
}

/// Draws for whom the author speaks, and what moderators have made of the comment.
fn badges(comment: &Comment, locale: &Locale) -> Html {
    let author = comment.author.badge.map(|badge| match badge {
        Badge::Staff => Key::Staff,
        Badge::Moderator => Key::Moderator,
    });
    let badges = [
        author.map(|key| ("dumka-badge", key)),
        comment.pinned.then_some(("dumka-badge dumka-pinned-badge", Key::Pinned)),
        comment.featured.then_some(("dumka-badge dumka-featured-badge", Key::Featured)),
    ];
    let badge = |(class, key)| element::words("span", class, locale.text(key));
    badges.into_iter().flatten().map(badge).collect()
}

fn parent_link(parent: &Comment, context: &ViewContext) -> Html {
    let label = context.locale.with(Key::InReplyTo, &parent.author.name);
    html! {
        <a class="dumka-parent" href={address(&parent.id, context)} aria-label={label}>
            <bdi>{ &parent.author.name }</bdi>
        </a>
    }
}

fn content(comment: &Comment, locale: &Locale) -> Html {
    let notice = match comment.state {
        CommentState::Deleted => return element::words("p", "dumka-notice", locale.text(Key::Deleted)),
        CommentState::Pending => element::words("p", "dumka-pending", locale.text(Key::Held)),
        CommentState::Published => Html::default(),
    };
    html! {
        <>
            { notice }
            { text(comment) }
        </>
    }
}

/// Draws the text. An edited text replaces the one before as a whole, since the page may have changed anything in it.
fn text(comment: &Comment) -> Html {
    let key = comment.edited_at.as_ref().map_or("", |at| &at.0);
    html! { <div {key} class="dumka-body">{ body::body(&comment.body) }</div> }
}
