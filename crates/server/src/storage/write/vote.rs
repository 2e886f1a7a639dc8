//! A reader's vote.

use async_trait::async_trait;
use dumka_api::Votes;
use sqlx::AnyConnection;

use super::{Write, count_up};
use crate::domain::comment::UnixMillis;
use crate::domain::score::score;
use crate::domain::vote::{Vote, recounted};
use crate::storage::error::{StoreError, VoteError};
use crate::storage::known::Ballot;
use crate::storage::record;

/// How long an address is remembered.
const DAY_SECS: u64 = 24 * 60 * 60;

/// Keeps a vote and what follows from it: the comment's votes and its score. The same vote again changes nothing.
pub(in crate::storage) struct CastVote {
    ballot: Ballot,
    reader_hash: String,
}

impl CastVote {
    /// Prepares a vote.
    pub(in crate::storage) fn new(ballot: Ballot) -> Self {
        let reader_hash = record::hash_text(&ballot.reader.0);
        Self { ballot, reader_hash }
    }
}

#[async_trait]
impl Write for CastVote {
    type Outcome = Result<Votes, VoteError>;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Self::Outcome, StoreError> {
        let Some((thread_id, votes)) = self.votes(connection).await? else {
            return Ok(Err(VoteError::NotThere));
        };
        let former = self.former(connection).await?;
        if former == self.ballot.vote {
            return Ok(Ok(votes));
        }
        if let Some(until) = self.refused_until(connection).await? {
            return Ok(Err(VoteError::TooManyReaders { until }));
        }
        self.keep(connection).await?;
        let votes = recounted(votes, former, self.ballot.vote);
        let revision = count_up(connection, &thread_id, 0).await?;
        self.tell(connection, votes, revision).await?;
        Ok(Ok(votes))
    }
}

impl CastVote {
    /// The thread and the votes of a published comment.
    async fn votes(&self, connection: &mut AnyConnection) -> Result<Option<(String, Votes)>, StoreError> {
        let sql =
            "SELECT thread_id, votes_up, votes_down FROM comments WHERE id = $1 AND status = 'published'";
        let row =
            sqlx::query_as(sql).bind(self.ballot.comment.to_string()).fetch_optional(connection).await?;
        let Some((thread_id, up, down)) = row else { return Ok(None) };
        Ok(Some((thread_id, Votes { up: record::votes(up)?, down: record::votes(down)? })))
    }

    /// What the reader thought before.
    async fn former(&self, connection: &mut AnyConnection) -> Result<Vote, StoreError> {
        let sql = "SELECT value FROM votes WHERE comment_id = $1 AND reader_hash = $2";
        let select = sqlx::query_scalar(sql).bind(self.ballot.comment.to_string()).bind(&self.reader_hash);
        let value: Option<i64> = select.fetch_optional(connection).await?;
        value.map_or(Ok(Vote::None), record::vote)
    }

    /// Counts the reader among those of their address; where there are too many already, tells until when. Whoever is
    /// one of them may change their mind, and withdrawing adds nobody.
    async fn refused_until(&self, connection: &mut AnyConnection) -> Result<Option<UnixMillis>, StoreError> {
        let (now, most) = (self.ballot.voted_at, i64::from(self.ballot.readers_per_address));
        if most == 0 || self.ballot.vote == Vote::None {
            return Ok(None);
        }
        forget(connection, now).await?;
        let sql = "SELECT COUNT(*), MIN(expires_at), COALESCE(SUM(CASE WHEN reader_hash = $1 THEN 1 ELSE 0 END), 0) \
                   FROM vote_addresses WHERE comment_id = $2 AND address_hash = $3 AND expires_at > $4";
        let select = sqlx::query_as(sql).bind(&self.reader_hash).bind(self.ballot.comment.to_string());
        let select = select.bind(record::hash_text(&self.ballot.address_hash)).bind(now.0);
        let (readers, until, own): (i64, Option<i64>, i64) = select.fetch_one(&mut *connection).await?;
        // All of an address are forgotten at once, a day after the first.
        let until = until.map_or(now.plus_secs(DAY_SECS), UnixMillis);
        if own > 0 {
            return Ok(None);
        }
        if readers >= most {
            return Ok(Some(until));
        }
        self.count(connection, until).await?;
        Ok(None)
    }

    async fn count(&self, connection: &mut AnyConnection, until: UnixMillis) -> Result<(), StoreError> {
        let sql = "INSERT INTO vote_addresses (comment_id, address_hash, reader_hash, expires_at) \
                   VALUES ($1, $2, $3, $4) ON CONFLICT (comment_id, address_hash, reader_hash) \
                   DO UPDATE SET expires_at = excluded.expires_at";
        sqlx::query(sql)
            .bind(self.ballot.comment.to_string())
            .bind(record::hash_text(&self.ballot.address_hash))
            .bind(&self.reader_hash)
            .bind(until.0)
            .execute(connection)
            .await?;
        Ok(())
    }

    async fn keep(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        let comment = self.ballot.comment.to_string();
        if self.ballot.vote == Vote::None {
            let sql = "DELETE FROM votes WHERE comment_id = $1 AND reader_hash = $2";
            sqlx::query(sql).bind(comment).bind(&self.reader_hash).execute(connection).await?;
            return Ok(());
        }
        let sql = "INSERT INTO votes (comment_id, reader_hash, value, voted_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (comment_id, reader_hash) \
                   DO UPDATE SET value = excluded.value, voted_at = excluded.voted_at";
        sqlx::query(sql)
            .bind(comment)
            .bind(&self.reader_hash)
            .bind(self.ballot.vote.value())
            .bind(self.ballot.voted_at.0)
            .execute(connection)
            .await?;
        Ok(())
    }

    async fn tell(
        &self,
        connection: &mut AnyConnection,
        votes: Votes,
        revision: i64,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE comments SET votes_up = $1, votes_down = $2, score = $3, changed_revision = $4 \
                   WHERE id = $5";
        sqlx::query(sql)
            .bind(i64::from(votes.up))
            .bind(i64::from(votes.down))
            .bind(score(votes))
            .bind(revision)
            .bind(self.ballot.comment.to_string())
            .execute(connection)
            .await?;
        Ok(())
    }
}

/// Forgets addresses whose time is over, some at a time: more than come.
async fn forget(connection: &mut AnyConnection, now: UnixMillis) -> Result<(), StoreError> {
    let sql = "DELETE FROM vote_addresses WHERE (comment_id, address_hash, reader_hash) IN \
               (SELECT comment_id, address_hash, reader_hash FROM vote_addresses WHERE expires_at <= $1 \
               ORDER BY expires_at LIMIT 100)";
    sqlx::query(sql).bind(now.0).execute(connection).await?;
    Ok(())
}
