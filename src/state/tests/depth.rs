//! The depth of comments in the tree.

use super::*;

fn depths(list: &List) -> Vec<u32> {
    nodes(list).iter().map(|node| node.depth).collect()
}

fn shown(comments: Vec<Comment>) -> List {
    let mut list = List::new(comments);
    list.show(usize::MAX);
    list
}

#[test]
fn replies_stand_under_their_parents_with_their_depth() {
    let list = shown(vec![
        comment("a", None),
        comment("b", Some("a")),
        comment("c", Some("b")),
        comment("d", Some("a")),
        comment("e", None),
        comment("f", Some("nowhere")),
        comment("g", Some("a")),
    ]);
    assert_eq!(depths(&list), [0, 1, 2, 1, 0, 0, 1]);
    assert_eq!(nodes(&list)[2].parent.as_ref().map(|parent| parent.id.as_str()), Some("b"));
}

#[test]
fn reply_finds_a_parent_that_came_in_an_earlier_answer() {
    let mut list = shown(vec![comment("a", None), comment("b", Some("a"))]);
    list.extend((0..1_000).map(|number| comment(&number.to_string(), Some("b"))).collect());
    list.extend(vec![comment("late", Some("999")), comment("last", Some("a"))]);
    list.show(usize::MAX);
    assert_eq!(depths(&list)[1_001..], [2, 3, 1]);
}

#[test]
fn chain_of_ten_thousand_replies_is_inserted() {
    let link = |n: u32| comment(&n.to_string(), n.checked_sub(1).map(|p| p.to_string()).as_deref());
    let mut list = shown(Vec::new());
    for answer in 0..100 {
        list.extend((100 * answer..100 * (answer + 1)).map(link).collect());
        while list.show(7).is_some() {}
    }
    assert_eq!(depths(&list), (0..10_000).collect::<Vec<_>>());
}
