//! Reads of the document in `embed/`: an element of the page hides each member of it that it is called as, so that only
//! `page.js` asks the document itself.

use oxc_allocator::Allocator;
use oxc_ast::ast::{Expression, IdentifierReference, StaticMemberExpression};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::{SourceType, Span};

use super::source::Source;

/// The file that knows how a document is asked.
const ASKS: &str = "embed/page.js";

/// The members of nodes that are a document.
const ROOTS: [&str; 2] = ["getRootNode", "ownerDocument"];

/// Returns the faults of one file; none outside `embed/`.
pub(super) fn faults(source: &Source) -> Vec<String> {
    if !source.is_within("embed") || !source.is_javascript() || source.path == ASKS {
        return Vec::new();
    }
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &source.text, SourceType::mjs()).parse();
    let mut reads = Reads { spans: Vec::new() };
    reads.visit_program(&parsed.program);
    let line = |span: &Span| source.text[..span.start as usize].matches('\n').count() + 1;
    let fault = |span| {
        format!("{}:{}: asks the document, which an element may hide; ask `page.js`", source.path, line(span))
    };
    reads.spans.iter().map(fault).collect()
}

/// The places where the document is named, or where something is read from the root of a node.
struct Reads {
    spans: Vec<Span>,
}

impl<'a> Visit<'a> for Reads {
    fn visit_identifier_reference(&mut self, identifier: &IdentifierReference<'a>) {
        if identifier.name == "document" {
            self.spans.push(identifier.span);
        }
    }

    fn visit_static_member_expression(&mut self, member: &StaticMemberExpression<'a>) {
        if member.property.name == "document" || is_root(&member.object) {
            self.spans.push(member.span);
        }
        walk::walk_static_member_expression(self, member);
    }
}

/// Tells whether an expression is the root of a node.
fn is_root(expression: &Expression) -> bool {
    let member = match expression {
        Expression::CallExpression(call) => &call.callee,
        other => other,
    };
    matches!(member, Expression::StaticMemberExpression(it) if ROOTS.contains(&it.property.name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, code: &str) -> usize {
        faults(&Source { path: path.into(), text: format!("// Reads.\n{code}\n") }).len()
    }

    #[test]
    fn read_of_the_document_is_found_however_it_is_named() {
        for code in [
            "document.querySelector('a')",
            "const { body } = document",
            "self.document.title",
            "element.getRootNode().activeElement",
            "element.ownerDocument.body",
        ] {
            assert_eq!(found("embed/loader/reads.js", code), 1, "{code}");
        }
    }

    #[test]
    fn document_that_is_asked_by_its_interface_is_none() {
        for code in
            ["page.title", "native(element.getRootNode()).activeElement", "request.responseType = 'document'"]
        {
            assert_eq!(found("embed/reads.js", code), 0, "{code}");
        }
        assert_eq!(found("embed/page.js", "const page = native(document)"), 0);
        assert_eq!(found("e2e/src/reads.js", "document.title"), 0);
    }
}
