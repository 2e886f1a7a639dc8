//! In which order top-level comments come, and which of them come next.

use dumka_api::Sort;
use sqlx::AnyConnection;

use super::error::StoreError;
use super::{ListQuery, record};
use crate::domain::comment::CommentId;

/// A top-level comment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Root {
    pub(super) id: CommentId,
    pub(super) position: u64,
}

/// Which top-level comments come next.
pub(super) enum Next {
    /// Those after this gap in the order as it is now.
    After(Place),
    /// By score, those that were not given already; before them the one that the answer begins in.
    Rest {
        /// Positions in ascending order.
        given: Vec<u64>,
        /// What comes first, whatever its score is now.
        first: Option<Root>,
    },
}

/// A gap in the order of top-level comments.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) score: i64,
    pub(super) position: i64,
}

impl Place {
    /// The gap before the comment that stands here.
    pub(super) fn before(self, sort: Sort) -> Self {
        let step = if sort == Sort::Newest { 1 } else { -1 };
        Self { position: self.position + step, ..self }
    }
}

impl Next {
    /// All of them.
    pub(super) fn top(sort: Sort) -> Self {
        match sort {
            Sort::Best => Self::Rest { given: Vec::new(), first: None },
            Sort::Oldest => Self::After(Place { score: i64::MAX, position: 0 }),
            Sort::Newest => Self::After(Place { score: i64::MAX, position: i64::MAX }),
        }
    }
}

/// Reads the top-level comments that come next, one more than asked for where there are more.
pub(super) async fn next(
    connection: &mut AnyConnection,
    query: &ListQuery,
    thread_id: &str,
    next: &Next,
) -> Result<Vec<Root>, StoreError> {
    match next {
        Next::After(place) => after(connection, query, thread_id, *place).await,
        Next::Rest { given, first } => {
            let wanted = query.extent.roots as usize + 1;
            let is_new = |root: &Root| {
                given.binary_search(&root.position).is_err()
                    && first.is_none_or(|first| first.position != root.position)
            };
            let best = best(connection, thread_id, given.len() + wanted).await?;
            Ok(first.iter().copied().chain(best.into_iter().filter(is_new)).take(wanted).collect())
        }
    }
}

async fn after(
    connection: &mut AnyConnection,
    query: &ListQuery,
    thread_id: &str,
    place: Place,
) -> Result<Vec<Root>, StoreError> {
    let sql = match query.sort {
        Sort::Oldest => {
            "SELECT id, position FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
             AND position > $2 ORDER BY position LIMIT $3"
        }
        Sort::Newest => {
            "SELECT id, position FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
             AND position < $2 ORDER BY position DESC LIMIT $3"
        }
        Sort::Best => {
            "SELECT id, position FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
             AND (score < $4 OR (score = $4 AND position > $2)) ORDER BY score DESC, position LIMIT $3"
        }
    };
    let limit = i64::from(query.extent.roots) + 1;
    let mut select = sqlx::query_as(sql).bind(thread_id).bind(place.position).bind(limit);
    if query.sort == Sort::Best {
        select = select.bind(place.score);
    }
    let rows: Vec<(String, i64)> = select.fetch_all(connection).await?;
    rows.iter().map(|(id, position)| root(id, *position)).collect()
}

/// Reads so many of the best, as one text: they may be all of a long thread.
async fn best(
    connection: &mut AnyConnection,
    thread_id: &str,
    number: usize,
) -> Result<Vec<Root>, StoreError> {
    let sql = "SELECT STRING_AGG(record, ' ' ORDER BY score DESC, position) FROM \
               (SELECT position || ':' || id AS record, score, position FROM comments \
               WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
               ORDER BY score DESC, position LIMIT $2) few";
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    let records: Option<String> =
        sqlx::query_scalar(sql).bind(thread_id).bind(number).fetch_one(connection).await?;
    let records = records.unwrap_or_default();
    let fields = records.split_terminator(' ').map(|record| record.split_once(':').unwrap_or_default());
    fields.map(|(position, id)| root(id, record::number(position)?)).collect()
}

/// Reads the positions of what stands before this place by score, in ascending order.
pub(super) async fn better(
    connection: &mut AnyConnection,
    thread_id: &str,
    place: Place,
) -> Result<Vec<u64>, StoreError> {
    let sql = "SELECT position FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
               AND (score > $2 OR (score = $2 AND position < $3)) ORDER BY position";
    let select = sqlx::query_scalar(sql).bind(thread_id).bind(place.score).bind(place.position);
    let positions: Vec<i64> = select.fetch_all(connection).await?;
    positions.into_iter().map(record::count).collect()
}

/// Whether top-level comments stand before this gap by their age.
pub(super) async fn is_led(
    connection: &mut AnyConnection,
    sort: Sort,
    thread_id: &str,
    place: Place,
) -> Result<bool, StoreError> {
    let sql = if sort == Sort::Newest {
        "SELECT 1 FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
         AND position >= $2 LIMIT 1"
    } else {
        "SELECT 1 FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
         AND position <= $2 LIMIT 1"
    };
    let select = sqlx::query(sql).bind(thread_id).bind(place.position);
    Ok(select.fetch_optional(connection).await?.is_some())
}

fn root(id: &str, position: i64) -> Result<Root, StoreError> {
    Ok(Root { id: record::id(id)?, position: record::count(position)? })
}
