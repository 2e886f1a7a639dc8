//! Hears of the commits of other servers.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::sleep;

use super::address::PgAddress;

/// The channel on which every commit is told.
pub(super) const CHANNEL: &str = "dumka_commits";
/// The pause before a lost connection is made again.
const PAUSE: Duration = Duration::from_secs(1);

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
    let mut listener = address.listener().await?;
    listener.listen(CHANNEL).await?;
    loop {
        commits.send_replace(());
        // None where the connection was lost and made again: what came in between was not heard.
        listener.try_recv().await?;
    }
}
