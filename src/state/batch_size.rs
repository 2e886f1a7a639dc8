//! The number of comments in a batch: as many as the browser draws without a stutter.

/// Milliseconds that a step should take. Well below the 50 after which a reader feels it, for the next comments
/// may be longer than the last.
const STEP_MS: f64 = 10.0;

/// Comments of a step. Fewer would not make it shorter, for a frame has a price of its own; more would leave no room
/// for the collector of garbage, which comes when it wants.
const STEP: std::ops::RangeInclusive<usize> = 8..=20;

/// The number of comments of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchSize {
    next: usize,
}

impl BatchSize {
    /// The pace to begin with, before anything is known of the machine.
    pub const fn initial() -> Self {
        Self { next: *STEP.start() }
    }

    /// Comments of the next step.
    pub const fn next(self) -> usize {
        self.next
    }

    /// Learns how long the last step took; the next is half of it at least, and half as many more at most.
    pub fn adjust(&mut self, took_ms: f64) {
        let factor = (STEP_MS / took_ms.max(1.0)).clamp(0.5, 1.5);
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most twice the largest step, and positive"
        )]
        let next = (self.next as f64 * factor).round_ties_even() as usize;
        self.next = next.clamp(*STEP.start(), *STEP.end());
    }
}
