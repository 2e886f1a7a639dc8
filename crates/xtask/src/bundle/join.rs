//! The loader's modules as one script: imports removed, each module before those that import it.
//!
//! The parser that shortens the loader does it: a bundler would bring two hundred crates or a second runtime for the
//! few forms of import that the loader has.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use oxc_allocator::Allocator;
use oxc_ast::ast::{
    BindingPattern, Declaration, ImportDeclaration, ImportDeclarationSpecifier, Statement,
    VariableDeclaration,
};
use oxc_parser::Parser;
use oxc_span::{GetSpan, SourceType};

/// Joins `entry` and all it imports into a block, so that no name becomes a global.
pub(super) fn join(entry: &Path, read: &dyn Fn(&Path) -> Result<String>) -> Result<String> {
    let mut joiner = Joiner {
        read,
        text: String::new(),
        owners: BTreeMap::new(),
        exports: BTreeMap::new(),
        open: Vec::new(),
    };
    joiner.add(entry)?;
    Ok(format!("{{\n{}}}\n", joiner.text))
}

struct Joiner<'a> {
    read: &'a dyn Fn(&Path) -> Result<String>,
    text: String,
    /// Each name of the outermost scope with the file that declares it.
    owners: BTreeMap<String, PathBuf>,
    /// The exports of each file that is in the text.
    exports: BTreeMap<PathBuf, BTreeSet<String>>,
    /// The files whose imports are being added.
    open: Vec<PathBuf>,
}

impl Joiner<'_> {
    fn add(&mut self, path: &Path) -> Result<()> {
        if self.exports.contains_key(path) {
            return Ok(());
        }
        ensure!(!self.open.iter().any(|it| it == path), "{} imports itself by a circle", path.display());
        self.open.push(path.to_path_buf());
        let source = (self.read)(path)?;
        let module = Module::parse(&source).with_context(|| path.display().to_string())?;
        for (from, names) in &module.imports {
            self.import(path, from, names)?;
        }
        for name in &module.declared {
            if let Some(other) = self.owners.insert(name.clone(), path.to_path_buf()) {
                bail!("{} and {} both declare `{name}`", other.display(), path.display());
            }
        }
        self.text.push_str(&without(&source, &module.cuts));
        self.exports.insert(path.to_path_buf(), module.exported);
        self.open.pop();
        Ok(())
    }

    fn import(&mut self, path: &Path, from: &str, names: &[String]) -> Result<()> {
        let folder = path.parent().unwrap_or(path);
        let target = match (from.strip_prefix("./"), from.strip_prefix("../")) {
            (Some(name), _) => folder.join(name),
            (_, Some(name)) => folder.with_file_name(name),
            _ => bail!("`{from}` begins neither with ./ nor with ../"),
        };
        self.add(&target)?;
        let missing = names.iter().find(|name| !self.exports[&target].contains(*name));
        ensure!(missing.is_none(), "{} exports no `{}`", target.display(), missing.map_or("", |it| it));
        Ok(())
    }
}

/// The names that a module declares, exports and imports.
#[derive(Default)]
struct Module {
    imports: Vec<(String, Vec<String>)>,
    declared: Vec<String>,
    exported: BTreeSet<String>,
    /// The parts of its source that a script cannot have.
    cuts: Vec<Range<usize>>,
}

impl Module {
    fn parse(source: &str) -> Result<Self> {
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, source, SourceType::mjs()).parse();
        ensure!(parsed.diagnostics.is_empty(), "JavaScript does not parse: {:?}", parsed.diagnostics);
        let mut module = Self::default();
        for statement in &parsed.program.body {
            module.take(statement)?;
        }
        Ok(module)
    }

    fn take(&mut self, statement: &Statement) -> Result<()> {
        match statement {
            Statement::ImportDeclaration(import) => {
                self.imports.push((import.source.value.to_string(), imported(import)?));
                self.cut(import.span.start, import.span.end);
            }
            Statement::ExportDeclaration(export) => {
                let names = declared(&export.declaration)?;
                self.exported.extend(names.iter().cloned());
                self.declared.extend(names);
                self.cut(export.span.start, export.declaration.span().start);
            }
            Statement::VariableDeclaration(variables) => self.declared.extend(variable_names(variables)?),
            Statement::ClassDeclaration(class) => {
                self.declared.extend(class.id.iter().map(|id| id.name.to_string()));
            }
            // In a block it would become a global of a script.
            Statement::FunctionDeclaration(_) => bail!("a function of the loader is a `const`"),
            Statement::ExportNamedDeclaration(_)
            | Statement::ExportFromDeclaration(_)
            | Statement::ExportDefaultDeclaration(_)
            | Statement::ExportAllDeclaration(_) => {
                bail!("an export of the loader stands at its declaration")
            }
            _ => {}
        }
        Ok(())
    }

    fn cut(&mut self, start: u32, end: u32) {
        self.cuts.push(start as usize..end as usize);
    }
}

