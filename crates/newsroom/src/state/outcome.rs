//! The last outcome, which the view says and a screen reader hears.

use dumka_api::newsroom::Act;

use super::failure::Failure;

/// An outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Comments were decided on.
    Decided {
        /// The act.
        act: Act,
        /// The number of comments decided on.
        count: u64,
        /// The number of those that were not.
        failed: u64,
    },
    /// Decisions were taken back.
    Undone(u64),
    /// They could not be taken back, since others followed.
    NotUndone,
    /// An answer was sent.
    Replied,
    /// The thread was changed.
    Saved,
    /// A text is on the clipboard.
    Copied,
    /// Something did not work.
    Failed(Failure),
}
