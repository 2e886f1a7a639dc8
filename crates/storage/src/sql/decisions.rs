//! Reads the log of decisions.

use dumka_api::newsroom::{Act, ActorKind, DecisionReason};
use dumka_domain::comment::{CommentId, UnixMillis};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::conditions::Conditions;
use super::row;
use crate::decision::{DecidedBy, DecisionId, DecisionRecord, DecisionWords, LogQuery};
use crate::error::StoreError;
use crate::sql;

/// The decisions with the names of those who made them, before the conditions.
const SELECT: &str = "SELECT d.id, d.comment_id, d.site, d.text_revision, d.actor, d.actor_id, \
     COALESCE(s.name, k.name) AS actor_name, d.decided_at, d.kind, d.from_status, d.to_status, d.reason, d.rule, \
     d.note, d.words, d.undoes, d.undone_by FROM decisions d \
     LEFT JOIN staff s ON s.id = d.actor_id LEFT JOIN api_keys k ON k.id = d.actor_id";

/// Reads one decision.
pub(crate) async fn decision(
    connection: &mut AnyConnection,
    id: DecisionId,
) -> Result<Option<DecisionRecord>, StoreError> {
    let select = sql::query(AssertSqlSafe(format!("{SELECT} WHERE d.id = $1"))).bind(id.0.to_string());
    select.fetch_optional(connection).await?.as_ref().map(record).transpose()
}

/// Reads the decisions that a question finds, the newest first.
pub(crate) async fn log(
    connection: &mut AnyConnection,
    query: &LogQuery,
) -> Result<Vec<DecisionRecord>, StoreError> {
    let mut conditions = Conditions::default();
    match &query.comment {
        Some(comment) => conditions.equal("d.comment_id", comment.to_string()),
        // The condition of the index; the authors' own acts are listed with their comment alone.
        None => conditions.always("d.actor NOT IN ('author', 'upgrade')"),
    }
    if let Some(sites) = &query.sites {
        conditions.one_of("d.site", sites);
    }
    if let Some(by) = &query.by {
        match ActorKind::from_word(by) {
            Some(kind) => conditions.equal("d.actor", kind.as_str().into()),
            None => conditions.equal("d.actor_id", by.clone()),
        }
    }
    if let Some(act) = query.act {
        conditions.equal("d.kind", act.as_str().into());
    }
    if let Some(before) = query.before {
        conditions.text("d.id <", before.0.to_string());
    }
    conditions.time("d.decided_at >=", query.since);
    conditions.time("d.decided_at <", query.until);
    let limit = conditions.number(i64::from(query.limit));
    let sql = format!("{SELECT} WHERE {} ORDER BY d.id DESC LIMIT {limit}", conditions.sql());
    let rows = conditions.bind(sql::query(AssertSqlSafe(sql))).fetch_all(connection).await?;
    rows.iter().map(record).collect()
}

/// Reads the last decisions since a time, in the order of their ids, which begin with it.
pub(crate) async fn since(
    connection: &mut AnyConnection,
    since: UnixMillis,
    limit: u32,
) -> Result<Vec<DecisionRecord>, StoreError> {
    let sql = format!("{SELECT} WHERE d.id >= $1 ORDER BY d.id DESC LIMIT $2");
    let first = CommentId::new(since, [0; 10]);
    let select = sql::query(AssertSqlSafe(sql)).bind(first.to_string()).bind(i64::from(limit));
    select.fetch_all(connection).await?.iter().rev().map(record).collect()
}

/// Decodes a decision.
fn record(row: &AnyRow) -> Result<DecisionRecord, StoreError> {
    let text = |column: &str| row.try_get::<String, _>(column);
    let optional = |column: &str| row.try_get::<Option<String>, _>(column);
    let id = |text: &str| row::id(text).map(|id| DecisionId(id.0));
    Ok(DecisionRecord {
        id: id(&text("id")?)?,
        comment: row::id(&text("comment_id")?)?,
        site: text("site")?,
        text_revision: row::count(row.try_get("text_revision")?)?,
        by: DecidedBy { kind: word(&text("actor")?, ActorKind::from_word)?, id: optional("actor_id")? },
        by_name: optional("actor_name")?,
        at: UnixMillis(row.try_get("decided_at")?),
        act: word(&text("kind")?, Act::from_word)?,
        from: optional("from_status")?.as_deref().map(row::status).transpose()?,
        to: row::status(&text("to_status")?)?,
        words: DecisionWords {
            reason: optional("reason")?.map(|reason| word(&reason, DecisionReason::from_word)).transpose()?,
            note: optional("note")?,
            words: optional("words")?,
        },
        rule: optional("rule")?,
        undoes: optional("undoes")?.as_deref().map(id).transpose()?,
        undone_by: optional("undone_by")?.as_deref().map(id).transpose()?,
    })
}

/// Decodes a word of a closed list.
fn word<T>(word: &str, from_word: fn(&str) -> Option<T>) -> Result<T, StoreError> {
    from_word(word).ok_or_else(|| StoreError::Corrupt(format!("word of a decision: {word}")))
}
