//! The limits of length for the JavaScript of `embed/`: lines of a file, lines of a function, an opening comment.

use oxc_allocator::Allocator;
use oxc_ast::ast::{ArrowFunctionExpression, Function};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::{SourceType, Span};
use oxc_syntax::scope::ScopeFlags;

use super::rules::MAX_LINES;
use super::source::Source;

/// The longest function; what does not fit is usually two things.
const MAX_FUNCTION_LINES: usize = 60;

/// Returns the faults of one file; none outside `embed/`.
pub(super) fn faults(source: &Source) -> Vec<String> {
    if !source.is_within("embed") || !source.is_javascript() {
        return Vec::new();
    }
    let mut faults = Vec::new();
    if !source.text.starts_with("// ") {
        faults.push(format!("{}:1: opens without a comment that says what it is", source.path));
    }
    let lines = source.text.lines().count();
    if lines > MAX_LINES && !source.excepts("length") {
        faults.push(format!("{}: {lines} lines, more than {MAX_LINES}", source.path));
    }
    if !source.excepts("function-length") {
        faults.extend(long_functions(source));
    }
    faults
}

fn long_functions(source: &Source) -> Vec<String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &source.text, SourceType::mjs()).parse();
    if !parsed.diagnostics.is_empty() {
        return vec![format!("{}: does not parse: {:?}", source.path, parsed.diagnostics)];
    }
    let mut functions = Functions { spans: Vec::new() };
    functions.visit_program(&parsed.program);
    let long = functions.spans.into_iter().filter_map(|span| {
        let (start, end) = (span.start as usize, span.end as usize);
        let lines = source.text[start..end].lines().count();
        let at = source.text[..start].lines().count();
        let fault =
            || format!("{}:{at}: a function of {lines} lines, more than {MAX_FUNCTION_LINES}", source.path);
        (lines > MAX_FUNCTION_LINES).then(fault)
    });
    long.collect()
}

/// The places of all functions and methods.
struct Functions {
    spans: Vec<Span>,
}

impl<'a> Visit<'a> for Functions {
    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        self.spans.push(function.span);
        walk::walk_function(self, function, flags);
    }

    fn visit_arrow_function_expression(&mut self, function: &ArrowFunctionExpression<'a>) {
        self.spans.push(function.span);
        walk::walk_arrow_function_expression(self, function);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::Repo;

    #[test]
    fn trunk_lays_every_file_that_the_loader_loads() {
        let repo = Repo::open().unwrap();
        let page = repo.sh.read_file(repo.root.join("index.html")).unwrap();
        let laid: Vec<&str> =
            page.split("href=\"embed/").skip(1).filter_map(|it| it.split('"').next()).collect();
        let files = repo.sh.read_dir(repo.root.join("embed")).unwrap();
        let names = files.iter().filter(|path| path.is_file());
        let names = names.map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
        // The loader itself is joined from its modules by a hook.
        assert_eq!(laid, names.filter(|name| name != "embed.js").collect::<Vec<_>>());
    }

    fn found(path: &str, text: String) -> Vec<String> {
        faults(&Source { path: path.into(), text })
    }

    #[test]
    fn long_function_is_found_wherever_it_stands() {
        let body = "  step()\n".repeat(MAX_FUNCTION_LINES);
        for (open, close) in
            [("const f = () => {", "}"), ("class A { f() {", "} }"), ("run(function () {", "})")]
        {
            let text = format!("// Steps.\n{open}\n{body}{close}\n");
            let found = found("embed/steps.js", text);
            assert!(found[0].starts_with("embed/steps.js:2: a function of 62 lines"), "{found:?}");
        }
    }

    #[test]
    fn short_functions_of_a_long_module_are_none() {
        let text = format!(
            "// Steps.\n{}",
            "const f = () => {\n}\n".repeat(MAX_FUNCTION_LINES).replace("const f", "f")
        );
        assert_eq!(found("embed/steps.js", text), Vec::<String>::new());
    }

    #[test]
    fn long_file_and_one_without_an_opening_comment_are_found() {
        assert_eq!(found("embed/long.js", "f()\n".repeat(MAX_LINES + 1)).len(), 2);
    }

    #[test]
    fn scripts_elsewhere_are_none_of_it() {
        assert_eq!(found("demo/long.js", "f()\n".repeat(MAX_LINES + 1)), Vec::<String>::new());
    }
}
