//! The state of a running server, from which each route takes the parts it needs.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;
use tokio::sync::{OnceCell, watch};

use crate::assets::Widget;
use crate::auth::AuthState;
use crate::cache::{DiscussedCache, Envelope, LatestCache, ResponseCache};
use crate::commands::Context;
use crate::config::Settings;
use crate::credentials::Passwords;
use crate::http::client::ClientAddresses;
use crate::http::layers::RequestTimeout;
use crate::http::request_body::BodyLimits;
use crate::live::{Live, NewsroomLive};
use crate::metrics::Metrics;
use crate::public_url::PublicUrl;
use crate::rate_limit::RateLimits;
use crate::readiness::Readiness;
use crate::sites::Sites;

/// The state of a server, which its clones share: axum clones it many times for each request.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of a server's state.
pub struct Parts {
    /// The store, the clock and the source of randomness.
    pub context: Context,
    /// The sites served.
    pub sites: Arc<Sites>,
    /// The numbers of requests that an address may send.
    pub rates: Arc<RateLimits>,
    /// The reader of clients' addresses.
    pub clients: Arc<ClientAddresses>,
    /// The bounds of request bodies.
    pub bodies: BodyLimits,
    /// The hashing of passwords.
    pub passwords: Passwords,
    /// The numbers of votes and reports at which something happens.
    pub reader_limits: ReaderLimits,
    /// The time in which every request is answered.
    pub request_timeout: RequestTimeout,
    /// The widget's files.
    pub widget: &'static Widget,
    /// The loader around every thread that comes in a script; made for the first one.
    pub script_envelope: Arc<OnceCell<Arc<Envelope>>>,
    /// The cache of thread responses.
    pub threads: Arc<ResponseCache>,
    /// The cache of the newest comments of sites.
    pub latest: Arc<LatestCache>,
    /// The cache of the most discussed pages of sites.
    pub discussed: Arc<DiscussedCache>,
    /// The streams of live events.
    pub live: Arc<Live>,
    /// The streams of newsrooms.
    pub newsroom_live: Arc<NewsroomLive>,
    /// The address at which browsers reach this server, where it is configured.
    pub public_url: Option<Arc<PublicUrl>>,
    /// The readiness, which a balancer asks for.
    pub readiness: Readiness,
    /// The counters and histograms.
    pub metrics: Arc<Metrics>,
}

/// The numbers of readers at which votes are refused and comments held.
#[derive(Debug, Clone, Copy)]
pub struct ReaderLimits {
    /// Readers of one address who may vote on a comment in a day; 0 is unlimited.
    pub votes_per_address: u32,
    /// Addresses whose reports hold a comment for a moderator; 0 is never.
    pub reports_to_hold: u32,
}

impl App {
    /// Creates the state of a server by its settings. `stopped` turns true when the server stops.
    pub fn new(
        settings: &Settings,
        context: Context,
        widget: &'static Widget,
        stopped: watch::Receiver<bool>,
    ) -> Self {
        let limits = &settings.limits;
        let metrics = Metrics::default();
        Self(Arc::new(Parts {
            rates: Arc::new(RateLimits::new(limits, &context)),
            context,
            sites: Arc::new(Sites::new(settings)),
            clients: Arc::new(ClientAddresses::new(settings.proxy.trusted.clone())),
            bodies: BodyLimits::new(Duration::from_secs(limits.body_secs.into())),
            passwords: Passwords::default(),
            reader_limits: ReaderLimits {
                votes_per_address: limits.votes_per_address,
                reports_to_hold: limits.reports_to_hold,
            },
            request_timeout: RequestTimeout(Duration::from_secs(limits.request_secs.into())),
            widget,
            script_envelope: Arc::default(),
            threads: Arc::new(ResponseCache::with_capacity(limits.cache_bytes)),
            latest: Arc::new(LatestCache::with_capacity(limits.cache_bytes)),
            discussed: Arc::new(DiscussedCache::with_capacity(limits.cache_bytes)),
            live: Arc::new(Live::new(limits, metrics.streams(), stopped.clone())),
            newsroom_live: Arc::new(NewsroomLive::new(stopped)),
            public_url: settings.public_url.as_deref().map(PublicUrl::new).map(Arc::new),
            readiness: Readiness::default(),
            metrics: Arc::new(metrics),
        }))
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// Lets routes take a field of the state by its type.
macro_rules! substates {
    ($($field:ident: $part:ty),+ $(,)?) => {
        $(impl FromRef<App> for $part {
            fn from_ref(app: &App) -> Self {
                app.$field.clone()
            }
        })+
    };
}

substates! {
    context: Context,
    sites: Arc<Sites>,
    clients: Arc<ClientAddresses>,
    request_timeout: RequestTimeout,
    public_url: Option<Arc<PublicUrl>>,
    readiness: Readiness,
    metrics: Arc<Metrics>,
}

/// The state of the routes that write.
#[derive(Clone)]
pub struct WriteState {
    /// The context of commands.
    pub context: Context,
    /// The sites served.
    pub sites: Arc<Sites>,
    /// The bounds of request bodies.
    pub bodies: BodyLimits,
    /// The numbers of votes and reports at which something happens.
    pub reader_limits: ReaderLimits,
    /// The address at which browsers reach this server, where it is configured.
    pub public_url: Option<Arc<PublicUrl>>,
    /// The counters.
    pub metrics: Arc<Metrics>,
}

impl FromRef<App> for WriteState {
    fn from_ref(app: &App) -> Self {
        Self {
            context: app.context.clone(),
            sites: Arc::clone(&app.sites),
            bodies: app.bodies.clone(),
            reader_limits: app.reader_limits,
            public_url: app.public_url.clone(),
            metrics: Arc::clone(&app.metrics),
        }
    }
}

impl FromRef<App> for AuthState {
    fn from_ref(app: &App) -> Self {
        Self {
            context: app.context.clone(),
            sites: Arc::clone(&app.sites),
            bodies: app.bodies.clone(),
            public_url: app.public_url.clone(),
            passwords: app.passwords.clone(),
            rates: Arc::clone(&app.rates),
        }
    }
}
