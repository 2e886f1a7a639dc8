//! Finds where a page of a thread begins.

use dumka_api::Sort;
use dumka_domain::comment::CommentId;
use sqlx::AnyConnection;

use super::row::{self, TopLevelComment};
use super::threads::ThreadRow;
use super::top_level::{Order, SortKey, TopLevelQuery, positions_before};
use crate::comment::Visibility;
use crate::error::{ListError, StoreError};
use crate::page::{Cursor, ListQuery, PageEnd, PageStart};
use crate::position_set::PositionSet;
use crate::sql;

/// The beginning of a page.
pub(super) struct PageOrigin {
    pub(super) top_level: TopLevelQuery,
    pub(super) tree_start: TreeStart,
}

/// The place in the first tree at which a page begins.
#[derive(Clone, Copy)]
pub(super) enum TreeStart {
    /// At its top-level comment.
    First,
    /// After this comment, which may be hidden by now.
    After(CommentId),
    /// At its top-level comment, or at this one where a page from there would end before it.
    At(CommentId),
}

impl PageOrigin {
    /// Finds the beginning of the page that is asked for.
    pub(super) async fn find(
        connection: &mut AnyConnection,
        query: &ListQuery,
        thread: &ThreadRow,
    ) -> Result<Self, ListError> {
        let thread_id = &thread.id;
        let comment = match &query.start {
            PageStart::Top => {
                let mut first = thread.pinned.clone();
                first.truncate(query.limits.top_level as usize);
                return Ok(Self::top(query.sort, first));
            }
            PageStart::After(cursor) => cursor.end.comment(),
            PageStart::At(comment) => *comment,
        };
        let located = locate(connection, comment, thread_id).await?;
        match (&query.start, located) {
            (PageStart::After(cursor), located) => {
                Self::after(cursor, query.sort, &located.ok_or(ListError::CursorUnknown)?)
            }
            (PageStart::At(_), Some(located)) if located.visibility == Visibility::Visible => {
                let LocatedComment { top_level, sort_key, .. } = located;
                let top_level = if query.sort == Sort::Best {
                    // The reader did not ask for the trees before it, whatever becomes of their scores.
                    let returned = positions_before(connection, thread_id, sort_key).await?;
                    TopLevelQuery { first: vec![top_level], returned, order: Order::ByScore }
                } else {
                    TopLevelQuery::after(sort_key.before(query.sort))
                };
                Ok(Self { top_level, tree_start: TreeStart::At(comment) })
            }
            (PageStart::Top | PageStart::At(_), _) => Ok(Self::top(query.sort, Vec::new())),
        }
    }

    fn top(sort: Sort, first: Vec<TopLevelComment>) -> Self {
        let order = if sort == Sort::Best { Order::ByScore } else { Order::After(SortKey::start(sort)) };
        let top_level = TopLevelQuery { first, returned: Vec::new(), order };
        Self { top_level, tree_start: TreeStart::First }
    }

    /// Continues where an earlier page ended.
    fn after(cursor: &Cursor, sort: Sort, located: &LocatedComment) -> Result<Self, ListError> {
        let LocatedComment { top_level, sort_key, .. } = *located;
        let (tree_start, inside, key) = match cursor.end {
            PageEnd::Tree(comment) if comment != top_level.id => return Err(ListError::CursorUnknown),
            PageEnd::Tree(_) => (TreeStart::First, None, sort_key),
            PageEnd::Comment(comment) => {
                let is_visible = located.top_level_visibility == Visibility::Visible;
                (TreeStart::After(comment), is_visible.then_some(top_level), sort_key.before(sort))
            }
        };
        let Some(returned) = cursor.returned.as_ref().map(PositionSet::positions) else {
            return Ok(Self { top_level: TopLevelQuery::after(key), tree_start });
        };
        let is_out_of_order = returned.binary_search(&top_level.position).is_ok();
        let (first, order) = match sort {
            Sort::Best => (inside, Order::ByScore),
            // It is pinned: the others have still to come.
            _ if is_out_of_order => (inside, Order::After(SortKey::start(sort))),
            _ => (None, Order::After(key)),
        };
        let top_level = TopLevelQuery { first: first.into_iter().collect(), returned, order };
        Ok(Self { top_level, tree_start })
    }
}

/// A comment of the thread, and the tree it stands in.
struct LocatedComment {
    visibility: Visibility,
    top_level: TopLevelComment,
    top_level_visibility: Visibility,
    sort_key: SortKey,
}

async fn locate(
    connection: &mut AnyConnection,
    comment: CommentId,
    thread_id: &str,
) -> Result<Option<LocatedComment>, StoreError> {
    let sql = "SELECT r.id, r.score, r.position, r.visible, c.visible \
               FROM comments c JOIN comments r ON r.id = c.root_id WHERE c.id = $1 AND c.thread_id = $2";
    let row = sql::query_as(sql).bind(comment.to_string()).bind(thread_id).fetch_optional(connection).await?;
    let Some((id, score, position, top_level_visible, visible)) = row else { return Ok(None) };
    let (id, top_level_visible, visible): (String, i64, i64) = (id, top_level_visible, visible);
    Ok(Some(LocatedComment {
        visibility: Visibility::from_column(visible),
        top_level: row::top_level(&id, position)?,
        top_level_visibility: Visibility::from_column(top_level_visible),
        sort_key: SortKey { score, position },
    }))
}
