//! The database and the settings with which commands about the newsroom work in a shell.

use std::sync::Arc;

use crate::clock::SystemClock;
use crate::commands::Context;
use crate::config::{self, Flags, Settings};
use crate::entropy::SystemEntropy;
use crate::sites::Sites;
use crate::storage;

/// The parts that the commands need.
pub(super) struct Newsroom {
    /// The store, the clock and the source of randomness.
    pub(super) context: Context,
    /// The sites served.
    pub(super) sites: Sites,
    /// The address at which browsers reach the server.
    pub(super) address: String,
}

/// Opens the database of the settings, which must be there, and acts on it.
pub(super) fn with(
    flags: &Flags,
    act: impl AsyncFnOnce(&Newsroom) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let settings = config::load(flags)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = storage::open_existing(settings.database_url()).await?;
        let context = Context::new(Arc::clone(&store), Arc::new(SystemClock), Arc::new(SystemEntropy));
        let newsroom =
            Newsroom { context: context.await?, sites: Sites::new(&settings), address: address(&settings) };
        let done = act(&newsroom).await;
        store.close().await;
        done
    })
}

/// Returns the configured address, or else this machine's by its name: browsers make no passkey for an IP address.
fn address(settings: &Settings) -> String {
    let local = || format!("http://localhost:{}", settings.listen.port());
    settings.public_url.clone().unwrap_or_else(local)
}
