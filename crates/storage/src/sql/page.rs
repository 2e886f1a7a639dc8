//! Reads a page of a thread: its top-level comments, and their trees as far as they fit.
//!
//! Nearly always everything fits, and one statement reads it. Otherwise the trees are read as an index, one after the
//! other, until the page is full, and then the comments that were chosen.

use std::collections::HashMap;

use dumka_api::Sort;
use dumka_domain::comment::{CommentId, StoredComment};
use dumka_domain::thread_tree;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::page_origin::{PageOrigin, TreeStart};
use super::row::{self, RECORD_END, TopLevelComment, TreeIndexRow, comment_record, tree_index_record};
use super::threads::{self, ThreadRow};
use super::top_level::{self, Order, TopLevelQuery};
use super::{featured, placeholders};
use crate::comment::Visibility;
use crate::error::{ListError, StoreError};
use crate::page::{Cursor, ListQuery, Page, PageEnd, PageLimits, PageStart};
use crate::position_set::PositionSet;
use crate::sql;

/// Reads the page that is asked for, inside a transaction that sees one snapshot of the database.
pub(crate) async fn list(connection: &mut AnyConnection, query: &ListQuery) -> Result<Page, ListError> {
    let Some(row) = threads::thread(connection, &query.thread).await? else {
        return match query.start {
            PageStart::After(_) => Err(ListError::CursorUnknown),
            PageStart::Top | PageStart::At(_) => Ok(Page::default()),
        };
    };
    if query.sort == Sort::Featured {
        return featured::list(connection, query, row).await;
    }
    let PageOrigin { top_level, tree_start } = PageOrigin::find(connection, query, &row).await?;
    let ThreadRow { id: thread_id, thread, .. } = row;
    let limit = query.limits.top_level as usize;
    let mut roots = top_level::read(connection, query, &thread_id, &top_level).await?;
    let more = roots.len() > limit;
    roots.truncate(limit);
    let ids: Vec<CommentId> = roots.iter().map(|root| root.id).collect();
    let PageSlice { comments, cut_off, starts_inside } =
        slice(connection, &ids, tree_start, query.limits).await?;
    let earlier = matches!(tree_start, TreeStart::At(_))
        && (starts_inside || top_level::any_before(connection, query.sort, &thread_id, &top_level).await?);
    let end = ids.last().filter(|_| more).map(|last| CutOff { end: PageEnd::Tree(*last), trees: ids.len() });
    let next = cut_off.or(end).map(|it| cursor(it.end, top_level, &roots[..it.trees]));
    Ok(Page { thread, comments, next, earlier })
}

/// Makes the cursor after a page that ends here and holds something of these trees.
///
/// A set of returned positions that is too large for a cursor is left out, and the next page continues by the
/// scores as they are then: in a thread that long, a comment may come twice, or not until the reader begins again.
fn cursor(end: PageEnd, top_level: TopLevelQuery, held: &[TopLevelComment]) -> Cursor {
    let TopLevelQuery { first, mut returned, order } = top_level;
    let is_out_of_order = |comment: &&TopLevelComment| match order {
        // The end tells what else was returned.
        Order::After(_) => first.iter().any(|first| first.position == comment.position),
        Order::ByScore => true,
    };
    returned.extend(held.iter().filter(is_out_of_order).map(|comment| comment.position));
    returned.sort_unstable();
    returned.dedup();
    let is_told = matches!(order, Order::ByScore) || !returned.is_empty();
    Cursor { end, returned: if is_told { PositionSet::pack(&returned) } else { None } }
}

/// The part of the trees that one page holds.
struct PageSlice {
    /// The comments in display order.
    comments: Vec<StoredComment>,
    /// The end, if that is before the end of the last tree.
    cut_off: Option<CutOff>,
    /// True where it begins inside the first tree.
    starts_inside: bool,
}

/// The end of a page before the end of the last tree.
struct CutOff {
    end: PageEnd,
    /// The number of trees of which it holds something.
    trees: usize,
}

/// Reads the part of the trees under `roots` that one page holds, older siblings first.
async fn slice(
    connection: &mut AnyConnection,
    roots: &[CommentId],
    tree_start: TreeStart,
    limits: PageLimits,
) -> Result<PageSlice, StoreError> {
    let begins_first = !matches!(tree_start, TreeStart::After(_));
    if begins_first && let Some(comments) = whole(connection, roots, limits).await? {
        return Ok(PageSlice { comments, cut_off: None, starts_inside: false });
    }
    let mut page = PageBuilder::within(limits);
    let mut starts_inside = false;
    let starts = std::iter::once(tree_start).chain(std::iter::repeat(TreeStart::First));
    for (index, (&root, tree_start)) in roots.iter().zip(starts).enumerate() {
        let tree = tree_index(connection, root).await?;
        let start = start_index(&tree, tree_start, limits);
        starts_inside |= start > 0;
        if !page.add(root, &tree[start..]) {
            let cut_off = page
                .end
                .map(|end| CutOff { end, trees: index + usize::from(matches!(end, PageEnd::Comment(_))) });
            let comments = chosen(connection, &page.ids).await?;
            return Ok(PageSlice { comments, cut_off, starts_inside });
        }
    }
    Ok(PageSlice { comments: chosen(connection, &page.ids).await?, cut_off: None, starts_inside })
}

