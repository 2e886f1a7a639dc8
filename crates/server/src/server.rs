//! Starts and stops a server: opens the store, builds the state and the routes, serves connections.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::app::App;
use crate::assets::{BUILT_IN, HOW_TO_BUILD, Widget};
use crate::clock::{Clock, SystemClock};
use crate::commands::{Context, StaffError};
use crate::config::{Limits, Settings};
use crate::demo::DemoInvitation;
use crate::domain::staff_session::LiveSessions;
use crate::entropy::SystemEntropy;
use crate::rate_limit::RateLimits;
use crate::readiness::Readiness;
use crate::routes;
pub use crate::routes::DemoMode;
use crate::sites::Sites;
use crate::storage::{self, OpenError, Store, StoreError};
use crate::{demo, search_index, serve};

/// The time between two clean-ups of rate limits.
const SWEEP_INTERVAL: Duration = Duration::from_mins(1);

/// The parts of a server besides its settings and its store.
#[derive(Clone)]
pub struct ServerParts {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The widget's files.
    pub widget: &'static Widget,
    /// The demo, on or off.
    pub demo: DemoMode,
}

impl Default for ServerParts {
    fn default() -> Self {
        Self { clock: Arc::new(SystemClock), widget: &BUILT_IN, demo: DemoMode::Off }
    }
}

/// The reason that a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another program listens there.
    #[error("listen = \"{0}\": the port is in use; stop the other program or choose another port")]
    PortInUse(SocketAddr),
    /// The address cannot be listened on.
    #[error("listen = \"{address}\": this address cannot be listened on: {reason}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The operating system's reason.
        reason: io::Error,
    },
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database was opened and then failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The demo discussion could not be written.
    #[error(transparent)]
    Demo(#[from] demo::SeedError),
    /// The staff of the demo could not be invited.
    #[error(transparent)]
    DemoStaff(#[from] StaffError),
}

/// A running server.
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    running: JoinHandle<()>,
    store: Arc<dyn Store>,
    readiness: Readiness,
    drain_time: Duration,
    invitations: Vec<DemoInvitation>,
}

/// Starts a server in the background, over the database of the settings.
pub async fn start(settings: &Settings, parts: ServerParts) -> Result<Server, StartError> {
    // A database is left alone by a server that cannot be reached anyway.
    let listener = listen(settings.listen)?;
    let store = storage::open(settings.database_url()).await?;
    start_on(listener, store, settings, parts).await
}

/// Starts a server in the background, over any store.
pub async fn start_over(
    store: Arc<dyn Store>,
    settings: &Settings,
    parts: ServerParts,
) -> Result<Server, StartError> {
    start_on(listen(settings.listen)?, store, settings, parts).await
}

async fn start_on(
    listener: TcpListener,
    store: Arc<dyn Store>,
    settings: &Settings,
    parts: ServerParts,
) -> Result<Server, StartError> {
    let address = listener.local_addr().map_err(|reason| listen_error(settings.listen, reason))?;
    let context = Context::new(Arc::clone(&store), Arc::clone(&parts.clock), Arc::new(SystemEntropy)).await?;
    if parts.demo == DemoMode::On {
        demo::seed(&context).await?;
    }
    let (stop, stopped) = watch::channel(false);
    let settings = Settings { limits: within_means(&settings.limits), ..settings.clone() };
    let app = App::new(&settings, context, parts.widget, stopped.clone());
    announce(&app, address);
    let invitations = match parts.demo {
        DemoMode::On => demo::invite(&app.context, &app.sites).await?,
        DemoMode::Off => Vec::new(),
    };
    let drain_time = Duration::from_secs(settings.limits.drain_secs.into());
    let running = Running {
        router: routes::router(&app, parts.demo),
        rates: Arc::clone(&app.rates),
        context: app.context.clone(),
        limits: settings.limits,
    };
    let readiness = app.readiness.clone();
    let running = tokio::spawn(running.run(listener, stopped));
    Ok(Server { address, stop, running, store, readiness, drain_time, invitations })
}

impl Server {
    /// Returns the address it listens on; the port is known even where 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns links for the people of the demo who cannot sign in yet.
    pub fn invitations(&self) -> &[DemoInvitation] {
        &self.invitations
    }

    /// Says at `/readyz` that it is about to stop, for as long as a balancer needs to notice, and takes what comes meanwhile.
    pub async fn drain(&self) {
        self.readiness.drain();
        tracing::info!(seconds = self.drain_time.as_secs(), "about to stop: not ready any more");
        tokio::time::sleep(self.drain_time).await;
    }

    /// Takes no more connections, finishes the requests in flight and closes the store.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.running.await {
            tracing::error!(%error, "the serving loop failed");
        }
        self.store.close().await;
    }
}

/// The parts that run until the server stops.
struct Running {
    router: Router,
    rates: Arc<RateLimits>,
    context: Context,
    limits: Limits,
}

impl Running {
    async fn run(self, listener: TcpListener, stopped: watch::Receiver<bool>) {
        let context = self.context.clone();
        // A task of its own: whatever becomes of it, the server goes on.
        let indexing = tokio::spawn(async move { search_index::keep_complete(&context).await });
        tokio::select! {
            () = serve::serve(listener, self.router, &self.limits, stopped) => {}
            () = sweep(&self.rates, &self.context) => {}
        }
        indexing.abort();
    }
}

/// Keeps the memory of rate limits bounded, and forgets sessions and links that are over, for ever.
async fn sweep(rates: &RateLimits, context: &Context) {
    loop {
        tokio::time::sleep(SWEEP_INTERVAL).await;
        rates.sweep().await;
        let now = context.clock.now();
        if let Err(error) = context.store.sweep_sign_ins(LiveSessions::at(now), now).await {
            tracing::warn!(%error, "sessions and links that are over are kept");
        }
    }
}

fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    serve::listen(address).map_err(|reason| listen_error(address, reason))
}

fn listen_error(address: SocketAddr, reason: io::Error) -> StartError {
    match reason.kind() {
        io::ErrorKind::AddrInUse => StartError::PortInUse(address),
        _ => StartError::Listen { address, reason },
    }
}

/// Lowers the limits to what the operating system allows.
fn within_means(limits: &Limits) -> Limits {
    let connections = serve::raise_connection_limit(limits.connections);
    if connections < limits.connections {
        let wanted = limits.connections;
        tracing::info!(connections, wanted, "fewer connections than set: raise the limit of open files");
    }
    // Those who follow threads leave room for those who only read.
    let streams = limits.streams.min(connections / 2);
    Limits { connections, streams, ..limits.clone() }
}

/// Logs the address, and what an operator should mend.
fn announce(app: &App, address: SocketAddr) {
    tracing::info!(%address, "listening");
    if let Sites::Loopback(_) = *app.sites {
        tracing::warn!(
            "no site is configured: pages on this machine alone may carry comments; see [[sites]]"
        );
        if !is_loopback(address.ip()) {
            tracing::warn!("other machines reach this server, and no site is configured to keep them apart");
        }
    }
    if !app.widget.is_built_in() {
        tracing::warn!("{HOW_TO_BUILD}");
    }
}

fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}
