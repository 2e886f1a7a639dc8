//! Accepts connections, limits their number and the time of each, and stops gracefully.
//!
//! `axum::serve` has no timeout for slow clients; this loop drives hyper itself.

mod connection;
mod signal;
mod write_deadline;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::config::Limits;
use connection::Connection;

pub use connection::{Peer, stopped};
pub use signal::{StopSignal, stop_signal};

/// Files the server itself keeps open, besides connections.
const OWN_FILES: u64 = 128;
/// Connections the kernel holds until they are accepted; it caps the number itself.
const BACKLOG: u32 = 8_192;
/// Bytes of responses that the kernel buffers for a client (it takes twice as much). By default it takes megabytes,
/// which a client that does not read would hold long after its time is over.
const SEND_BUFFER_BYTES: u32 = 128 * 1024;
/// Pause after the kernel could not accept a connection, as when there are no more files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Opens the listening socket.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A restart may follow at once, while connections of the process before still linger.
    socket.set_reuseaddr(true)?;
    // Connections have it from the socket that accepts them.
    socket.set_send_buffer_size(SEND_BUFFER_BYTES)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Raises the limit of open files of this process for so many connections, and returns for how many it is enough.
pub fn raise_connection_limit(wanted: u32) -> u32 {
    let files = rlimit::increase_nofile_limit(u64::from(wanted) + OWN_FILES).unwrap_or(1_024);
    let connections = files.saturating_sub(OWN_FILES).clamp(1, u64::from(wanted));
    u32::try_from(connections).unwrap_or(wanted)
}

/// Serves until `stop` turns true or its sender is gone, then finishes the requests in flight.
pub async fn serve(listener: TcpListener, router: Router, limits: &Limits, mut stop: watch::Receiver<bool>) {
    let permits = Arc::new(Semaphore::new(limits.connections as usize));
    let connection = Connection::new(router, limits, stop.clone());
    loop {
        tokio::select! {
            (stream, peer, permit) = accept(&listener, &permits) => {
                tokio::spawn(connection.with_load(&permits).run(stream, peer, permit));
            }
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
    drop(listener);
    let all_ended = permits.acquire_many(limits.connections);
    let stop_timeout = Duration::from_secs(limits.stop_secs.into());
    if tokio::time::timeout(stop_timeout, all_ended).await.is_err() {
        tracing::warn!("stopped with requests still in flight");
    }
}

/// Waits for a permit and the next connection.
async fn accept(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    let permit = Arc::clone(permits).acquire_owned().await.expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, permit),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}
