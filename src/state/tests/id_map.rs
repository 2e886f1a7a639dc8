//! The table of all comments.

use std::collections::HashMap;

use super::super::comment_index::CommentIndex;
use super::*;

#[test]
fn table_finds_what_a_map_of_the_library_finds_whatever_came_and_went() {
    for first in 1..=20_u32 {
        let (mut seed, mut index, mut map) = (first, CommentIndex::default(), HashMap::new());
        for turn in 0..600_u64 {
            // Few ids, so that many come again and many are removed.
            let id = (random(&mut seed) % 150).to_string();
            if random(&mut seed).is_multiple_of(3) {
                index.remove(&id);
                map.remove(&id);
            } else {
                let author = Author { name: turn.to_string(), ..Author::default() };
                index.insert(Comment { author, ..comment(&id, None) });
                map.insert(id, turn.to_string());
            }
            if turn % 20 == 0 {
                same(&index, &map);
            }
        }
        same(&index, &map);
    }
}

fn same(index: &CommentIndex, map: &HashMap<String, String>) {
    for id in (0..150).map(|number| number.to_string()) {
        let found = index.get(&id).map(|found| found.comment.author.name.as_str());
        assert_eq!(found, map.get(&id).map(String::as_str), "{id}");
    }
}

#[test]
fn nothing_is_found_in_or_removed_from_an_empty_table() {
    let mut index = CommentIndex::default();
    index.remove("a");
    assert_eq!(index.get("a"), None);
}
