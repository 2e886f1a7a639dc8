//! Forwards the connections of one server to its database, until they are cut.
//!
//! Cut by silence, a connection stays silent for ever, as where packets vanish and a firewall has forgotten it; what is
//! begun in that time is heard when the cut is mended, like a packet that is sent again. The database learns of neither.

use std::future::pending;
use std::net::SocketAddr;

use anyhow::Result;
use tokio::io::{AsyncReadExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// The way in which it forwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As it should.
    Open,
    /// Not at all, and says nothing.
    Hang,
    /// Not at all, and ends every connection.
    Reset,
}

/// A forwarder, which runs as long as the program.
pub(crate) struct Forwarder {
    address: SocketAddr,
    mode: watch::Sender<Mode>,
}

impl Forwarder {
    /// Starts to forward to `target`.
    pub(crate) async fn start(target: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (mode, modes) = watch::channel(Mode::Open);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(forward(client, target, modes.clone()));
            }
        });
        Ok(Self { address, mode })
    }

    /// The address that stands for the target's.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Forwards in another way from now on.
    pub(crate) fn set(&self, mode: Mode) {
        self.mode.send_replace(mode);
    }
}

async fn forward(mut client: TcpStream, target: SocketAddr, mut modes: watch::Receiver<Mode>) {
    let begun =
        *modes.wait_for(|mode| *mode != Mode::Hang).await.expect("the sender lives as long as the program");
    let Mode::Open = begun else {
        return reset(client);
    };
    let Ok(mut database) = TcpStream::connect(target).await else { return };
    let cut = tokio::select! {
        _ = copy_bidirectional(&mut client, &mut database) => return,
        cut = modes.wait_for(|mode| *mode != Mode::Open) => cut.map(|mode| *mode),
    };
    match cut {
        Ok(Mode::Hang) => stay_silent(client, database, modes).await,
        _ => reset(client),
    }
}

/// Ends a connection as a machine does that knows nothing of it.
#[expect(clippy::needless_pass_by_value, reason = "the connection ends here")]
fn reset(client: TcpStream) {
    // Where that fails, it ends with a farewell.
    let _ = client.set_zero_linger();
}

/// Swallows what the client says until it gives up; the database hears of that once the cut is mended.
async fn stay_silent(mut client: TcpStream, database: TcpStream, mut modes: watch::Receiver<Mode>) {
    let mut swallowed = [0; 4_096];
    while client.read(&mut swallowed).await.is_ok_and(|read| read > 0) {}
    if modes.wait_for(|mode| *mode == Mode::Open).await.is_err() {
        pending::<()>().await;
    }
    drop(database);
}
