//! News on their way out: written once, for however many streams.

use std::sync::OnceLock;

use axum::body::Bytes;
use dumka_api::live::{COMMENT, DELETED, EDITED, VOTES};
use dumka_api::{LiveComment, LiveDeleted, LiveVotes};
use serde::Serialize;

use crate::storage::{Change, ChangeKind, News, Point};

/// What changed between two points.
pub(super) struct Batch {
    /// After which point it begins.
    pub(super) after: Point,
    /// Up to which point it tells everything.
    pub(super) upto: Point,
    changes: Vec<Written>,
}

/// A change in each form that a stream has asked for so far.
struct Written {
    change: Change,
    total: u64,
    frames: [OnceLock<Bytes>; KINDS.len()],
}

const KINDS: [ChangeKind; 4] = [ChangeKind::Shown, ChangeKind::Edited, ChangeKind::Voted, ChangeKind::Hidden];

impl Batch {
    /// News since a point.
    pub(super) fn new(after: Point, news: News) -> Self {
        let total = news.total;
        let written = |change| Written { change, total, frames: Default::default() };
        Self { after, upto: news.upto, changes: news.changes.into_iter().map(written).collect() }
    }

    /// The first event after a point, and the point after it.
    pub(super) fn event_after(&self, point: Point) -> Option<(Bytes, Point)> {
        let index = self.changes.partition_point(|written| written.change.at <= point);
        let written = self.changes.get(index)?;
        let at = written.change.at;
        let reached = if written.change.ends_revision { Point::after(at.revision) } else { at };
        Some((written.frame(written.change.kind_since(point.told())), reached))
    }
}

impl Written {
    fn frame(&self, kind: ChangeKind) -> Bytes {
        let index = KINDS.iter().position(|&known| known == kind).expect("every kind is in the list");
        self.frames[index].get_or_init(|| self.write(kind)).clone()
    }

    fn write(&self, kind: ChangeKind) -> Bytes {
        let (comment, total) = (self.change.comment.clone().for_everybody(), self.total);
        match kind {
            ChangeKind::Shown => self.event(COMMENT, &LiveComment { comment, total }),
            ChangeKind::Edited => self.event(EDITED, &LiveComment { comment, total }),
            ChangeKind::Voted => self.event(VOTES, &LiveVotes { id: comment.id, votes: comment.votes }),
            ChangeKind::Hidden => {
                let id = comment.id.clone();
                let comment = self.change.stands.then_some(comment);
                self.event(DELETED, &LiveDeleted { id, total, comment })
            }
        }
    }

    /// An event. Only the last one of a revision bears its number: whoever comes back with that has seen them all.
    fn event(&self, name: &str, data: &impl Serialize) -> Bytes {
        let data = serde_json::to_string(data).expect("wire types have string keys only");
        let Change { at, ends_revision, .. } = self.change;
        let id = if ends_revision { format!("id: {}\n", at.revision) } else { String::new() };
        // JSON has no line breaks of its own.
        format!("event: {name}\n{id}data: {data}\n\n").into()
    }
}
