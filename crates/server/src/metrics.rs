//! The server's metrics, as Prometheus text.

use std::fmt;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

/// The server's metrics.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<ResponseLabels, Counter>,
    durations: Family<RouteLabels, Histogram>,
    comments: Counter,
    reports: Counter,
    streams: Gauge,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ResponseLabels {
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("dumka");
        let requests = Family::default();
        registry.register("requests", "Requests answered", requests.clone());
        let durations = Family::new_with_constructor(one_millisecond_to_eight_seconds as fn() -> Histogram);
        registry.register_with_unit("request_duration", "Time to answer", Unit::Seconds, durations.clone());
        let comments = Counter::default();
        registry.register(
            "comments_accepted",
            "Comments stored, repeated requests included",
            comments.clone(),
        );
        let reports = Counter::default();
        registry.register("reports_accepted", "Reports stored", reports.clone());
        let streams = Gauge::default();
        registry.register("streams_open", "Threads followed at this moment", streams.clone());
        Self { registry, requests, durations, comments, reports, streams }
    }
}

fn one_millisecond_to_eight_seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 2.0, 14))
}

impl Metrics {
    /// Counts a request with its response and the time it took.
    pub fn record_request(&self, route: &str, status: u16, took: Duration) {
        self.requests.get_or_create(&ResponseLabels { route: route.into(), status }).inc();
        self.durations.get_or_create(&RouteLabels { route: route.into() }).observe(took.as_secs_f64());
    }

    /// Counts a comment that was accepted.
    pub fn record_comment(&self) {
        self.comments.inc();
    }

    /// Counts a report that was accepted.
    pub fn record_report(&self) {
        self.reports.inc();
    }

    /// The gauge of open streams.
    pub fn streams(&self) -> Gauge {
        self.streams.clone()
    }

    /// Writes all metrics in the OpenMetrics text format, which Prometheus reads.
    pub fn to_text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
