//! Tells how far a move is.

use std::ops::ControlFlow;

use super::error::MoveError;

/// The state of a move after one of its steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The work that is being done.
    pub stage: Stage,
    /// The table it is done on.
    pub table: &'a str,
    /// The number of rows that are done, also by an earlier start of the same move.
    pub rows: u64,
    /// The number of rows there are; in [`Stage::Comparing`] those of both sides.
    pub total: u64,
}

/// The work of a part of a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Rows are copied. What is told is committed.
    Copying,
    /// Both sides are read and compared.
    Comparing,
}

/// The caller's function, which is told of every step.
pub(super) type Report<'a> = &'a mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>;

/// Tells the caller, and fails where the caller breaks off.
pub(super) fn tell(report: Report<'_>, progress: &Progress<'_>) -> Result<(), MoveError> {
    match report(progress) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(MoveError::Stopped),
    }
}
