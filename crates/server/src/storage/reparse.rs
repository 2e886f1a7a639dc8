//! What is kept is parsed anew from its text when the grammar is another one than it was parsed by.
//!
//! The work is done in transactions of a few comments each, and how far it got is kept with them: whatever ends it, the
//! next opening goes on from there. A comment without a text keeps its tree.

use std::collections::HashMap;

use dumka_markup::GRAMMAR;
use sqlx::{AnyConnection, Connection};

use super::sqlite::BEGIN_WRITE;
use crate::domain::comment::Status;

/// Comments of one transaction.
const BATCH: usize = 200;
/// The grammar that everything is parsed by.
const DONE: &str = "grammar";
/// The grammar that is being parsed by, and the id of the last comment that was.
const PROGRESS: &str = "grammar_progress";

/// Parses what another grammar left.
pub(super) async fn reparse(connection: &mut AnyConnection) -> sqlx::Result<()> {
    let mut parsed = 0;
    while !is_done(connection).await? {
        let mut transaction = connection.begin_with(BEGIN_WRITE).await?;
        parsed += batch(&mut transaction).await?;
        transaction.commit().await?;
    }
    if parsed > 0 {
        tracing::info!(comments = parsed, grammar = GRAMMAR, "stored texts were parsed anew");
    }
    Ok(())
}

async fn is_done(connection: &mut AnyConnection) -> sqlx::Result<bool> {
    Ok(known(connection, DONE).await? == Some(GRAMMAR.to_string()))
}

/// Parses the next comments; gives how many.
async fn batch(connection: &mut AnyConnection) -> sqlx::Result<usize> {
    let rows = next(connection).await?;
    let mut revisions = HashMap::new();
    for row in &rows {
        let body =
            serde_json::to_string(&dumka_markup::parse(&row.text)).expect("a body always becomes JSON");
        if body != row.body {
            row.replace(connection, &body, &mut revisions).await?;
        }
    }
    match rows.last() {
        Some(last) if rows.len() == BATCH => keep(connection, PROGRESS, &progress(&last.id)).await?,
        _ => {
            keep(connection, DONE, &GRAMMAR.to_string()).await?;
            sqlx::query("DELETE FROM meta WHERE name = $1").bind(PROGRESS).execute(connection).await?;
        }
    }
    Ok(rows.len())
}

/// A comment as it is kept.
struct Row {
    id: String,
    thread_id: String,
    status: String,
    text: String,
    body: String,
}

async fn next(connection: &mut AnyConnection) -> sqlx::Result<Vec<Row>> {
    let after = known(connection, PROGRESS).await?;
    let after = after.as_deref().and_then(|after| after.strip_prefix(&progress(""))).unwrap_or_default();
    let sql = "SELECT id, thread_id, status, text, body FROM comments WHERE id > $1 AND text <> '' \
               ORDER BY id LIMIT $2";
    let limit = i64::try_from(BATCH).expect("it is a small number");
    let rows = sqlx::query_as(sql).bind(after).bind(limit).fetch_all(connection).await?;
    let row = |(id, thread_id, status, text, body)| Row { id, thread_id, status, text, body };
    Ok(rows.into_iter().map(row).collect())
}

impl Row {
    /// Whoever follows the thread is told, as of an edit; the comment is not called edited.
    async fn replace(
        &self,
        connection: &mut AnyConnection,
        body: &str,
        revisions: &mut HashMap<String, i64>,
    ) -> sqlx::Result<()> {
        if self.status != Status::Published.as_str() {
            let sql = "UPDATE comments SET body = $1 WHERE id = $2";
            sqlx::query(sql).bind(body).bind(&self.id).execute(connection).await?;
            return Ok(());
        }
        let revision = match revisions.get(&self.thread_id) {
            Some(&revision) => revision,
            None => count_up(connection, &self.thread_id).await?,
        };
        revisions.insert(self.thread_id.clone(), revision);
        let sql = "UPDATE comments SET body = $1, changed_revision = $2, text_revision = $2 WHERE id = $3";
        sqlx::query(sql).bind(body).bind(revision).bind(&self.id).execute(connection).await?;
        Ok(())
    }
}

async fn count_up(connection: &mut AnyConnection, thread_id: &str) -> sqlx::Result<i64> {
    let sql = "UPDATE threads SET revision = revision + 1 WHERE id = $1 RETURNING revision";
    sqlx::query_scalar(sql).bind(thread_id).fetch_one(connection).await
}

fn progress(id: &str) -> String {
    format!("{GRAMMAR} {id}")
}

async fn known(connection: &mut AnyConnection, name: &str) -> sqlx::Result<Option<String>> {
    let value = sqlx::query_scalar("SELECT value FROM meta WHERE name = $1").bind(name);
    value.fetch_optional(connection).await
}

async fn keep(connection: &mut AnyConnection, name: &str, value: &str) -> sqlx::Result<()> {
    let sql = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    sqlx::query(sql).bind(name).bind(value).execute(connection).await?;
    Ok(())
}
