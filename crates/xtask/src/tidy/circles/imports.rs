//! The modules of a crate, and which others each of them names.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, UseTree};

use super::super::source::Source;

/// A file of a crate, as a module.
pub(super) struct Module {
    /// Its names from the root of the crate.
    pub(super) path: Vec<String>,
    /// The modules it imports from or names in a path.
    pub(super) imports: BTreeSet<Vec<String>>,
}

/// Names by which a module hands on what is declared elsewhere.
type HandedOn = BTreeMap<Vec<String>, Vec<String>>;

/// Reads the modules below `root`, a folder `src/`. Files that are no Rust by themselves count as empty.
pub(super) fn modules(root: &str, sources: &[Source]) -> Vec<Module> {
    let mut named = BTreeMap::new();
    for source in sources.iter().filter(|source| source.is_rust()) {
        if let Some(path) = source.path.strip_prefix(root).and_then(module_path) {
            named.insert(path.clone(), names(path, &source.text));
        }
    }
    let mut handed_on = HandedOn::new();
    for found in named.values() {
        handed_on.extend(found.handed_on.iter().cloned());
    }
    let known: BTreeSet<&Vec<String>> = named.keys().collect();
    let resolve = |name: &Vec<String>| module_of(name, &known, &handed_on);
    named
        .iter()
        .map(|(path, found)| Module {
            path: path.clone(),
            imports: found.paths.iter().filter_map(resolve).collect(),
        })
        .collect()
}

/// The module of a file; none for tests, which nobody imports.
fn module_path(file: &str) -> Option<Vec<String>> {
    let names = file.strip_suffix(".rs")?.split('/').map(str::to_owned);
    let mut path: Vec<String> = names.collect();
    if path.iter().any(|name| name == "tests" || name.ends_with("_tests")) {
        return None;
    }
    if matches!(path.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        path.pop();
    }
    Some(path)
}

/// The module that declares a name, followed through those that hand it on.
fn module_of(name: &[String], known: &BTreeSet<&Vec<String>>, handed_on: &HandedOn) -> Option<Vec<String>> {
    let mut name = name.to_vec();
    // A name is handed on a few times at the most; a circle of re-exports does not compile.
    for _ in 0..8 {
        let Some((length, there)) =
            (1..=name.len()).find_map(|length| Some((length, handed_on.get(&name[..length])?)))
        else {
            break;
        };
        name = [&there[..], &name[length..]].concat();
    }
    (1..=name.len()).rev().map(|length| name[..length].to_vec()).find(|prefix| known.contains(prefix))
}

/// The names in a file.
#[derive(Default)]
struct Names {
    /// The module that is read now.
    here: Vec<String>,
    paths: BTreeSet<Vec<String>>,
    handed_on: Vec<(Vec<String>, Vec<String>)>,
}

fn names(here: Vec<String>, text: &str) -> Names {
    let mut names = Names { here, ..Names::default() };
    if let Ok(file) = syn::parse_file(text) {
        names.visit_file(&file);
    }
    names
}

impl Names {
    /// The absolute form of a path that begins in this crate.
    fn absolute(&self, path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let mut base = match first.as_str() {
            "crate" => Vec::new(),
            "self" => self.here.clone(),
            "super" => self.here[..self.here.len().checked_sub(1)?].to_vec(),
            _ => return None,
        };
        let ups = rest.iter().take_while(|name| *name == "super").count();
        base.truncate(base.len().checked_sub(ups)?);
        base.extend_from_slice(&rest[ups..]);
        Some(base)
    }

    fn import(&mut self, tree: &UseTree, before: &[String], is_public: bool) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        let (path, alias) = match tree {
            UseTree::Path(path) => return self.import(&path.tree, &with(&path.ident), is_public),
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.import(tree, before, is_public));
            }
            UseTree::Name(name) if name.ident == "self" => (before.to_vec(), before.last().cloned()),
            UseTree::Name(name) => (with(&name.ident), Some(name.ident.to_string())),
            UseTree::Rename(rename) => (with(&rename.ident), Some(rename.rename.to_string())),
            UseTree::Glob(_) => (before.to_vec(), None),
        };
        // Within a module, a path may begin with one of its children.
        let path = self.absolute(&path).unwrap_or_else(|| [&self.here[..], &path[..]].concat());
        if let Some(alias) = alias.filter(|_| is_public) {
            self.handed_on.push(([&self.here[..], &[alias]].concat(), path.clone()));
        }
        self.paths.insert(path);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute
                .meta
                .require_list()
                .is_ok_and(|list| list.path.is_ident("cfg") && list.tokens.to_string() == "test")
    })
}

impl<'a> Visit<'a> for Names {
    fn visit_item(&mut self, item: &'a Item) {
        match item {
            Item::Use(import) => {
                let is_public = !matches!(import.vis, syn::Visibility::Inherited);
                self.import(&import.tree, &[], is_public);
            }
            Item::Fn(function) if is_test(&function.attrs) => {}
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_item_mod(&mut self, module: &'a ItemMod) {
        if is_test(&module.attrs) || module.content.is_none() {
            return;
        }
        self.here.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.here.pop();
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if names.len() > 1
            && let Some(path) = self.absolute(&names)
        {
            self.paths.insert(path);
        }
        visit::visit_path(self, path);
    }
}
