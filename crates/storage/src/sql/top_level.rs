//! Chooses the top-level comments of a page: their order, and the first one.

use dumka_api::Sort;
use sqlx::AnyConnection;

use super::row::{self, TopLevelComment};
use crate::error::StoreError;
use crate::page::ListQuery;
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
    pub(super) score: i64,
    pub(super) position: i64,
}

impl TopLevelQuery {
    /// Those after a key, and no others.
    pub(super) const fn after(key: SortKey) -> Self {
        Self { first: Vec::new(), returned: Vec::new(), order: Order::After(key) }
    }
}

impl SortKey {
    /// Returns the key before all others.
    pub(super) const fn start(sort: Sort) -> Self {
        let position = if matches!(sort, Sort::Newest) { i64::MAX } else { 0 };
        Self { score: i64::MAX, position }
    }

    /// Returns the key before the comment that has this one.
    pub(super) fn before(self, sort: Sort) -> Self {
        let step = if sort == Sort::Newest { 1 } else { -1 };
        Self { position: self.position + step, ..self }
    }
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
pub(super) async fn positions_before(
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
