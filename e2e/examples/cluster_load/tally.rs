//! Counts comments that were acknowledged so far, and the longest waits of the present phase.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::RwLock;

/// Held by whoever posts; held alone, nobody does.
pub(crate) type Gate = Arc<RwLock<()>>;

/// The threads that are posted to, the first of them by every second post.
pub(crate) const THREADS: [&str; 6] = ["hot", "news/1", "news/2", "news/3", "news/4", "news/5"];

/// Complaints that are kept; the others would say the same.
const MAX_UNEXPECTED: usize = 10;

/// Counts, for all tasks of the load.
#[derive(Default)]
pub(crate) struct Tally {
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    next: usize,
    phase: Figures,
    longest_event: Duration,
    acknowledged: HashMap<usize, Acknowledged>,
    times: HashMap<String, Instant>,
    newest: [Option<String>; THREADS.len()],
    unexpected: Vec<String>,
}

/// A comment whose number a server has answered with 201.
#[derive(Clone)]
pub(crate) struct Acknowledged {
    /// The index of its thread.
    pub(crate) thread: usize,
    /// Its id.
    pub(crate) id: String,
}

/// A comment that is to be posted; tried again, it is the same.
pub(crate) struct Draft {
    /// Its number, which no other has.
    pub(crate) number: usize,
    /// The index of its thread.
    pub(crate) thread: usize,
    /// The comment that it answers.
    pub(crate) parent: Option<String>,
}

/// The figures of one phase.
#[derive(Default, Clone)]
pub(crate) struct Figures {
    /// Comments.
    pub(crate) acknowledged: usize,
    /// From the first attempt of a post to its acknowledgement.
    pub(crate) longest_post: Duration,
    /// From the beginning of a reader's first failed read to the end of the next that is answered.
    pub(crate) longest_refusal: Duration,
    /// From the beginning to the end of a read that is answered.
    pub(crate) longest_read: Duration,
}

impl Tally {
    /// Begins a phase with figures of its own.
    pub(crate) fn begin_phase(&self) {
        let mut counts = self.lock();
        counts.phase = Figures::default();
        counts.longest_event = Duration::ZERO;
    }

    /// Returns the figures of the phase, and the number of all comments that were acknowledged so far.
    pub(crate) fn end_phase(&self) -> (Figures, usize) {
        let counts = self.lock();
        (counts.phase.clone(), counts.acknowledged.len())
    }

    /// Numbers the next comment. Every second is in the first thread, every third answers another.
    pub(crate) fn draft(&self) -> Draft {
        let mut counts = self.lock();
        let number = counts.next;
        counts.next += 1;
        let thread = if number.is_multiple_of(2) { 0 } else { 1 + number / 2 % (THREADS.len() - 1) };
        let parent = if number.is_multiple_of(3) { counts.newest[thread].clone() } else { None };
        Draft { number, thread, parent }
    }

    /// Notes a comment that was acknowledged.
    pub(crate) fn acknowledge(&self, draft: &Draft, id: String, begun: Instant) {
        let mut counts = self.lock();
        counts.phase.acknowledged += 1;
        counts.phase.longest_post = counts.phase.longest_post.max(begun.elapsed());
        counts.times.insert(id.clone(), Instant::now());
        // Answers to answers would make one chain of the thread.
        if draft.parent.is_none() {
            counts.newest[draft.thread] = Some(id.clone());
        }
        counts.acknowledged.insert(draft.number, Acknowledged { thread: draft.thread, id });
    }

    /// Notes the event of a comment. One that comes before the acknowledgement was not waited for.
    pub(crate) fn event(&self, id: &str) {
        let mut counts = self.lock();
        if let Some(at) = counts.times.get(id) {
            counts.longest_event = counts.longest_event.max(at.elapsed());
        }
    }

    /// The longest time from an acknowledgement to its event, in this phase.
    pub(crate) fn longest_event(&self) -> Duration {
        self.lock().longest_event
    }

    /// Notes a read that was answered, and since when reads had failed.
    pub(crate) fn read(&self, begun: Instant, refused_since: Option<Instant>) {
        let mut counts = self.lock();
        counts.phase.longest_read = counts.phase.longest_read.max(begun.elapsed());
        if let Some(since) = refused_since {
            counts.phase.longest_refusal = counts.phase.longest_refusal.max(since.elapsed());
        }
    }

    /// Notes what must not be.
    pub(crate) fn unexpected(&self, what: String) {
        let mut counts = self.lock();
        if counts.unexpected.len() < MAX_UNEXPECTED {
            counts.unexpected.push(what);
        }
    }

    /// Returns what must not be, and forgets it.
    pub(crate) fn take_unexpected(&self) -> Vec<String> {
        std::mem::take(&mut self.lock().unexpected)
    }

    /// Everything that was acknowledged, by its number.
    pub(crate) fn acknowledged(&self) -> HashMap<usize, Acknowledged> {
        self.lock().acknowledged.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        // Every change of the counts is whole.
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
