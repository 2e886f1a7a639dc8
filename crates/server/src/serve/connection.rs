//! Serves one connection from its first byte to its last.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::timeout;

use super::write_deadline::WriteDeadline;
use crate::config::Limits;

/// Time for the first byte of a connection while few more are permitted.
const LOADED_FIRST_BYTE_TIMEOUT: Duration = Duration::from_secs(1);

/// The address a connection comes from, found in the extensions of each of its requests.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// The service and the limits of a connection.
#[derive(Clone)]
pub(super) struct Connection {
    router: Router,
    http: http1::Builder,
    max_connections: usize,
    /// Time for the first byte.
    first_byte_timeout: Duration,
    write_timeout: Duration,
    stop: watch::Receiver<bool>,
}

impl Connection {
    pub(super) fn new(router: Router, limits: &Limits, stop: watch::Receiver<bool>) -> Self {
        let header_timeout = Duration::from_secs(limits.header_secs.into());
        let mut http = http1::Builder::new();
        // The timeout of the head also cuts connections kept alive without a request: hyper starts it anew
        // as soon as a response is out.
        http.timer(TokioTimer::new()).header_read_timeout(header_timeout);
        // The buffer alone bounds a head only while it is incomplete: it grows by whole reads, and takes more than was
        // asked for where memory comes in larger pieces.
        http.max_header_size(limits.header_bytes as usize).max_buf_size(limits.header_bytes as usize);
        Self {
            router,
            http,
            max_connections: limits.connections as usize,
            first_byte_timeout: header_timeout,
            write_timeout: Duration::from_secs(limits.write_secs.into()),
            stop,
        }
    }

    /// The connection with the limits for the present load: when few permits are left, none is held by an idle client.
    pub(super) fn with_load(&self, permits: &Semaphore) -> Self {
        let mut connection = self.clone();
        if permits.available_permits() < self.max_connections / 4 {
            connection.first_byte_timeout = self.first_byte_timeout.min(LOADED_FIRST_BYTE_TIMEOUT);
            connection.http.keep_alive(false);
        }
        connection
    }

    /// Serves requests until either side ends, then gives the permit back.
    pub(super) async fn run(mut self, stream: TcpStream, peer: SocketAddr, _permit: OwnedSemaphorePermit) {
        // Responses are written whole; waiting to join them with more would only delay them.
        if stream.set_nodelay(true).is_err()
            || give_up_after(&stream, self.write_timeout * 2).is_err()
            || !self.first_byte(&stream).await
        {
            return;
        }
        let io = TokioIo::new(WriteDeadline::new(stream, self.write_timeout));
        let router = TowerToHyperService::new(self.router);
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            router.call(request)
        });
        let mut connection = pin!(self.http.serve_connection(io, service));
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = stopped(&mut self.stop) => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection ended early");
        }
    }

    /// Waits for the first byte; `false` where none came in time. Until then, the client costs no buffer.
    async fn first_byte(&mut self, stream: &TcpStream) -> bool {
        tokio::select! {
            readable = timeout(self.first_byte_timeout, stream.readable()) => matches!(readable, Ok(Ok(()))),
            () = stopped(&mut self.stop) => false,
        }
    }
}

/// Makes the kernel close the connection of a client that has vanished; by itself it waits a quarter of an hour, and
/// meanwhile takes the little that a stream writes, so that no write ever fails. Where a write does fail, the reset of
/// [`WriteDeadline`] comes first.
#[cfg(target_os = "linux")]
fn give_up_after(stream: &TcpStream, timeout: Duration) -> io::Result<()> {
    socket2::SockRef::from(stream).set_tcp_user_timeout(Some(timeout))
}

/// Elsewhere the kernel's own timeout must do.
#[cfg(not(target_os = "linux"))]
fn give_up_after(_: &TcpStream, _: Duration) -> io::Result<()> {
    Ok(())
}

/// Ends when the server stops.
pub async fn stopped(stop: &mut watch::Receiver<bool>) {
    // A sender that is gone means the same.
    let _ = stop.wait_for(|stop| *stop).await;
}
