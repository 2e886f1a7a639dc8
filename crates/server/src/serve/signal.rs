//! The signals that stop the server.

use std::io;

use tokio::signal::unix::{SignalKind, signal};

/// A request to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopSignal {
    /// SIGTERM: by an operator or a supervisor, who may have other servers.
    Terminate,
    /// SIGINT: by somebody at a terminal, who waits.
    Interrupt,
}

/// Waits until the process is asked to stop.
pub async fn stop_signal() -> io::Result<StopSignal> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(tokio::select! {
        _ = terminate.recv() => StopSignal::Terminate,
        _ = interrupt.recv() => StopSignal::Interrupt,
    })
}
