//! A question of a newsroom about one site, as tables and conditions.

use dumka_api::newsroom::{Queue, QueueSort};
use dumka_domain::comment::{CommentId, Status};
use sqlx::AnyConnection;

use super::author::Author;
use super::conditions::Conditions;
use super::search::{SearchSql, first_number};
use crate::newsroom_query::NewsroomQuery;

/// A statement about the comments of one site.
pub(super) struct QueueStatement {
    pub(super) conditions: Conditions,
    search: Option<&'static SearchSql>,
    /// True where the conditions are about nothing but the index of words.
    is_of_words_alone: bool,
}

impl QueueStatement {
    pub(super) fn new(
        connection: &AnyConnection,
        query: &NewsroomQuery,
        (site, author): (&str, &Author),
    ) -> Self {
        let mut statement = Self {
            conditions: Conditions::default(),
            search: query.words.as_ref().map(|_| SearchSql::of(connection)),
            is_of_words_alone: is_of_words_alone(query),
        };
        statement.search(query, site);
        statement.between(query);
        let conditions = &mut statement.conditions;
        in_queue(conditions, query);
        if let Some(status) = query.status {
            conditions.equal("c.status", status.as_str().into());
        }
        if let Some(page) = &query.page {
            let (site, page) = (conditions.bound_text(site.into()), conditions.bound_text(page.clone()));
            conditions.always(&format!(
                "c.thread_id = (SELECT n.id FROM threads n WHERE n.site = {site} AND n.page = {page})"
            ));
        }
        author.restrict(conditions);
        if let Some(phase) = &query.detected {
            conditions.text("c.detected LIKE", format!("%\"{phase}\"%"));
        }
        statement
    }

    /// Asks for the site, and for the words where some are searched for. What was erased is in no index of words.
    fn search(&mut self, query: &NewsroomQuery, site: &str) {
        let conditions = &mut self.conditions;
        if let (Some(search), Some(words)) = (self.search, &query.words) {
            conditions.equal("d.site", site.into());
            let words = conditions.bound_text((search.query)(words));
            conditions.always(&search.matches.replace("{}", &words));
            return;
        }
        conditions.equal("c.site", site.into());
        if may_be_erased(query) {
            conditions.always("(c.status <> 'deleted' OR c.text <> '')");
        }
    }

    /// Bounds the time, by the ids, which begin with it.
    fn between(&mut self, query: &NewsroomQuery) {
        for (comparison, time) in [(">=", query.since), ("<", query.until)] {
            if let Some(time) = time {
                self.compare(comparison, CommentId::new(time, [0; 10]));
            }
        }
    }

    /// Begins after a comment.
    pub(super) fn start_after(&mut self, query: &NewsroomQuery) {
        let Some(after) = query.after else { return };
        let comparison = if query.sort == QueueSort::Newest { "<" } else { ">" };
        match self.search {
            None => self.compare(comparison, after),
            Some(search) => {
                let after = self.conditions.bound_text(after.to_string());
                self.conditions.always(&format!(
                    "{} {comparison} (SELECT n.number FROM search_documents n WHERE n.comment_id = {after})",
                    search.order
                ));
            }
        }
    }

    /// Compares comments with an id. A search is in the order of its index, which is that of the ids.
    fn compare(&mut self, comparison: &str, id: CommentId) {
        let (column, value) = match self.search {
            None => ("c.id", self.conditions.bound_text(id.to_string())),
            Some(search) => (search.order, self.conditions.number(first_number(id))),
        };
        self.conditions.always(&format!("{column} {comparison} {value}"));
    }

    /// The tables and the conditions, with the comments' threads.
    pub(super) fn threads_clause(&self) -> String {
        let tables = self.search.map_or("comments c", |search| search.tables_with_comments);
        format!("FROM {tables} JOIN threads t ON t.id = c.thread_id WHERE {}", self.conditions.sql())
    }

    /// The tables and the conditions, with the comments.
    pub(super) fn comments_clause(&self) -> String {
        let tables = self.search.map_or("comments c", |search| search.tables_with_comments);
        format!("FROM {tables} WHERE {}", self.conditions.sql())
    }

    /// The tables that the conditions are about, and these.
    pub(super) fn asked_clause(&self) -> String {
        match self.search {
            Some(search) if self.is_of_words_alone => {
                format!("FROM {} WHERE {}", search.tables, self.conditions.sql())
            }
            _ => self.comments_clause(),
        }
    }

    /// The order of the comments.
    pub(super) fn order(&self, sort: QueueSort) -> String {
        let column = self.search.map_or("c.id", |search| search.order);
        let direction = if sort == QueueSort::Newest { "DESC" } else { "ASC" };
        format!("{column} {direction}")
    }
}

/// True where nothing but words, a site and a time is asked for.
fn is_of_words_alone(query: &NewsroomQuery) -> bool {
    let NewsroomQuery { queue, page, author_of, status, detected, .. } = query;
    *queue == Queue::All && page.is_none() && author_of.is_none() && status.is_none() && detected.is_none()
}

/// True where the conditions alone do not leave out what its author has erased: that is deleted and has no reports.
fn may_be_erased(query: &NewsroomQuery) -> bool {
    let is_of_status = matches!(query.queue, Queue::New | Queue::Pending | Queue::Held | Queue::Rejected);
    !is_of_status && query.status.is_none_or(|status| status == Status::Deleted)
}

/// Returns the condition of a queue that is everybody's; none where it holds all.
pub(super) fn condition(queue: Queue) -> Option<&'static str> {
    match queue {
        Queue::All | Queue::Mine => None,
        Queue::New => Some("c.status = 'published' AND c.approved_at IS NULL"),
        Queue::Pending => Some("c.status = 'pending'"),
        // Of all that wait, those that would wait on a site that publishes first, too.
        Queue::Held => Some("c.status = 'pending' AND c.detected <> '[\"pre_moderation\"]'"),
        Queue::Rejected => Some("c.status = 'rejected'"),
        Queue::Reported => Some("c.id IN (SELECT r.comment_id FROM reports r WHERE r.resolved_at IS NULL)"),
        // Authors cannot object yet.
        Queue::Appeals => Some("1 = 0"),
    }
}

fn in_queue(conditions: &mut Conditions, query: &NewsroomQuery) {
    if let Some(condition) = condition(query.queue) {
        conditions.always(condition);
    }
    if query.queue == Queue::Mine {
        let asker = conditions.bound_text(query.asker.clone().unwrap_or_default());
        let mine = format!(
            "SELECT m.comment_id FROM decisions m WHERE m.actor_id = {asker} AND NOT EXISTS \
             (SELECT 1 FROM decisions l WHERE l.comment_id = m.comment_id AND l.id > m.id)"
        );
        conditions.always(&format!("c.id IN ({mine})"));
    }
}
