//! A list stays a tree in display order, whatever happens to it.

use dumka_api::CommentId;

use super::*;

/// A tree of the endpoint's, in display order: each comment answers the last one or something above it, or nothing.
fn tree(seed: &mut u32, number: u32) -> Vec<Comment> {
    let (mut comments, mut above) = (Vec::new(), Vec::<String>::new());
    for id in 0..number {
        above.truncate(random(seed) as usize % (above.len() + 1));
        let id = id.to_string();
        comments.push(comment(&id, above.last().map(String::as_str)));
        above.push(id);
    }
    comments
}

/// One of those that are here.
fn any(seed: &mut u32, list: &List) -> Option<CommentId> {
    let nodes = nodes(list);
    let node = nodes.get(random(seed) as usize % nodes.len().max(1))?;
    Some(node.comment.id.clone())
}

/// Does something to the list: what the endpoint, others and the reader do.
fn disturb(seed: &mut u32, list: &mut List, turn: u32, tree: &mut Vec<Comment>) {
    let target = any(seed, list);
    match (random(seed) % 6, target) {
        (0, _) => {
            let part = random(seed) as usize % 6;
            list.extend(tree.drain(..part.min(tree.len())).collect());
        }
        (1, Some(parent)) => drop(list.append_reply(comment(&format!("reply {turn}"), Some(&parent)))),
        (2, _) => drop(list.insert_detached(comment(&format!("own {turn}"), None), dumka_api::Sort::Oldest)),
        // One that is answered further on would be told as a mark.
        (3, Some(id)) if tree.iter().all(|later| later.parent.as_ref() != Some(&id)) => list.remove(&id),
        (4, Some(id)) if can_be_folded(list, &id) => list.fold(&id),
        _ => drop(list.show(random(seed) as usize % 5)),
    }
}

fn can_be_folded(list: &List, id: &str) -> bool {
    list.get(id).is_some_and(|node| !node.is_hidden() && node.replies != Replies::None)
}

/// The comment that stands above each, by depth alone.
fn parents(nodes: &[&Node]) -> Vec<Option<usize>> {
    let above = |at: usize| (0..at).rev().find(|&above| nodes[above].depth + 1 == nodes[at].depth);
    (0..nodes.len()).map(|at| if nodes[at].depth == 0 { None } else { above(at) }).collect()
}

fn is_a_tree(list: &List) {
    let nodes = nodes(list);
    let parents = parents(&nodes);
    for (at, node) in nodes.iter().enumerate() {
        let above = parents[at].map(|parent| nodes[parent]);
        let answers = node.parent.as_ref().map(|parent| parent.id.as_str());
        assert_eq!(above.map(|above| above.comment.id.as_str()), answers, "{}", node.comment.id);
        assert_eq!(node.is_hidden(), above.is_some_and(Node::hides_replies), "{}", node.comment.id);
        assert!(list.contains(&node.comment.id));
    }
}

/// Counts what is folded up once nothing waits any more.
fn is_counted(list: &List) {
    let nodes = nodes(list);
    for (at, node) in nodes.iter().enumerate().filter(|(_, node)| !node.is_hidden()) {
        let branch = nodes[at + 1..].iter().take_while(|next| next.depth > node.depth).count();
        let replies = match (branch, node.replies) {
            (0, _) => Replies::None,
            (number, Replies::Folded(_)) => Replies::Folded(u32::try_from(number).unwrap()),
            _ => Replies::Shown,
        };
        assert_eq!(node.replies, replies, "{}", node.comment.id);
    }
}

#[test]
fn list_is_a_tree_in_display_order_whatever_happens_to_it() {
    for first in 1..=400 {
        let mut seed = first;
        let mut tree = tree(&mut seed, 40);
        let mut list = List::new(tree.drain(..8).collect());
        for turn in 0..60 {
            disturb(&mut seed, &mut list, turn, &mut tree);
            is_a_tree(&list);
        }
        list.extend(tree);
        list.show(usize::MAX);
        is_a_tree(&list);
        is_counted(&list);
    }
}
