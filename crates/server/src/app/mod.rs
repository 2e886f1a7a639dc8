//! What every route works with, and how a server starts and stops.

mod start;

use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use tokio::sync::{OnceCell, Semaphore, watch};

use crate::assets::Widget;
use crate::cache::{Envelope, LatestCache, ResponseCache};
use crate::commands::Context;
use crate::config::{READS_PER_MINUTE, Settings};
use crate::forwarding::ForwardingNotice;
use crate::live::Live;
use crate::metrics::Metrics;
use crate::public_url::PublicUrl;
use crate::rate_limit::RateLimit;
use crate::sites::Sites;

pub use start::{Extras, Parts, Server, StartError, start, start_over};

/// MiB of forms larger than other bodies that are held at once, so that they do not add up.
const LARGE_FORMS_MIB: usize = 32;

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
    /// How often an address may vote.
    pub votes: RateLimit,
    /// How many readers of an address may vote on a comment in a day; 0 is unlimited.
    pub votes_per_address: u32,
    /// How many addresses' reports hold a comment for a moderator; 0 is never.
    pub reports_to_hold: u32,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// What the operator was told of proxies that are not believed.
    pub forwarding: ForwardingNotice,
    /// Time for a request's body to arrive.
    pub body_timeout: Duration,
    /// Room for large forms, in MiB.
    pub large_forms: Arc<Semaphore>,
    /// Time in which every request is answered.
    pub request_timeout: Duration,
    /// The widget's files.
    pub widget: &'static Widget,
    /// What stands around every thread that comes in a script.
    pub script_envelope: OnceCell<Arc<Envelope>>,
    /// Cached responses about threads.
    pub response_cache: ResponseCache,
    /// Cached responses about whole sites.
    pub latest_cache: LatestCache,
    /// Who follows which thread.
    pub live: Live,
    /// Where browsers reach this server, where that is known.
    pub public_url: Option<PublicUrl>,
    /// What is served beside the comments.
    pub extras: Extras,
    /// What is counted.
    pub metrics: Metrics,
}

impl App {
    fn new(settings: &Settings, context: Context, parts: &Parts, stopped: watch::Receiver<bool>) -> Self {
        let limits = &settings.limits;
        let metrics = Metrics::default();
        Self {
            context,
            sites: Sites::new(settings),
            reads: match limits.reads_per_minute {
                Some(reads) => RateLimit::per_minute(reads),
                None => RateLimit::per_minute_of_public(READS_PER_MINUTE),
            },
            posts: RateLimit::per_minute(limits.posts_per_minute),
            votes: RateLimit::per_minute(limits.votes_per_minute),
            votes_per_address: limits.votes_per_address,
            reports_to_hold: limits.reports_to_hold,
            trusted_proxies: settings.proxy.trusted.clone(),
            forwarding: ForwardingNotice::default(),
            body_timeout: Duration::from_secs(limits.body_secs.into()),
            large_forms: Arc::new(Semaphore::new(LARGE_FORMS_MIB)),
            request_timeout: Duration::from_secs(limits.request_secs.into()),
            widget: parts.widget,
            script_envelope: OnceCell::new(),
            response_cache: ResponseCache::with_capacity(limits.cache_bytes),
            latest_cache: LatestCache::with_capacity(limits.cache_bytes),
            live: Live::new(limits, metrics.streams(), stopped),
            public_url: settings.public_url.as_deref().map(PublicUrl::new),
            extras: parts.extras,
            metrics,
        }
    }

    /// Forgets what rate limits no longer need.
    fn sweep(&self) {
        self.reads.sweep();
        self.posts.sweep();
        self.votes.sweep();
    }
}
