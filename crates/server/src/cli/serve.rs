//! `dumka serve` and `dumka demo`.

use anyhow::Context as _;

use super::log;

use crate::config::{self, Flags, Settings};
use crate::serve::{StopSignal, stop_signal};
use crate::server::{self, DemoMode, ServerParts};

/// Serves until a signal stops it.
pub(super) fn run(flags: &Flags, demo: DemoMode) -> anyhow::Result<()> {
    let settings = config::load(flags)?;
    log::start(&settings.log);
    for variable in &settings.passed_over {
        tracing::debug!(variable, "no setting: empty, or the address of a service named alike");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(&settings, demo))
}

async fn serve(settings: &Settings, demo: DemoMode) -> anyhow::Result<()> {
    let server = server::start(settings, ServerParts { demo, ..ServerParts::default() }).await?;
    if demo == DemoMode::On {
        tracing::info!("the demo is at http://{}/demo/", server.address());
    }
    let unheard = "the signals that stop the server cannot be heard";
    if stop_signal().await.context(unheard)? == StopSignal::Terminate {
        tokio::select! {
            () = server.drain() => {}
            _ = stop_signal() => {}
        }
    }
    tracing::info!("stopping");
    server.stop().await;
    Ok(())
}
