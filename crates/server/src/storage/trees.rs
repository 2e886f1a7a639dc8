//! Reading the trees of top-level comments: whole where they are small, else the part that one answer holds.
//!
//! Nearly always everything is small, and one statement reads it. Where it is not, the trees are read in
//! outline, one after the other, until the answer is full, and then the comments that were chosen.

use std::collections::HashMap;

use sqlx::{AnyConnection, AssertSqlSafe};

use super::error::StoreError;
use super::record::{self, Outline, RECORD_END, comment_record, outline_record};
use super::{End, Extent, read};
use crate::domain::comment::{CommentId, StoredComment};
use crate::domain::forest;

/// Where in the first tree to begin.
#[derive(Clone, Copy)]
pub(super) enum Entry {
    /// At its top-level comment.
    First,
    /// After this comment, which may stand there no more.
    After(CommentId),
    /// At its top-level comment, or at this one where an answer from there would end before it.
    At(CommentId),
}

/// The part of the trees that one answer holds.
pub(super) struct Window {
    /// The comments in display order.
    pub(super) comments: Vec<StoredComment>,
    /// Where it ends, if that is before the end of the last tree.
    pub(super) cut: Option<Cut>,
    /// Whether it begins inside the first tree.
    pub(super) is_inside: bool,
}

/// Where an answer ends.
pub(super) struct Cut {
    pub(super) end: End,
    /// Of how many trees it holds something.
    pub(super) begun: usize,
}

/// Reads what one answer holds of the trees of `roots`, older siblings first.
pub(super) async fn window(
    connection: &mut AnyConnection,
    roots: &[CommentId],
    entry: Entry,
    extent: Extent,
) -> Result<Window, StoreError> {
    let begins_first = !matches!(entry, Entry::After(_));
    if begins_first && let Some(comments) = whole(connection, roots, extent).await? {
        return Ok(Window { comments, cut: None, is_inside: false });
    }
    let mut choice = Choice::within(extent);
    let mut is_inside = false;
    let entries = std::iter::once(entry).chain(std::iter::repeat(Entry::First));
    for (index, (&root, entry)) in roots.iter().zip(entries).enumerate() {
        let tree = outline(connection, root).await?;
        let begin = begin(&tree, entry, extent);
        is_inside |= begin > 0;
        if !choice.add(root, &tree[begin..]) {
            return Ok(Window {
                comments: chosen(connection, &choice.ids).await?,
                cut: choice
                    .end
                    .map(|end| Cut { end, begun: index + usize::from(matches!(end, End::Comment(_))) }),
                is_inside,
            });
        }
    }
    Ok(Window { comments: chosen(connection, &choice.ids).await?, cut: None, is_inside })
}

/// Everything that stands in the trees, if it fits.
async fn whole(
    connection: &mut AnyConnection,
    roots: &[CommentId],
    extent: Extent,
) -> Result<Option<Vec<StoredComment>>, StoreError> {
    if roots.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let sql = format!(
        concat!(
            "SELECT STRING_AGG(record, '\u{1E}' ORDER BY position) FROM (SELECT ",
            comment_record!(),
            " AS record, c.position FROM comments c WHERE c.root_id IN ({}) AND c.standing = 1 LIMIT {}) few"
        ),
        read::placeholders(1, roots.len()),
        extent.comments + 1
    );
    let records = records(connection, sql, roots).await?;
    let fits =
        records.len() <= extent.text_bytes && records.split_terminator(RECORD_END).count() <= extent.comments;
    if !fits {
        return Ok(None);
    }
    let comments: Result<_, _> = records.split_terminator(RECORD_END).map(record::comment).collect();
    Ok(Some(forest::in_display_order(roots, comments?)))
}

/// Reads a whole tree in outline, in display order, with what is hidden.
async fn outline(connection: &mut AnyConnection, root: CommentId) -> Result<Vec<Outline>, StoreError> {
    let sql = concat!(
        "SELECT STRING_AGG(",
        outline_record!(),
        ", '\u{1E}' ORDER BY c.position) FROM comments c WHERE c.root_id = $1"
    );
    let records = records(connection, sql.into(), &[root]).await?;
    let nodes: Result<_, _> = records.split_terminator(RECORD_END).map(record::outline).collect();
    Ok(forest::in_display_order(&[root], nodes?))
}

/// Reads the comments that were chosen, as far as they still stand.
async fn chosen(connection: &mut AnyConnection, ids: &[CommentId]) -> Result<Vec<StoredComment>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        concat!(
            "SELECT STRING_AGG(",
            comment_record!(),
            ", '\u{1E}') FROM comments c WHERE c.id IN ({}) AND c.standing = 1"
        ),
        read::placeholders(1, ids.len())
    );
    let records = records(connection, sql, ids).await?;
    let comments: Result<Vec<_>, _> = records.split_terminator(RECORD_END).map(record::comment).collect();
    let mut comments: HashMap<_, _> = comments?.into_iter().map(|comment| (comment.id, comment)).collect();
    Ok(ids.iter().filter_map(|id| comments.remove(id)).collect())
}

/// The one text that a statement makes of all its rows.
async fn records(
    connection: &mut AnyConnection,
    sql: String,
    ids: &[CommentId],
) -> Result<String, StoreError> {
    let select = sqlx::query_scalar(AssertSqlSafe(sql));
    let select = ids.iter().fold(select, |select, id| select.bind(id.to_string()));
    let records: Option<String> = select.fetch_one(connection).await?;
    Ok(records.unwrap_or_default())
}

/// The index in a tree at which an answer begins.
fn begin(tree: &[Outline], entry: Entry, extent: Extent) -> usize {
    let (Entry::After(comment) | Entry::At(comment)) = entry else { return 0 };
    let Some(index) = tree.iter().position(|node| node.id == comment) else { return 0 };
    if let Entry::After(_) = entry {
        return index + 1;
    }
    let is_reached = Choice::within(extent).add(comment, &tree[..=index]);
    if is_reached { 0 } else { index }
}

/// What an answer holds so far.
struct Choice {
    ids: Vec<CommentId>,
    text_bytes: usize,
    extent: Extent,
    end: Option<End>,
}

impl Choice {
    fn within(extent: Extent) -> Self {
        Self { ids: Vec::new(), text_bytes: 0, extent, end: None }
    }

    /// Adds what stands of a tree; false where there is no room for the whole.
    fn add(&mut self, root: CommentId, nodes: &[Outline]) -> bool {
        for node in nodes.iter().filter(|node| node.stands) {
            self.text_bytes += node.text_bytes;
            let is_full = self.ids.len() >= self.extent.comments || self.text_bytes > self.extent.text_bytes;
            if is_full && !self.ids.is_empty() {
                return false;
            }
            self.ids.push(node.id);
            self.end = Some(End::Comment(node.id));
        }
        self.end = Some(End::Tree(root));
        true
    }
}
