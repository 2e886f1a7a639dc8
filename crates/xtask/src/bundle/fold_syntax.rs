//! The parts of a script's syntax by which `fold.rs` knows whether a function may stand elsewhere.

use oxc_ast::ast::{
    Argument, ArrowFunctionExpression, Class, Expression, ExpressionStatement, Function, ReturnStatement,
    ThisExpression, VariableDeclaration,
};
use oxc_ast_visit::{Visit, walk};
use oxc_span::Span;
use oxc_syntax::reference::ReferenceId;
use oxc_syntax::scope::ScopeFlags;

/// A call that is a statement of its own.
pub(super) struct Call {
    pub(super) place: Span,
    pub(super) callee: ReferenceId,
    /// Those that are plain names.
    pub(super) arguments: Vec<Option<(String, ReferenceId)>>,
}

/// Finds such calls.
#[derive(Default)]
pub(super) struct Calls {
    pub(super) found: Vec<Call>,
}

impl<'a> Visit<'a> for Calls {
    fn visit_expression_statement(&mut self, it: &ExpressionStatement<'a>) {
        walk::walk_expression_statement(self, it);
        let Expression::CallExpression(call) = &it.expression else { return };
        let Expression::Identifier(callee) = &call.callee else { return };
        let plain = |given: &Argument<'a>| match given {
            Argument::Identifier(id) => Some((id.name.to_string(), id.reference_id())),
            _ => None,
        };
        let arguments = call.arguments.iter().map(plain).collect();
        self.found.push(Call { place: it.span, callee: callee.reference_id(), arguments });
    }
}

/// Finds what binds a text to the function in which it stands.
#[derive(Default)]
pub(super) struct Bound {
    pub(super) is_bound: bool,
    depth: usize,
}

impl<'a> Visit<'a> for Bound {
    fn visit_return_statement(&mut self, it: &ReturnStatement<'a>) {
        self.is_bound |= self.depth == 0;
        walk::walk_return_statement(self, it);
    }

    fn visit_variable_declaration(&mut self, it: &VariableDeclaration<'a>) {
        self.is_bound |= it.kind.is_var();
        walk::walk_variable_declaration(self, it);
    }

    fn visit_this_expression(&mut self, _: &ThisExpression) {
        self.is_bound = true;
    }

    fn visit_class(&mut self, _: &Class<'a>) {
        self.is_bound = true;
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        self.is_bound |= it.is_declaration();
        self.depth += 1;
        walk::walk_function(self, it, flags);
        self.depth -= 1;
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        self.depth += 1;
        walk::walk_arrow_function_expression(self, it);
        self.depth -= 1;
    }
}
