//! The newest comments of a site.

use sqlx::AnyConnection;

use super::error::StoreError;
use super::record::{self, comment_record};
use crate::domain::comment::StoredComment;

/// Which of a site's newest comments to list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LatestQuery {
    /// The site's id.
    pub site: String,
    /// How many at most.
    pub limit: u32,
}

/// A comment and the page it stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedComment {
    /// The page's id within the site.
    pub page: String,
    /// The page's title, as it came with a comment that is published.
    pub title: Option<String>,
    /// The page's address, likewise.
    pub url: Option<String>,
    /// The comment.
    pub comment: StoredComment,
}

/// Reads the newest published comments of a site, by an index that has them in this order.
pub(super) async fn latest(
    connection: &mut AnyConnection,
    query: &LatestQuery,
) -> Result<Vec<PlacedComment>, StoreError> {
    let sql = concat!(
        "SELECT t.page, t.title, t.url, ",
        comment_record!(),
        " FROM comments c JOIN threads t ON t.id = c.thread_id \
         WHERE c.site = $1 AND c.status = 'published' ORDER BY c.id DESC LIMIT $2"
    );
    let select = sqlx::query_as(sql).bind(&query.site).bind(i64::from(query.limit));
    let rows: Vec<(String, Option<String>, Option<String>, String)> = select.fetch_all(connection).await?;
    let placed = |(page, title, url, record): (_, _, _, String)| {
        Ok(PlacedComment { page, title, url, comment: record::comment(&record)? })
    };
    rows.into_iter().map(placed).collect()
}
