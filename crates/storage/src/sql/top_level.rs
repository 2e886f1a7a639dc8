//! Chooses the top-level comments of a page: their order, and the first one.

use dumka_api::Sort;
use dumka_domain::comment::CommentId;
use sqlx::AnyConnection;

use super::row::{self, TopLevelComment};
use super::threads::ThreadRow;
use crate::comment::Visibility;
use crate::error::{ListError, StoreError};
use crate::page::{Cursor, ListQuery, PageEnd, PageStart};
use crate::position_set::PositionSet;
use crate::sql;

/// The visible top-level comments of a thread, which a list begins with.
macro_rules! listed {
    () => {
        " FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND visible = 1 "
    };
}

/// The top-level comments that come next.
pub(super) struct TopLevelQuery {
    /// Those that come first, whatever their place in the order.
    pub(super) first: Vec<TopLevelComment>,
    /// The positions of those returned already that the order does not tell, in ascending order.
    pub(super) returned: Vec<u64>,
    /// The others.
    pub(super) order: Order,
}

/// The order of the top-level comments that come next.
#[derive(Clone, Copy)]
pub(super) enum Order {
    /// Those after this key in the order as it is now.
    After(SortKey),
    /// By score as it is now, from the best.
    ByScore,
}

/// The key by which top-level comments are sorted.
#[derive(Debug, Clone, Copy)]
pub(super) struct SortKey {
    score: i64,
    position: i64,
}

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

impl TopLevelQuery {
    /// Those after a key, and no others.
    const fn after(key: SortKey) -> Self {
        Self { first: Vec::new(), returned: Vec::new(), order: Order::After(key) }
    }
}

impl SortKey {
    /// Returns the key before all others.
    const fn start(sort: Sort) -> Self {
        let position = if matches!(sort, Sort::Newest) { i64::MAX } else { 0 };
        Self { score: i64::MAX, position }
    }

    /// Returns the key before the comment that has this one.
    fn before(self, sort: Sort) -> Self {
        let step = if sort == Sort::Newest { 1 } else { -1 };
        Self { position: self.position + step, ..self }
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

/// Reads the top-level comments of a page, up to one more than its limit.
pub(super) async fn read(
    connection: &mut AnyConnection,
    query: &ListQuery,
    thread_id: &str,
    top_level: &TopLevelQuery,
) -> Result<Vec<TopLevelComment>, StoreError> {
    let TopLevelQuery { first, returned, order } = top_level;
    let limit = query.limits.top_level as usize + 1;
    let is_new = |comment: &TopLevelComment| {
        returned.binary_search(&comment.position).is_err()
            && first.iter().all(|first| first.position != comment.position)
    };
    let needed = returned.len() + first.len() + limit;
    let ordered = match order {
        Order::After(key) => after(connection, query.sort, thread_id, (*key, needed)).await?,
        Order::ByScore => best(connection, thread_id, needed).await?,
    };
    Ok(first.iter().copied().chain(ordered.into_iter().filter(is_new)).take(limit).collect())
}

/// Reads the next comments after a key, so many at most.
async fn after(
    connection: &mut AnyConnection,
    sort: Sort,
    thread_id: &str,
    (key, limit): (SortKey, usize),
) -> Result<Vec<TopLevelComment>, StoreError> {
    let sql = match sort {
        Sort::Oldest | Sort::Featured => {
            concat!("SELECT id, position", listed!(), "AND position > $2 ORDER BY position LIMIT $3")
        }
        Sort::Newest => {
            concat!("SELECT id, position", listed!(), "AND position < $2 ORDER BY position DESC LIMIT $3")
        }
        Sort::Best => concat!(
            "SELECT id, position",
            listed!(),
            "AND (score < $4 OR (score = $4 AND position > $2)) ORDER BY score DESC, position LIMIT $3"
        ),
    };
    let mut select = sql::query_as(sql).bind(thread_id).bind(key.position);
    select = select.bind(i64::try_from(limit).unwrap_or(i64::MAX));
    if sort == Sort::Best {
        select = select.bind(key.score);
    }
    let rows: Vec<(String, i64)> = select.fetch_all(connection).await?;
    rows.iter().map(|(id, position)| row::top_level(id, *position)).collect()
}

/// Reads the `limit` best, as one text: they may be all of a long thread.
async fn best(
    connection: &mut AnyConnection,
    thread_id: &str,
    limit: usize,
) -> Result<Vec<TopLevelComment>, StoreError> {
    let sql = concat!(
        "SELECT STRING_AGG(record, ' ' ORDER BY score DESC, position) FROM \
         (SELECT position || ':' || id AS record, score, position",
        listed!(),
        "ORDER BY score DESC, position LIMIT $2) few"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let records: Option<String> =
        sql::query_scalar(sql).bind(thread_id).bind(limit).fetch_one(connection).await?;
    row::top_level_list(records.as_deref().unwrap_or_default())
}

/// Reads the positions before a key by score, in ascending order.
async fn positions_before(
    connection: &mut AnyConnection,
    thread_id: &str,
    key: SortKey,
) -> Result<Vec<u64>, StoreError> {
    let sql = concat!(
        "SELECT position",
        listed!(),
        "AND (score > $2 OR (score = $2 AND position < $3)) ORDER BY position"
    );
    let select = sql::query_scalar(sql).bind(thread_id).bind(key.score);
    let positions: Vec<i64> = select.bind(key.position).fetch_all(connection).await?;
    positions.into_iter().map(row::count).collect()
}

/// Tells whether top-level comments stand before the beginning of a page.
pub(super) async fn any_before(
    connection: &mut AnyConnection,
    sort: Sort,
    thread_id: &str,
    top_level: &TopLevelQuery,
) -> Result<bool, StoreError> {
    let key = match &top_level.order {
        Order::After(key) => key,
        Order::ByScore => return Ok(!top_level.returned.is_empty()),
    };
    let sql = match sort {
        Sort::Newest => concat!("SELECT 1", listed!(), "AND position >= $2 LIMIT 1"),
        Sort::Oldest | Sort::Best | Sort::Featured => {
            concat!("SELECT 1", listed!(), "AND position <= $2 LIMIT 1")
        }
    };
    Ok(sql::query(sql).bind(thread_id).bind(key.position).fetch_optional(connection).await?.is_some())
}
