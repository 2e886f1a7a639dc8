//! Reading one answer of a list.

use dumka_api::Sort;
use sqlx::AnyConnection;

use super::error::{ListError, StoreError};
use super::roots::{self, Next, Place, Root};
use super::trees::{Cut, Entry, Window, window};
use super::{Cursor, End, Given, ListQuery, Page, Start, read, record};
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
    let mut roots = roots::next(connection, query, &thread_id, &beginning.next).await?;
    let more = roots.len() > query.extent.roots as usize;
    roots.truncate(query.extent.roots as usize);
    let ids: Vec<CommentId> = roots.iter().map(|root| root.id).collect();
    let Window { comments, cut, is_inside } = window(connection, &ids, beginning.entry, query.extent).await?;
    let earlier = matches!(beginning.entry, Entry::At(_))
        && (is_inside || leaves_out(connection, query.sort, &thread_id, &beginning.next).await?);
    let end = ids.last().filter(|_| more).map(|last| Cut { end: End::Tree(*last), begun: ids.len() });
    let next = cut.or(end).map(|cut| cursor(cut.end, beginning.next, &roots[..cut.begun]));
    Ok(Page { thread, comments, next, earlier })
}

/// Which top-level comments come, and where in the first tree to begin.
struct Beginning {
    next: Next,
    entry: Entry,
}

async fn beginning(
    connection: &mut AnyConnection,
    query: &ListQuery,
    thread_id: &str,
) -> Result<Beginning, ListError> {
    let comment = match &query.start {
        Start::Top => return Ok(top(query.sort)),
        Start::After(cursor) => cursor.end.comment(),
        Start::At(comment) => *comment,
    };
    let found = found(connection, comment, thread_id).await?;
    match (&query.start, found) {
        (Start::After(cursor), Some(found)) => after(cursor, query.sort, &found),
        (Start::After(_), None) => Err(ListError::CursorUnknown),
        (Start::At(_), Some(found)) if found.stands => {
            let next = from(connection, query.sort, thread_id, &found).await?;
            Ok(Beginning { next, entry: Entry::At(comment) })
        }
        (Start::Top | Start::At(_), _) => Ok(top(query.sort)),
    }
}

fn top(sort: Sort) -> Beginning {
    Beginning { next: Next::top(sort), entry: Entry::First }
}

/// Goes on where an answer ended.
fn after(cursor: &Cursor, sort: Sort, found: &Found) -> Result<Beginning, ListError> {
    let (entry, first, place) = match cursor.end {
        End::Tree(comment) if comment != found.root.id => return Err(ListError::CursorUnknown),
        End::Tree(_) => (Entry::First, None, found.place),
        End::Comment(comment) => {
            (Entry::After(comment), found.root_stands.then_some(found.root), found.place.before(sort))
        }
    };
    let next = match (sort, &cursor.given) {
        (Sort::Best, Some(given)) => Next::Rest { given: given.positions(), first },
        _ => Next::After(place),
    };
    Ok(Beginning { next, entry })
}

/// Begins at the tree in which a comment stands. By score, what stands before it now counts as given: it is not
/// what the reader asked for, whatever becomes of its score.
async fn from(
    connection: &mut AnyConnection,
    sort: Sort,
    thread_id: &str,
    found: &Found,
) -> Result<Next, StoreError> {
    if sort != Sort::Best {
        return Ok(Next::After(found.place.before(sort)));
    }
    let given = roots::better(connection, thread_id, found.place).await?;
    Ok(Next::Rest { given, first: Some(found.root) })
}

async fn leaves_out(
    connection: &mut AnyConnection,
    sort: Sort,
    thread_id: &str,
    next: &Next,
) -> Result<bool, StoreError> {
    match next {
        Next::After(place) => roots::is_led(connection, sort, thread_id, *place).await,
        Next::Rest { given, .. } => Ok(!given.is_empty()),
    }
}

/// Where an answer ended that began with `next` and reached these top-level comments.
///
/// Where all that was given is too much for a cursor, it is left out, and the next answer goes on by the scores
/// as they are then: in a thread that long, a comment may come twice, or not until the reader begins again.
fn cursor(end: End, next: Next, reached: &[Root]) -> Cursor {
    let given = match next {
        Next::After(_) => None,
        Next::Rest { mut given, .. } => {
            given.extend(reached.iter().map(|root| root.position));
            given.sort_unstable();
            given.dedup();
            Given::pack(&given)
        }
    };
    Cursor { end, given }
}

/// Where a comment of the thread is found.
struct Found {
    stands: bool,
    root: Root,
    root_stands: bool,
    place: Place,
}

async fn found(
    connection: &mut AnyConnection,
    comment: CommentId,
    thread_id: &str,
) -> Result<Option<Found>, StoreError> {
    let sql = "SELECT r.id, r.score, r.position, r.standing, c.standing \
               FROM comments c JOIN comments r ON r.id = c.root_id WHERE c.id = $1 AND c.thread_id = $2";
    let row =
        sqlx::query_as(sql).bind(comment.to_string()).bind(thread_id).fetch_optional(connection).await?;
    let Some((root_id, score, position, root_standing, standing)) = row else { return Ok(None) };
    let (root_id, position, root_standing, standing): (String, i64, i64, i64) =
        (root_id, position, root_standing, standing);
    Ok(Some(Found {
        stands: standing == 1,
        root: Root { id: record::id(&root_id)?, position: record::count(position)? },
        root_stands: root_standing == 1,
        place: Place { score, position },
    }))
}
