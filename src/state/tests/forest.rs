//! The table of all comments.

use std::collections::HashMap;

use super::super::forest::Forest;
use super::*;

#[test]
fn table_finds_what_a_map_of_the_library_finds_whatever_came_and_went() {
    for first in 1..=20_u32 {
        let (mut seed, mut forest, mut map) = (first, Forest::default(), HashMap::new());
        for turn in 0..600_u64 {
            // Few ids, so that many come again and many are removed.
            let id = (random(&mut seed) % 150).to_string();
            if random(&mut seed).is_multiple_of(3) {
                forest.remove(&id);
                map.remove(&id);
            } else {
                let author = Author { name: turn.to_string(), ..Author::default() };
                forest.plant(Comment { author, ..comment(&id, None) });
                map.insert(id, turn.to_string());
            }
            if turn % 20 == 0 {
                same(&forest, &map);
            }
        }
        same(&forest, &map);
    }
}

fn same(forest: &Forest, map: &HashMap<String, String>) {
    for id in (0..150).map(|number| number.to_string()) {
        let found = forest.find(&id).map(|found| found.comment.author.name.as_str());
        assert_eq!(found, map.get(&id).map(String::as_str), "{id}");
    }
}

#[test]
fn nothing_is_found_in_or_removed_from_an_empty_table() {
    let mut forest = Forest::default();
    forest.remove("a");
    assert_eq!(forest.find("a"), None);
}
