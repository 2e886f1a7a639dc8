//! Stores a reader's vote.

use async_trait::async_trait;
use dumka_api::Votes;
use dumka_domain::comment::UnixMillis;
use dumka_domain::score::score;
use dumka_domain::vote::{Vote, recount};
use sqlx::AnyConnection;

use super::operation::Write;
use super::thread_totals::bump_revision;
use crate::engine::WrittenThread;
use crate::error::{StoreError, VoteError};
use crate::reader::VoteInput;
use crate::sql;
use crate::sql::row;

/// Seconds for which an address is remembered.
const ADDRESS_SECS: u64 = 24 * 60 * 60;

/// Stores a vote, and updates the comment's votes and its score. The same vote again changes nothing.
pub(crate) struct UpsertVote {
    input: VoteInput,
    reader_hash: String,
}

impl UpsertVote {
    /// Prepares a vote.
    pub(crate) fn new(input: VoteInput) -> Self {
        let reader_hash = row::encode_hash(&input.reader.0);
        Self { input, reader_hash }
    }
}

#[async_trait]
impl Write for UpsertVote {
    type Outcome = Result<Votes, VoteError>;

    fn threads(&self) -> Vec<WrittenThread> {
        vec![WrittenThread::Of(self.input.comment)]
    }

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Self::Outcome, StoreError> {
        let Some((thread_id, votes)) = self.votes(connection).await? else {
            return Ok(Err(VoteError::NotThere));
        };
        let current = self.current(connection).await?;
        if current == self.input.vote {
            return Ok(Ok(votes));
        }
        if let Some(until) = self.count_reader(connection).await? {
            return Ok(Err(VoteError::TooManyReaders { until }));
        }
        self.upsert(connection).await?;
        let votes = recount(votes, current, self.input.vote);
        let revision = bump_revision(connection, &thread_id, 0).await?;
        self.update_comment(connection, votes, revision).await?;
        Ok(Ok(votes))
    }
}

impl UpsertVote {
    /// Reads the thread and the votes of a published comment.
    async fn votes(&self, connection: &mut AnyConnection) -> Result<Option<(String, Votes)>, StoreError> {
        let sql =
            "SELECT thread_id, votes_up, votes_down FROM comments WHERE id = $1 AND status = 'published'";
        let row = sql::query_as(sql).bind(self.input.comment.to_string()).fetch_optional(connection).await?;
        let Some((thread_id, up, down)) = row else { return Ok(None) };
        Ok(Some((thread_id, Votes { up: row::votes(up)?, down: row::votes(down)? })))
    }

    /// Reads the reader's vote so far.
    async fn current(&self, connection: &mut AnyConnection) -> Result<Vote, StoreError> {
        let sql = "SELECT value FROM votes WHERE comment_id = $1 AND reader_hash = $2";
        let select = sql::query_scalar(sql).bind(self.input.comment.to_string()).bind(&self.reader_hash);
        let value: Option<i64> = select.fetch_optional(connection).await?;
        value.map_or(Ok(Vote::None), row::vote)
    }

    /// Counts the reader among those of their address; where there are too many already, returns the time until which the
    /// vote is refused. A counted reader may change their mind, and withdrawing adds nobody.
    async fn count_reader(&self, connection: &mut AnyConnection) -> Result<Option<UnixMillis>, StoreError> {
        let (now, limit) = (self.input.voted_at, i64::from(self.input.votes_per_address));
        if limit == 0 || self.input.vote == Vote::None {
            return Ok(None);
        }
        forget_expired(connection, now).await?;
        let sql = "SELECT COUNT(*), MIN(expires_at), COALESCE(SUM(CASE WHEN reader_hash = $1 THEN 1 ELSE 0 END), 0) \
                   FROM vote_addresses WHERE comment_id = $2 AND address_hash = $3 AND expires_at > $4";
        let select = sql::query_as(sql).bind(&self.reader_hash).bind(self.input.comment.to_string());
        let select = select.bind(row::encode_hash(&self.input.address_hash)).bind(now.0);
        let (readers, until, own): (i64, Option<i64>, i64) = select.fetch_one(&mut *connection).await?;
        // All of an address are forgotten at once, a day after the first.
        let until = until.map_or(now.plus_secs(ADDRESS_SECS), UnixMillis);
        if own > 0 {
            return Ok(None);
        }
        if readers >= limit {
            return Ok(Some(until));
        }
        self.remember_address(connection, until).await?;
        Ok(None)
    }

    async fn remember_address(
        &self,
        connection: &mut AnyConnection,
        until: UnixMillis,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO vote_addresses (comment_id, address_hash, reader_hash, expires_at) \
                   VALUES ($1, $2, $3, $4) ON CONFLICT (comment_id, address_hash, reader_hash) \
                   DO UPDATE SET expires_at = excluded.expires_at";
        sql::query(sql)
            .bind(self.input.comment.to_string())
            .bind(row::encode_hash(&self.input.address_hash))
            .bind(&self.reader_hash)
            .bind(until.0)
            .execute(connection)
            .await?;
        Ok(())
    }

    async fn upsert(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        let comment = self.input.comment.to_string();
        if self.input.vote == Vote::None {
            let sql = "DELETE FROM votes WHERE comment_id = $1 AND reader_hash = $2";
            sql::query(sql).bind(comment).bind(&self.reader_hash).execute(connection).await?;
            return Ok(());
        }
        let sql = "INSERT INTO votes (comment_id, reader_hash, value, voted_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (comment_id, reader_hash) \
                   DO UPDATE SET value = excluded.value, voted_at = excluded.voted_at";
        sql::query(sql)
            .bind(comment)
            .bind(&self.reader_hash)
            .bind(self.input.vote.value())
            .bind(self.input.voted_at.0)
            .execute(connection)
            .await?;
        Ok(())
    }

    async fn update_comment(
        &self,
        connection: &mut AnyConnection,
        votes: Votes,
        revision: i64,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE comments SET votes_up = $1, votes_down = $2, score = $3, changed_revision = $4 \
                   WHERE id = $5";
        sql::query(sql)
            .bind(i64::from(votes.up))
            .bind(i64::from(votes.down))
            .bind(score(votes))
            .bind(revision)
            .bind(self.input.comment.to_string())
            .execute(connection)
            .await?;
        Ok(())
    }
}

/// Deletes expired addresses, some at a time: more than come.
async fn forget_expired(connection: &mut AnyConnection, now: UnixMillis) -> Result<(), StoreError> {
    let sql = "DELETE FROM vote_addresses WHERE (comment_id, address_hash, reader_hash) IN \
               (SELECT comment_id, address_hash, reader_hash FROM vote_addresses WHERE expires_at <= $1 \
               ORDER BY expires_at LIMIT 100)";
    sql::query(sql).bind(now.0).execute(connection).await?;
    Ok(())
}
