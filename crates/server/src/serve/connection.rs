//! One connection from its first byte to its last.

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

use super::Peer;
use super::write_deadline::WriteDeadline;
use crate::config::Limits;

/// How long a silent newcomer is kept while seats are scarce.
const SCARCE_PATIENCE: Duration = Duration::from_secs(1);

/// What every connection is served with.
#[derive(Clone)]
pub(super) struct Connection {
    router: Router,
    http: http1::Builder,
    seats: usize,
    /// How long a newcomer may keep silent.
    patience: Duration,
    write_timeout: Duration,
    stop: watch::Receiver<bool>,
}

impl Connection {
    pub(super) fn new(router: Router, limits: &Limits, stop: watch::Receiver<bool>) -> Self {
        let header_timeout = Duration::from_secs(limits.header_secs.into());
        let mut http = http1::Builder::new();
        // The timeout of the head also cuts connections kept alive without a request: hyper starts it anew
        // as soon as an answer is out.
        http.timer(TokioTimer::new()).header_read_timeout(header_timeout);
        // The buffer alone bounds a head only while it is incomplete: it grows by whole reads, and takes more than was
        // asked for where memory comes in larger pieces.
        http.max_header_size(limits.header_bytes as usize).max_buf_size(limits.header_bytes as usize);
        Self {
            router,
            http,
            seats: limits.connections as usize,
            patience: header_timeout,
            write_timeout: Duration::from_secs(limits.write_secs.into()),
            stop,
        }
    }

    /// The same for a newcomer while `seats` are left. When few are, nobody keeps one without using it.
    pub(super) fn among(&self, seats: &Semaphore) -> Self {
        let mut connection = self.clone();
        if seats.available_permits() < self.seats / 4 {
            connection.patience = self.patience.min(SCARCE_PATIENCE);
            connection.http.keep_alive(false);
        }
        connection
    }

    /// Serves requests until either side ends, then gives the seat back.
    pub(super) async fn run(mut self, stream: TcpStream, peer: SocketAddr, _seat: OwnedSemaphorePermit) {
        // Answers are written whole; waiting to join them with more would only delay them.
        if stream.set_nodelay(true).is_err()
            || give_up_after(&stream, self.write_timeout * 2).is_err()
            || !self.speaks(&stream).await
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

    /// Whether the client sends anything in time. Until it does, it costs no buffer.
    async fn speaks(&mut self, stream: &TcpStream) -> bool {
        tokio::select! {
            readable = timeout(self.patience, stream.readable()) => matches!(readable, Ok(Ok(()))),
            () = stopped(&mut self.stop) => false,
        }
    }
}

/// Makes the kernel give up on a client that has vanished, where it would go on for a quarter of an hour: it takes
/// whatever little a stream has to say, so that no write is ever refused. It says no farewell; where a write is
/// refused, the reset of [`WriteDeadline`] comes first.
#[cfg(target_os = "linux")]
fn give_up_after(stream: &TcpStream, timeout: Duration) -> io::Result<()> {
    socket2::SockRef::from(stream).set_tcp_user_timeout(Some(timeout))
}

/// Elsewhere the kernel's own patience must do.
#[cfg(not(target_os = "linux"))]
fn give_up_after(_: &TcpStream, _: Duration) -> io::Result<()> {
    Ok(())
}

/// Ends when the server stops.
pub async fn stopped(stop: &mut watch::Receiver<bool>) {
    // A sender that is gone means the same.
    let _ = stop.wait_for(|stop| *stop).await;
}