/// Reads every visible comment of the trees, if they fit.
async fn whole(
    connection: &mut AnyConnection,
    roots: &[CommentId],
    limits: PageLimits,
) -> Result<Option<Vec<StoredComment>>, StoreError> {
    if roots.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let sql = format!(
        concat!(
            "SELECT STRING_AGG(record, '\u{1E}' ORDER BY position) FROM (SELECT ",
            comment_record!(),
            " AS record, c.position FROM comments c WHERE c.root_id IN ({}) AND c.visible = 1 LIMIT {}) few"
        ),
        placeholders(1, roots.len()),
        limits.comments + 1
    );
    let records = records(connection, sql, roots).await?;
    let fits =
        records.len() <= limits.text_bytes && records.split_terminator(RECORD_END).count() <= limits.comments;
    if !fits {
        return Ok(None);
    }
    let comments: Result<_, _> = records.split_terminator(RECORD_END).map(row::comment).collect();
    Ok(Some(thread_tree::in_display_order(roots, comments?)))
}

/// Reads the index of a whole tree in display order, hidden comments included.
async fn tree_index(
    connection: &mut AnyConnection,
    root: CommentId,
) -> Result<Vec<TreeIndexRow>, StoreError> {
    let sql = concat!(
        "SELECT STRING_AGG(",
        tree_index_record!(),
        ", '\u{1E}' ORDER BY c.position) FROM comments c WHERE c.root_id = $1"
    );
    let records = records(connection, sql.into(), &[root]).await?;
    let rows: Result<_, _> = records.split_terminator(RECORD_END).map(row::tree_index).collect();
    Ok(thread_tree::in_display_order(&[root], rows?))
}

/// Reads the comments that were chosen, as far as they are still visible.
async fn chosen(connection: &mut AnyConnection, ids: &[CommentId]) -> Result<Vec<StoredComment>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        concat!(
            "SELECT STRING_AGG(",
            comment_record!(),
            ", '\u{1E}') FROM comments c WHERE c.id IN ({}) AND c.visible = 1"
        ),
        placeholders(1, ids.len())
    );
    let records = records(connection, sql, ids).await?;
    let comments: Result<Vec<_>, _> = records.split_terminator(RECORD_END).map(row::comment).collect();
    let mut comments: HashMap<_, _> = comments?.into_iter().map(|comment| (comment.id, comment)).collect();
    Ok(ids.iter().filter_map(|id| comments.remove(id)).collect())
}

/// Reads the one text into which a statement joins all its rows.
async fn records(
    connection: &mut AnyConnection,
    sql: String,
    ids: &[CommentId],
) -> Result<String, StoreError> {
    let select = sql::query_scalar(AssertSqlSafe(sql));
    let select = ids.iter().fold(select, |select, id| select.bind(id.to_string()));
    let records: Option<String> = select.fetch_one(connection).await?;
    Ok(records.unwrap_or_default())
}

/// Finds the index in a tree at which a page begins.
fn start_index(tree: &[TreeIndexRow], tree_start: TreeStart, limits: PageLimits) -> usize {
    let (TreeStart::After(comment) | TreeStart::At(comment)) = tree_start else { return 0 };
    let Some(index) = tree.iter().position(|node| node.id == comment) else { return 0 };
    if let TreeStart::After(_) = tree_start {
        return index + 1;
    }
    let is_reached = PageBuilder::within(limits).add(comment, &tree[..=index]);
    if is_reached { 0 } else { index }
}

/// The comments chosen for a page so far.
struct PageBuilder {
    ids: Vec<CommentId>,
    text_bytes: usize,
    limits: PageLimits,
    end: Option<PageEnd>,
}

impl PageBuilder {
    fn within(limits: PageLimits) -> Self {
        Self { ids: Vec::new(), text_bytes: 0, limits, end: None }
    }

    /// Adds the visible comments of a tree; false where they do not all fit.
    fn add(&mut self, root: CommentId, nodes: &[TreeIndexRow]) -> bool {
        for node in nodes.iter().filter(|node| node.visibility == Visibility::Visible) {
            self.text_bytes += node.text_bytes;
            let is_full = self.ids.len() >= self.limits.comments || self.text_bytes > self.limits.text_bytes;
            if is_full && !self.ids.is_empty() {
                return false;
            }
            self.ids.push(node.id);
            self.end = Some(PageEnd::Comment(node.id));
        }
        self.end = Some(PageEnd::Tree(root));
        true
    }
}
