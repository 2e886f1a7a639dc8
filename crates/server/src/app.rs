//! The parts of a running server, put together.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::assets::{BUILT_IN, HOW_TO_BUILD, Widget};
use crate::clock::{Clock, SystemClock};
use crate::commands::Context;
use crate::config::{Limits, Settings};
use crate::entropy::SystemEntropy;
use crate::metrics::Metrics;
use crate::rate_limit::RateLimit;
use crate::sites::Sites;
use crate::storage::{self, OpenError, StoreError};
use crate::{demo, routes, serve};

/// How often rate limits forget addresses that no longer ask.
const SWEEP_EVERY: Duration = Duration::from_mins(1);

/// What every route works with.
pub struct App {
    /// The store, the time and chance.
    pub context: Context,
    /// Who may use which site.
    pub sites: Sites,
    /// How often an address may read.
    pub reads: RateLimit,
    /// How often an address may post.
    pub posts: RateLimit,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Time for a request's body to arrive.
    pub body_timeout: Duration,
    /// Time in which every request is answered.
    pub request_timeout: Duration,
    /// Whether the demo's pages are served.
    pub serves_demo: bool,
    /// The widget's files.
    pub widget: &'static Widget,
    /// What is counted.
    pub metrics: Metrics,
}

/// What a server is made of, besides its settings.
#[derive(Clone)]
pub struct Parts {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// The widget's files.
    pub widget: &'static Widget,
    /// What is served beside the comments.
    pub extras: Extras,
}

impl Default for Parts {
    fn default() -> Self {
        Self { clock: Arc::new(SystemClock), widget: &BUILT_IN, extras: Extras::None }
    }
}

/// What is served beside the comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extras {
    /// Nothing.
    None,
    /// The demo's pages, over a demo discussion that is written once.
    Demo,
}

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Somebody else listens there.
    #[error("listen = \"{0}\": the port is in use; stop the other program or choose another port")]
    PortInUse(SocketAddr),
    /// The address cannot be listened on.
    #[error("listen = \"{address}\": this address cannot be listened on: {reason}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the operating system says.
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
}

/// A server that runs.
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    running: JoinHandle<()>,
    app: Arc<App>,
}

/// Starts a server in the background.
pub async fn start(settings: &Settings, parts: Parts) -> Result<Server, StartError> {
    let listener = listen(settings.listen)?;
    let address = listener.local_addr().map_err(|reason| listen_error(settings.listen, reason))?;
    let store = storage::open(&settings.database).await?;
    let context = Context::new(store, parts.clock, Arc::new(SystemEntropy)).await?;
    if parts.extras == Extras::Demo {
        demo::seed(&context).await?;
    }
    let serves_demo = parts.extras == Extras::Demo;
    let app = Arc::new(App { widget: parts.widget, serves_demo, ..App::new(settings, context) });
    let limits = within_means(&settings.limits);
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(run(listener, Arc::clone(&app), limits, stopped));
    announce(&app, address);
    Ok(Server { address, stop, running, app })
}

impl App {
    fn new(settings: &Settings, context: Context) -> Self {
        let limits = &settings.limits;
        Self {
            context,
            sites: Sites::new(settings),
            reads: RateLimit::per_minute(limits.reads_per_minute),
            posts: RateLimit::per_minute(limits.posts_per_minute),
            trusted_proxies: settings.proxy.trusted.clone(),
            body_timeout: Duration::from_secs(limits.body_secs.into()),
            request_timeout: Duration::from_secs(limits.request_secs.into()),
            serves_demo: false,
            widget: &BUILT_IN,
            metrics: Metrics::default(),
        }
    }
}

impl Server {
    /// Where it listens; the port is known even where 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more connections, finishes the requests in flight and closes the store.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.running.await {
            tracing::error!(%error, "the serving loop failed");
        }
        self.app.context.store.close().await;
    }
}

async fn run(listener: TcpListener, app: Arc<App>, limits: Limits, stopped: watch::Receiver<bool>) {
    let router = routes::router(Arc::clone(&app));
    tokio::select! {
        () = serve::serve(listener, router, &limits, stopped) => {}
        () = sweep(&app) => {}
    }
}

/// Keeps the memory of rate limits bounded, for ever.
async fn sweep(app: &App) {
    loop {
        tokio::time::sleep(SWEEP_EVERY).await;
        app.reads.sweep();
        app.posts.sweep();
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

/// The limits that the operating system leaves possible.
fn within_means(limits: &Limits) -> Limits {
    let connections = serve::connections_possible(limits.connections);
    if connections < limits.connections {
        let wanted = limits.connections;
        tracing::info!(connections, wanted, "fewer connections than set: raise the limit of open files");
    }
    Limits { connections, ..limits.clone() }
}

/// Says what an operator wants to know first.
fn announce(app: &App, address: SocketAddr) {
    tracing::info!(%address, "listening");
    if let Sites::Loopback(_) = app.sites {
        tracing::warn!(
            "no site is configured: pages on this machine alone may carry comments; see [[sites]]"
        );
        if !is_loopback(address.ip()) {
            tracing::warn!("other machines reach this server, and no site is configured to keep them apart");
        }
    }
    if !app.widget.is_there() {
        tracing::warn!("{}", HOW_TO_BUILD);
    }
}

fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}
