//! Parses every stored text again after the grammar has changed.
//!
//! The work is done in transactions of a few comments each, and its progress is stored with them: whatever interrupts it,
//! the next opening continues from there. A comment without a text keeps its tree.

use std::collections::HashMap;

use dumka_domain::comment::Status;
use dumka_markup::GRAMMAR;
use sqlx::{AnyConnection, Connection};

use super::row::encode_body;
use super::write::thread_totals::bump_revision;
use crate::sql;

/// The number of comments of one transaction.
const BATCH: i64 = 200;
/// The key in `meta` of the grammar by which everything was parsed.
const DONE: &str = "grammar";
/// The key in `meta` of the grammar that is being applied, and the id of the last comment parsed by it.
const PROGRESS: &str = "grammar_progress";

/// Parses the texts that were parsed by another grammar, in transactions that begin with `begin`.
pub(crate) async fn run(connection: &mut AnyConnection, begin: &'static str) -> sqlx::Result<()> {
    let mut parsed = 0;
    while !is_done(connection).await? {
        let mut transaction = connection.begin_with(begin).await?;
        parsed += batch(&mut transaction).await?;
        transaction.commit().await?;
    }
    if parsed > 0 {
        tracing::info!(comments = parsed, grammar = GRAMMAR, "stored texts were parsed anew");
    }
    Ok(())
}

/// True where everything was parsed by this grammar, or by a later one that another server knows.
async fn is_done(connection: &mut AnyConnection) -> sqlx::Result<bool> {
    let done = meta(connection, DONE).await?;
    Ok(done.and_then(|grammar| grammar.parse().ok()).is_some_and(|grammar: u32| grammar >= GRAMMAR))
}

/// Parses the next comments and returns their number.
async fn batch(connection: &mut AnyConnection) -> sqlx::Result<usize> {
    let rows = next(connection).await?;
    let mut revisions = HashMap::new();
    for row in &rows {
        let body = encode_body(&dumka_markup::parse(&row.text));
        if body != row.body {
            row.replace(connection, &body, &mut revisions).await?;
        }
    }
    match rows.last() {
        Some(last) if i64::try_from(rows.len()) == Ok(BATCH) => {
            set_meta(connection, PROGRESS, &progress(&last.id)).await?;
        }
        _ => {
            set_meta(connection, DONE, &GRAMMAR.to_string()).await?;
            sql::query("DELETE FROM meta WHERE name = $1").bind(PROGRESS).execute(connection).await?;
        }
    }
    Ok(rows.len())
}

/// A comment as it is stored.
struct Row {
    id: String,
    thread_id: String,
    status: String,
    text: String,
    body: String,
}

async fn next(connection: &mut AnyConnection) -> sqlx::Result<Vec<Row>> {
    let after = meta(connection, PROGRESS).await?;
    let after = after.as_deref().and_then(|after| after.strip_prefix(&progress(""))).unwrap_or_default();
    let sql = "SELECT id, thread_id, status, text, body FROM comments WHERE id > $1 AND text <> '' \
               ORDER BY id LIMIT $2";
    let rows = sql::query_as(sql).bind(after).bind(BATCH).fetch_all(connection).await?;
    let row = |(id, thread_id, status, text, body)| Row { id, thread_id, status, text, body };
    Ok(rows.into_iter().map(row).collect())
}

impl Row {
    /// Replaces the tree. Live streams are told as of an edit; the comment is not marked as edited.
    async fn replace(
        &self,
        connection: &mut AnyConnection,
        body: &str,
        revisions: &mut HashMap<String, i64>,
    ) -> sqlx::Result<()> {
        if self.status != Status::Published.as_str() {
            let sql = "UPDATE comments SET body = $1 WHERE id = $2 AND body = $3";
            sql::query(sql).bind(body).bind(&self.id).bind(&self.body).execute(connection).await?;
            return Ok(());
        }
        let revision = match revisions.get(&self.thread_id) {
            Some(&revision) => revision,
            None => bump_revision(connection, &self.thread_id, 0).await?,
        };
        revisions.insert(self.thread_id.clone(), revision);
        // Another server may have stored another text meanwhile, with what its own grammar makes of it.
        let sql = "UPDATE comments SET body = $1, changed_revision = $2, text_revision = $2 \
                   WHERE id = $3 AND body = $4";
        let update = sql::query(sql).bind(body).bind(revision).bind(&self.id).bind(&self.body);
        update.execute(connection).await?;
        Ok(())
    }
}

fn progress(id: &str) -> String {
    format!("{GRAMMAR} {id}")
}

async fn meta(connection: &mut AnyConnection, name: &str) -> sqlx::Result<Option<String>> {
    let value = sql::query_scalar("SELECT value FROM meta WHERE name = $1").bind(name);
    value.fetch_optional(connection).await
}

async fn set_meta(connection: &mut AnyConnection, name: &str, value: &str) -> sqlx::Result<()> {
    let sql = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    sql::query(sql).bind(name).bind(value).execute(connection).await?;
    Ok(())
}
