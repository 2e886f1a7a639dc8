//! What is known of the thread: its comments so far and whether more follow.

use std::rc::Rc;

use dumka_api::{Comment, CommentState, Listing, Sort, Thread};

use super::failure::Failure;
use super::forest::{self, Node};

/// What is known of the thread.
#[derive(Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "there is one per widget")]
pub enum Discussion {
    /// Nothing yet.
    Loading,
    /// Nothing, and why.
    Failed(Failure),
    /// The thread and its first comments at least.
    Ready(Loaded),
}

impl Discussion {
    /// Value of the element's `data-state`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Failed(_) => "failed",
            Self::Ready(loaded) => loaded.word(),
        }
    }
}

/// A thread with the comments that are here.
#[derive(Debug, PartialEq)]
pub struct Loaded {
    /// The thread.
    pub thread: Thread,
    /// Comments in display order, each with its place in the tree.
    pub nodes: Vec<Node>,
    /// What is known of the rest.
    pub rest: Rest,
    pub(super) next: Option<String>,
    past_first_answer: bool,
    /// How many comments written here, which the list has not brought yet, stand at the end.
    own: usize,
}

/// What is known of the comments that are not here.
#[derive(Debug, PartialEq)]
pub enum Rest {
    /// There are none.
    None,
    /// There are some.
    Waiting,
    /// They are on their way.
    Loading,
    /// They did not come, and why.
    Failed(Failure),
}

impl Loaded {
    /// The thread as its first answer tells it.
    pub fn new(listing: Listing) -> Self {
        let rest = if listing.next.is_some() { Rest::Waiting } else { Rest::None };
        let nodes = forest::plant(Vec::new(), listing.comments);
        Self { thread: listing.thread, nodes, rest, next: listing.next, past_first_answer: false, own: 0 }
    }

    pub(super) fn word(&self) -> &'static str {
        if self.nodes.is_empty() { "empty" } else { "ready" }
    }

    pub(super) fn is_past_first_answer(&self) -> bool {
        self.past_first_answer
    }

    /// The cursor to ask for, unless nothing is left or it was asked for already.
    pub(super) fn start_rest(&mut self) -> Option<String> {
        if self.rest == Rest::Loading {
            return None;
        }
        let cursor = self.next.clone()?;
        self.rest = Rest::Loading;
        Some(cursor)
    }

    /// Takes in a further answer; the cursor after it, where more follow.
    pub(super) fn append(&mut self, listing: Listing) -> Option<String> {
        self.past_first_answer = true;
        let arrived = listing.comments;
        let own: Vec<_> = self
            .take_own()
            .into_iter()
            .filter(|own| arrived.iter().all(|c| c.id != own.comment.id))
            .collect();
        let nodes = std::mem::take(&mut self.nodes);
        self.nodes = forest::plant(nodes, arrived);
        self.own = own.len();
        self.nodes.extend(own);
        self.thread.total = listing.thread.total.max(self.thread.total);
        // An endpoint that points to the same place for ever would be asked for ever.
        self.next = listing.next.filter(|next| self.next.as_ref() != Some(next));
        self.rest = if self.next.is_some() { Rest::Loading } else { Rest::None };
        self.next.clone()
    }

    /// Shows a comment written here, where its order puts it. A retried post may bring one that is here already.
    pub(super) fn add_own(&mut self, comment: Comment, sort: Sort) {
        if self.nodes.iter().any(|node| node.comment.id == comment.id) {
            return;
        }
        if comment.state == CommentState::Published {
            self.thread.total += 1;
        }
        let node = Node { comment: Rc::new(comment), depth: 0, answers: None };
        if sort == Sort::Newest {
            self.nodes.insert(0, node);
        } else {
            self.own += 1;
            self.nodes.push(node);
        }
    }

    fn take_own(&mut self) -> Vec<Node> {
        let kept = self.nodes.len() - self.own;
        self.nodes.split_off(kept)
    }
}
