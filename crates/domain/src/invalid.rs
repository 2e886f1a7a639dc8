//! The refusal of a field that breaks a rule.

use dumka_api::ProblemKind;

/// A broken rule, with the field at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {}", .kind.title())]
pub struct Invalid {
    /// The rule.
    pub kind: ProblemKind,
    /// The field at fault, by its name on the wire.
    pub field: &'static str,
    /// The limit that was passed, in the unit the field is measured in.
    pub limit: Option<u64>,
}

impl Invalid {
    /// Refuses a field by a rule without a limit.
    pub const fn new(kind: ProblemKind, field: &'static str) -> Self {
        Self { kind, field, limit: None }
    }

    /// Refuses a field that is longer than `limit`.
    pub const fn over(kind: ProblemKind, field: &'static str, limit: usize) -> Self {
        Self { kind, field, limit: Some(limit as u64) }
    }
}
