//! Counts requests across servers, by the generic cell rate algorithm: one number for each address and kind of request.

use dumka_domain::comment::UnixMillis;
use sqlx::AnyConnection;

use crate::error::StoreError;
use crate::rates::RequestRate;
use crate::sql;

/// A minute, in milliseconds: the whole minute's requests may come at once.
const MINUTE: i64 = 60_000;

/// Counts a request in one statement; returns the time at which it is taken, where that is not now.
pub(crate) async fn count(
    connection: &mut AnyConnection,
    rate: &RequestRate,
    now: UnixMillis,
) -> Result<Option<UnixMillis>, StoreError> {
    let cost = MINUTE / i64::from(rate.per_minute.max(1));
    let sql = "INSERT INTO rate_limits (key, free_at) VALUES ($1, $2 + $3) ON CONFLICT (key) DO UPDATE SET \
               free_at = CASE WHEN rate_limits.free_at > $2 THEN rate_limits.free_at ELSE $2 END + $3 \
               WHERE rate_limits.free_at + $3 <= $2 + $4";
    let counted = sql::query(sql).bind(&rate.key).bind(now.0).bind(cost).bind(MINUTE);
    if counted.execute(&mut *connection).await?.rows_affected() == 1 {
        return Ok(None);
    }
    let free_at = sql::query_scalar("SELECT free_at FROM rate_limits WHERE key = $1").bind(&rate.key);
    let free_at: Option<i64> = free_at.fetch_optional(connection).await?;
    Ok(free_at.map(|free_at| UnixMillis(free_at + cost - MINUTE)))
}

/// Forgets the addresses of which nothing counts at `now`.
pub(crate) async fn forget(connection: &mut AnyConnection, now: UnixMillis) -> Result<(), StoreError> {
    let sql = "DELETE FROM rate_limits WHERE free_at < $1";
    sql::query(sql).bind(now.0).execute(connection).await?;
    Ok(())
}
