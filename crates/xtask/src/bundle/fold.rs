//! Functions of the joined loader that are called in one place, put into that place.
//!
//! Modules hand each other a thread by such calls: one text needs neither the function nor the call. A function that
//! could mean something else in the other place stays as it is.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use oxc_allocator::Allocator;
use oxc_ast::ast::{
    ArrowFunctionBody, ArrowFunctionExpression, BindingIdentifier, BindingPattern, Expression, FunctionBody,
    Statement,
};
use oxc_ast_visit::Visit;
use oxc_parser::Parser;
use oxc_semantic::{Semantic, SemanticBuilder};
use oxc_span::{GetSpan, SourceType, Span};
use oxc_syntax::reference::ReferenceId;
use oxc_syntax::symbol::SymbolId;

use super::fold_syntax::{Bound, Calls};

/// Folds every such function of `source`, which is one block.
pub(super) fn fold(source: String) -> Result<String> {
    let mut text = source;
    while let Some(shorter) = fold_one(&text)? {
        text = shorter;
    }
    Ok(text)
}

fn fold_one(source: &str) -> Result<Option<String>> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, SourceType::script()).parse();
    ensure!(parsed.diagnostics.is_empty(), "JavaScript does not parse: {:?}", parsed.diagnostics);
    let semantic = SemanticBuilder::new().with_build_nodes(true).build(&parsed.program).semantic;
    let [Statement::BlockStatement(block)] = &parsed.program.body[..] else { return Ok(None) };
    let edited = block.body.iter().find_map(|statement| {
        let candidate = Candidate::of(statement)?;
        let place = block.body.iter().find_map(|outer| candidate.place(&semantic, outer))?;
        Some(candidate.moved(source, place))
    });
    Ok(edited)
}

/// A function that may be put elsewhere.
struct Candidate<'a> {
    statement: Span,
    function: &'a ArrowFunctionExpression<'a>,
    body: &'a FunctionBody<'a>,
    symbol: SymbolId,
    parameters: Vec<&'a BindingIdentifier<'a>>,
}

impl<'a> Candidate<'a> {
    fn of(statement: &'a Statement<'a>) -> Option<Self> {
        let Statement::VariableDeclaration(variables) = statement else { return None };
        let [variable] = &variables.declarations[..] else { return None };
        let BindingPattern::BindingIdentifier(name) = &variable.id else { return None };
        let Some(Expression::ArrowFunctionExpression(function)) = &variable.init else { return None };
        let ArrowFunctionBody::FunctionBody(body) = &function.body else { return None };
        let parameter = |pattern: &'a BindingPattern<'a>| match pattern {
            BindingPattern::BindingIdentifier(id) => Some(&**id),
            _ => None,
        };
        let parameters = function
            .params
            .items
            .iter()
            .map(|it| parameter(&it.pattern).filter(|_| it.initializer.is_none()))
            .collect::<Option<_>>()?;
        let mut bound = Bound::default();
        bound.visit_function_body(body);
        let is_free = !bound.is_bound
            && body.directives.is_empty()
            && !function.r#async
            && function.params.rest.is_none();
        (is_free && variables.kind.is_const()).then(|| Self {
            statement: statement.span(),
            function,
            body,
            symbol: name.symbol_id(),
            parameters,
        })
    }

    /// Returns the one call, if it stands in `outer` and the function means the same there.
    fn place(&self, semantic: &Semantic, outer: &Statement<'a>) -> Option<Span> {
        let mut calls = Calls::default();
        calls.visit_statement(outer);
        let call = calls.found.into_iter().find(|it| symbol_of(semantic, it.callee) == Some(self.symbol))?;
        let scoping = semantic.scoping();
        let is_only = scoping.get_resolved_references(self.symbol).count() == 1;
        let is_elsewhere = outer.span() != self.statement;
        // What is passed has the same name there, and neither is ever assigned to.
        let is_same = call.arguments.len() == self.parameters.len()
            && call.arguments.iter().zip(&self.parameters).all(|(argument, parameter)| {
                argument.as_ref().is_some_and(|(name, reference)| {
                    parameter.name == name.as_str()
                        && !scoping.symbol_is_mutated(parameter.symbol_id())
                        && symbol_of(semantic, *reference).is_some_and(|it| !scoping.symbol_is_mutated(it))
                })
            });
        let is_clear = self.outer_names(semantic).is_disjoint(&names_within(semantic, outer.span()));
        (is_only && is_elsewhere && is_same && is_clear).then_some(call.place)
    }

