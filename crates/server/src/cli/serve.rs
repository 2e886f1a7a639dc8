//! `dumka serve` and `dumka demo`.

use std::io::{self, Write};

use anyhow::Context as _;

use super::log;

use crate::commands::invitation_url;
use crate::config::{self, Flags, Settings};
use crate::demo::DemoInvitation;
use crate::serve::{StopSignal, stop_signal};
use crate::server::{self, DemoMode, Server, ServerParts};

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
        print_invitations(settings, &server)?;
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

/// Prints the links of the demo's staff: for whoever has started it, and in no log.
fn print_invitations(settings: &Settings, server: &Server) -> anyhow::Result<()> {
    // Browsers make no passkey for an IP address.
    let local = || format!("http://localhost:{}", server.address().port());
    let address = settings.public_url.clone().unwrap_or_else(local);
    let mut out = io::stdout();
    for DemoInvitation { name, role, secret } in server.invitations() {
        writeln!(out, "{name}, {}: {}", role.as_str(), invitation_url(&address, secret))?;
    }
    Ok(())
}
