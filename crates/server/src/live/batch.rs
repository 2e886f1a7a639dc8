//! News on their way out: written once, for however many streams.

use std::sync::OnceLock;

use axum::body::Bytes;
use dumka_api::live::{COMMENT, DELETED, EDITED, VOTES};
use dumka_api::{LiveComment, LiveDeleted, LiveVotes};
use serde::Serialize;

use crate::storage::{Change, ChangeKind, ChangePosition, ChangeSet, Visibility};

/// What changed between two points.
pub(super) struct Batch {
    /// After which point it begins.
    pub(super) after: ChangePosition,
    /// Up to which point it tells everything.
    pub(super) upto: ChangePosition,
    changes: Vec<Written>,
}

/// A change in each form that a stream has asked for so far.
struct Written {
    change: Change,
    total: u64,
    data: [OnceLock<Bytes>; KINDS.len()],
}

/// An event of a thread, but for the page's name and the id, in which streams differ.
pub(super) struct Event {
    /// Its name.
    pub(super) name: &'static str,
    /// What stands behind the page in its data.
    pub(super) rest: Bytes,
    /// The point after it.
    pub(super) reached: ChangePosition,
}

/// The kinds of changes, and their names.
const KINDS: [(ChangeKind, &str); 4] = [
    (ChangeKind::Published, COMMENT),
    (ChangeKind::Edited, EDITED),
    (ChangeKind::VotesChanged, VOTES),
    (ChangeKind::Removed, DELETED),
];

impl Batch {
    /// News since a point.
    pub(super) fn new(after: ChangePosition, news: ChangeSet) -> Self {
        let total = news.total;
        let written = |change| Written { change, total, data: Default::default() };
        Self { after, upto: news.through, changes: news.changes.into_iter().map(written).collect() }
    }

    /// The first event after a point.
    pub(super) fn event_after(&self, point: ChangePosition) -> Option<Event> {
        let index = self.changes.partition_point(|written| written.change.position <= point);
        let written = self.changes.get(index)?;
        let Change { position: at, ends_revision, .. } = written.change;
        let reached = if ends_revision { ChangePosition::after(at.revision) } else { at };
        let (name, rest) = written.told(written.change.kind_since(point.complete_revision()));
        Some(Event { name, rest, reached })
    }
}

impl Written {
    fn told(&self, kind: ChangeKind) -> (&'static str, Bytes) {
        let index = KINDS.iter().position(|&(known, _)| known == kind).expect("every kind is in the list");
        (KINDS[index].1, self.data[index].get_or_init(|| self.write(kind)).clone())
    }

    fn write(&self, kind: ChangeKind) -> Bytes {
        let (comment, total) = (self.change.comment.clone().for_everybody(), Some(self.total));
        let (page, id) = (String::new(), comment.id.clone());
        match kind {
            ChangeKind::Published | ChangeKind::Edited => behind_page(&LiveComment { page, comment, total }),
            ChangeKind::VotesChanged => behind_page(&LiveVotes { page, id, votes: comment.votes }),
            ChangeKind::Removed => {
                let comment = (self.change.visibility == Visibility::Visible).then_some(comment);
                behind_page(&LiveDeleted { page, id, total, comment })
            }
        }
    }
}

/// What stands behind the page in an event's data.
fn behind_page(data: &impl Serialize) -> Bytes {
    let data = serde_json::to_string(data).expect("wire types have string keys only");
    let rest = data.strip_prefix(r#"{"page":"""#).expect("the page is the first field");
    // JSON has no line breaks of its own.
    format!("{rest}\n\n").into()
}
