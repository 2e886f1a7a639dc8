//! Hears of the commits of other servers.

use std::time::Duration;

use sqlx::Executor;
use sqlx::postgres::PgListener;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};

use super::address::{PgAddress, in_time};

/// The channel on which every commit is told.
pub(super) const CHANNEL: &str = "dumka_commits";
/// The pause before a lost connection is made again.
const PAUSE: Duration = Duration::from_secs(1);
/// The silence after which the connection is tried: one that was cut off without a word would be silent for ever.
const SILENCE: Duration = Duration::from_secs(5);
/// The time in which it is made, and in which it answers.
const PATIENCE: Duration = Duration::from_secs(5);

/// Starts to tell `commits` of every notification, and of every time at which some may have been lost.
pub(super) fn listen(address: PgAddress, commits: watch::Sender<()>) -> AbortHandle {
    tokio::spawn(async move {
        loop {
            if let Err(error) = hear(&address, &commits).await {
                tracing::debug!(%error, "notifications of other servers are not heard; listening again");
            }
            sleep(PAUSE).await;
        }
    })
    .abort_handle()
}

/// Tells of notifications until the connection cannot be made again.
async fn hear(address: &PgAddress, commits: &watch::Sender<()>) -> sqlx::Result<()> {
    let mut listener = in_time(PATIENCE, address.listener()).await?;
    in_time(PATIENCE, listener.listen(CHANNEL)).await?;
    loop {
        commits.send_replace(());
        // None where the connection was lost: what came since was not heard.
        wait(&mut listener).await?;
    }
}

/// Waits for a notification or the loss of the connection, which is also where it is silent when it is asked.
async fn wait(listener: &mut PgListener) -> sqlx::Result<()> {
    loop {
        if let Ok(heard) = timeout(SILENCE, listener.try_recv()).await {
            return heard.map(drop);
        }
        in_time(PATIENCE, listener.execute("SELECT 1")).await?;
    }
}
