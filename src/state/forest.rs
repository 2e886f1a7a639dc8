//! Places the comments of a flat list in the tree they form.

use std::rc::Rc;

use dumka_api::Comment;

/// A comment at its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The comment; shared so that drawing again costs nothing.
    pub comment: Rc<Comment>,
    /// How many comments stand above it in the tree.
    pub depth: u32,
    /// The comment it answers, where that is here.
    pub answers: Option<Rc<Comment>>,
}

/// Appends `comments` to `nodes`. Each comment follows its parent, as the list promises; one whose
/// parent is not here stands as a top-level comment.
///
/// Linear for a list in display order, where the parent is found among the last one's ancestors.
pub fn plant(mut nodes: Vec<Node>, comments: Vec<Comment>) -> Vec<Node> {
    // Indexes of the last node's ancestors and the last node itself, root first.
    let mut branch: Vec<usize> = Vec::new();
    nodes.reserve(comments.len());
    for comment in comments {
        let parent = comment.parent.as_deref().and_then(|id| find(&nodes, &mut branch, id));
        if parent.is_none() {
            branch.clear();
        }
        branch.push(nodes.len());
        let depth = parent.map_or(0, |index| nodes[index].depth + 1);
        let answers = parent.map(|index| nodes[index].comment.clone());
        nodes.push(Node { comment: Rc::new(comment), depth, answers });
    }
    nodes
}

/// Finds a parent on the branch and cuts the branch there; else anywhere before.
fn find(nodes: &[Node], branch: &mut Vec<usize>, id: &str) -> Option<usize> {
    if let Some(place) = branch.iter().rposition(|&index| nodes[index].comment.id == id) {
        branch.truncate(place + 1);
        return Some(branch[place]);
    }
    let index = nodes.iter().rposition(|node| node.comment.id == id)?;
    branch.clear();
    branch.push(index);
    Some(index)
}
