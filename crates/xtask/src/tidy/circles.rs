//! Import circles: modules that stand beside each other and need each other, directly or through others.
//!
//! A folder and what stands in it are one thing to whoever stands outside, so that the nodes are the children of one
//! module, each with all that is below it. Tests may import whatever they like.

mod graph;
mod imports;

use std::collections::{BTreeMap, BTreeSet};

use self::graph::circle;
use self::imports::{Module, modules};
use super::source::Source;

/// Finds the circles among the modules of every crate; one fault for each.
pub(super) fn faults(sources: &[Source]) -> Vec<String> {
    let mut roots: BTreeSet<&str> = BTreeSet::new();
    for source in sources.iter().filter(|source| source.is_rust()) {
        if let Some((root, _)) = source.path.split_once("src/") {
            roots.insert(&source.path[..root.len() + "src/".len()]);
        }
    }
    roots.into_iter().flat_map(|root| in_crate(root, sources)).collect()
}

fn in_crate(root: &str, sources: &[Source]) -> Vec<String> {
    let modules = modules(root, sources);
    let mut siblings: BTreeMap<Vec<String>, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for Module { path, imports } in &modules {
        for import in imports {
            let shared = path.iter().zip(import).take_while(|(here, there)| here == there).count();
            let (Some(here), Some(there)) = (path.get(shared), import.get(shared)) else { continue };
            let edges = siblings.entry(path[..shared].to_vec()).or_default();
            edges.entry(here.clone()).or_default().insert(there.clone());
        }
    }
    let faults = siblings.iter().filter_map(|(parent, edges)| {
        let names = circle(edges)?.join(" → ");
        Some(format!("{root}{}: modules import each other in a circle: {names}", parent.join("/")))
    });
    faults.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let source = |(path, text): &(&str, &str)| Source { path: (*path).into(), text: (*text).into() };
        faults(&files.iter().map(source).collect::<Vec<_>>())
    }

    #[test]
    fn modules_that_need_each_other_through_a_third_are_found() {
        let faults = found(&[
            ("src/lib.rs", "mod a; mod b; mod c;"),
            ("src/a.rs", "use crate::b::B;"),
            ("src/b.rs", "pub struct B; fn f() { super::c::g() }"),
            (
                "src/c.rs",
                "pub fn g() { let _: crate::{a::A}; }".replace("crate::{a::A}", "crate::a::A").leak(),
            ),
        ]);
        assert_eq!(faults, ["src/: modules import each other in a circle: a → b → c → a"]);
    }

    #[test]
    fn name_that_a_folder_hands_on_is_where_it_is_declared() {
        let faults = found(&[
            ("src/lib.rs", "mod view;"),
            ("src/view/mod.rs", "mod a; mod b; pub use self::a::A;"),
            ("src/view/a.rs", "use super::b; pub struct A;"),
            ("src/view/b.rs", "use super::A;"),
        ]);
        assert_eq!(faults.len(), 1, "{faults:?}");
    }

    #[test]
    fn folder_and_what_is_in_it_are_one_thing_and_tests_are_free() {
        let faults = found(&[
            ("src/lib.rs", "mod a; mod b;"),
            ("src/a/mod.rs", "mod inner; pub struct A; use self::inner::Inner;"),
            ("src/a/inner.rs", "use super::A; pub struct Inner;"),
            ("src/b.rs", "use crate::a::A; #[cfg(test)] mod tests { use crate::a::A; }"),
        ]);
        assert_eq!(faults, Vec::<String>::new());
        let tests =
            [("src/a.rs", "#[cfg(test)] mod tests { use crate::b::B; }"), ("src/b.rs", "use crate::a::A;")];
        assert_eq!(found(&tests), Vec::<String>::new());
    }
}