fn imported(import: &ImportDeclaration) -> Result<Vec<String>> {
    let specifiers = import.specifiers.iter().flatten();
    let name = |specifier: &ImportDeclarationSpecifier| match specifier {
        ImportDeclarationSpecifier::ImportSpecifier(it) if it.imported.name() == it.local.name => {
            Ok(it.local.name.to_string())
        }
        _ => bail!("an import of the loader is by the name of the export"),
    };
    specifiers.map(name).collect()
}

fn declared(declaration: &Declaration) -> Result<Vec<String>> {
    match declaration {
        Declaration::VariableDeclaration(variables) => variable_names(variables),
        Declaration::ClassDeclaration(class) => Ok(class.id.iter().map(|id| id.name.to_string()).collect()),
        _ => bail!("the loader exports constants, variables and classes"),
    }
}

fn variable_names(variables: &VariableDeclaration) -> Result<Vec<String>> {
    let name = |pattern: &BindingPattern| match pattern {
        BindingPattern::BindingIdentifier(id) => Ok(id.name.to_string()),
        _ => bail!("a module of the loader declares its names one by one"),
    };
    ensure!(!variables.kind.is_var(), "a variable of the loader is `const` or `let`");
    variables.declarations.iter().map(|it| name(&it.id)).collect()
}

fn without(source: &str, cuts: &[Range<usize>]) -> String {
    let mut rest = 0;
    let mut text = String::with_capacity(source.len());
    for cut in cuts {
        text.push_str(&source[rest..cut.start]);
        rest = cut.end;
    }
    text + &source[rest..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(files: &[(&str, &str)]) -> Result<String> {
        let read = |path: &Path| {
            let found = files.iter().find(|(name, _)| Path::new(name) == path);
            Ok(found.with_context(|| path.display().to_string())?.1.to_owned())
        };
        join(Path::new(files[0].0), &read)
    }

    #[test]
    fn modules_stand_before_those_that_import_them_and_once() {
        let text = joined(&[
            ("a.js", "import { b } from './in/b.js'\nimport { c } from './in/c.js'\nb(c)\n"),
            ("in/b.js", "import { c } from './c.js'\nexport const b = c\n"),
            ("in/c.js", "export let c = 1\n"),
        ]);
        assert_eq!(
            text.unwrap().split_whitespace().collect::<Vec<_>>().join(" "),
            "{ let c = 1 const b = c b(c) }"
        );
    }

    #[test]
    fn module_of_the_folder_above_is_the_same_wherever_it_is_imported() {
        let text = joined(&[
            ("embed/a.js", "import { b } from './b.js'\nimport { c } from './in/c.js'\nb(c)\n"),
            ("embed/b.js", "export const b = 1\n"),
            ("embed/in/c.js", "import { b } from '../b.js'\nexport const c = b\n"),
        ]);
        assert_eq!(
            text.unwrap().split_whitespace().collect::<Vec<_>>().join(" "),
            "{ const b = 1 const c = b b(c) }"
        );
    }

    #[test]
    fn name_declared_twice_is_refused() {
        let fault = joined(&[
            ("a.js", "import { b } from './b.js'\nconst c = b\n"),
            ("b.js", "const c = 1\nexport const b = c\n"),
        ]);
        assert_eq!(fault.unwrap_err().to_string(), "b.js and a.js both declare `c`");
    }

    #[test]
    fn name_that_is_not_exported_is_refused() {
        let fault = joined(&[("a.js", "import { c } from './b.js'\n"), ("b.js", "const c = 1\n")]);
        assert_eq!(fault.unwrap_err().to_string(), "b.js exports no `c`");
    }

    #[test]
    fn circle_is_refused() {
        let fault = joined(&[
            ("a.js", "import { b } from './b.js'\nexport const a = b\n"),
            ("b.js", "import { a } from './a.js'\nexport const b = a\n"),
        ]);
        assert_eq!(fault.unwrap_err().to_string(), "a.js imports itself by a circle");
    }

    #[test]
    fn what_would_become_a_global_is_refused() {
        for source in ["function a() {}\n", "var a\n", "export function a() {}\n"] {
            assert!(joined(&[("a.js", source)]).is_err(), "{source}");
        }
    }
}