    /// The names that the function takes from around it.
    fn outer_names(&self, semantic: &Semantic) -> BTreeSet<String> {
        let scoping = semantic.scoping();
        let mut names = BTreeSet::new();
        let is_inside = |span: Span| self.function.span.contains_inclusive(span);
        for symbol in scoping.symbol_ids().filter(|it| !is_inside(scoping.symbol_span(*it))) {
            let mut used = scoping.get_resolved_references(symbol);
            if used.any(|it| is_inside(semantic.reference_span(it))) {
                names.insert(scoping.symbol_name(symbol).to_owned());
            }
        }
        for id in scoping.root_unresolved_references_ids().flatten() {
            let reference = scoping.get_reference(id);
            if is_inside(semantic.reference_span(reference)) {
                names.insert(semantic.reference_name(reference).to_owned());
            }
        }
        names
    }

    fn moved(&self, source: &str, place: Span) -> String {
        let at = |span: Span| span.start as usize..span.end as usize;
        let mut edits = [(at(self.statement), ""), (at(place), &source[at(self.body.span)])];
        edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        let mut text = source.to_owned();
        for (range, new) in edits {
            text.replace_range(range, new);
        }
        text
    }
}

fn symbol_of(semantic: &Semantic, reference: ReferenceId) -> Option<SymbolId> {
    semantic.scoping().get_reference(reference).symbol_id()
}

/// The names that are declared inside a statement of the outermost scope, or mean something else in each function.
fn names_within(semantic: &Semantic, statement: Span) -> BTreeSet<String> {
    let scoping = semantic.scoping();
    let inside = scoping.symbol_ids().filter(|it| statement.contains_inclusive(scoping.symbol_span(*it)));
    let mut names: BTreeSet<String> = inside.map(|it| scoping.symbol_name(it).to_owned()).collect();
    names.insert("arguments".to_owned());
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(source: &str) -> String {
        fold(source.to_owned()).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn function_that_is_called_once_stands_where_it_was_called() {
        let text = folded(
            "{ const f = a => { const b = 1; a.x = () => { return b } }\nconst g = a => { f(a)\na.y() }\nrun(g, g) }",
        );
        assert_eq!(text, "{ const g = a => { { const b = 1; a.x = () => { return b } } a.y() } run(g, g) }");
    }

    #[test]
    fn function_that_would_mean_something_else_stays() {
        for source in [
            // Called twice, or not as a statement, or with something of another name.
            "{ const f = a => { a() } const g = a => { f(a); f(a) } run(g, g) }",
            "{ const f = a => { a() } const g = a => { run(f(a)) } run(g, g) }",
            "{ const f = a => { a() } const g = b => { f(b) } run(g, g) }",
            "{ const f = a => { a() } const g = a => { f() } run(g, g) }",
            // Ends itself, or is one that waits.
            "{ const f = a => { if (a) return; a() } const g = a => { f(a) } run(g, g) }",
            "{ const f = async a => { a() } const g = a => { f(a) } run(g, g) }",
            // What it means by a name is something else there.
            "{ const c = 1 const f = a => { a(c) } const g = a => { const c = 2; f(a) } run(g, g) }",
            "{ const f = a => { a(location) } const g = (a, location) => { f(a) } run(g, g) }",
            "{ const f = a => { a = 1 } const g = a => { f(a) } run(g, g) }",
            "{ const f = a => { a() } const g = a => { f(a); a = 1 } run(g, g) }",
            "{ const f = a => { a(this) } const g = a => { f(a) } run(g, g) }",
        ] {
            let source = source
                .replace("} const", "}\nconst")
                .replace("1 const", "1\nconst")
                .replace("} run", "}\nrun");
            assert_eq!(fold(source.clone()).unwrap(), source);
        }
    }
}
