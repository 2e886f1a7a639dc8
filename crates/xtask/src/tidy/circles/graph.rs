//! A circle in a small graph.

use std::collections::{BTreeMap, BTreeSet};

/// The edges from each node.
pub(super) type Edges = BTreeMap<String, BTreeSet<String>>;

/// Finds a shortest circle, its first node again at its end.
pub(super) fn circle(edges: &Edges) -> Option<Vec<&str>> {
    edges.keys().filter_map(|start| shortest(edges, start)).min_by_key(Vec::len)
}

/// Walks breadth first from a node until it comes back.
fn shortest<'a>(edges: &'a Edges, start: &'a str) -> Option<Vec<&'a str>> {
    let mut paths = vec![vec![start]];
    let mut seen = BTreeSet::new();
    while !paths.is_empty() {
        let mut longer = Vec::new();
        for path in paths {
            let last = *path.last()?;
            for next in edges.get(last).into_iter().flatten() {
                let further = [&path[..], &[next.as_str()]].concat();
                if next == start {
                    return Some(further);
                }
                if seen.insert(next) {
                    longer.push(further);
                }
            }
        }
        paths = longer;
    }
    None
}
