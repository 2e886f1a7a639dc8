//! Reading one answer of a list.

use dumka_api::Sort;
use sqlx::AnyConnection;

use super::error::{ListError, StoreError};
use super::trees::{Entry, Window, window};
use super::{Cursor, ListQuery, Page, Start, read, record};
use crate::domain::comment::CommentId;

/// Reads the thread, its next top-level comments and what fits of their trees.
pub(super) async fn list(connection: &mut AnyConnection, query: &ListQuery) -> Result<Page, ListError> {
    let Some((thread_id, thread)) = read::thread(connection, &query.thread).await? else {
        return match query.start {
            Start::After(_) => Err(ListError::CursorUnknown),
            Start::Top | Start::At(_) => Ok(Page::default()),
        };
    };
    let beginning = beginning(connection, query, &thread_id).await?;
    let mut roots = roots(connection, query, &thread_id, beginning.place).await?;
    let more = roots.len() > query.extent.roots as usize;
    roots.truncate(query.extent.roots as usize);
    let end = roots.last().filter(|_| more).map(|root| Cursor::AfterTree(*root));
    let Window { comments, cut, is_inside } =
        window(connection, &roots, beginning.entry, query.extent).await?;
    let earlier = matches!(beginning.entry, Entry::At(_))
        && (is_inside || is_led(connection, query.sort, &thread_id, beginning.place).await?);
    Ok(Page { thread, comments, next: cut.or(end), earlier })
}

/// The gap in the order of top-level comments after which to read on, and where in the first tree to begin.
struct Beginning {
    place: Place,
    entry: Entry,
}

#[derive(Clone, Copy)]
struct Place {
    score: i64,
    position: i64,
}

impl Place {
    fn top(sort: Sort) -> Self {
        let position = if sort == Sort::Newest { i64::MAX } else { 0 };
        Self { score: i64::MAX, position }
    }

    /// The gap before the comment that stands here.
    fn before(self, sort: Sort) -> Self {
        let step = if sort == Sort::Newest { 1 } else { -1 };
        Self { position: self.position + step, ..self }
    }
}

async fn beginning(
    connection: &mut AnyConnection,
    query: &ListQuery,
    thread_id: &str,
) -> Result<Beginning, ListError> {
    let top = Beginning { place: Place::top(query.sort), entry: Entry::First };
    let comment = match query.start {
        Start::Top => return Ok(top),
        Start::After(Cursor::AfterTree(comment) | Cursor::AfterComment(comment)) | Start::At(comment) => {
            comment
        }
    };
    let found = found(connection, comment, thread_id).await?;
    match (query.start, found) {
        (Start::After(Cursor::AfterTree(_)), Some(Found { is_root: true, root, .. })) => {
            Ok(Beginning { place: root, entry: Entry::First })
        }
        (Start::After(Cursor::AfterComment(_)), Some(Found { root, .. })) => {
            Ok(Beginning { place: root.before(query.sort), entry: Entry::After(comment) })
        }
        (Start::At(_), Some(Found { stands: true, root, .. })) => {
            Ok(Beginning { place: root.before(query.sort), entry: Entry::At(comment) })
        }
        (Start::After(_), _) => Err(ListError::CursorUnknown),
        (Start::Top | Start::At(_), _) => Ok(top),
    }
}

/// Where a comment of the thread is found.
struct Found {
    is_root: bool,
    stands: bool,
    root: Place,
}

async fn found(
    connection: &mut AnyConnection,
    comment: CommentId,
    thread_id: &str,
) -> Result<Option<Found>, StoreError> {
    let sql = "SELECT r.id, r.score, r.position, c.standing FROM comments c JOIN comments r ON r.id = c.root_id \
               WHERE c.id = $1 AND c.thread_id = $2";
    let id = comment.to_string();
    let row = sqlx::query_as(sql).bind(&id).bind(thread_id).fetch_optional(connection).await?;
    Ok(row.map(|(root_id, score, position, standing): (String, i64, i64, i64)| Found {
        is_root: root_id == id,
        stands: standing == 1,
        root: Place { score, position },
    }))
}

/// The standing top-level comments after `place`, one more than asked for where there are more.
async fn roots(
    connection: &mut AnyConnection,
    query: &ListQuery,
    thread_id: &str,
    place: Place,
) -> Result<Vec<CommentId>, StoreError> {
    let sql = match query.sort {
        Sort::Oldest => {
            "SELECT id FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
             AND position > $2 ORDER BY position LIMIT $3"
        }
        Sort::Newest => {
            "SELECT id FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
             AND position < $2 ORDER BY position DESC LIMIT $3"
        }
        Sort::Best => {
            "SELECT id FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
             AND (score < $4 OR (score = $4 AND position > $2)) ORDER BY score DESC, position LIMIT $3"
        }
    };
    let limit = i64::from(query.extent.roots) + 1;
    let mut select = sqlx::query_scalar(sql).bind(thread_id).bind(place.position).bind(limit);
    if query.sort == Sort::Best {
        select = select.bind(place.score);
    }
    let ids: Vec<String> = select.fetch_all(connection).await?;
    ids.iter().map(|id| record::id(id)).collect()
}

/// Whether top-level comments stand before `place`.
async fn is_led(
    connection: &mut AnyConnection,
    sort: Sort,
    thread_id: &str,
    place: Place,
) -> Result<bool, StoreError> {
    let sql = match sort {
        Sort::Oldest => {
            "SELECT 1 FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
             AND position <= $2 LIMIT 1"
        }
        Sort::Newest => {
            "SELECT 1 FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
             AND position >= $2 LIMIT 1"
        }
        Sort::Best => {
            "SELECT 1 FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
             AND (score > $3 OR (score = $3 AND position <= $2)) LIMIT 1"
        }
    };
    let mut select = sqlx::query(sql).bind(thread_id).bind(place.position);
    if sort == Sort::Best {
        select = select.bind(place.score);
    }
    Ok(select.fetch_optional(connection).await?.is_some())
}
